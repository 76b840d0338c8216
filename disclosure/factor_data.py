"""The tables factors stand on: places, items, gases, calorific values, and who issued what.

Sources: IPCC AR4, AR5, AR6 for warming potentials; blends after ASHRAE 34; GB/T 2260 for places.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from disclosure.texts import Bilingual
from disclosure.values import Quantity

_FOLDER = files("disclosure") / "factors"
_TOLD = {
    "none_fits": "no {purpose} factor of {item} in {region} up to {year}; known for {known}",
    "unknown": "no factor {factor} in {version}",
    "purpose": "{factor} is for {purpose}, not for {wanted}",
    "unit": "{factor} is per {under}, not per {given}",
    "taken": "{ids} already in {version}",
    "no_potential": "no warming potential of {gas}",
    "no_set": "no set {name}; choose AR4, AR5 or AR6",
}
_BLENDS = {
    "R-404A": {"HFC125": "0.44", "HFC143a": "0.52", "HFC134a": "0.04"},
    "R-407C": {"HFC32": "0.23", "HFC125": "0.25", "HFC134a": "0.52"},
    "R-410A": {"HFC32": "0.5", "HFC125": "0.5"},
}


class FactorError(LookupError):
    """No factor fits, or one of another purpose was asked for; `code` and `values` say it."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values
        super().__init__(_TOLD[code].format(**values))


@dataclass(frozen=True)
class Region:
    """A country, province (with its number of GB/T 2260) or grid that factors are stated for."""

    code: str
    number: str
    name: Bilingual


@dataclass(frozen=True)
class Item:
    """Something that is used, and the sources of EMS-14 it can belong to."""

    code: str
    name: Bilingual
    sources: frozenset[str]


@dataclass(frozen=True)
class Issue:
    """One issued table: where it is from, on which terms, and what replaced it."""

    version: str
    file: str
    title: Bilingual
    source: str
    licence: str
    issued: str
    replaced_by: str


@cache
def issues() -> tuple[Issue, ...]:
    """Return every table this release carries, replaced ones too."""
    return tuple(
        Issue(
            row["version"], row["file"], Bilingual(row["zh"], row["en"]), row["source"],
            row["licence"], row["issued"], row["replaced_by"],
        )
        for row in rows_of("tables.csv")
    )  # fmt: skip


@cache
def items() -> Mapping[str, Item]:
    """Return what the tables have factors for, by code."""
    return {
        row["item"]: Item(
            row["item"], Bilingual(row["zh"], row["en"]), frozenset(row["sources"].split())
        )
        for row in rows_of("items.csv")
    }


@cache
def regions() -> Mapping[str, Region]:
    """Return the places factors are stated for, by code."""
    return {
        row["code"]: Region(row["code"], row["number"], Bilingual(row["zh"], row["en"]))
        for row in rows_of("regions.csv")
    }


def region_code(given: str) -> str:
    """Return our code of a province that is given by its number (CN-11 is CN-BJ)."""
    return _numbered().get(given, given)


@cache
def _numbered() -> Mapping[str, str]:
    return {f"CN-{each.number}": each.code for each in regions().values() if each.number}


@cache
def heat_contents() -> Mapping[str, Quantity]:
    """Return the net calorific value of each fuel, GJ per unit."""
    return {
        row["item"]: Quantity(Decimal(row["value"]), row["unit"])
        for row in rows_of("heat_content.csv")
    }


@cache
def warming_potentials() -> Mapping[str, Mapping[str, Decimal]]:
    """Return the 100-year warming potential by gas and set (AR4, AR5, AR6), tCO2e per t."""
    return {
        row["gas"]: {name: Decimal(row[name]) for name in ("AR4", "AR5", "AR6")}
        for row in rows_of("gwp.csv")
    }


def gases() -> tuple[str, ...]:
    """List the gases and blends that have a warming potential."""
    return (*warming_potentials(), *_BLENDS)


def potential(gas: str, gwp_set: str) -> Decimal:
    """Return the warming potential of a gas or blend in a set; blends after ASHRAE 34."""
    parts = _BLENDS.get(gas, {gas: "1"})
    known = warming_potentials()
    if unknown := sorted(set(parts) - set(known)):
        raise FactorError("no_potential", gas=", ".join(unknown))
    if gwp_set not in known["CO2"]:
        raise FactorError("no_set", name=gwp_set)
    shares = ((known[each][gwp_set], Decimal(share)) for each, share in parts.items())
    return sum((value * share for value, share in shares), Decimal(0))


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of one file of the tables."""
    return list(csv.DictReader((_FOLDER / name).read_text("utf-8").splitlines()))
