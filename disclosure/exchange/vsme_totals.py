"""The totals and intensities of the VSME taxonomy, which follow from the stated facts."""

from collections.abc import Iterable, Iterator
from decimal import Decimal, localcontext

from disclosure.exchange.vsme_fact import VsmeFact
from disclosure.facts import Period

_SCOPE_1 = "GrossScope1GreenhouseGasEmissions"
_SCOPE_3 = "GrossScope3GreenhouseGasEmissions"
_SCOPE_2 = {
    "Location": "GrossLocationBasedScope2GreenhouseGasEmissions",
    "Market": "GrossMarketBasedScope2GreenhouseGasEmissions",
}
_SUMS = {
    **{
        f"TotalGross{way}BasedScope1AndScope2GHGEmissions": (_SCOPE_1, scope_2)
        for way, scope_2 in _SCOPE_2.items()
    },
    **{
        f"TotalGross{way}BasedGHGEmissions": (_SCOPE_1, scope_2, _SCOPE_3)
        for way, scope_2 in _SCOPE_2.items()
    },
}
_INTENSITIES = {
    **{
        f"Scope1AndScope2GreenhouseGasEmissionsIntensityValue{way}Based":
            f"TotalGross{way}BasedScope1AndScope2GHGEmissions"
        for way in _SCOPE_2
    },
    **{
        f"Total{way}BasedGreenhouseGasEmissionsIntensityValue": f"TotalGross{way}BasedGHGEmissions"
        for way in _SCOPE_2
    },
}  # fmt: skip
FOLLOWS = {
    **{name: f"it follows: the sum of {', '.join(parts)}" for name, parts in _SUMS.items()},
    **{name: f"it follows: {total} over Turnover" for name, total in _INTENSITIES.items()},
}
"""Concept -> from what it follows."""
_DIGITS = 28


def totals(facts: Iterable[VsmeFact], period: Period) -> Iterator[VsmeFact]:
    """Add up the scopes of each year stated, and divide the current totals by the turnover."""
    known = list(facts)
    made: list[VsmeFact] = []
    for dimensions in _years(known):
        amounts = {
            each.concept.removeprefix("vsme:"): Decimal(each.lexical)
            for each in known
            if each.dimensions == dimensions and each.unit == "utr:tCO2e"
        }
        when = next(each.period for each in known if each.dimensions == dimensions
                    and each.unit == "utr:tCO2e")  # fmt: skip
        for name, parts in _SUMS.items():
            if all(part in amounts for part in parts):
                total = f"{sum((amounts[part] for part in parts), Decimal(0)):f}"
                made.append(
                    VsmeFact(f"vsme:{name}", total, total, "utr:tCO2e", when, dimensions, at="EMS")
                )
    yield from made
    yield from _intensities(known, made, period)


def _years(facts: list[VsmeFact]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for each in facts:
        dimensions = dict(each.dimensions)
        if each.unit == "utr:tCO2e" and dimensions not in found:
            found.append(dimensions)
    return found


def _intensities(facts: list[VsmeFact], made: list[VsmeFact], period: Period) -> Iterator[VsmeFact]:
    turnover = next((each for each in facts if each.concept == "vsme:Turnover"), None)
    if turnover is None or Decimal(turnover.lexical) <= 0:
        return
    now = {each.concept: each for each in made if not each.dimensions}
    for name, total in _INTENSITIES.items():
        if found := now.get(f"vsme:{total}"):
            with localcontext(prec=_DIGITS):
                value = f"{Decimal(found.lexical) / Decimal(turnover.lexical):f}"
            unit = f"utr:tCO2e/{turnover.unit}"
            when = f"{period.start}/{period.end}"
            yield VsmeFact(f"vsme:{name}", value, value, unit, when, {}, at="EMS-11")
