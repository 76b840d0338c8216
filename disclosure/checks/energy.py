"""Whether energy adds up, and fits the emissions it causes."""

from collections.abc import Iterator
from decimal import Decimal

from disclosure.checks.emissions import compare_sum
from disclosure.checks.figures import ELECTRICITY, ENERGY, figure, figures, location_total, total
from disclosure.checks.finding import Context, Severity
from disclosure.checks.rule import Issue, not_run, passed, plain, rule
from disclosure.facts import Disclosure
from disclosure.values import Parts, Quantity

_LEAST, _MOST = Decimal("0.2"), Decimal(7)
_NOT_OF_ENERGY = frozenset({"process", "fugitive"})


@rule(
    "DQ-13",
    Severity.ERROR,
    formula="ENE-01 = ENE-02 + ENE-03 + ENE-04 + ENE-05; renewable + non-renewable = total",
    tolerance="n · ½ unit of the last decimal (DQ-06)",
)
def energy_adds_up(disclosure: Disclosure, _context: Context) -> Iterator[Issue]:
    """Total energy is the sum of its parts, and each part of its two halves (GRI 302-1).

    While a part is not stated, the total may only not be less than the others.
    """
    compared = False
    for key in ("ENE-02", "ENE-04"):
        stated = figure(disclosure, key, "total") if disclosure.value(key, "total") else None
        halves = figures(disclosure, ((key, "renewable"), (key, "non_renewable")))
        if stated and len(halves) == 2:
            compared = True
            yield compare_sum(stated, halves, datapoints=(key,))
    whole, parts = figure(disclosure, "ENE-01"), figures(disclosure, ENERGY)
    if whole and parts:
        issue = compare_sum(whole, parts, datapoints=("ENE-01", *_places(disclosure)))
        complete = len(parts) == len(ENERGY)
        if complete or whole.canonical < total(parts) or issue.key == "pass":
            compared = True
            yield issue
    if not compared:
        yield not_run()


@rule(
    "DQ-24",
    Severity.WARNING,
    formula="0.2 <= (EMS-01 - process - fugitive + EMS-05) / ENE-01 <= 7 tCO2e/tce",
)
def emissions_fit_energy(disclosure: Disclosure, _context: Context) -> Iterator[Issue]:
    """Emissions of energy per tce are plausible: gas about 1.63, coal 2.6, electricity up to 6.9.

    Nothing emits more per tce than electricity from fossil fuels alone (0.8426 kgCO2/kWh over
    0.1229 kgce/kWh). Process and fugitive emissions (EMS-03) are not of energy and are left out;
    where scope 1 is not split they need an explanation.
    """
    emissions, energy = location_total(disclosure), disclosure.amount("ENE-01", unit="tce")
    if emissions is None or not energy or energy <= 0:
        yield not_run()
        return
    others = _not_of_energy(disclosure)
    ratio = (emissions - others) / energy
    inputs = {"emissions": plain(emissions, "tCO2e"), "energy": plain(energy, "tce")}
    inputs |= {"process_and_fugitive": plain(others, "tCO2e")} if others else {}
    inputs["ratio"] = plain(ratio, "tCO2e/tce")
    if _LEAST <= ratio <= _MOST:
        yield passed(**inputs)
    else:
        values = {"ratio": Decimal(f"{ratio:.3g}")}
        yield Issue("fail", ("EMS-01", "EMS-05", "ENE-01"), values, inputs)


def _not_of_energy(disclosure: Disclosure) -> Decimal:
    """Process and fugitive emissions in tCO2e, as far as scope 1 is stated by source."""
    rows = [row for row in disclosure.rows("EMS-03") if row.get("source") in _NOT_OF_ENERGY]
    found = [row.get("emissions") for row in rows]
    return total(
        tuple(
            each
            for each in found
            if isinstance(each, Quantity) and each.canonical_unit == "tCO2e" and each.amount > 0
        )
    )


@rule("DQ-25", Severity.ERROR, formula="energy > 0 => emissions > 0")
def energy_has_emissions(disclosure: Disclosure, _context: Context) -> Iterator[Issue]:
    """Fuels, vehicles and refrigerants cause scope 1, purchased electricity scope 2 (ch. 4)."""
    scope_1, scope_2 = figure(disclosure, "EMS-01"), figure(disclosure, "EMS-05")
    if scope_1 is None and scope_2 is None:
        yield not_run()
        return
    if scope_2 and scope_2.amount == 0 and total(figures(disclosure, ELECTRICITY)) > 0:
        yield Issue("scope_2", ("EMS-05", "ENE-02"))
    fuels = total(figures(disclosure, (("ENE-04", "non_renewable"),)))
    if scope_1 and scope_1.amount == 0 and (fuels > 0 or _direct_activity(disclosure)):
        yield Issue("scope_1", ("EMS-01", "ENE-04"))


def _direct_activity(disclosure: Disclosure) -> bool:
    """Tell whether an activity line burns or leaks something."""
    return any(
        row.get("source") in ("stationary", "mobile", "fugitive") and _positive(row)
        for row in disclosure.rows("EMS-14")
    )


def _positive(row: Parts) -> bool:
    amount = row.get("amount")
    return isinstance(amount, Quantity) and amount.amount > 0


def _places(disclosure: Disclosure) -> tuple[str, ...]:
    keys = dict.fromkeys(key for key, _ in ENERGY)
    return tuple(key for key in keys if disclosure.answer(key))
