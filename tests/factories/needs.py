"""Needs posted through the verbs, from what NeedSchema loads."""

from decimal import Decimal
from typing import Any

from market.domain import needs
from market.models import Membership, Need
from tests.factories import organisations, people


def details(**given: Any) -> dict[str, Any]:
    """What NeedSchema loads: eight million for two years."""
    values = {
        "title": "示例锅炉改造",
        "amount": Decimal(8_000_000),
        "amount_confirmed": False,
        "tenor_months": 24,
        "purpose": "energy_saving",
        "collateral": ["equipment"],
        "project": "示例项目",
        "project_investment": Decimal(10_000_000),
        "project_reduction": Decimal(1_200),
        "suitability": False,
        "left_out": False,
    }
    return {**values, **given}


def posted(by: Membership | None = None, **given: Any) -> Need:
    """An open need of this enterprise (a new one by default)."""
    owner = by or organisations.enterprise()
    return needs.post(details(**given), by=people.acting_for(owner))


def typed(**given: str) -> dict[str, str]:
    """What people type into the form."""
    return {
        "title": "示例锅炉改造",
        "amount": "800万",
        "tenor_months": "24",
        "purpose": "energy_saving",
        "collateral": "equipment",
        **given,
    }
