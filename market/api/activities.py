"""Activity lines in the API: another system pushes a year's lines and reads them back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import Schema, ValidationError, fields

from market.api.frame import paged, resource
from market.domain import activities as verbs
from market.domain.activity_calculation import tonnes, working
from market.domain.activity_rows import GivenRow, save_rows
from market.domain.queries import activities as queries
from market.permissions import ENTERPRISE, MEMBER, acting, guarded
from market.schemas.activities import ActivityRowSchema, LinesQuery, PushSchema

if TYPE_CHECKING:
    from market.models import ActivityLine

activities = resource("activities", about="Activity lines of a year, and what they add up to")


class ActivityOut(Schema):
    """A calculated line; amounts and tonnes are decimal strings."""

    id = fields.String()
    key = fields.String()
    year = fields.Integer()
    source = fields.String()
    category = fields.String()
    item = fields.String()
    label = fields.String()
    amount = fields.String()
    unit = fields.String()
    region = fields.String()
    site = fields.String()
    factor_id = fields.String()
    factor_version = fields.String()
    factor_value = fields.String()
    factor_unit = fields.String()
    factor_source = fields.String()
    gas = fields.String()
    gwp_set = fields.String()
    green = fields.String()
    evidence = fields.String()
    arithmetic = fields.Function(lambda line: working(line))
    tonnes = fields.Function(lambda line: f"{tonnes(line.grams):f}")
    market_tonnes = fields.Function(lambda line: f"{tonnes(line.market_grams):f}")


class RefusedOut(Schema):
    """A line that was not taken: its place in the list, counted from 1, the field, and why."""

    row = fields.Integer()
    column = fields.String()
    why = fields.String()


class PushedOut(Schema):
    """What became of the lines pushed."""

    imported = fields.Integer()
    updated = fields.Integer()
    unchanged = fields.Integer()
    skipped = fields.List(fields.Nested(RefusedOut))


class TotalsOut(Schema):
    """Exact sums in tCO2e, as decimal strings."""

    lines = fields.Integer()
    scope_1 = fields.Decimal(as_string=True)
    scope_2_location = fields.Decimal(as_string=True)
    scope_2_market = fields.Decimal(as_string=True)
    scope_3 = fields.Decimal(as_string=True)
    by_source = fields.Dict(keys=fields.String(), values=fields.Decimal(as_string=True))
    by_category = fields.Dict(keys=fields.String(), values=fields.Decimal(as_string=True))


_Page = paged(ActivityOut)


@activities.route("/<int:year>", methods=["GET"])
@guarded(MEMBER)
@activities.arguments(LinesQuery, location="query")
@activities.response(200, _Page)
def lines(wanted: dict[str, Any], year: int) -> dict[str, Any]:
    """One's own lines of a year, 50 at once."""
    verbs.refuse_closed(year)
    page = queries.page(acting().organisation_id, year, **wanted)
    return {"items": page.rows, "next": page.next_key or None}


@activities.route("/<int:year>/totals", methods=["GET"])
@guarded(MEMBER)
@activities.response(200, TotalsOut)
def totals(year: int) -> queries.Totals:
    """What they add up to, by scope, source and category."""
    verbs.refuse_closed(year)
    return queries.totals(acting().organisation_id, year)


@activities.route("/<int:year>", methods=["POST"])
@guarded(ENTERPRISE)
@activities.arguments(PushSchema)
@activities.response(200, PushedOut)
def push(data: dict[str, Any], year: int) -> dict[str, Any]:
    """Save up to 1,000 lines by their keys: each is taken or told why not; equal ones stay."""
    setting = verbs.setting_of(acting().organisation_id, year)
    schema, rows, refused = ActivityRowSchema(), list[GivenRow](), list[tuple[int, str, str]]()
    for number, line in enumerate(data["lines"], 1):
        try:
            rows.append(GivenRow(number, schema.load(line)))
        except ValidationError as error:
            name, told = next(iter(error.messages_dict.items()))
            refused.append((number, str(name), " ".join(map(str, told))))
    saved = save_rows(rows, setting, by=acting())
    skipped = sorted([*refused, *saved.refused])
    told_rows = [{"row": row, "column": column, "why": why} for row, column, why in skipped]
    return {**saved.counts(), "skipped": told_rows}


@activities.route("/lines/<string:line_id>", methods=["DELETE"])
@guarded(ENTERPRISE)
@activities.response(204)
def remove(line_id: str) -> None:
    """Take one line away."""
    line: ActivityLine = verbs.own(line_id, by=acting())
    verbs.remove(line, by=acting())
