"""Needs in the API: an enterprise's own needs and the products that fit them."""

from typing import Any

from market.api.frame import After, paged, resource
from market.domain import needs as verbs
from market.domain.queries import needs as queries
from market.domain.queries import rankings
from market.domain.ranking import RankOptions
from market.permissions import ENTERPRISE, MARKET_MEMBER, acting, guarded
from market.schemas.needs import NeedSchema, NeedView
from market.schemas.rankings import Matches, MatchFilter

needs = resource("needs", about="Financing needs of one's own enterprise")


@needs.route("", methods=["GET"])
@guarded(MARKET_MEMBER)
@needs.arguments(After, location="query")
@needs.response(200, paged(NeedView))
def mine(wanted: dict[str, Any]) -> dict[str, Any]:
    """One's own needs, newest first."""
    page = queries.own_needs(acting(), after=wanted["after"])
    return {"items": page.rows, "next": page.next_key or None}


@needs.route("", methods=["POST"])
@guarded(ENTERPRISE)
@needs.arguments(NeedSchema)
@needs.response(201, NeedView)
def post(data: dict[str, Any]) -> Any:
    """Post a need."""
    return verbs.post(data, by=acting())


@needs.route("/<string:need_id>", methods=["GET"])
@guarded(MARKET_MEMBER)
@needs.response(200, NeedView)
def show(need_id: str) -> Any:
    """One of one's own needs."""
    return verbs.own(need_id, by=acting())


@needs.route("/<string:need_id>/close", methods=["POST"])
@guarded(ENTERPRISE)
@needs.response(200, NeedView)
def close(need_id: str) -> Any:
    """No longer seek it."""
    return verbs.close(need_id, by=acting())


@needs.route("/<string:need_id>/matches", methods=["GET"])
@guarded(MARKET_MEMBER)
@needs.arguments(MatchFilter, location="query")
@needs.response(200, Matches)
def matches(wanted: dict[str, Any], need_id: str) -> dict[str, Any]:
    """The ranked products of one's open need, with reasons and moves."""
    verbs.own(need_id, by=acting())
    options = RankOptions(top=wanted["top"], everything=wanted["all"])
    return rankings.products_json(need_id, options=options)
