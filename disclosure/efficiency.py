"""Carbon efficiency 碳效: L, K and the grade 1-5, with versioned thresholds.

L = (energy emissions - zero-carbon generation - sinks) / value added, in tCO2 per 万元.
K = L / the sector's mean L of the same year; not available below five firms.
A figure on a border belongs to the better class.
Source: 《规上工业企业碳效等级评价方法》 (Zhejiang). An inventory counts the electricity bought,
so zero-carbon electricity generated on site is not in it and is not taken off a second time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum

from disclosure.facts import Disclosure
from disclosure.texts import Text
from disclosure.values import Quantity

FEWEST_FIRMS = 5
_COMBUSTION = frozenset({"stationary", "mobile"})


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Upper borders: of L for low and medium carbon, of K for grades 1 to 4."""

    version: str
    low_carbon: Decimal
    medium_carbon: Decimal
    grades: tuple[Decimal, Decimal, Decimal, Decimal]


ZHEJIANG_2021 = Thresholds(
    version="zj-2021",
    low_carbon=Decimal("0.6"),
    medium_carbon=Decimal("2.0"),
    grades=(Decimal("0.6"), Decimal("0.8"), Decimal("1.2"), Decimal("2.0")),
)


class CarbonClass(StrEnum):
    """The class of L: 低碳, 中碳, 高碳."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True)
class Efficiency:
    """Result of one firm and year; `why` says why a part is None."""

    version: str
    l: Decimal | None = None  # noqa: E741 - the method's own letter
    carbon_class: CarbonClass | None = None
    k: Decimal | None = None
    grade: int | None = None
    why: Text | None = None


@dataclass(frozen=True, slots=True)
class Inputs:
    """What L is made of: energy emissions in tCO2e and value added in 万元, as disclosed.

    `from_sources`: scope 1 was split, so process and fugitive emissions are left out.
    """

    emissions: Decimal
    value_added: Decimal
    from_sources: bool

    @property
    def l(self) -> Decimal | None:  # noqa: E743 - the method's own letter
        """L, None when the value added is not above 0."""
        return intensity(self.emissions, self.value_added)


def inputs(disclosure: Disclosure) -> Inputs | None:
    """Read energy emissions (fuels burnt, scope 2 location-based) and GEN-06; None if missing."""
    burnt = _burnt(disclosure)
    scope_1 = burnt if burnt is not None else disclosure.amount("EMS-01", unit="tCO2e")
    scope_2 = disclosure.amount("EMS-05", unit="tCO2e")
    added = disclosure.amount("GEN-06", unit="万元")
    if scope_1 is None or scope_2 is None or added is None:
        return None
    return Inputs(scope_1 + scope_2, added, from_sources=burnt is not None)


def _burnt(disclosure: Disclosure) -> Decimal | None:
    """Emissions of stationary and mobile combustion, where scope 1 is stated by source."""
    rows = disclosure.rows("EMS-03")
    stated = [each for row in rows if isinstance(each := row.get("emissions"), Quantity)]
    whole = stated and len(stated) == len(rows)
    if not whole or any(each.canonical_unit != "tCO2e" for each in stated):
        return None
    burnt = (
        value.canonical
        for row, value in zip(rows, stated, strict=True)
        if row.get("source") in _COMBUSTION
    )
    return sum(burnt, Decimal(0))


def intensity(
    emissions: Decimal, value_added: Decimal, *, deducted: Decimal = Decimal(0)
) -> Decimal | None:
    """Return L from tCO2e and value added in 万元; None when the value added is not above 0.

    `deducted`: zero-carbon generation, sinks and storage in tCO2e.
    """
    if value_added <= 0:
        return None
    with localcontext(prec=28):
        return (emissions - deducted) / value_added


def efficiency(
    l: Decimal | None,  # noqa: E741 - the method's own letter
    *,
    sector: Sequence[Decimal],
    thresholds: Thresholds = ZHEJIANG_2021,
) -> Efficiency:
    """Rate a firm's L against the L of its sector's firms in the same year (itself included)."""
    if l is None:
        return Efficiency(thresholds.version, why=Text("efficiency.no_value_added"))
    base = Efficiency(thresholds.version, l, _class(l, thresholds))
    if len(sector) < FEWEST_FIRMS:
        values = {"firms": len(sector), "needed": FEWEST_FIRMS}
        return _without_k(base, Text("efficiency.few_firms", values))
    with localcontext(prec=28):
        mean = sum(sector, Decimal(0)) / len(sector)
        if mean <= 0:
            return _without_k(base, Text("efficiency.no_mean"))
        k = l / mean
    return Efficiency(base.version, l, base.carbon_class, k, rating(k, thresholds))


def rating(k: Decimal, thresholds: Thresholds) -> int:
    """Return the grade 1 (best) to 5 of a K."""
    return 1 + sum(k > border for border in thresholds.grades)


def _class(l: Decimal, thresholds: Thresholds) -> CarbonClass:  # noqa: E741 - the method's letter
    if l <= thresholds.low_carbon:
        return CarbonClass.LOW
    return CarbonClass.MEDIUM if l <= thresholds.medium_carbon else CarbonClass.HIGH


def _without_k(base: Efficiency, why: Text) -> Efficiency:
    return Efficiency(base.version, base.l, base.carbon_class, why=why)
