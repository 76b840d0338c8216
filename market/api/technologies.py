"""Technologies in the API: the public catalogue, and a provider's own listings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from market.api.frame import After, paged, resource
from market.domain import technologies as verbs
from market.domain.queries import technologies as queries
from market.permissions import ANYONE, PROVIDER, acting, acting_or_none, guarded
from market.schemas.technologies import TechnologyFilter, TechnologySchema, TechnologyView

if TYPE_CHECKING:
    from market.models import Technology

_Page = paged(TechnologyView)
technologies = resource("technologies", about="Low-carbon technologies on offer")


@technologies.route("", methods=["GET"])
@guarded(ANYONE)
@technologies.arguments(TechnologyFilter, location="query")
@technologies.response(200, _Page)
def catalogue(wanted: dict[str, Any]) -> dict[str, Any]:
    """Public technologies, searched and filtered, newest first."""
    page = queries.catalogue(wanted)
    return {"items": page.rows, "next": page.next_key or None}


@technologies.route("", methods=["POST"])
@guarded(PROVIDER)
@technologies.arguments(TechnologySchema)
@technologies.response(201, TechnologyView)
def create(data: dict[str, Any]) -> Technology:
    """A new draft."""
    return verbs.create(data, by=acting())


@technologies.route("/mine", methods=["GET"])
@guarded(PROVIDER)
@technologies.arguments(After, location="query")
@technologies.response(200, _Page)
def mine(wanted: dict[str, Any]) -> dict[str, Any]:
    """One's own technologies, whatever their state."""
    page = queries.own_technologies(acting(), after=wanted["after"])
    return {"items": page.rows, "next": page.next_key or None}


@technologies.route("/<string:technology_id>", methods=["GET"])
@guarded(ANYONE)
@technologies.response(200, TechnologyView)
def show(technology_id: str) -> Technology:
    """One technology."""
    return queries.technology(technology_id, by=acting_or_none())


@technologies.route("/<string:technology_id>", methods=["PUT"])
@guarded(PROVIDER)
@technologies.arguments(TechnologySchema)
@technologies.response(200, TechnologyView)
def change(data: dict[str, Any], technology_id: str) -> Technology:
    """Change one's own technology."""
    return verbs.change(technology_id, data, by=acting())


@technologies.route("/<string:technology_id>/publish", methods=["POST"])
@guarded(PROVIDER)
@technologies.response(200, TechnologyView)
def publish(technology_id: str) -> Technology:
    """Put it into the catalogue."""
    return verbs.publish(technology_id, by=acting())


@technologies.route("/<string:technology_id>/pause", methods=["POST"])
@guarded(PROVIDER)
@technologies.response(200, TechnologyView)
def pause(technology_id: str) -> Technology:
    """Take it out of the catalogue for a while."""
    return verbs.pause(technology_id, by=acting())
