"""Meetings: put down, moved, removed. The database refuses what would book anybody twice."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from market.database import new_id
from market.domain import audits, event_notices
from market.domain import event_states as states
from market.domain.queries import events as event_queries
from market.domain.queries import meetings as queries
from market.enums import EventState, MeetingStatus
from market.errors import MarketError, fact_behind
from market.extensions import db
from market.models import Event, Meeting, MeetingSeat, Participant
from market.permissions import Acting
from market.texts import local

_CHANGEABLE = (EventState.REVIEW, EventState.SCHEDULED)


class SlotTaken(MarketError):
    """A participant has no free representative in the slot."""

    status = 409
    constraint = "uq_meeting_seat_taken"
    field = "slot"
    message = lazy_gettext("One of the two already has a meeting in this slot. Choose another.")


class TableTaken(MarketError):
    """The table is in use in the slot."""

    status = 409
    constraint = "uq_meeting_table"
    field = "table"
    message = lazy_gettext("This table is taken in this slot. Choose another.")


class MeetAlready(MarketError):
    """The two have a meeting at this event."""

    status = 409
    constraint = "uq_meeting_pair"
    message = lazy_gettext("These two meet already at this event.")


class NotThere(MarketError):
    """A participant said it is away in the slot."""

    status = 409
    field = "slot"
    message = lazy_gettext("%(name)s is away in this slot. Choose another.")


class NoSuchPlace(MarketError):
    """The event has no such slot or table."""

    field = "table"
    message = lazy_gettext("The event has %(slots)s slots and %(tables)s tables.")


@dataclass(frozen=True)
class Planned:
    """A meeting of a plan, before it is put down."""

    offers_id: str
    seeks_id: str
    slot: int
    table_no: int
    score: int


def replace(event: Event, planned: Iterable[Planned]) -> int:
    """Put a whole plan down in place of what was there; returns how many meetings."""
    drop(event)
    meetings, seats = [], []
    taken: dict[tuple[str, int], int] = {}
    for one in planned:
        meeting_id = new_id()
        meetings.append(
            {
                "id": meeting_id,
                "event_id": event.id,
                "offers_id": one.offers_id,
                "seeks_id": one.seeks_id,
                "slot": one.slot,
                "table_no": one.table_no,
                "score": one.score,
                "status": MeetingStatus.PLANNED,
            }
        )
        for participant_id in (one.offers_id, one.seeks_id):
            number = taken.get((participant_id, one.slot), 0)
            taken[participant_id, one.slot] = number + 1
            seats.append(_seat(meeting_id, event.id, participant_id, one.slot, number))
    if meetings:
        with _told_in_words():
            db.session.execute(insert(Meeting), meetings)
            db.session.execute(insert(MeetingSeat), seats)
    return len(meetings)


def drop(event: Event) -> None:
    """Delete every meeting of an event: a plan nobody was told of, or one made void."""
    db.session.execute(delete(MeetingSeat).where(MeetingSeat.event_id == event.id))
    db.session.execute(delete(Meeting).where(Meeting.event_id == event.id))


def move(event_id: str, meeting_id: str, data: Mapping[str, Any], *, by: Acting) -> Meeting:
    """Give a meeting another slot and table (`data`: slot, table from 0); both sides are told."""
    event = _changeable(event_id, by)
    meeting = queries.one(meeting_id, event_id=event.id)
    slot, table = int(data["slot"]), int(data["table"])
    _require_place(event, meeting, slot, table)
    before = {"slot": meeting.slot, "table": meeting.table_no}
    with _told_in_words():
        _free_seats(meeting)
        meeting.slot, meeting.table_no = slot, table
        db.session.flush()
        _take_seats(meeting)
    after = {"slot": slot, "table": table}
    audits.record("meeting.moved", meeting, by=by, before=before, after=after)
    _told(event, [meeting], event_notices.MEETING_CHANGED)
    return meeting


def remove(event_id: str, meeting_id: str, *, by: Acting) -> None:
    """Take a meeting out of the timetable; after publication both sides are told."""
    event = _changeable(event_id, by)
    meeting = queries.one(meeting_id, event_id=event.id)
    before = {"slot": meeting.slot, "table": meeting.table_no}
    audits.record("meeting.removed", meeting, by=by, before=before)
    _take_out(event, [meeting])


def take_out_of(event: Event, participant: Participant) -> int:
    """Take all meetings of a participant who leaves out; the others are told."""
    meetings = queries.of_participant(participant.id)
    if meetings:
        _take_out(event, meetings)
    return len(meetings)


def cancel_all(event: Event) -> event_notices.Days:
    """Cancel every meeting of an event; returns what each participant's calendar held."""
    meetings = queries.of_event(event.id)
    days = queries.calendars_of(meetings)
    for meeting in meetings:
        meeting.status = MeetingStatus.CANCELLED
    db.session.execute(delete(MeetingSeat).where(MeetingSeat.event_id == event.id))
    db.session.flush()
    return days


