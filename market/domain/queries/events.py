"""Reads of events and of who takes part; what is not yours to see is not found."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import joinedload

from market.enums import EventState, Side
from market.errors import NotFound
from market.extensions import db
from market.models import (
    Event,
    Need,
    Organisation,
    Participant,
    Product,
    Scenario,
    Technology,
)
from market.permissions import Acting

ROWS = 50
_OVER = (EventState.FEEDBACK, EventState.CLOSED, EventState.CANCELLED)


@dataclass(frozen=True)
class EventPage:
    """One page of events and the id the next one starts after ("": this is the last)."""

    rows: list[Event]
    next_key: str


@dataclass(frozen=True)
class Brought:
    """What a participant brings; of a need or scenario the title only, its figures need consent."""

    noun: str
    id: str
    name_zh: str
    name_en: str


@dataclass(frozen=True)
class Attendee:
    """A participant as the others of the event see it."""

    id: str
    organisation_id: str
    name_zh: str
    name_en: str
    sector: str
    side: str
    representatives: int
    unavailable: tuple[int, ...]
    brings: tuple[Brought, ...]


@dataclass(frozen=True)
class AttendeePage:
    """One page of attendees by id, and the id the next one starts after."""

    rows: list[Attendee]
    next_key: str


def find(event_id: str, *, by: Acting | None = None) -> Event:
    """An event with its organiser; a draft exists for its organiser only."""
    query = select(Event).where(Event.id == event_id).options(joinedload(Event.organiser))
    event = db.session.scalars(query).first()
    if event is None:
        raise NotFound
    mine = by is not None and by.organisation_id == event.organiser_id
    if event.state == EventState.DRAFT and not mine:
        raise NotFound
    return event


def own(event_id: str, *, by: Acting) -> Event:
    """An event of the organiser acted for; anyone else's does not exist."""
    event = find(event_id, by=by)
    if event.organiser_id != by.organisation_id:
        raise NotFound
    return event


def locked(event_id: str) -> Event:
    """The event with its row locked until the transaction ends: its steps come one by one."""
    event = db.session.scalars(
        select(Event)
        .where(Event.id == event_id)
        .options(joinedload(Event.organiser, innerjoin=True))
        .with_for_update(of=Event)
        .execution_options(populate_existing=True)
    ).first()
    if event is None:
        raise NotFound
    return event


def own_locked(event_id: str, *, by: Acting) -> Event:
    """The organiser's own event, locked."""
    event = locked(event_id)
    if event.organiser_id != by.organisation_id:
        raise NotFound
    return event


def public(wanted: Mapping[str, Any]) -> EventPage:
    """Events anyone may see that fit an EventFilter: the next ones first, or the last ones."""
    query = select(Event).where(Event.state != EventState.DRAFT)
    if wanted.get("kind"):
        query = query.where(Event.kind == wanted["kind"])
    over = wanted.get("when") == "over"
    query = query.where(Event.state.in_(_OVER) if over else Event.state.not_in(_OVER))
    return _page(query, wanted.get("after", ""), latest_first=over)


def of_organiser(by: Acting, *, after: str = "") -> EventPage:
    """All events of the organiser acted for, the latest first."""
    query = select(Event).where(Event.organiser_id == by.organisation_id)
    return _page(query, after, latest_first=True)


def registered(by: Acting, *, after: str = "") -> EventPage:
    """The events the organisation acted for takes part in, the latest first."""
    query = (
        select(Event)
        .join(Participant, Participant.event_id == Event.id)
        .where(
            Participant.organisation_id == by.organisation_id, Participant.withdrawn_at.is_(None)
        )
    )
    return _page(query, after, latest_first=True)


def _page(query: Select[Event], after: str, *, latest_first: bool) -> EventPage:
    key = tuple_(Event.first_slot_at, Event.id)
    if after:
        edge = select(Event.first_slot_at, Event.id).where(Event.id == after).scalar_subquery()
        query = query.where(key < edge if latest_first else key > edge)
    order = (Event.first_slot_at, Event.id)
    query = query.order_by(*(column.desc() if latest_first else column for column in order))
    rows = list(db.session.scalars(query.options(joinedload(Event.organiser)).limit(ROWS + 1)))
    return EventPage(rows[:ROWS], rows[ROWS - 1].id if len(rows) > ROWS else "")


