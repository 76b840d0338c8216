"""Reads for the operator's pages, all paged by key."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from market.enums import WorkState
from market.extensions import db
from market.models import AuditRecord, DueWork, MailMessage, Organisation, Person
from market.texts import fold

_ROWS = 50
_LARGEST_ID = 2**31 - 1


@dataclass(frozen=True)
class Page:
    """Rows and the key the next page starts after ("" or 0: this is the last)."""

    rows: list[Any]
    next_key: Any


def figures() -> dict[str, int]:
    """What the operator should see at a glance, in one statement."""
    failed = select(func.count()).select_from(DueWork).where(DueWork.state == WorkState.FAILED)
    unsent = select(func.count()).select_from(MailMessage).where(MailMessage.sent_at.is_(None))
    people = select(func.count()).select_from(Person).where(Person.active)
    row = db.session.execute(
        select(
            failed.scalar_subquery(),
            unsent.scalar_subquery(),
            people.scalar_subquery(),
        )
    ).one()
    return dict(zip(("failed_jobs", "unsent_mails", "people"), row, strict=True))


def organisations(words: str, *, after: str = "") -> Page:
    """Organisations whose name or id holds the words, by id."""
    query = select(Organisation).order_by(Organisation.id).limit(_ROWS + 1)
    if words:
        query = query.where(Organisation.search_text.contains(fold(words), autoescape=True))
    if after:
        query = query.where(Organisation.id > after)
    return _page(list(db.session.scalars(query)), "")


def due_work() -> list[DueWork]:
    """What waits or went wrong first, then what was done last."""
    order = (DueWork.state == WorkState.DONE, DueWork.due_at.desc())
    return list(db.session.scalars(select(DueWork).order_by(*order).limit(100)))


def mails() -> list[MailMessage]:
    """The newest mails."""
    newest = MailMessage.created_at.desc()
    return list(db.session.scalars(select(MailMessage).order_by(newest).limit(100)))


def audit_records(*, before: int | None, subject: str = "") -> Page:
    """Audit records with the name of who acted, newest first."""
    query = (
        select(AuditRecord, Person.name)
        .outerjoin(Person, Person.id == AuditRecord.person_id)
        .order_by(AuditRecord.id.desc())
        .limit(_ROWS + 1)
    )
    if before is not None and 0 < before <= _LARGEST_ID:
        query = query.where(AuditRecord.id < before)
    if subject:
        query = query.where(AuditRecord.subject_id == subject)
    rows = [(record, name) for record, name in db.session.execute(query)]
    more = len(rows) > _ROWS
    return Page(rows[:_ROWS], rows[_ROWS - 1][0].id if more else 0)


def _page(rows: list[Any], nothing: str) -> Page:
    more = len(rows) > _ROWS
    return Page(rows[:_ROWS], rows[_ROWS - 1].id if more else nothing)