def _take_out(event: Event, meetings: list[Meeting]) -> None:
    """A draft forgets the meeting; a published timetable keeps it as cancelled."""
    if event.state != EventState.SCHEDULED:
        for meeting in meetings:
            _free_seats(meeting)
            db.session.delete(meeting)
        db.session.flush()
        _recount(event)
        return
    for meeting in meetings:
        _free_seats(meeting)
        meeting.status = MeetingStatus.CANCELLED
    db.session.flush()
    _told(event, meetings, event_notices.MEETING_CANCELLED, cancel=True)


def _told(event: Event, meetings: list[Meeting], code: str, *, cancel: bool = False) -> None:
    """Count anew; once the timetable is public, tell both sides with a newer calendar."""
    event.version += 1
    _recount(event)
    if event.state != EventState.SCHEDULED:
        return
    days = queries.calendars_of(meetings)
    event_notices.tell_participants(
        event, code, page="/timetable", only=list(days), days=days, cancel=cancel
    )


def _recount(event: Event) -> None:
    """The certificate's score after a change by hand; the bound of the plan still holds."""
    score = db.session.scalar(
        select(func.coalesce(func.sum(Meeting.score), 0)).where(
            Meeting.event_id == event.id, Meeting.status != MeetingStatus.CANCELLED
        )
    )
    bound = max(int(event.certificate.get("bound", 0)), int(score or 0))
    gap = (bound - int(score or 0)) / bound if bound else 0.0
    event.certificate = event.certificate | {
        "score": int(score or 0),
        "bound": bound,
        "gap": gap,
        "proven": gap == 0,
        "by_hand": int(event.certificate.get("by_hand", 0)) + 1,
    }
    db.session.flush()


def _changeable(event_id: str, by: Acting) -> Event:
    event = event_queries.own_locked(event_id, by=by)
    states.require(event, *_CHANGEABLE)
    states.require_not_begun(event)
    return event


def _require_place(event: Event, meeting: Meeting, slot: int, table: int) -> None:
    if not (0 <= slot < event.slots and 0 <= table < event.tables):
        raise NoSuchPlace(slots=event.slots, tables=event.tables)
    for one in (meeting.offers, meeting.seeks):
        if slot in one.unavailable:
            raise NotThere(name=local(one.organisation))


def _take_seats(meeting: Meeting) -> None:
    """A free representative of each side; where none is free, the constraint refuses."""
    both = {meeting.offers_id: meeting.offers, meeting.seeks_id: meeting.seeks}
    taken: dict[str, set[int]] = {id_: set() for id_ in both}
    rows = db.session.execute(
        select(MeetingSeat.participant_id, MeetingSeat.seat).where(
            MeetingSeat.participant_id.in_(list(both)), MeetingSeat.slot == meeting.slot
        )
    )
    for participant_id, number in rows:
        taken[participant_id].add(number)
    for participant_id, one in both.items():
        free = (n for n in range(one.representatives) if n not in taken[participant_id])
        seat = _seat(meeting.id, meeting.event_id, participant_id, meeting.slot, next(free, 0))
        db.session.add(MeetingSeat(**seat))
    db.session.flush()


def _free_seats(meeting: Meeting) -> None:
    db.session.execute(delete(MeetingSeat).where(MeetingSeat.meeting_id == meeting.id))


def _seat(
    meeting_id: str, event_id: str, participant_id: str, slot: int, number: int
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "meeting_id": meeting_id,
        "event_id": event_id,
        "participant_id": participant_id,
        "slot": slot,
        "seat": number,
    }


@contextmanager
def _told_in_words() -> Iterator[None]:
    """What the database refuses inside becomes the business fact it stands for."""
    try:
        with db.session.begin_nested():
            yield
    except IntegrityError as error:
        raise fact_behind(error, db.metadata) from error
