"""From activity lines to scopes: each figure keeps factor, purpose, warming set and arithmetic.

Emissions = amount × factor, or for a leaked gas mass × warming potential. Each line is rounded,
half to even, to a gram (six decimals of a tonne); totals are exact sums of the lines.
Sources: GB/T 32150-2015 §5.3; GHG Protocol Scope 2 Guidance ch. 6; blends after ASHRAE 34.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

from disclosure import units
from disclosure.answers import Answer
from disclosure.checks.figures import SCOPE_1_SOURCES, SCOPE_2_SOURCES
from disclosure.datapoints import climate
from disclosure.factors import Factor, FactorError, FactorTable, Purpose, table, warming_potentials
from disclosure.values import Parts, Quantity, Value

_GRAM = Decimal("0.000001")
_BLENDS = {
    "R-404A": {"HFC125": "0.44", "HFC143a": "0.52", "HFC134a": "0.04"},
    "R-407C": {"HFC32": "0.23", "HFC125": "0.25", "HFC134a": "0.52"},
    "R-410A": {"HFC32": "0.5", "HFC125": "0.5"},
}


class ActivityError(ValueError):
    """An activity line cannot be calculated; names the row and what is wrong."""


@dataclass(frozen=True)
class Activity:
    """One line: what was used, how much, with which factor (by default the usual one).

    `source` and `category` are the codes of EMS-14 and EMS-09; `green` is the part of purchased
    electricity that certificates or green power contracts cover.
    """

    source: str
    item: str
    amount: Quantity
    factor_id: str = ""
    category: str = ""
    green: Quantity | None = None
    label: str = ""


@dataclass(frozen=True)
class Line:
    """A calculated line in tCO2e; `market` differs from `tonnes` for electricity only."""

    activity: Activity
    tonnes: Decimal
    market: Decimal
    arithmetic: str
    factor: Factor | None = None


@dataclass(frozen=True)
class Inventory:
    """Scopes of one year in tCO2e with the lines they come from."""

    lines: tuple[Line, ...]
    purpose: Purpose
    factor_version: str
    gwp_set: str
    scope_1: Decimal = Decimal(0)
    scope_2_location: Decimal = Decimal(0)
    scope_2_market: Decimal = Decimal(0)
    scope_3: Decimal = Decimal(0)
    by_source: Mapping[str, Decimal] = field(default_factory=dict)
    by_category: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Method:
    """How to calculate: for which purpose, place and year, with which factors and warming set."""

    year: int
    region: str = "CN"
    gwp_set: str = "AR5"
    purpose: Purpose = Purpose.DISCLOSURE
    factors: FactorTable = field(default_factory=table)


def inventory(activities: Iterable[Activity], method: Method) -> Inventory:
    """Calculate all lines and add them up by scope, source and category."""
    with localcontext(prec=60):
        lines = tuple(_lines(activities, method))
        direct = [line for line in lines if line.activity.source in SCOPE_1_SOURCES]
        energy = [line for line in lines if line.activity.source in SCOPE_2_SOURCES]
        chain = [line for line in lines if line.activity.source == "scope_3"]
        return Inventory(
            lines,
            method.purpose,
            method.factors.version,
            method.gwp_set,
            scope_1=_sum(direct),
            scope_2_location=_sum(energy),
            scope_2_market=sum((line.market for line in energy), Decimal(0)),
            scope_3=_sum(chain),
            by_source=_grouped((line.activity.source, line) for line in direct),
            by_category=_grouped((line.activity.category, line) for line in chain),
        )


def answers_of(made: Inventory) -> dict[str, Answer]:
    """Return the answers EMS-01, 03, 05, 14 (and 06, 08, 09 where there are lines for them)."""
    if made.purpose is not Purpose.DISCLOSURE:
        raise ActivityError(f"calculated for {made.purpose}, not for a disclosure")
    found = {
        "EMS-01": _stating("EMS-01", value=_tonnes(made.scope_1)),
        "EMS-03": _tabling("EMS-03", "source", made.by_source),
        "EMS-05": _stating("EMS-05", value=_tonnes(made.scope_2_location)),
        "EMS-14": Answer.of(climate()["EMS-14"], rows=tuple(_row(line) for line in made.lines)),
    }
    green = [line.activity.green for line in made.lines if line.activity.green]
    if green:
        covered = sum((each.to("MWh") for each in green), Decimal(0))
        market, power = _tonnes(made.scope_2_market), Quantity(covered, "MWh")
        found["EMS-06"] = _stating("EMS-06", emissions=market, electricity=power)
    if made.by_category:
        rows: tuple[Parts, ...] = tuple(
            {"category": key, "relevance": "calculated", "emissions": _tonnes(each)}
            for key, each in made.by_category.items()
        )
        found["EMS-08"] = _stating("EMS-08", value=_tonnes(made.scope_3))
        found["EMS-09"] = Answer.of(climate()["EMS-09"], rows=rows)
    return found


def _lines(activities: Iterable[Activity], method: Method) -> Iterator[Line]:
    for number, activity in enumerate(activities, 1):
        try:
            yield _calculated(activity, method)
        except (FactorError, units.UnitError) as error:
            raise ActivityError(f"row {number} ({activity.item}): {error}") from None


def _calculated(activity: Activity, method: Method) -> Line:
    _check(activity)
    if activity.source == "fugitive":
        return _leaked(activity, method)
    amount = activity.amount
    if activity.factor_id:
        factor = method.factors.get(activity.factor_id, purpose=method.purpose)
    else:
        place = {"region": method.region, "per": amount.canonical_unit}
        factor = method.factors.find(
            activity.item, purpose=method.purpose, year=method.year, **place
        )
    tonnes = _rounded(factor.of(amount))
    green = _rounded(factor.of(activity.green)) if activity.green else Decimal(0)
    key = f"[{factor.id}, {factor.purpose}, {factor.version}]"
    shown = f"{_plain(amount)} × {_plain(factor.value)} {key} = {tonnes} tCO2e"
    return Line(activity, tonnes, tonnes - green, shown, factor)


def _leaked(activity: Activity, method: Method) -> Line:
    potential = _potential(activity.item, method.gwp_set)
    exact = Fraction(activity.amount.to("t")) * Fraction(potential)
    tonnes = _rounded(units.finite(exact))
    shown = f"{_plain(activity.amount)} × {potential} [{activity.item}, {method.gwp_set}]"
    return Line(activity, tonnes, tonnes, f"{shown} = {tonnes} tCO2e")


def _potential(gas: str, name: str) -> Decimal:
    parts = _BLENDS.get(gas, {gas: "1"})
    known = warming_potentials()
    if unknown := sorted(set(parts) - set(known)):
        raise FactorError(f"no warming potential of {', '.join(unknown)}")
    if name not in known["CO2"]:
        raise FactorError(f"no set {name}; choose AR4, AR5 or AR6")
    return sum((known[each][name] * Decimal(share) for each, share in parts.items()), Decimal(0))


def _check(activity: Activity) -> None:
    column = climate()["EMS-14"].column("source")
    if activity.source not in column.codes:
        raise FactorError(f"unknown source {activity.source}")
    if activity.amount.amount < 0:
        raise FactorError("the amount is negative")
    if (activity.source == "scope_3") != bool(activity.category):
        raise FactorError("scope 3 lines, and only they, name a category")
    covered = activity.green
    if covered and (
        activity.source != "electricity" or not 0 <= covered.exact <= activity.amount.exact
    ):
        raise FactorError("certificates cover purchased electricity, and not more than was bought")
    if activity.category and activity.category not in climate()["EMS-09"].column("category").codes:
        raise FactorError(f"unknown category {activity.category}")


def _row(line: Line) -> dict[str, Value]:
    given = line.activity
    row: dict[str, Value] = {
        "source": given.source,
        "item": given.label or given.item,
        "amount": given.amount,
        "emissions": _tonnes(line.tonnes),
    }
    return row | ({"factor": line.factor.value, "factor_id": line.factor.id} if line.factor else {})


def _stating(datapoint: str, **parts: Value) -> Answer:
    return Answer.of(climate()[datapoint], parts)


def _tabling(datapoint: str, key: str, groups: Mapping[str, Decimal]) -> Answer:
    rows: tuple[Parts, ...] = tuple(
        {key: name, "emissions": _tonnes(each)} for name, each in groups.items()
    )
    return Answer.of(climate()[datapoint], rows=rows)


def _grouped(pairs: Iterable[tuple[str, Line]]) -> dict[str, Decimal]:
    groups: dict[str, Decimal] = {}
    for name, line in pairs:
        groups[name] = groups.get(name, Decimal(0)) + line.tonnes
    return groups


def _sum(lines: Iterable[Line]) -> Decimal:
    return sum((line.tonnes for line in lines), Decimal(0))


def _rounded(tonnes: Decimal) -> Decimal:
    return tonnes.quantize(_GRAM, rounding=ROUND_HALF_EVEN)


def _tonnes(amount: Decimal) -> Quantity:
    return Quantity(amount, "tCO2e")


def _plain(quantity: Quantity) -> str:
    return f"{quantity.amount:f} {quantity.unit}"
