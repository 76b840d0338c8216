"""The last word is the database's: grabbing one seat at once, raw rows, and random moves."""

import threading
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, MetaData, String, Table, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from market.database import new_id
from market.domain import meetings
from market.errors import MarketError, fact_behind
from market.extensions import db
from market.models import Event, Meeting, MeetingSeat, Membership
from tests.factories import events as factory
from tests.factories import organisations, people

GRABBERS, ROUNDS = 50, 3


@pytest.fixture
def event(app: Flask) -> Any:
    """An event under review with several meetings, committed."""
    made, _, _ = factory.with_timetable(organisations.organiser(), offers=3, seeks=4)
    db.session.commit()
    return made


def _seat(meeting: Any, **given: Any) -> Any:
    values = {
        "meeting_id": meeting.id,
        "event_id": meeting.event_id,
        "participant_id": meeting.offers_id,
        "seat": 0,
        "slot": meeting.slot,
    }
    return values | given


def _grab_all_at_once(app: Flask, table: Any, seat: dict[str, Any]) -> Any:
    """Everyone looks, sees the seat free, and only then takes it; returns how many got it."""
    barrier, won = threading.Barrier(GRABBERS), []

    def grab() -> None:
        with app.app_context():
            taken = select(func.count()).where(
                table.c.participant_id == seat["participant_id"], table.c.slot == seat["slot"]
            )
            free = db.session.execute(taken.select_from(table)).scalar() == 0
            db.session.rollback()
            barrier.wait(timeout=60)
            if free:
                won.append(_take(table, seat))

    threads = [threading.Thread(target=grab) for _ in range(GRABBERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(won)


def _take(table: Any, seat: dict[str, Any]) -> Any:
    try:
        db.session.execute(insert(table).values(id=new_id(), **seat))
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        return not isinstance(fact_behind(error, db.metadata), meetings.SlotTaken)
    return True


def test_fifty_grab_one_seat_and_one_gets_it(app: Flask, event: Event) -> None:
    meeting = factory.meetings_of(event)[0]
    seat = _seat(meeting, seat=7)
    table = MeetingSeat.__table__
    for _ in range(ROUNDS):
        db.session.execute(delete(MeetingSeat).where(MeetingSeat.meeting_id == meeting.id))
        db.session.commit()
        assert _grab_all_at_once(app, table, seat) == 1


def test_without_the_constraint_the_same_grab_books_many(app: Flask, event: Event) -> None:
    seat = _seat(factory.meetings_of(event)[0])
    columns = [Column(name, String(13)) for name in ("id", *seat)]
    bare = Table("seat_without_rule", MetaData(), *columns)
    db.session.rollback()
    bare.create(db.engine)
    try:
        seat = {name: str(value) for name, value in seat.items()}
        assert _grab_all_at_once(app, bare, seat) > 1
    finally:
        bare.drop(db.engine)


def test_a_raw_second_seat_is_refused(event: Event) -> None:
    meeting = factory.meetings_of(event)[0]
    with pytest.raises(IntegrityError):
        db.session.execute(insert(MeetingSeat).values(id=new_id(), **_seat(meeting)))
    db.session.rollback()


def test_a_raw_seat_in_another_slot_than_its_meeting_is_refused(event: Event) -> None:
    meeting = factory.meetings_of(event)[0]
    seat = _seat(meeting, slot=meeting.slot + 1, seat=3)
    with pytest.raises(IntegrityError):
        db.session.execute(insert(MeetingSeat).values(id=new_id(), **seat))
    db.session.rollback()


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moves=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5), st.integers(0, 3)), max_size=25)
)
def test_no_sequence_of_moves_books_anybody_twice(
    app: Flask, event: Event, moves: list[tuple[int, int, int]]
) -> None:
    by = people.acting_for(_organiser_of(event))
    for which, slot, table in moves:
        held = factory.meetings_of(event)
        chosen = held[which % len(held)]
        try:
            meetings.move(event.id, chosen.id, {"slot": slot, "table": table}, by=by)
        except MarketError:
            continue
    held = factory.meetings_of(event)
    assert len({(m.slot, m.table_no) for m in held}) == len(held)
    seats = [(id_, m.slot) for m in held for id_ in (m.offers_id, m.seeks_id)]
    assert len(set(seats)) == len(seats)
    rows = db.session.execute(select(MeetingSeat.participant_id, MeetingSeat.slot)).all()
    assert sorted(map(tuple, rows)) == sorted(seats)


def _organiser_of(event: Event) -> Any:
    found = db.session.scalars(
        select(Membership).where(Membership.organisation_id == event.organiser_id)
    )
    return found.one()


def test_a_plan_that_books_twice_is_refused_whole(event: Event) -> None:
    first, *_ = factory.meetings_of(event)
    twice = [
        meetings.Planned(first.offers_id, first.seeks_id, 0, 0, 1),
        meetings.Planned(first.offers_id, first.seeks_id, 1, 0, 1),
    ]
    with pytest.raises(meetings.MeetAlready):
        meetings.replace(event, twice)
    db.session.rollback()
    assert first.id in set(db.session.scalars(select(Meeting.id)))
