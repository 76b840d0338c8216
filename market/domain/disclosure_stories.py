"""What a published content tells beyond its columns: energy mix, target path, completeness."""

from dataclasses import dataclass
from decimal import Decimal

from disclosure.facts import Disclosure as Facts
from disclosure.facts import Target
from disclosure.units import UnitError
from market.domain import disclosure_reviews
from market.domain.disclosure_reviews import Progress
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
    """Completeness by section; energy in MWh by source; (year, tCO2e) of the stated target."""

    sections: tuple[Progress, ...]
    energy: dict[str, Decimal]
    target: tuple[tuple[int, Decimal], ...]


def story(disclosure: Disclosure) -> Story:
    """Read the content once."""
    facts = Facts.from_dict(disclosure.content)
    amounts = {name: facts.amount(*where, unit="MWh") for name, where in _ENERGY.items()}
    return Story(
        sections=disclosure_reviews.sections(facts, disclosure.content.get("private", {})),
        energy={name: amount for name, amount in amounts.items() if amount},
        target=_target_path(facts),
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
