"""Emission factors in the API: the tables with purpose, source and licence."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from market.api.frame import paged, resource
from market.domain.queries import factors as queries
from market.permissions import ANYONE, guarded
from market.schemas.factors import FactorFilter

factors = resource("factors", about="Emission factors by purpose, region and year")


class FactorOut(Schema):
    """One factor; use it only for its purpose."""

    id = fields.String()
    purpose = fields.String()
    item = fields.String()
    value = fields.Function(lambda factor: f"{factor.value.amount:f}")
    unit = fields.String(attribute="value.unit")
    region = fields.String()
    year = fields.Integer(allow_none=True)
    published = fields.Integer(allow_none=True)
    version = fields.String()
    name_zh = fields.String(attribute="name.zh")
    name_en = fields.String(attribute="name.en")
    source = fields.String()
    certainty = fields.String()


_Page = paged(FactorOut)


@factors.route("", methods=["GET"])
@guarded(ANYONE)
@factors.arguments(FactorFilter, location="query")
@factors.response(200, _Page)
def index(wanted: dict[str, Any]) -> dict[str, Any]:
    """The factors of the issue in use (or of `version`), searched and filtered."""
    page = queries.page(wanted)
    return {"items": page.rows, "next": page.next_key or None}