def participation(event_id: str, *, by: Acting | None) -> Participant | None:
    """How the organisation acted for takes part, if it does."""
    if by is None or not by.organisation_id:
        return None
    return db.session.scalars(
        select(Participant).where(
            Participant.event_id == event_id,
            Participant.organisation_id == by.organisation_id,
            Participant.withdrawn_at.is_(None),
        )
    ).first()


def attending(event_id: str, *, by: Acting) -> tuple[Event, Participant]:
    """An event the organisation acted for takes part in; to everyone else it is not found."""
    row = db.session.execute(
        select(Event, Participant)
        .join(Participant, Participant.event_id == Event.id)
        .options(joinedload(Event.organiser))
        .where(
            Event.id == event_id,
            Participant.organisation_id == by.organisation_id,
            Participant.withdrawn_at.is_(None),
        )
    ).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


def require_insider(event_id: str, *, by: Acting) -> Event:
    """The event for its organiser and its participants; to everyone else it is not found."""
    event = find(event_id, by=by)
    if event.organiser_id != by.organisation_id and participation(event_id, by=by) is None:
        raise NotFound
    return event


def counts(event_id: str) -> dict[str, int]:
    """How many take part on each side."""
    rows = db.session.execute(
        select(Participant.side, func.count())
        .where(Participant.event_id == event_id, Participant.withdrawn_at.is_(None))
        .group_by(Participant.side)
    )
    return {side.value: 0 for side in Side} | dict(rows.all())


def attendees(event_id: str, *, side: str = "", after: str = "") -> AttendeePage:
    """Who takes part, by id, fifty at a time."""
    query = _attendees(event_id).order_by(Participant.id).limit(ROWS + 1)
    if side:
        query = query.where(Participant.side == side)
    if after:
        query = query.where(Participant.id > after)
    rows = [_attendee(row) for row in db.session.execute(query)]
    return AttendeePage(rows[:ROWS], rows[ROWS - 1].id if len(rows) > ROWS else "")


def everyone(event_id: str) -> dict[str, Attendee]:
    """Everyone who takes part, by participant id: for timetables and reports."""
    return {row[0].id: _attendee(row) for row in db.session.execute(_attendees(event_id))}


def _attendees(event_id: str) -> Any:
    """Participants with their organisations and the names of what they bring, in one statement."""
    return (
        select(
            Participant,
            Organisation,
            Product.name_zh,
            Product.name_en,
            Technology.name_zh,
            Technology.name_en,
            Need.title,
            Scenario.title,
        )
        .join(Organisation, Organisation.id == Participant.organisation_id)
        .outerjoin(Product, Product.id == Participant.product_id)
        .outerjoin(Technology, Technology.id == Participant.technology_id)
        .outerjoin(Need, Need.id == Participant.need_id)
        .outerjoin(Scenario, Scenario.id == Participant.scenario_id)
        .where(Participant.event_id == event_id, Participant.withdrawn_at.is_(None))
    )


def _attendee(row: Any) -> Attendee:
    one, firm, product_zh, product_en, technology_zh, technology_en, need, scenario = row
    named = (
        ("product", one.product_id, product_zh, product_en),
        ("technology", one.technology_id, technology_zh, technology_en),
        ("need", one.need_id, need, need),
        ("scenario", one.scenario_id, scenario, scenario),
    )
    return Attendee(
        id=one.id,
        organisation_id=firm.id,
        name_zh=firm.name_zh,
        name_en=firm.name_en,
        sector=firm.focus_sector,
        side=one.side,
        representatives=one.representatives,
        unavailable=tuple(one.unavailable),
        brings=tuple(Brought(noun, id_, zh, en or "") for noun, id_, zh, en in named if id_),
    )
