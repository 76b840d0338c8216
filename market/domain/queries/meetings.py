"""Reads of meetings: one's own day, the organiser's grid, and what a report counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from market.domain.calendars import Appointment
from market.enums import EventState, MeetingStatus, Wish
from market.errors import NotFound
from market.extensions import db
from market.models import Event, Meeting, MeetingRating, Organisation, Participant
from market.permissions import Acting

# From here on the timetable is the participants' own; before, it is the organiser's draft.
PUBLISHED = (
    EventState.SCHEDULED,
    EventState.FEEDBACK,
    EventState.CLOSED,
    EventState.CANCELLED,
)

_ROWS = 50


@dataclass(frozen=True)
class Entry:
    """One line of a participant's day: with whom, when, where, and how it was rated by oneself."""

    meeting: Meeting
    other: Participant
    rating: MeetingRating | None

    @property
    def firm(self) -> Organisation:
        """The organisation met."""
        return self.other.organisation


def day_of(event: Event, participant: Participant) -> list[Entry]:
    """A participant's meetings in order, cancelled ones included; empty before publication."""
    if event.state not in PUBLISHED:
        return []
    rows = db.session.execute(
        select(Meeting, MeetingRating)
        .outerjoin(
            MeetingRating,
            (MeetingRating.meeting_id == Meeting.id)
            & (MeetingRating.participant_id == participant.id),
        )
        .options(*_with_both())
        .where(
            Meeting.event_id == event.id,
            (Meeting.offers_id == participant.id) | (Meeting.seeks_id == participant.id),
        )
        .order_by(Meeting.slot, Meeting.id)
    )
    return [
        Entry(meeting, meeting.seeks if meeting.offers_id == participant.id else meeting.offers, r)
        for meeting, r in rows
    ]


@dataclass(frozen=True)
class Unmet:
    """A wish of one's own that found no place: about whom, and the code of the reason."""

    firm: Organisation
    wish: str
    why: str


def unmet_of(event: Event, participant: Participant, wishes: Mapping[str, str]) -> list[Unmet]:
    """One's own unmet musts and wants; nobody else's wishes or meetings are told."""
    if event.state not in PUBLISHED:
        return []
    why = {}
    for row in event.certificate.get("unmet", ()):
        if participant.id in (row["a"], row["b"]):
            other = row["b"] if row["a"] == participant.id else row["a"]
            if wishes.get(other) in (Wish.MUST, Wish.WANT):
                why[other] = row["why"]
    rows = db.session.execute(
        select(Participant.id, Organisation)
        .join(Organisation, Organisation.id == Participant.organisation_id)
        .where(Participant.id.in_(list(why)), Participant.withdrawn_at.is_(None))
        .order_by(Organisation.name_zh)
    )
    return [Unmet(firm, wishes[id_], why[id_]) for id_, firm in rows]


def appointments(entries: list[Entry]) -> list[Appointment]:
    """A day as a calendar needs it."""
    return [_appointment(entry.meeting, entry.firm) for entry in entries]


def calendars_of(meetings: list[Meeting]) -> dict[str, list[Appointment]]:
    """The appointments of everyone in these meetings (both sides loaded), by participant id."""
    days: dict[str, list[Appointment]] = {}
    for meeting in meetings:
        for one, other in ((meeting.offers, meeting.seeks), (meeting.seeks, meeting.offers)):
            days.setdefault(one.id, []).append(_appointment(meeting, other.organisation))
    return days


def _appointment(meeting: Meeting, firm: Organisation) -> Appointment:
    return Appointment(
        offers_id=meeting.offers_id,
        seeks_id=meeting.seeks_id,
        with_zh=firm.name_zh,
        with_en=firm.name_en,
        slot=meeting.slot,
        table_no=meeting.table_no,
        status=meeting.status,
    )


def of_event(event_id: str, *, cancelled: bool = False) -> list[Meeting]:
    """Every meeting of an event by slot and table, both sides loaded."""
    query = select(Meeting).where(Meeting.event_id == event_id).options(*_with_both())
    if not cancelled:
        query = query.where(Meeting.status != MeetingStatus.CANCELLED)
    return list(db.session.scalars(query.order_by(Meeting.slot, Meeting.table_no, Meeting.id)))


@dataclass(frozen=True)
class MeetingPage:
    """One page of meetings by id, and the id the next one starts after."""

    rows: list[Meeting]
    next_key: str


def page_of(event_id: str, *, after: str = "") -> MeetingPage:
    """The meetings of an event by id, fifty at a time, cancelled ones included."""
    query = select(Meeting).where(Meeting.event_id == event_id, Meeting.id > after)
    rows = list(db.session.scalars(query.order_by(Meeting.id).limit(_ROWS + 1)))
    return MeetingPage(rows[:_ROWS], rows[_ROWS - 1].id if len(rows) > _ROWS else "")


def of_participant(participant_id: str) -> list[Meeting]:
    """The standing meetings of one participant, both sides loaded."""
    query = select(Meeting).where(
        (Meeting.offers_id == participant_id) | (Meeting.seeks_id == participant_id),
        Meeting.status != MeetingStatus.CANCELLED,
    )
    return list(db.session.scalars(query.options(*_with_both()).order_by(Meeting.slot)))


def one(meeting_id: str, *, event_id: str) -> Meeting:
    """A meeting of this event, both sides loaded."""
    meeting = db.session.scalars(
        select(Meeting)
        .where(Meeting.id == meeting_id, Meeting.event_id == event_id)
        .options(*_with_both())
    ).first()
    if meeting is None:
        raise NotFound
    return meeting


def rated(meeting_id: str, *, event_id: str = "", by: Acting) -> tuple[Event, Meeting, Participant]:
    """A meeting, its event, and the side of it the organisation acted for is; else not found."""
    mine = aliased(Participant)
    row = db.session.execute(
        select(Event, Meeting, mine)
        .join(Meeting, Meeting.event_id == Event.id)
        .join(mine, (mine.id == Meeting.offers_id) | (mine.id == Meeting.seeks_id))
        .options(joinedload(Event.organiser), *_with_both())
        .where(Meeting.id == meeting_id, mine.organisation_id == by.organisation_id)
    ).first()
    if row is None or event_id not in ("", row[0].id):
        raise NotFound
    return row[0], row[1], row[2]


def ratings_of(event_id: str) -> list[MeetingRating]:
    """Every rating of an event's meetings."""
    return list(
        db.session.scalars(
            select(MeetingRating)
            .join(Meeting, Meeting.id == MeetingRating.meeting_id)
            .where(Meeting.event_id == event_id)
            .order_by(MeetingRating.created_at, MeetingRating.id)
        )
    )


def _with_both() -> tuple[Any, ...]:
    return (
        joinedload(Meeting.offers).joinedload(Participant.organisation),
        joinedload(Meeting.seeks).joinedload(Participant.organisation),
    )
