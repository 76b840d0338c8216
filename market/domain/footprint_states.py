"""The life of a footprint in one table, its steps with their records, and what never changes."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Mapper

from market.database import may_write
from market.domain import audits
from market.domain import footprint_contents as contents
from market.enums import FootprintStatus as Status
from market.errors import MarketError, NotFound
from market.extensions import db
from market.models import Footprint, Organisation
from market.moments import now
from market.permissions import Acting
from market.texts import SHANGHAI, language

_OUT = frozenset({Status.PUBLISHED, Status.SUPERSEDED, Status.EXPIRED, Status.REVOKED})
_MAY_CHANGE_LATER = {"status", "reason", "ended_at", "updated_at"}
STEPS: Mapping[str, frozenset[str]] = {
    Status.DRAFT: frozenset({Status.SUBMITTED}),
    Status.SUBMITTED: frozenset({Status.DRAFT, Status.VERIFIED}),
    Status.VERIFIED: frozenset({Status.DRAFT, Status.PUBLISHED}),
    Status.PUBLISHED: frozenset({Status.SUPERSEDED, Status.EXPIRED, Status.REVOKED}),
    Status.SUPERSEDED: frozenset({Status.REVOKED}),
    Status.EXPIRED: frozenset({Status.REVOKED}),
    Status.REVOKED: frozenset(),
}
"""From which state a footprint goes where; anything else is refused."""


class NotInThisState(MarketError):
    """Somebody was quicker, or the page is old."""

    status = 409
    message = lazy_gettext("Its state has changed meanwhile: look at the page again.")


class StillBlocked(MarketError):
    """A check says no."""

    message = lazy_gettext("The checks stand in the way: %(told)s")


def locked(footprint_id: str) -> Footprint:
    """A footprint that nobody changes meanwhile; a page that only reads takes no lock."""
    query = select(Footprint).where(Footprint.id == footprint_id)
    if may_write():
        query = query.with_for_update()
    found = db.session.scalars(query).first()
    if found is None:
        raise NotFound
    return found


def review(footprint: Footprint) -> list[dict[str, Any]]:
    """What the checks say of a complete draft today."""
    maker = db.session.get_one(Organisation, footprint.organisation_id)
    return contents.findings(
        contents.build(footprint, maker), today=now().astimezone(SHANGHAI).date()
    )


def refuse_blocked(findings: list[dict[str, Any]]) -> None:
    """Say which errors stand in the way."""
    told = [each[language()] for each in findings if each["blocks"]]
    if told:
        raise StillBlocked(told=" ".join(told))


def refuse_unless(footprint: Footprint, *states: str) -> None:
    """Only in these states."""
    if footprint.status not in states:
        raise NotInThisState


def step(footprint: Footprint, to: str, *, action: str, by: Acting | None) -> Footprint:
    """Take a step of the life, with its audit record."""
    if to not in STEPS[footprint.status]:
        raise NotInThisState
    before = facts_of(footprint)
    footprint.status, footprint.updated_at = to, now()
    db.session.flush()
    audits.record(f"footprint.{action}", footprint, by=by, before=before, after=facts_of(footprint))
    return footprint


def to_draft(footprint: Footprint, *, action: str, by: Acting) -> Footprint:
    """Back to the maker: what a verifier wrote into it is taken out."""
    footprint.certificate, footprint.digest, footprint.record = None, "", {}
    footprint.valid_from = footprint.valid_until = footprint.statement_file_id = None
    footprint.verified_at = footprint.verified_by = None
    return step(footprint, Status.DRAFT, action=action, by=by)


def facts_of(footprint: Footprint) -> dict[str, Any]:
    """What the audit trail keeps of a footprint."""
    names = (
        "organisation_id", "series_id", "version", "status", "name_zh", "value", "unit",
        "verifier_id", "certificate", "digest", "valid_until", "reason",
    )  # fmt: skip
    return {name: getattr(footprint, name) for name in names}


@event.listens_for(Footprint, "before_update")
def _published_never_changes(_mapper: Mapper[Any], _connection: Any, row: Footprint) -> None:
    """What was published is refused here already; the database's trigger has the last word."""
    state = inspect(row)
    status = state.attrs.status.history
    was = status.deleted[0] if status.deleted else row.status
    if was not in _OUT:
        return
    changed = {each.key for each in state.attrs if each.history.has_changes()}
    if changed - _MAY_CHANGE_LATER or ("status" in changed and row.status not in STEPS[was]):
        raise NotInThisState
