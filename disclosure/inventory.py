"""From activity lines to scopes: each figure keeps factor, purpose, warming set and arithmetic.

Emissions = amount × factor (× warming potential where the factor is by gas), or for a leaked gas
mass × warming potential. Each line is rounded, half to even, to a gram (six decimals of a tonne);
totals are exact sums of the lines. Sources: GB/T 32150-2015 §5.3; GHG Protocol Scope 2 Guidance
ch. 6.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

from disclosure import units
from disclosure.checks.figures import SCOPE_1_SOURCES, SCOPE_2_SOURCES
from disclosure.datapoints import climate
from disclosure.factor_data import items, potential
from disclosure.factors import Factor, FactorError, FactorTable, Purpose, table
from disclosure.values import Evidence, Quantity

SCOPE_3 = "scope_3"
FUGITIVE = "fugitive"
LARGEST = Decimal(10) ** 8
"""The most tonnes one line may come to; a larger one is a slip of the unit."""
_GRAM = Decimal("0.000001")
_TOLD = {
    "source": "unknown source {source}",
    "negative": "the amount is negative",
    "category_needed": "scope 3 lines, and only they, name a category",
    "category": "unknown category {category}",
    "green_source": "certificates cover purchased electricity only",
    "green_amount": "certificates cover at least 0 and not more than was bought",
    "wrong_source": "{item} is no {source}; choose {sources}",
    "too_large": "{tonnes} tCO2e in one line; look at the unit",
    "purposes": "calculated for {one} and for {other}: figures of different purposes never add up",
}


class LineError(ValueError):
    """One line cannot be calculated; `code` and `values` say why."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values
        super().__init__(_TOLD[code].format(**values))


class ActivityError(ValueError):
    """An activity line cannot be calculated; names the row and what is wrong."""


@dataclass(frozen=True)
class Activity:
    """One line: what was used, how much, with which factor (by default the usual one).

    `source` and `category` are the codes of EMS-14 and EMS-09; `green` is the part of purchased
    electricity that certificates (a number a line) or green power contracts of a year of generation
    (`vintage`) cover; `region` is that of the site.
    """

    source: str
    item: str
    amount: Quantity
    factor_id: str = ""
    category: str = ""
    green: Quantity | None = None
    label: str = ""
    region: str = ""
    instrument: str = ""
    certificates: str = ""
    vintage: int | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True)
class Line:
    """A calculated line in tCO2e; `market` differs from `tonnes` for electricity only.

    `warming` is the potential a mass of gas was multiplied by.
    """

    activity: Activity
    tonnes: Decimal
    market: Decimal
    factor: Factor | None = None
    warming: Decimal | None = None
    gwp_set: str = ""

    @property
    def arithmetic(self) -> str:
        """The calculation with the factor's id, purpose and version, or gas and set."""
        stated = self.factor.value if self.factor else None
        text, result = arithmetic(self.activity.amount, stated, self.warming), plain(self.tonnes)
        keys = [f"{self.activity.item}, {self.gwp_set}"] if self.warming else []
        if self.factor:
            keys.insert(0, f"{self.factor.id}, {self.factor.purpose}, {self.factor.version}")
        return f"{text} [{'; '.join(keys)}] = {result} tCO2e"


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
    return add_up(tuple(_lines(activities, method)), method)


def add_up(lines: tuple[Line, ...], method: Method) -> Inventory:
    """Add calculated lines up by scope, source and category: exact, in any order."""
    direct = [line for line in lines if line.activity.source in SCOPE_1_SOURCES]
    energy = [line for line in lines if line.activity.source in SCOPE_2_SOURCES]
    chain = [line for line in lines if line.activity.source == SCOPE_3]
    with localcontext(prec=60):
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


def together(one: Inventory, other: Inventory) -> Inventory:
    """Add two inventories of one purpose; LineError for different ones, which never add up."""
    if one.purpose is not other.purpose:
        raise LineError("purposes", one=one.purpose, other=other.purpose)
    method = Method(0, gwp_set=one.gwp_set, purpose=one.purpose)
    return add_up((*one.lines, *other.lines), method)


