"""Whether ratios are the quotients of the figures they name."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from disclosure.checks.figures import figure
from disclosure.checks.finding import Context, Severity
from disclosure.checks.rule import Issue, not_run, passed, plain, rule
from disclosure.checks.tolerance import ratio_allowance
from disclosure.facts import Disclosure
from disclosure.values import Quantity


@dataclass(frozen=True)
class _Ratio:
    stated: Quantity
    above: tuple[Quantity, ...]
    below: Quantity
    datapoints: tuple[str, ...]


@rule(
    "DQ-12",
    Severity.ERROR,
    formula="intensity = numerator / denominator of the same period and boundary",
    tolerance="rounding of all three figures (DQ-06)",
)
def intensities(disclosure: Disclosure, _context: Context) -> Iterator[Issue]:
    """An intensity is its numerator over its denominator (GRI 305-4, ESRS E1-6 §53)."""
    ratios = tuple(_ratios(disclosure))
    if not ratios:
        yield not_run()
    for ratio in ratios:
        yield _compare(ratio)


def _ratios(disclosure: Disclosure) -> Iterator[_Ratio]:
    scope_1, revenue = figure(disclosure, "EMS-01"), figure(disclosure, "GEN-05")
    for part, key, name in (("location", "EMS-05", "value"), ("market", "EMS-06", "emissions")):
        stated, scope_2 = figure(disclosure, "EMS-11", part), figure(disclosure, key, name)
        if stated and scope_1 and scope_2 and revenue:
            over = (scope_1, scope_2)
            yield _Ratio(stated, over, revenue, ("EMS-11", "EMS-01", key, "GEN-05"))
    stated, energy = figure(disclosure, "ENE-06"), figure(disclosure, "ENE-01")
    if stated and energy and revenue:
        yield _Ratio(stated, (energy,), revenue, ("ENE-06", "ENE-01", "GEN-05"))
    for row in disclosure.rows("EMS-12"):
        match row:
            case {
                "intensity": Quantity() as per_unit,
                "emissions": Quantity() as emissions,
                "output": Quantity() as output,
            } if per_unit.canonical_unit == emissions.canonical_unit == "tCO2e":
                yield _Ratio(per_unit, (emissions,), output, ("EMS-12",))


def _compare(ratio: _Ratio) -> Issue:
    below = ratio.below.canonical
    if below <= 0:
        return Issue("no_denominator", ratio.datapoints)
    if "/" in ratio.stated.canonical_unit and not ratio.stated.canonical_unit.endswith(
        "/" + ratio.below.canonical_unit
    ):
        return Issue("currency", ratio.datapoints, {"unit": ratio.stated.unit})
    recomputed = sum((each.canonical for each in ratio.above), Decimal(0)) / below
    allowed = ratio_allowance(ratio.stated, ratio.above, ratio.below)
    inputs = {
        "stated": plain(ratio.stated.amount, ratio.stated.unit),
        "numerator": " + ".join(plain(each.amount, each.unit) for each in ratio.above),
        "denominator": plain(ratio.below.amount, ratio.below.unit),
        "recomputed": plain(_in_unit_of(ratio.stated, recomputed), ratio.stated.unit),
        "allowed": plain(_in_unit_of(ratio.stated, allowed), ratio.stated.unit),
    }
    if abs(ratio.stated.canonical - recomputed) <= allowed:
        return passed(**inputs)
    values = {
        "stated": ratio.stated.amount,
        "recomputed": _short(_in_unit_of(ratio.stated, recomputed)),
        "unit": ratio.stated.unit,
    }
    return Issue("fail", ratio.datapoints, values, inputs)


def _in_unit_of(stated: Quantity, canonical: Decimal) -> Decimal:
    return Quantity(canonical, stated.canonical_unit).to(stated.unit)


def _short(value: Decimal) -> Decimal:
    """Keep six significant digits for a sentence."""
    return Decimal(f"{value:.6g}")
