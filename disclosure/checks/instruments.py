"""Whether market-based scope 2 rests on instruments that exist once."""

import unicodedata
from collections.abc import Iterator

from disclosure.checks.figures import ELECTRICITY, figure, figures, total
from disclosure.checks.finding import Context, Severity
from disclosure.checks.rule import Issue, not_run, rule
from disclosure.facts import Disclosure


def certificates_of(disclosure: Disclosure) -> tuple[str, ...]:
    """List the certificate numbers a disclosure states, one per line."""
    stated = disclosure.value("EMS-06", "certificates")
    lines = stated.splitlines() if isinstance(stated, str) else []
    return tuple(line.strip() for line in lines if line.strip())


def certificate_key(number: str) -> str:
    """Write a certificate number in one form: full-width letters, case and spaces do not count."""
    return "".join(unicodedata.normalize("NFKC", number).upper().split())


@rule("DQ-18", Severity.ERROR, formula="certificates unique; MWh <= purchased; vintage in period")
def certificates(disclosure: Disclosure, context: Context) -> Iterator[Issue]:
    """A green certificate is used once, for power bought, of the period (Scope 2 ch. 7)."""
    numbers = certificates_of(disclosure)
    covered, power = figure(disclosure, "EMS-06", "electricity"), figures(disclosure, ELECTRICITY)
    if not numbers and covered is None:
        yield not_run()
        return
    keys = [certificate_key(each) for each in numbers]
    if twice := sorted({each for each, key in zip(numbers, keys, strict=True)
                        if keys.count(key) > 1}):  # fmt: skip
        yield Issue("twice", ("EMS-06",), {"certificates": tuple(twice)})
    taken = {certificate_key(each) for each in context.certificates or ()}
    if used := sorted({each for each, key in zip(numbers, keys, strict=True) if key in taken}):
        yield Issue("used", ("EMS-06",), {"certificates": tuple(used)})
    if covered and len(power) == len(ELECTRICITY) and covered.canonical > total(power):
        values = {"covered": covered.to("MWh"), "bought": total(power) / 36 * 10}
        yield Issue("too_much", ("EMS-06", "ENE-02"), values)
    vintage = disclosure.value("EMS-06", "vintage")
    if isinstance(vintage, int) and vintage not in _years(disclosure):
        yield Issue("vintage", ("EMS-06",), {"vintage": vintage, "year": disclosure.year})
    if numbers and context.certificates is None:
        yield not_run("unknown", "EMS-06")


@rule("DQ-19", Severity.ERROR, formula="market < location => instruments; 0 => all power covered")
def market_based(disclosure: Disclosure, _context: Context) -> Iterator[Issue]:
    """Market-based scope 2 is below location-based only with instruments (Scope 2 ch. 6)."""
    location, market = figure(disclosure, "EMS-05"), figure(disclosure, "EMS-06", "emissions")
    if location is None or market is None:
        yield not_run()
        return
    covered = figure(disclosure, "EMS-06", "electricity")
    claimed = bool(disclosure.value("EMS-06", "instruments")) or bool(covered and covered.amount)
    if market.canonical < location.canonical and not claimed:
        yield Issue("no_instrument", ("EMS-06", "EMS-05"))
    bought = total(figures(disclosure, ELECTRICITY))
    if market.amount == 0 and bought > (covered.canonical if covered else 0):
        yield Issue("zero", ("EMS-06", "ENE-02"))


def _years(disclosure: Disclosure) -> range:
    return range(disclosure.period.start.year, disclosure.period.end.year + 1)
