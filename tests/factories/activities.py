"""Activity lines added through the verbs."""

from decimal import Decimal
from typing import Any

from market.domain import activities, factors
from market.models import ActivityLine, Membership, OwnFactor
from tests.factories import people
from tests.factories.disclosures import YEAR

POWER = {"source": "electricity", "item": "electricity", "amount": Decimal(100), "unit": "MWh"}
GAS = {"source": "stationary", "item": "natural_gas", "amount": Decimal(10), "unit": "万Nm3"}
COOLING = {"source": "fugitive", "item": "R-410A", "amount": Decimal(20), "unit": "kg"}


def line(member: Membership, year: int = YEAR, **given: Any) -> ActivityLine:
    """100 MWh of electricity, or what is given instead."""
    return activities.add(year, {**POWER, **given}, by=people.acting_for(member))


def factor_data(**given: Any) -> dict[str, Any]:
    """What FactorSchema loads."""
    return {
        "code": "steel-a", "name": "示例钢材", "item": "steel", "purpose": "disclosure",
        "value": Decimal("2.1"), "unit": "tCO2e/t", "gas": "", "region": "CN", "year": None,
        "source": "示例供应商函", "note": "", **given,
    }  # fmt: skip


def own_factor(member: Membership, **given: Any) -> OwnFactor:
    """A supplier's factor for steel."""
    return factors.create(factor_data(**given), by=people.acting_for(member))
