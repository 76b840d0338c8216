"""Two sample events: one past, with meetings and ratings, and one whose registration is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from market import moments
from market.domain import events, participants, preferences, ratings
from market.enums import EventKind, Outcome, Side, Wish
from market.extensions import db
from market.models import Event, Meeting, Organisation, Participant
from market.moments import now
from market.sample.parties import Party
from market.work import timetables

_WISHES = (Wish.MUST, Wish.WANT, Wish.WANT, Wish.OK, Wish.OK, Wish.NEVER)


@dataclass(frozen=True)
class Guest:
    """A party and what it brings: the field of the registration and the id."""

    party: Party
    brings: dict[str, str]


def hold_past_event(
    organiser: Party, offering: Sequence[Guest], seeking: Sequence[Guest], random: Random
) -> Event:
    """An event of six weeks ago, from its announcement to the ratings, by its own steps."""
    begins = _morning(now() - timedelta(days=42))
    with moments.at(begins - timedelta(days=29)):
        event = _announce(
            organiser, "春季绿色金融对接会（示例）", "Past matchmaking (sample)", begins
        )
    with moments.at(event.registration_opens_at):
        events.advance(event.id)
    with moments.at(event.registration_opens_at + timedelta(days=1)):
        _register(event, [*offering, *seeking], random)
    with moments.at(event.registration_closes_at):
        events.advance(event.id)
    with moments.at(event.registration_closes_at + timedelta(hours=1)):
        _wish(event, [*offering, *seeking], random)
    with moments.at(event.preferences_close_at):
        events.advance(event.id)
        timetables.make(event.id)
        events.publish_timetable(event.id, by=organiser.acting)
    with moments.at(event.ends_at):
        events.advance(event.id)
    with moments.at(event.ends_at + timedelta(days=1)):
        _rate(event, {g.party.organisation.id: g.party for g in (*offering, *seeking)}, random)
    return event


def open_event(
    organiser: Party, offering: Sequence[Guest], seeking: Sequence[Guest], random: Random
) -> Event:
    """An event in about four weeks that anyone may still register for."""
    begins = _morning(now() + timedelta(days=27))  # so that registration opened before today
    with moments.at(begins - timedelta(days=35)):
        event = _announce(
            organiser, "碳金融与低碳技术对接会（示例）", "Next matchmaking (sample)", begins
        )
    events.advance(event.id)
    _register(event, [*offering, *seeking], random)
    return event


def _morning(day: datetime) -> datetime:
    return day.replace(hour=1, minute=30, second=0, microsecond=0)  # 09:30 in Shanghai


def _announce(organiser: Party, name_zh: str, name_en: str, begins: datetime) -> Event:
    data: dict[str, Any] = {
        "kind": EventKind.MIXED,
        "name_zh": name_zh,
        "name_en": name_en,
        "about_zh": "示例对接会：金融机构、技术提供方与企业一对一洽谈。",
        "about_en": "A sample event: institutions, providers and enterprises meet one to one.",
        "venue": "上海·示例会议中心",
        "first_slot_at": begins,
        "slots": 10,
        "slot_minutes": 20,
        "pause_minutes": 5,
        "tables": 12,
        "meetings_at_most": 8,
        "meetings_at_least": 1,
        "registration_opens_at": begins - timedelta(days=28),
        "registration_closes_at": begins - timedelta(days=12),
        "preferences_close_at": begins - timedelta(days=5),
        "is_sample": True,
    }
    event = events.create(data, by=organiser.acting)
    return events.publish_event(event.id, by=organiser.acting)


def _register(event: Event, guests: Sequence[Guest], random: Random) -> None:
    for guest in guests:
        away = random.sample(range(event.slots), random.choice((0, 0, 0, 1, 2)))
        data = {"representatives": 1, "unavailable": away, **guest.brings}
        participants.register(event.id, data, by=guest.party.acting)


def _wish(event: Event, guests: Sequence[Guest], random: Random) -> None:
    """Everyone says what they think of a handful of the other side."""
    rows = _participants(event)
    by_organisation = {row.organisation_id: row for row in rows}
    for guest in guests:
        mine = by_organisation[guest.party.organisation.id]
        others = [row for row in rows if row.side != mine.side]
        picked = random.sample(others, min(6, len(others)))
        wishes = {row.id: random.choice(_WISHES) for row in picked}
        preferences.say(event.id, wishes, by=guest.party.acting)


def _rate(event: Event, parties: dict[str, Party], random: Random) -> None:
    """Stars follow the mutual score with noise: simulated, and said so in the docs."""
    by_id = {row.id: row for row in _participants(event)}
    meetings = db.session.scalars(
        select(Meeting).where(Meeting.event_id == event.id).order_by(Meeting.slot, Meeting.table_no)
    ).all()
    for meeting in meetings:
        for side in (Side.OFFERS, Side.SEEKS):
            row = by_id[meeting.offers_id if side == Side.OFFERS else meeting.seeks_id]
            stars = round(1 + 4 * meeting.score / 1000 + random.gauss(0, 0.8))
            stars = min(max(stars, 1), 5)
            outcome = {5: Outcome.INQUIRY, 4: Outcome.FOLLOW_UP}.get(stars, Outcome.NONE)
            said = {"stars": stars, "outcome": outcome, "comment": ""}
            ratings.rate(meeting.id, said, by=parties[row.organisation_id].acting)


def _participants(event: Event) -> list[Participant]:
    """In the order of registered ids, which every run gives alike (row ids are random)."""
    query = (
        select(Participant)
        .join(Organisation, Organisation.id == Participant.organisation_id)
        .where(Participant.event_id == event.id)
        .order_by(Organisation.id_value)
    )
    return list(db.session.scalars(query))
