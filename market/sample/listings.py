"""What the sample parties list and seek, through the same schemas that check people's forms."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Any

from market.domain import needs, products, scenarios, technologies
from market.models import Need, Product, Scenario, Technology
from market.moments import now
from market.sample.catalogues import (
    NEED_PURPOSES,
    SCENARIO_TITLES,
    TECHNOLOGIES,
    usual_term,
)
from market.sample.firms import Firm
from market.sample.parties import Party
from market.schemas.needs import NeedSchema
from market.schemas.products import product_schema
from market.schemas.scenarios import ScenarioSchema
from market.schemas.technologies import TechnologySchema
from scoring.products import KINDS, Term

_KINDS = (
    "carbon_pledge", "carbon_repo", "carbon_forward", "carbon_option", "carbon_insurance",
    "green_loan", "sustainability_linked_loan", "transition_loan",
)  # fmt: skip
_LOANS = ("green_loan", "sustainability_linked_loan", "transition_loan", "carbon_pledge")
_RATES = {"carbon_pledge": 3.9, "carbon_repo": 5.2, "green_loan": 3.1, "transition_loan": 3.4,
          "sustainability_linked_loan": 3.2}  # fmt: skip
# (least, most) in 万元 by the size of deals an institution does.
_DEALS = ((10, 3_000), (20, 10_000), (100, 30_000), (500, 100_000))
_COLLATERAL = ("receivable", "equipment", "real_estate", "guarantee", "income_right", "credit")


def list_products(count: int, institutions: Sequence[Party], random: Random) -> list[Product]:
    """Products of the eight kinds the market began with, loans more often than derivatives."""
    kinds = [*_KINDS, *_LOANS, *_LOANS, *_LOANS]
    listed = []
    for number in range(count):
        party = institutions[number % len(institutions)]
        kind = kinds[number % len(kinds)]
        data = product_schema(kind)().load(_product(kind, number, random))
        product = products.create(kind, data, by=party.acting)
        listed.append(products.publish(product.id, by=party.acting))
    return listed


def _product(kind: str, number: int, random: Random) -> dict[str, Any]:
    low, high = _DEALS[random.randrange(len(_DEALS))]
    about, today = KINDS[kind], now().date()
    rate = _RATES.get(kind)
    return {
        "name_zh": f"{about.zh}（示例{number + 1:02d}）",
        "name_en": f"{about.en.capitalize()} (sample {number + 1:02d})",
        "summary_zh": about.summary_zh,
        "summary_en": about.summary_en,
        "amount_min": f"{low}万",
        "amount_max": f"{high}万",
        "tenor_min": str(random.choice((1, 3, 6))),
        "tenor_max": str(random.choice((36, 60, 60, 120))),
        **({"rate": f"{rate + random.randint(-5, 10) / 10:.2f}"} if rate else {}),
        "quota_total": f"{high * random.choice((5, 10, 20))}万",
        "response_hours": str(random.choice((24, 48, 72))),
        "valid_from": (today - timedelta(days=30)).isoformat(),
        "valid_to": (today + timedelta(days=random.choice((180, 270, 360)))).isoformat(),
        "terms": {term.name: _term(term, random) for term in about.terms},
        "criteria": _criteria(kind, random),
    }


def _term(term: Term, random: Random) -> str:
    if term.options:
        return term.options[random.randrange(len(term.options))].value
    if term.kind == "date":
        return (now().date() + timedelta(days=180)).isoformat()
    return usual_term(term.name, random)


def _criteria(kind: str, random: Random) -> dict[str, Any]:
    """Grade 0 to 2 mostly, higher for loans whose price hangs on verified figures."""
    demanding = kind in {"sustainability_linked_loan", "transition_loan"}
    grade = random.choice((1, 2, 2, 3) if demanding else (0, 0, 0, 1, 2))
    criteria: dict[str, Any] = {"grade_required": str(grade)}
    if random.random() < 0.3:
        criteria["size_classes"] = random.choice((["micro", "small"], ["medium", "large"]))
    if random.random() < 0.3:
        criteria["operating_years_min"] = str(random.choice((1, 2, 3)))
    if kind == "green_loan" and random.random() < 0.5:
        criteria["collateral"] = ["receivable", "equipment", "real_estate", "guarantee"]
    return criteria


def list_technologies(providers: Sequence[Party], random: Random) -> list[Technology]:
    """Twenty technologies, live."""
    listed = []
    for number, row in enumerate(TECHNOLOGIES):
        zh, en, process, reduction, payback, capex, trl, references = row
        party = providers[number % len(providers)]
        data = TechnologySchema().load(
            {
                "name_zh": f"{zh}（示例）",
                "name_en": f"{en} (sample)",
                "summary_zh": f"{zh}，示例数据，供演示匹配之用。",
                "summary_en": "Sample data, to show the matching.",
                "processes": [process],
                "sectors": [],
                "trl": str(trl),
                "reduction_percent": str(reduction),
                "payback_years": payback,
                "capex_min": f"{round(capex * 0.6)}万",
                "capex_max": f"{round(capex * random.choice((1.5, 2.0, 3.0)))}万",
                "references": str(references),
                "delivery_months": str(random.choice((3, 4, 6, 9))),
            }
        )
        technology = technologies.create(data, by=party.acting)
        listed.append(technologies.publish(technology.id, by=party.acting))
    return listed


def post_needs(count: int, pairs: Sequence[tuple[Firm, Party]], random: Random) -> list[Need]:
    """Needs of the first firms of each sector, sized to their revenue."""
    posted = []
    for number in range(count):
        firm, party = pairs[number % len(pairs)]
        data = NeedSchema().load(_need(firm, number, random))
        posted.append(needs.post(data, by=party.acting))
    return posted


def _need(firm: Firm, number: int, random: Random) -> dict[str, Any]:
    purpose, title, project, tonnes = NEED_PURPOSES[number % len(NEED_PURPOSES)]
    amount = min(max(round(firm.years[-1].revenue * random.uniform(0.05, 0.4)), 20), 60_000)
    need: dict[str, Any] = {
        "title": f"{title}（示例）",
        "amount": f"{amount}万",
        "tenor_months": str(random.choice((6, 12, 24, 36, 48))),
        "purpose": purpose,
        "collateral": random.sample(_COLLATERAL, random.randint(0, 2)),
        "project": project,
    }
    if purpose == "allowance_gap":
        need["collateral"] = ["cea"]
    if tonnes:
        investment = round(amount * 1.4)
        need["project_investment"] = f"{investment}万"
        need["project_reduction"] = str(round(investment / 100 * tonnes * random.uniform(0.5, 1.5)))
    return need


def post_scenarios(
    count: int, pairs: Sequence[tuple[Firm, Party]], random: Random
) -> list[Scenario]:
    """Application scenarios of larger firms."""
    posted = []
    processes = list(SCENARIO_TITLES)
    for number in range(count):
        firm, party = pairs[(number * 3) % len(pairs)]
        process = processes[number % len(processes)]
        last = firm.years[-1]
        baseline = max(round((last.scope1 + last.scope2) * random.uniform(0.1, 0.4)), 50)
        data = ScenarioSchema().load(
            {
                "title": f"{SCENARIO_TITLES[process]}（示例）",
                "process": process,
                "pain_point": "能耗偏高，停产窗口有限（示例）。",
                "baseline_tco2e": str(baseline),
                "budget": f"{random.choice((80, 200, 400, 800, 1500))}万",
                "payback_limit_years": str(random.choice((4, 5, 6, 8))),
                "trl_min": "7",
            }
        )
        posted.append(scenarios.create(data, by=party.acting))
    return posted
