"""Products in the API: the public catalogue, an institution's own listings, the needs that fit."""

from typing import Any

from market.api.frame import After, paged, resource
from market.domain import products as verbs
from market.domain.queries import products as queries
from market.domain.queries import rankings
from market.domain.ranking import RankOptions
from market.permissions import (
    ANYONE,
    INSTITUTION,
    MARKET_MEMBER,
    acting,
    acting_or_none,
    guarded,
)
from market.schemas.products import ProductBody, ProductFilter, ProductView
from market.schemas.rankings import Matches, MatchFilter

products = resource("products", about="Carbon-finance products on offer")
_PAGE = paged(ProductView)


@products.route("", methods=["GET"])
@guarded(ANYONE)
@products.arguments(ProductFilter, location="query")
@products.response(200, _PAGE)
def catalogue(wanted: dict[str, Any]) -> dict[str, Any]:
    """Live products, searched and filtered, newest first."""
    page = queries.catalogue(wanted)
    return {"items": page.rows, "next": page.next_key or None}


@products.route("", methods=["POST"])
@guarded(INSTITUTION)
@products.arguments(ProductBody)
@products.response(201, ProductView)
def create(data: dict[str, Any]) -> Any:
    """A new draft; its kind says which terms it has."""
    made = verbs.create(data.pop("kind"), data, by=acting())
    return queries.product(made.id, by=acting())


@products.route("/mine", methods=["GET"])
@guarded(INSTITUTION)
@products.arguments(After, location="query")
@products.response(200, _PAGE)
def mine(wanted: dict[str, Any]) -> dict[str, Any]:
    """One's own listings, whatever their state."""
    page = queries.own_products(acting(), after=wanted["after"])
    return {"items": page.rows, "next": page.next_key or None}


@products.route("/<string:product_id>", methods=["GET"])
@guarded(ANYONE)
@products.response(200, ProductView)
def show(product_id: str) -> Any:
    """One product."""
    return queries.product(product_id, by=acting_or_none())


@products.route("/<string:product_id>", methods=["PUT"])
@guarded(INSTITUTION)
@products.arguments(ProductBody)
@products.response(200, ProductView)
def change(data: dict[str, Any], product_id: str) -> Any:
    """Change one's own listing; its kind stays."""
    kind = data.pop("kind")
    verbs.change(product_id, data, by=acting(), kind=kind)
    return queries.product(product_id, by=acting())


@products.route("/<string:product_id>/publish", methods=["POST"])
@guarded(INSTITUTION)
@products.response(200, ProductView)
def publish(product_id: str) -> Any:
    """Put it live."""
    verbs.publish(product_id, by=acting())
    return queries.product(product_id, by=acting())


@products.route("/<string:product_id>/pause", methods=["POST"])
@guarded(INSTITUTION)
@products.response(200, ProductView)
def pause(product_id: str) -> Any:
    """Take it out of catalogue and ranking for a while."""
    verbs.pause(product_id, by=acting())
    return queries.product(product_id, by=acting())


@products.route("/<string:product_id>/matches", methods=["GET"])
@guarded(MARKET_MEMBER)
@products.arguments(MatchFilter, location="query")
@products.response(200, Matches)
def matches(wanted: dict[str, Any], product_id: str) -> dict[str, Any]:
    """The ranked needs of one's live product, as teasers until consent."""
    verbs.own(product_id, by=acting())
    options = RankOptions(top=wanted["top"], everything=wanted["all"])
    return rankings.needs_json(product_id, options=options)
