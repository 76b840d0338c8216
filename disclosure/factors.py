"""Emission factors: the purpose is part of the key, so that they are never mixed.

For 100 MWh in Shanghai the emissions-trading factor gives 42.0 t, the disclosure factor of 2022
58.49 t and the life-cycle footprint factor 62.05 t: all right, each for its own purpose.
Tables are versioned data in `factors/*.csv`; sources and certainty stand in each row.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Self

from disclosure import units
from disclosure.factor_data import FactorError, potential, region_code, rows_of, warming_potentials
from disclosure.texts import Bilingual
from disclosure.values import Quantity

VERSION = "cn-2026.2"
VERSIONS = ("cn-2026.2", "cn-2026.1")
"""The issues of the factor table, the one in use first; an issue is never changed."""
__all__ = [
    "VERSION", "VERSIONS", "Factor", "FactorError", "FactorTable", "Purpose", "product", "table",
    "warming_potentials",
]  # fmt: skip


class Purpose(StrEnum):
    """What a factor may be used for."""

    DISCLOSURE = "disclosure"
    ETS = "ets"
    FOOTPRINT = "footprint"
    PLAUSIBILITY = "plausibility"


@dataclass(frozen=True)
class Factor:
    """One factor; `year` None means a default of any year, `certainty` how the value is known.

    With a `gas`, the value is mass of that gas per unit, and a warming potential makes it CO2e.
    """

    id: str
    purpose: Purpose
    item: str
    value: Quantity
    region: str = "CN"
    year: int | None = None
    published: int | None = None
    version: str = VERSION
    name: Bilingual = field(default_factory=lambda: Bilingual("", ""))
    source: str = ""
    certainty: str = ""
    gas: str = ""

    @property
    def per(self) -> str:
        """The unit of activity it is stated for: kWh of kgCO2/kWh."""
        return self.value.unit.partition("/")[2]

    def in_co2e(self, gwp_set: str = "AR5") -> Quantity:
        """The factor as CO2e per unit of activity; that of a gas is multiplied by its potential."""
        if not self.gas:
            return self.value
        amount = units.finite(Fraction(self.value.amount) * Fraction(potential(self.gas, gwp_set)))
        above = self.value.unit.partition("/")[0]
        return Quantity(amount, f"{above}CO2e/{self.per}")

    def of(self, amount: Quantity, *, gwp_set: str = "AR5") -> Decimal:
        """Return tCO2e of an amount, exact; FactorError when the units do not go together."""
        effective = self.in_co2e(gwp_set)
        over, _, under = effective.canonical_unit.partition("/")
        if over != "tCO2e" or under != amount.canonical_unit:
            raise FactorError("unit", factor=self.id, under=under, given=amount.canonical_unit)
        return product(amount, effective)


@dataclass(frozen=True)
class FactorTable:
    """Factors by id; an organisation's own factors are added to a copy."""

    version: str
    by_id: Mapping[str, Factor]

    def find(
        self, item: str, *, purpose: Purpose, region: str = "CN", year: int, per: str = ""
    ) -> Factor:
        """Return the factor of the nearest region and the latest year up to `year`.

        `per`: the canonical unit of the activity, where an item has factors for several.
        """
        fitting = self.suggestions(item, purpose=purpose, region=region, year=year, per=per)
        if fitting:
            return fitting[0]
        known = {each.purpose for each in self._known(item, region, per)}
        named = ", ".join(sorted(known)) or "no purpose"
        values = {"purpose": purpose, "item": item, "region": region, "year": year}
        raise FactorError("none_fits", **values, known=named)

    def suggestions(
        self, item: str, *, purpose: Purpose, region: str = "CN", year: int, per: str = ""
    ) -> tuple[Factor, ...]:
        """List what may be used, best first: own region before the country, then the latest year.

        Never one of another purpose, and none of a later year than the activity.
        """
        place = region_code(region)
        fitting = [
            each
            for each in self._known(item, place, per)
            if each.purpose is purpose and (each.year or 0) <= year
        ]
        return tuple(sorted(fitting, key=lambda each: (each.region != place, -(each.year or 0))))

    def get(self, factor: str, *, purpose: Purpose) -> Factor:
        """Return a factor by id, FactorError when it is unknown or of another purpose."""
        found = self.by_id.get(factor)
        if found is None:
            raise FactorError("unknown", factor=factor, version=self.version)
        if found.purpose is not purpose:
            raise FactorError("purpose", factor=factor, purpose=found.purpose, wanted=purpose)
        return found

    def plus(self, own: Iterable[Factor]) -> Self:
        """Return a table with further factors; an id already taken is refused."""
        added = {each.id: each for each in own}
        if taken := sorted(set(added) & set(self.by_id)):
            raise FactorError("taken", ids=", ".join(taken), version=self.version)
        return type(self)(self.version, {**self.by_id, **added})

    def _known(self, item: str, region: str, per: str) -> list[Factor]:
        place = region_code(region)
        regions = (place, place.partition("-")[0])
        return [
            each
            for each in self.by_id.values()
            if each.item == item
            and each.region in regions
            and (not per or each.value.canonical_unit.endswith(f"/{per}"))
        ]


def product(amount: Quantity, factor: Quantity) -> Decimal:
    """Multiply two quantities exactly, in canonical units."""
    return units.finite(amount.exact * factor.exact)


@cache
def table(version: str = VERSION) -> FactorTable:
    """Return the factors of an issue (the one in use); KeyError when there is no such issue."""
    if version not in VERSIONS:
        raise KeyError(version)
    rows = rows_of(f"{version}.csv")
    return FactorTable(version, {row["id"]: _factor(row, version) for row in rows})


def _factor(row: dict[str, str], version: str) -> Factor:
    return Factor(
        id=row["id"],
        purpose=Purpose(row["purpose"]),
        item=row["item"],
        value=Quantity(Decimal(row["value"]), row["unit"]),
        region=row["region"],
        year=int(row["year"]) if row["year"] else None,
        published=int(row["published"]) if row["published"] else None,
        version=version,
        name=Bilingual(row["zh"], row["en"]),
        source=row["source"],
        certainty=row["certainty"],
    )
