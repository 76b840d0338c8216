"""Reads of technologies and scenarios, newest first, paged by key."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, Text, cast, or_, select, tuple_
from sqlalchemy.orm import joinedload

from market.enums import ListingStatus, OrganisationStatus
from market.errors import NotFound
from market.extensions import db
from market.models import Organisation, Scenario, Technology
from market.permissions import Acting
from market.texts import fold

T = TypeVar("T")
_ROWS = 24


@dataclass(frozen=True)
class Page(Generic[T]):
    """Rows and the id the next page starts after ("": this is the last)."""

    rows: list[T]
    next_key: str


def catalogue(wanted: Mapping[str, Any]) -> Page[Technology]:
    """Live technologies of approved providers that fit a TechnologyFilter."""
    query = _public()
    if wanted.get("q"):
        words = fold(wanted["q"]).split()
        query = query.where(*(Technology.search_text.contains(w, autoescape=True) for w in words))
    if wanted.get("process"):
        query = query.where(_lists(Technology.processes, wanted["process"]))
    if wanted.get("sector"):
        any_sector = cast(Technology.sectors, Text) == "[]"
        query = query.where(or_(_lists(Technology.sectors, wanted["sector"]), any_sector))
    if wanted.get("trl_min", 1) > 1:
        query = query.where(Technology.trl >= wanted["trl_min"])
    return _technologies(query, wanted.get("after", ""))


def own_technologies(by: Acting, *, after: str = "") -> Page[Technology]:
    """All technologies of the acting provider, whatever their state."""
    query = select(Technology).where(Technology.provider_id == by.organisation_id)
    return _technologies(query, after)


def technology(technology_id: str, *, by: Acting | None) -> Technology:
    """A technology anyone may see, or one's own; with its provider."""
    query = select(Technology).join(Technology.provider).where(Technology.id == technology_id)
    found = db.session.scalars(query.options(joinedload(Technology.provider))).first()
    if found is None:
        raise NotFound
    public = (
        found.status == ListingStatus.LIVE and found.provider.status == OrganisationStatus.APPROVED
    )
    if not public and (by is None or by.organisation_id != found.provider_id):
        raise NotFound
    return found


def by_id(ids: Iterable[str]) -> dict[str, Technology]:
    """Technologies with their providers, for a ranked list."""
    query = select(Technology).where(Technology.id.in_(list(ids)))
    rows = db.session.scalars(query.options(joinedload(Technology.provider)))
    return {row.id: row for row in rows}


def own_scenarios(by: Acting, *, after: str = "") -> Page[Scenario]:
    """All scenarios of the acting enterprise."""
    query = select(Scenario).where(Scenario.enterprise_id == by.organisation_id)
    if after:
        edge = select(Scenario.created_at, Scenario.id).where(Scenario.id == after)
        query = query.where(tuple_(Scenario.created_at, Scenario.id) < edge.scalar_subquery())
    order = (Scenario.created_at.desc(), Scenario.id.desc())
    rows = list(db.session.scalars(query.order_by(*order).limit(_ROWS + 1)))
    return Page(rows[:_ROWS], _next(rows))


def _public() -> Select[Technology]:
    return (
        select(Technology)
        .join(Organisation, Organisation.id == Technology.provider_id)
        .where(
            Technology.status == ListingStatus.LIVE,
            Organisation.status == OrganisationStatus.APPROVED,
        )
    )


def _lists(column: Any, value: str) -> Any:
    """Whether a JSON list of plain codes holds one; the same SQL on both databases."""
    return cast(column, Text).contains(f'"{value}"', autoescape=True)


def _technologies(query: Select[Technology], after: str) -> Page[Technology]:
    if after:
        edge = select(Technology.created_at, Technology.id).where(Technology.id == after)
        query = query.where(tuple_(Technology.created_at, Technology.id) < edge.scalar_subquery())
    order = (Technology.created_at.desc(), Technology.id.desc())
    query = query.order_by(*order).limit(_ROWS + 1).options(joinedload(Technology.provider))
    rows = list(db.session.scalars(query))
    return Page(rows[:_ROWS], _next(rows))


def _next(rows: list[Any]) -> str:
    return rows[_ROWS - 1].id if len(rows) > _ROWS else ""
