"""Whether targets can be met, measured and compared."""

from collections.abc import Iterator
from decimal import Decimal

from disclosure.calculated import target_progress
from disclosure.checks.figures import figure
from disclosure.checks.finding import Context, Severity
from disclosure.checks.rule import Issue, not_run, plain, rule
from disclosure.checks.tolerance import allowance
from disclosure.facts import Disclosure, Target
from disclosure.values import Quantity

_HALF_POINT = Decimal("0.5")
_BASE_SCOPES = frozenset({"scope_1", "scope_2_location"})


@rule(
    "DQ-20",
    Severity.ERROR,
    formula="base year < reporting year <= target year; base = BND-05; 0 < reduction <= 100",
    tolerance="rounding of both base values (DQ-06)",
)
def targets(disclosure: Disclosure, _context: Context) -> Iterator[Issue]:
    """A target has a past base year, a year to come, and the base value of BND-05 (IFRS S2 §33).

    Base values are compared where year and scopes (1 and location-based 2) are those of BND-05.
    A stated progress (TGT-05) is that of the first absolute target, to half a percentage point.
    """
    stated = disclosure.targets()
    neutral = disclosure.value("TGT-03", "target_year")
    if not stated and not isinstance(neutral, int):
        yield not_run()
        return
    if isinstance(neutral, int) and neutral < disclosure.year:
        values = {"target_year": neutral, "year": disclosure.year}
        yield Issue("past", ("TGT-03",), values)
    for target in stated:
        yield from _of_target(target, disclosure)
    yield from _of_progress(disclosure)


def _of_target(target: Target, disclosure: Disclosure) -> Iterator[Issue]:
    where, year = (target.datapoint,), disclosure.year
    inputs = {
        "base_year": str(target.base_year),
        "year": str(year),
        "target_year": str(target.target_year),
        "reduction": plain(target.reduction, "%"),
    }
    if target.base_year >= year:
        yield Issue("base_year", where, {"base_year": target.base_year, "year": year}, inputs)
    if target.target_year < year:
        values = {"target_year": target.target_year, "year": year}
        yield Issue("past", where, values, inputs)
    if not 0 < target.reduction <= 100:
        yield Issue("reduction", where, {"reduction": target.reduction}, inputs)
    base = figure(disclosure, "BND-05", "emissions")
    if base and _comparable(target, disclosure) and target.base_value:
        yield from _of_base(target.base_value, base)


def _of_progress(disclosure: Disclosure) -> Iterator[Issue]:
    absolute = [each for each in disclosure.targets() if each.datapoint == "TGT-01"]
    said = figure(disclosure, "TGT-05")
    made = target_progress(absolute[0], disclosure) if absolute else None
    if said is None or made is None:
        return
    if abs(said.canonical - made) > max(_HALF_POINT, said.half_ulp):
        values = {"stated": said.canonical, "recomputed": Decimal(f"{made:.4g}")}
        inputs = {"stated": plain(said.amount, "%"), "recomputed": plain(made, "%")}
        yield Issue("progress", ("TGT-05", "TGT-01"), values, inputs)


def _comparable(target: Target, disclosure: Disclosure) -> bool:
    return (
        target.datapoint == "TGT-01"
        and frozenset(target.scopes) == _BASE_SCOPES
        and target.base_year == disclosure.value("BND-05", "year")
        and target.base_value is not None
        and target.base_value.canonical_unit == "tCO2e"
    )


def _of_base(stated: Quantity, base: Quantity) -> Iterator[Issue]:
    difference = abs(stated.canonical - base.canonical)
    if difference > allowance((stated, base)):
        values: dict[str, Decimal] = {"stated": stated.canonical, "base": base.canonical}
        inputs = {"TGT-01": plain(stated.amount, stated.unit)}
        inputs |= {"BND-05": plain(base.amount, base.unit)}
        yield Issue("base_value", ("TGT-01", "BND-05"), values, inputs)
