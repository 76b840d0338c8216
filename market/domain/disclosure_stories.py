"""What a published content tells beyond its columns: energy, target path, carbon efficiency."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from disclosure.assurance import Assured
from disclosure.checks import Context, check
from disclosure.efficiency import Efficiency, Inputs, efficiency, inputs
from disclosure.facts import Disclosure as Facts
from disclosure.facts import Target
from disclosure.grade import Grade, grade
from disclosure.units import UnitError
from market.domain import disclosure_reviews
from market.domain.disclosure_reviews import Progress, today
from market.domain.queries.disclosures import Peer
from market.models import Disclosure

_ENERGY = {
    "electricity_renewable": ("ENE-02", "renewable"),
    "electricity_other": ("ENE-02", "non_renewable"),
    "self_generated": ("ENE-03", "value"),
    "fuels_renewable": ("ENE-04", "renewable"),
    "fuels_other": ("ENE-04", "non_renewable"),
    "heat": ("ENE-05", "value"),
}
_SCOPE_2 = {"scope_2_location", "scope_2_market"}


@dataclass(frozen=True)
class Story:
    """Completeness by section; energy in MWh by source; (year, tCO2e) of the stated target.

    `efficiency`: what L of the carbon efficiency is made of, None where it is not disclosed.
    """

    sections: tuple[Progress, ...]
    energy: dict[str, Decimal]
    target: tuple[tuple[int, Decimal], ...]
    efficiency: Inputs | None = None

    def path_in(self, year: int) -> Decimal | None:
        """Where the straight way from base year to target stands in a year; None outside it."""
        if not self.target:
            return None
        (first, base), (last, goal) = self.target
        if not first <= year <= last or first == last:
            return None
        return base + (goal - base) * (year - first) / (last - first)


@dataclass(frozen=True)
class Rated:
    """The carbon efficiency of a firm, how many firms of the sector it is rated against, and how.

    `mean` is their mean L, None below five firms.
    """

    inputs: Inputs | None
    result: Efficiency
    firms: int
    mean: Decimal | None


def rated(told: Story, peers: Sequence[Peer]) -> Rated:
    """Rate a firm's L against the published L of its sector in the year."""
    sector = [each.carbon_l for each in peers if each.carbon_l is not None]
    result = efficiency(told.efficiency.l if told.efficiency else None, sector=sector)
    mean = sum(sector, Decimal(0)) / len(sector) if result.k is not None else None
    return Rated(told.efficiency, result, len(sector), mean)


def next_gate(disclosure: Disclosure, assured: Iterable[Assured]) -> Grade:
    """What the next grade still needs, by the answers of this content and what is attested."""
    facts = Facts.from_dict(disclosure.content)
    return grade(facts, check(facts, context=Context(today=today())), assured=assured)


def story(disclosure: Disclosure) -> Story:
    """Read the content once."""
    facts = Facts.from_dict(disclosure.content)
    amounts = {name: facts.amount(*where, unit="MWh") for name, where in _ENERGY.items()}
    return Story(
        sections=disclosure_reviews.sections(facts, disclosure.content.get("private", {})),
        energy={name: amount for name, amount in amounts.items() if amount},
        target=_target_path(facts),
        efficiency=inputs(facts),
    )


def _target_path(facts: Facts) -> tuple[tuple[int, Decimal], ...]:
    """Base and target year of the first absolute target that covers scopes 1 and 2."""
    for target in facts.targets():
        base = _base_tonnes(target)
        covers = "scope_1" in target.scopes and bool(_SCOPE_2 & set(target.scopes))
        if target.datapoint != "TGT-01" or base is None or not covers or "scope_3" in target.scopes:
            continue
        goal = base * (1 - target.reduction / 100)
        return (target.base_year, base), (target.target_year, goal)
    return ()


def _base_tonnes(target: Target) -> Decimal | None:
    try:
        return target.base_value.to("tCO2e") if target.base_value else None
    except UnitError:
        return None
