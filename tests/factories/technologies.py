"""Technologies and scenarios, made through the verbs."""

from decimal import Decimal
from typing import Any

from market.domain import scenarios, technologies
from market.models import Membership, Scenario, Technology
from tests.factories import people


def details(**given: Any) -> dict[str, Any]:
    """What TechnologySchema loads from the form."""
    return {
        "name_zh": "示例高温热泵",
        "name_en": "Sample heat pump",
        "summary_zh": "回收低品位余热，替代蒸汽。",
        "summary_en": "",
        "processes": ["waste_heat"],
        "sectors": ["C39"],
        "trl": 8,
        "reduction_percent": Decimal(25),
        "payback_years": Decimal(3),
        "capex_min": Decimal(500_000),
        "capex_max": Decimal(2_000_000),
        "references": 4,
        **given,
    }


def draft(provider: Membership, **given: Any) -> Technology:
    """A technology nobody else sees yet."""
    return technologies.create(details(**given), by=people.acting_for(provider))


def live(provider: Membership, **given: Any) -> Technology:
    """A public technology."""
    made = draft(provider, **given)
    return technologies.publish(made.id, by=people.acting_for(provider))


def scenario_details(**given: Any) -> dict[str, Any]:
    """What ScenarioSchema loads from the form."""
    return {
        "title": "示例：退火炉余热",
        "process": "waste_heat",
        "pain_point": "两台退火炉烟气温度约280℃，直接排空。",
        "baseline_tco2e": Decimal(4000),
        "budget": Decimal(3_000_000),
        "payback_limit_years": Decimal(5),
        "trl_min": 7,
        **given,
    }


def scenario(enterprise: Membership, **given: Any) -> Scenario:
    """An open scenario."""
    return scenarios.create(scenario_details(**given), by=people.acting_for(enterprise))
