"""Reads for showing the sample market: its first need, names, and a published timetable."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from market.enums import EventState, MeetingStatus
from market.extensions import db
from market.models import Event, Meeting, Need, Organisation, Participant, Product

_PUBLISHED = (EventState.SCHEDULED, EventState.FEEDBACK, EventState.CLOSED)


@dataclass(frozen=True)
class Line:
    """One meeting of a timetable; slots and tables count from 0."""

    slot: int
    table: int
    offers: str
    seeks: str


def is_built() -> bool:
    """Organisations are there, and all of them are samples."""
    counts = select(func.count(), func.count().filter(Organisation.is_sample))
    every, samples = db.session.execute(counts.select_from(Organisation)).one()
    return bool(every) and every == samples


def first_need() -> Need | None:
    """The need shown first: the same one in every run."""
    return db.session.scalars(
        select(Need)
        .join(Organisation, Organisation.id == Need.enterprise_id)
        .order_by(Organisation.id_value, Need.created_at, Need.title)
    ).first()


def product_names() -> dict[str, str]:
    """Chinese names of the products by id."""
    rows = db.session.execute(select(Product.id, Product.name_zh))
    return dict(rows.tuples().all())


def needs() -> list[Need]:
    """All needs."""
    return list(db.session.scalars(select(Need)))


def first_scheduled_event() -> Event | None:
    """The earliest event with a published timetable."""
    query = select(Event).where(Event.state.in_(_PUBLISHED)).order_by(Event.first_slot_at)
    return db.session.scalars(query).first()


def timetable(event_id: str) -> list[Line]:
    """The standing meetings of an event, in order of slot and table."""
    offers, seeks = aliased(Participant), aliased(Participant)
    offering, seeking = aliased(Organisation), aliased(Organisation)
    rows = db.session.execute(
        select(Meeting.slot, Meeting.table_no, offering.name_zh, seeking.name_zh)
        .join(offers, offers.id == Meeting.offers_id)
        .join(seeks, seeks.id == Meeting.seeks_id)
        .join(offering, offering.id == offers.organisation_id)
        .join(seeking, seeking.id == seeks.organisation_id)
        .where(Meeting.event_id == event_id, Meeting.status != MeetingStatus.CANCELLED)
        .order_by(Meeting.slot, Meeting.table_no)
    )
    return [Line(*row) for row in rows]
