"""What a processor with schemas alone cannot tell of VSME facts: units, dimensions, sums.

Each rule takes facts and yields problems; the tables come from the taxonomy 2025-07-30 and from the
Unit Type Registry (`vsme/`).
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files

from disclosure.exchange.vsme_fact import VsmeFact
from disclosure.exchange.vsme_labels import label_of
from disclosure.exchange.vsme_taxonomy import NUMERIC, Concept, concepts, is_member, tables

_FOLDER = files("disclosure") / "exchange" / "vsme"
_OWN_UNIT = {"decimal": frozenset({"xbrli:pure"}), "percent": frozenset({"xbrli:pure"})}
_EXAMPLE = {
    "ghgEmissions": "utr:tCO2e", "energy": "utr:MWh", "monetary": "iso4217:CNY", "mass": "utr:t",
    "volume": "utr:m3", "area": "utr:ha", "decimal": "xbrli:pure", "percent": "xbrli:pure",
    "ghgEmissionsPerMonetary": "utr:tCO2e/iso4217:CNY",
}  # fmt: skip
_SCOPE_2 = {
    "Location": "vsme:GrossLocationBasedScope2GreenhouseGasEmissions",
    "Market": "vsme:GrossMarketBasedScope2GreenhouseGasEmissions",
}
_SCOPE_1 = "vsme:GrossScope1GreenhouseGasEmissions"
_SCOPE_3 = "vsme:GrossScope3GreenhouseGasEmissions"
SUMS: Mapping[str, tuple[str, ...]] = {
    **{f"vsme:TotalGross{m}BasedScope1AndScope2GHGEmissions": (_SCOPE_1, _SCOPE_2[m])
       for m in _SCOPE_2},
    **{f"vsme:TotalGross{m}BasedGHGEmissions": (_SCOPE_1, _SCOPE_2[m], _SCOPE_3) for m in _SCOPE_2},
    "vsme:TotalRevenuesDerivedFromFossilFuelCoalOilAndGasSector": (
        "vsme:RevenueDerivedFromCoal", "vsme:RevenueDerivedFromOil", "vsme:RevenueDerivedFromGas"),
    **{f"vsme:TotalWasteGenerated{kind}": (f"vsme:TotalHazardousWasteGenerated{kind}",
                                           f"vsme:TotalNonHazardousWasteGenerated{kind}")
       for kind in ("Mass", "Volume")},
}  # fmt: skip
"""Totals and their parts, compared where all of them are stated for one period and member."""
_ENERGY_AXIS = "vsme:BreakdownOfEnergyConsumptionAxis"
_ENERGY_PARTS = ("vsme:RenewableEnergyMember", "vsme:NonRenewableEnergyMember")


@dataclass(frozen=True)
class Problem:
    """Something wrong with one fact: `code` picks the sentence `DQ-36.<code>`."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


def problems(facts: Iterable[VsmeFact]) -> Iterator[Problem]:
    """List what is wrong with the facts of a filing, one by one and together."""
    known = []
    for fact in facts:
        concept = concepts().get(fact.concept.removeprefix("vsme:"))
        if concept is None:
            yield Problem("concept", {"concept": fact.concept})
            continue
        known.append(fact)
        yield from _of_fact(fact, concept)
    yield from _sums(known)


def _of_fact(fact: VsmeFact, concept: Concept) -> Iterator[Problem]:
    name = label_of(fact.concept)
    if concept.type in NUMERIC and not _unit_fits(fact.unit or "", concept.type):
        expected = _EXAMPLE[concept.type]
        yield Problem("unit", {"name": name, "unit": fact.unit or "–", "expected": expected})
    if (concept.period == "instant") != ("/" not in fact.period):
        yield Problem("period_type", {"name": name, "period": fact.period})
    yield from _dimensions(fact, concept)
    if concept.type in ("enumeration", "enumerationSet"):
        for choice in fact.lexical.split():
            if not allows(concept.members, choice):
                yield Problem("choice", {"name": name, "member": choice})


def _dimensions(fact: VsmeFact, concept: Concept) -> Iterator[Problem]:
    table = tables().get(concept.name)
    axes = {table.typed, table.explicit} - {""} if table else set()
    for axis, member in fact.dimensions.items():
        values = {"name": label_of(fact.concept), "axis": axis, "member": member}
        if axis not in axes:
            yield Problem("axis", values)
        elif not (member if axis.endswith("TypedAxis") else allows(members_of()[axis], member)):
            yield Problem("member", values)
    if table and table.typed and table.typed not in fact.dimensions:
        yield Problem("no_key", {"name": label_of(fact.concept), "axis": table.typed})


def allows(listed: str, member: str) -> bool:
    """Tell whether a list such as `country:* vsme:AllCountriesMember` holds a member."""
    prefix = f"{member.partition(':')[0]}:*"
    return member in listed.split() or (prefix in listed.split() and is_member(member))


def _unit_fits(unit: str, kind: str) -> bool:
    if kind == "ghgEmissionsPerMonetary":
        above, _, below = unit.partition("/")
        return _unit_fits(above, "ghgEmissions") and _unit_fits(below, "monetary")
    return unit in (_OWN_UNIT.get(kind) or units_of().get(kind, frozenset()))


def _sums(facts: Iterable[VsmeFact]) -> Iterator[Problem]:
    stated: dict[tuple[str, str, tuple[tuple[str, str], ...]], tuple[Decimal, str]] = {}
    for fact in facts:
        try:
            amount = Decimal(fact.lexical) if fact.unit else None
        except InvalidOperation:
            amount = None
        if amount is not None:
            key = (fact.concept, fact.period, tuple(sorted(fact.dimensions.items())))
            stated.setdefault(key, (amount, fact.unit or ""))
    for (concept, period, members), total in stated.items():
        parts = [(each, period, members) for each in SUMS.get(concept, ())]
        if not members and concept.startswith("vsme:EnergyConsumptionFrom"):
            parts = [(concept, period, ((_ENERGY_AXIS, each),)) for each in _ENERGY_PARTS]
        found = [stated[key] for key in parts if key in stated]
        if parts and len(found) == len(parts):
            yield from _compare(concept, total, found)


def _compare(
    concept: str, total: tuple[Decimal, str], parts: list[tuple[Decimal, str]]
) -> Iterator[Problem]:
    """A total may differ from its parts by half a unit of the last decimal of each."""
    if any(unit != total[1] for _, unit in parts):
        return
    given = sum((amount for amount, _ in parts), Decimal(0))
    slack = sum((_half_ulp(amount) for amount, _ in (total, *parts)), Decimal(0))
    if abs(total[0] - given) > slack:
        unit = total[1].partition(":")[2]
        yield Problem("sum", {"name": label_of(concept), "total": total[0], "parts": given,
                              "unit": unit})  # fmt: skip


def _half_ulp(amount: Decimal) -> Decimal:
    exponent = amount.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(exponent) / 2


@cache
def units_of() -> Mapping[str, frozenset[str]]:
    """Return the units of the Unit Type Registry by item type."""
    return {row["type"]: frozenset(row["units"].split()) for row in _rows("units.csv")}


@cache
def members_of() -> Mapping[str, str]:
    """Return the members of each explicit axis; `country:*` stands for all of a list."""
    return {row["axis"]: row["members"] for row in _rows("axes.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((_FOLDER / name).read_text("utf-8").splitlines()))
