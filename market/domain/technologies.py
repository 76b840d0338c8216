"""Low-carbon technologies: listing, changing, going live and pausing."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext

from market.domain import audits, ranking
from market.enums import ListingStatus
from market.errors import MarketError, NotFound
from market.extensions import db
from market.models import Technology
from market.moments import now
from market.permissions import Acting
from market.texts import fold

_KEPT = (
    "name_zh", "processes", "sectors", "trl", "reduction_percent", "payback_years",
    "capex_min", "capex_max", "references", "delivery_months", "status",
)  # fmt: skip


class NotInThisState(MarketError):
    """A listing that is live already, or not live at all."""

    status = 409
    message = lazy_gettext("Its state has changed meanwhile: look at the page again.")


def create(data: Mapping[str, Any], *, by: Acting) -> Technology:
    """A new technology of the acting provider, not yet public; data as TechnologySchema loads."""
    technology = Technology(
        **data, provider_id=by.organisation_id, created_at=now(), updated_at=now()
    )
    technology.search_text = search_text(technology)
    db.session.add(technology)
    db.session.flush()
    audits.record("technology.created", technology, by=by, after=facts(technology))
    return technology


def change(technology_id: str, data: Mapping[str, Any], *, by: Acting) -> Technology:
    """Change one's own technology; a live one is ranked anew at once."""
    technology = own(technology_id, by=by)
    before = facts(technology)
    for name, value in data.items():
        setattr(technology, name, value)
    technology.search_text, technology.updated_at = search_text(technology), now()
    return _written("technology.changed", technology, before=before, by=by)


def publish(technology_id: str, *, by: Acting) -> Technology:
    """Make a draft or paused technology public."""
    technology = own(technology_id, by=by)
    if technology.status == ListingStatus.LIVE:
        raise NotInThisState
    return _set_status(technology, ListingStatus.LIVE, by=by)


def pause(technology_id: str, *, by: Acting) -> Technology:
    """Take a live technology out of the catalogue for a while."""
    technology = own(technology_id, by=by)
    if technology.status != ListingStatus.LIVE:
        raise NotInThisState
    return _set_status(technology, ListingStatus.PAUSED, by=by)


def own(technology_id: str, *, by: Acting) -> Technology:
    """A technology of the organisation acted for; anyone else's does not exist."""
    technology = db.session.get(Technology, technology_id)
    if technology is None or technology.provider_id != by.organisation_id:
        raise NotFound
    return technology


def search_text(technology: Technology) -> str:
    """What the catalogue search looks through."""
    parts = (
        technology.name_zh,
        technology.name_en,
        technology.summary_zh,
        technology.summary_en,
    )
    return fold(" ".join(part for part in parts if part))


def facts(technology: Technology) -> dict[str, Any]:
    """What the audit trail keeps of a technology."""
    return {name: getattr(technology, name) for name in _KEPT}


def _set_status(technology: Technology, status: ListingStatus, *, by: Acting) -> Technology:
    before = facts(technology)
    technology.status, technology.updated_at = status, now()
    return _written(f"technology.{status}", technology, before=before, by=by)


def _written(
    action: str, technology: Technology, *, before: Mapping[str, Any], by: Acting
) -> Technology:
    db.session.flush()
    audits.record(action, technology, by=by, before=before, after=facts(technology))
    ranking.touch("technology", technology.id)
    return technology
