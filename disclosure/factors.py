"""Emission factors: the purpose is part of the key, so that they are never mixed.

For 100 MWh in Shanghai the emissions-trading factor gives 42.0 t, the disclosure factor of 2022
58.49 t and the life-cycle footprint factor 62.05 t: all right, each for its own purpose.
Tables are versioned data in `factors/*.csv`; sources and certainty stand in each row.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Self

from disclosure import units
from disclosure.texts import Bilingual
from disclosure.values import Quantity

VERSION = "cn-2026.1"
_FOLDER = files("disclosure") / "factors"


class Purpose(StrEnum):
    """What a factor may be used for."""

    DISCLOSURE = "disclosure"
    ETS = "ets"
    FOOTPRINT = "footprint"
    PLAUSIBILITY = "plausibility"


class FactorError(LookupError):
    """No factor fits, or one of another purpose was asked for."""


@dataclass(frozen=True)
class Factor:
    """One factor; `year` None means a default of any year, `certainty` how the value is known."""

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

    def of(self, amount: Quantity) -> Decimal:
        """Return tCO2e of an amount, exact; FactorError when the units do not go together."""
        over, _, under = self.value.canonical_unit.partition("/")
        if over != "tCO2e" or under != amount.canonical_unit:
            raise FactorError(f"{self.id} is per {under}, not per {amount.canonical_unit}")
        return product(amount, self.value)


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
        regions = (region, region.partition("-")[0])
        known = [
            each
            for each in self.by_id.values()
            if each.item == item
            and each.region in regions
            and (not per or each.value.canonical_unit.endswith(f"/{per}"))
        ]
        fitting = [each for each in known if each.purpose is purpose and (each.year or 0) <= year]
        if not fitting:
            others = ", ".join(sorted({str(each.purpose) for each in known})) or "no purpose"
            raise FactorError(
                f"no {purpose} factor of {item} in {region} up to {year}; known for {others}"
            )
        return max(fitting, key=lambda each: (each.region == region, each.year or 0))

    def get(self, factor: str, *, purpose: Purpose) -> Factor:
        """Return a factor by id, FactorError when it is unknown or of another purpose."""
        found = self.by_id.get(factor)
        if found is None:
            raise FactorError(f"no factor {factor} in {self.version}")
        if found.purpose is not purpose:
            raise FactorError(f"{factor} is for {found.purpose}, not for {purpose}")
        return found

    def plus(self, own: Iterable[Factor]) -> Self:
        """Return a table with further factors; an id already taken is refused."""
        added = {each.id: each for each in own}
        if taken := sorted(set(added) & set(self.by_id)):
            raise FactorError(f"{', '.join(taken)} already in {self.version}")
        return type(self)(self.version, {**self.by_id, **added})


def product(amount: Quantity, factor: Quantity) -> Decimal:
    """Multiply two quantities exactly, in canonical units."""
    return units.finite(amount.exact * factor.exact)


@cache
def table() -> FactorTable:
    """Return the factors this release carries."""
    rows = csv.DictReader((_FOLDER / f"{VERSION}.csv").read_text("utf-8").splitlines())
    return FactorTable(VERSION, {row["id"]: _factor(row) for row in rows})


@cache
def warming_potentials() -> Mapping[str, Mapping[str, Decimal]]:
    """Return the 100-year warming potential by gas and set (AR4, AR5, AR6), tCO2e per t."""
    rows = csv.DictReader((_FOLDER / "gwp.csv").read_text("utf-8").splitlines())
    return {
        row["gas"]: {name: Decimal(row[name]) for name in ("AR4", "AR5", "AR6")} for row in rows
    }


def _factor(row: dict[str, str]) -> Factor:
    return Factor(
        id=row["id"],
        purpose=Purpose(row["purpose"]),
        item=row["item"],
        value=Quantity(Decimal(row["value"]), row["unit"]),
        region=row["region"],
        year=int(row["year"]) if row["year"] else None,
        published=int(row["published"]) if row["published"] else None,
        name=Bilingual(row["zh"], row["en"]),
        source=row["source"],
        certainty=row["certainty"],
    )
