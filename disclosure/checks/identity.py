"""Who discloses, and for which period."""

import re
from collections.abc import Callable, Iterator

from stdnum import lei
from stdnum.cn import uscc

from disclosure.checks.finding import Context, Severity
from disclosure.checks.rule import Issue, not_run, passed, rule
from disclosure.facts import Disclosure

_TW_WEIGHTS = (1, 2, 1, 2, 1, 2, 4, 1)
_TW_NUMBER = re.compile(r"[0-9]{8}")


def _is_tw_number(number: str) -> bool:
    """Apply Taiwan's rule of 2023: digit sums divisible by 5, with a 7 in place 7 counted twice."""
    if not _TW_NUMBER.fullmatch(number):
        return False
    products = (int(digit) * weight for digit, weight in zip(number, _TW_WEIGHTS, strict=True))
    total = sum(product // 10 + product % 10 for product in products)
    return total % 5 == 0 or (number[6] == "7" and (total + 1) % 5 == 0)


_IS_VALID: dict[str, Callable[[str], bool]] = {
    "USCC": uscc.is_valid,
    "LEI": lei.is_valid,
    "TW": _is_tw_number,
}
_SHORTEST, _LONGEST = 360, 371


def is_valid_number(scheme: str, number: str) -> bool | None:
    """Tell whether an identifier's check digits are right; None when the scheme has none."""
    known = _IS_VALID.get(scheme)
    return known(number) if known else None


@rule("DQ-01", Severity.ERROR, formula="USCC mod 31-3 · LEI mod 97-10 · TW weighted sum mod 5")
def identifier(disclosure: Disclosure, _context: Context) -> Iterator[Issue]:
    """The identifier's check characters are right.

    USCC: GB 32100-2015, mod 31; LEI: ISO 17442 with ISO 7064 mod 97-10; Taiwan's 8-digit number:
    weighted sum divisible by 5 (rule of 2023).
    """
    who = disclosure.organisation
    if not who.number:
        yield not_run("no_number", "GEN-01")
        return
    valid = is_valid_number(who.scheme, who.number)
    if valid is None:
        yield not_run("no_rule", "GEN-01")
    elif valid:
        yield passed(scheme=who.scheme, number=who.number)
    else:
        values = {"number": who.number, "scheme": who.scheme}
        yield Issue("fail", ("GEN-01",), values, values)


@rule("DQ-02", Severity.ERROR, formula="end > start; 360 <= days <= 371; end <= today")
def period(disclosure: Disclosure, context: Context) -> Iterator[Issue]:
    """The period is a past year: 360-371 days unless explained (IFRS S1 §64-69)."""
    given = disclosure.period
    inputs = {
        "start": given.start.isoformat(),
        "end": given.end.isoformat(),
        "days": str(given.days),
        "year": str(disclosure.year),
    }
    if given.end <= given.start:
        values = {"start": given.start, "end": given.end}
        yield Issue("reversed", ("GEN-02",), values, inputs)
        return
    if not _SHORTEST <= given.days <= _LONGEST and not given.note.strip():
        yield Issue("length", ("GEN-02",), {"days": given.days}, inputs)
    middle = given.start + (given.end - given.start) / 2
    if middle.year != disclosure.year:
        yield Issue("year", ("GEN-02",), {"year": disclosure.year}, inputs)
    if context.today is None:
        yield not_run("no_today", "GEN-02")
    elif given.end > context.today:
        yield Issue("future", ("GEN-02",), {"end": given.end}, inputs)
