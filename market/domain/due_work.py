"""Due work: schedule, claim, finish, fail. A row is claimed by one scheduler and done once."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.dialects import postgresql, sqlite

from market.database import new_id
from market.enums import WorkState
from market.extensions import db
from market.models import DueWork
from market.moments import now

_FIRST_PAUSE = timedelta(seconds=10)
_ATTEMPTS = 6
ABANDONED_AFTER = timedelta(minutes=15)  # a claim this old belongs to a scheduler that died


def schedule(kind: str, *, key: str = "", period: str = "", due_at: datetime | None = None) -> bool:
    """Plan a piece of work; False when the same (kind, key, period) was planned before."""
    values: dict[str, Any] = {
        "id": new_id(),
        "kind": kind,
        "key": key,
        "period": period,
        "due_at": due_at or now(),
        "state": WorkState.WAITING,
        "attempt": 0,
        "claimed_by": "",
        "error": "",
        "result": {},
    }
    insert: Any = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    planned = insert(DueWork).values(**values).on_conflict_do_nothing().returning(DueWork.id)
    return db.session.scalar(planned) is not None


def reschedule(kind: str, *, key: str, period: str, due_at: datetime) -> None:
    """Move waiting work to another time, or plan it."""
    if schedule(kind, key=key, period=period, due_at=due_at):
        return
    row = db.session.scalars(
        select(DueWork).where(DueWork.kind == kind, DueWork.key == key, DueWork.period == period)
    ).one()
    if row.state == WorkState.WAITING:
        row.due_at = due_at
    db.session.flush()


def cancel(*, key: str) -> None:
    """Drop what still waits under a key (e.g. the deadlines of a cancelled event)."""
    for row in db.session.scalars(
        select(DueWork).where(DueWork.key == key, DueWork.state == WorkState.WAITING)
    ):
        db.session.delete(row)
    db.session.flush()


def claim(*, worker: str) -> DueWork | None:
    """Take the oldest due row, or one whose scheduler died; None when nothing is due."""
    moment = now()
    row = db.session.scalars(
        select(DueWork)
        .where(
            or_(
                (DueWork.state == WorkState.WAITING) & (DueWork.due_at <= moment),
                (DueWork.state == WorkState.CLAIMED)
                & (DueWork.claimed_at < moment - ABANDONED_AFTER),
            )
        )
        .order_by(DueWork.due_at, DueWork.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if row is None:
        return None
    row.state, row.claimed_by, row.claimed_at = WorkState.CLAIMED, worker, moment
    row.attempt += 1
    db.session.flush()
    return row


def claimed(row_id: str) -> DueWork:
    """A row somebody claimed, read again in a transaction of its own."""
    return db.session.get_one(DueWork, row_id)


def finish(
    row: DueWork, *, result: dict[str, Any] | None = None, again_in: timedelta | None = None
) -> None:
    """Mark work as done, in the transaction of its effects; recurring work waits again."""
    row.finished_at, row.error, row.result = now(), "", result or {}
    if again_in is None:
        row.state = WorkState.DONE
    else:
        row.state, row.attempt, row.due_at = WorkState.WAITING, 0, now() + again_in
    db.session.flush()


def fail(row: DueWork, *, error: str, give_up: bool = True) -> None:
    """Try again after a growing pause, or give up and leave it for the operator to see."""
    row.error = error[:2000]
    if give_up and row.attempt >= _ATTEMPTS:
        row.state, row.finished_at = WorkState.FAILED, now()
    else:
        row.state = WorkState.WAITING
        row.due_at = now() + _FIRST_PAUSE * 2 ** min(row.attempt - 1, _ATTEMPTS)
    db.session.flush()
