"""Footprints in the API: published ones in our own words and as PACT v3 records, read only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import Schema, fields

from disclosure.values import FactError
from market.api.frame import After, paged, resource
from market.domain.queries import footprints as queries
from market.errors import NotFound
from market.permissions import ANYONE, MARKET_MEMBER, acting, guarded
from market.schemas.footprint_labels import FootprintFilter, FootprintRecordView, FootprintView

if TYPE_CHECKING:
    from market.models import Footprint

_Page = paged(FootprintView)
footprints = resource("footprints", about="Verified product carbon footprints and their labels")


class PactList(Schema):
    """PACT v3 records; those beyond the factory gate are left out."""

    data = fields.List(fields.Dict())
    next = fields.String(allow_none=True)


class PactRecord(Schema):
    """One PACT v3 record."""

    data = fields.Dict()


@footprints.route("", methods=["GET"])
@guarded(ANYONE)
@footprints.arguments(FootprintFilter, location="query")
@footprints.response(200, _Page)
def listed(wanted: dict[str, Any]) -> dict[str, Any]:
    """Valid labels, searched and filtered, newest first; `ended=1` adds those that ended."""
    page = queries.public(wanted)
    return {"items": page.rows, "next": page.next_key or None}


@footprints.route("/pact", methods=["GET"])
@guarded(ANYONE)
@footprints.arguments(FootprintFilter, location="query")
@footprints.response(200, PactList)
def listed_as_pact(wanted: dict[str, Any]) -> dict[str, Any]:
    """The same as PACT v3 ProductFootprint records."""
    page = queries.public({**wanted, "boundary": "cradle_to_gate"})
    records = [queries.as_pact(row) for row in page.rows]
    return {"data": records, "next": page.next_key or None}


@footprints.route("/mine", methods=["GET"])
@guarded(MARKET_MEMBER)
@footprints.arguments(After, location="query")
@footprints.response(200, _Page)
def mine(wanted: dict[str, Any]) -> dict[str, Any]:
    """One's own footprints, whatever their state."""
    page = queries.own(acting(), after=wanted["after"])
    return {"items": page.rows, "next": page.next_key or None}


@footprints.route("/<string:footprint_id>", methods=["GET"])
@guarded(ANYONE)
@footprints.response(200, FootprintRecordView)
def show(footprint_id: str) -> Footprint:
    """One published footprint with the record that was hashed."""
    return queries.shown(footprint_id)


@footprints.route("/<string:footprint_id>/pact", methods=["GET"])
@guarded(ANYONE)
@footprints.response(200, PactRecord)
def show_as_pact(footprint_id: str) -> dict[str, Any]:
    """One footprint as a PACT v3 record; 404 where it goes beyond the factory gate."""
    try:
        return {"data": queries.as_pact(queries.shown(footprint_id))}
    except FactError as error:
        raise NotFound from error
