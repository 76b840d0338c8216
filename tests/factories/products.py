"""Listings made through the verbs, from what the product form would load."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from market.domain import products
from market.models import Membership, Product
from market.schemas.products import CriteriaSchema
from scoring.products import KINDS, Term, TermKind
from tests.factories import organisations, people

_RULED = {"margin_call_ltv": 80, "liquidation_ltv": 90, "ltv_max": 60, "cap_bp": 50}


def details(kind: str = "green_loan", **given: Any) -> dict[str, Any]:
    """What product_schema(kind) loads: a plain listing open to everybody."""
    start = products.today()
    values = {
        "name_zh": "示例绿色贷款",
        "name_en": "Sample green loan",
        "summary_zh": "示例产品。",
        "summary_en": "A sample.",
        "amount_min": Decimal(500_000),
        "amount_max": Decimal(20_000_000),
        "tenor_min": 6,
        "tenor_max": 60,
        "rate": Decimal("3.45"),
        "quota_total": Decimal(100_000_000),
        "response_hours": 48,
        "valid_from": start,
        "valid_to": start + timedelta(days=365),
        "terms": terms(kind),
        "criteria": {},
    }
    return {**values, **given}


def typed(kind: str = "green_loan", **given: Any) -> dict[str, str]:
    """The same as people type it into the form."""
    flat: dict[str, str] = {}
    for name, value in details(kind, **given).items():
        if name == "terms":
            flat |= {f"terms.{key}": str(each) for key, each in value.items()}
        elif name == "criteria":
            flat |= {f"criteria.{key}": each for key, each in value.items()}
        else:
            flat[name] = str(value)
    return flat


def terms(kind: str) -> dict[str, Any]:
    """The required terms of a kind, each with a value it allows."""
    return {term.name: _value(term) for term in KINDS[kind].terms if term.required}


def draft(by: Membership | None = None, kind: str = "green_loan", **given: Any) -> Product:
    """A draft of this institution (a new one by default)."""
    owner = by or organisations.institution()
    values = {**details(kind), **given}
    values["criteria"] = {**CriteriaSchema().load({}), **values["criteria"]}
    return products.create(kind, values, by=people.acting_for(owner))


def live(by: Membership | None = None, kind: str = "green_loan", **given: Any) -> Product:
    """A live listing."""
    owner = by or organisations.institution()
    made = draft(owner, kind, **given)
    return products.publish(made.id, by=people.acting_for(owner))


def _value(term: Term) -> Any:
    if term.kind is TermKind.CHOICE:
        return term.options[0].value
    if term.kind is TermKind.DATE:
        return products.today() + timedelta(days=180)
    if term.kind is TermKind.TEXT:
        return "示例"
    return _RULED.get(term.name, max(int(term.minimum or 0), 1))