def calculate(activity: Activity, method: Method) -> Line:
    """Calculate one line; LineError or FactorError when it cannot be, UnitError for its units."""
    _check(activity)
    place = activity.region or method.region
    if activity.source == FUGITIVE and not activity.factor_id:
        line = _leaked(activity, method.gwp_set)
    else:
        line = _multiplied(activity, _factor_for(activity, place, method), method.gwp_set)
    if line.tonnes > LARGEST:
        raise LineError("too_large", tonnes=plain(line.tonnes))
    return line


def arithmetic(amount: Quantity, factor: Quantity | None, warming: Decimal | None) -> str:
    """Write amount (converted to the factor's unit) × factor × warming potential."""
    per = factor.unit.partition("/")[2] if factor else "t"
    text = f"{plain(amount.amount)} {amount.unit}"
    if amount.unit != per:
        text += f" ({plain(amount.to(per))} {per})"
    if factor:
        text += f" × {plain(factor.amount)} {factor.unit}"
    return text if warming is None else f"{text} × {plain(warming)}"


def plain(number: Decimal) -> str:
    """Write a decimal without exponent and without idle zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _lines(activities: Iterable[Activity], method: Method) -> Iterator[Line]:
    for number, activity in enumerate(activities, 1):
        try:
            yield calculate(activity, method)
        except (FactorError, LineError, units.UnitError) as error:
            raise ActivityError(f"row {number} ({activity.item}): {error}") from None


def _factor_for(activity: Activity, region: str, method: Method) -> Factor:
    if activity.factor_id:
        return method.factors.get(activity.factor_id, purpose=method.purpose)
    return method.factors.find(
        activity.item,
        purpose=method.purpose,
        region=region,
        year=method.year,
        per=activity.amount.canonical_unit,
    )


def _multiplied(activity: Activity, factor: Factor, gwp_set: str) -> Line:
    tonnes = _rounded(factor.of(activity.amount, gwp_set=gwp_set))
    green = _rounded(factor.of(activity.green, gwp_set=gwp_set)) if activity.green else Decimal(0)
    if not factor.gas:
        return Line(activity, tonnes, tonnes - green, factor)
    warming = potential(factor.gas, gwp_set)
    return Line(activity, tonnes, tonnes - green, factor, warming, gwp_set)


def _leaked(activity: Activity, gwp_set: str) -> Line:
    warming = potential(activity.item, gwp_set)
    exact = Fraction(activity.amount.to("t")) * Fraction(warming)
    tonnes = _rounded(units.finite(exact))
    return Line(activity, tonnes, tonnes, None, warming, gwp_set)


def _check(activity: Activity) -> None:
    sources = climate()["EMS-14"].column("source").codes
    if activity.source not in sources:
        raise LineError("source", source=activity.source)
    if activity.amount.amount < 0:
        raise LineError("negative")
    if (activity.source == SCOPE_3) != bool(activity.category):
        raise LineError("category_needed")
    if activity.category and activity.category not in climate()["EMS-09"].column("category").codes:
        raise LineError("category", category=activity.category)
    if activity.green:
        _check_green(activity, activity.green)
    known = items().get(activity.item)
    if known and activity.source not in known.sources and activity.source != FUGITIVE:
        fitting = ", ".join(sorted(known.sources))
        raise LineError("wrong_source", item=activity.item, source=activity.source, sources=fitting)


def _check_green(activity: Activity, covered: Quantity) -> None:
    if activity.source != "electricity":
        raise LineError("green_source")
    if not 0 <= covered.exact <= activity.amount.exact:
        raise LineError("green_amount")


def _grouped(pairs: Iterable[tuple[str, Line]]) -> dict[str, Decimal]:
    groups: dict[str, Decimal] = {}
    for name, line in pairs:
        groups[name] = groups.get(name, Decimal(0)) + line.tonnes
    return groups


def _sum(lines: Iterable[Line]) -> Decimal:
    return sum((line.tonnes for line in lines), Decimal(0))


def _rounded(tonnes: Decimal) -> Decimal:
    with localcontext(prec=60):
        return tonnes.quantize(_GRAM, rounding=ROUND_HALF_EVEN)
