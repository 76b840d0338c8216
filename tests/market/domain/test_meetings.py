"""Moving and removing meetings: conflicts are refused by the database and told in words."""

from itertools import combinations
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from market import moments
from market.domain import meetings
from market.domain.event_states import UnderWay
from market.errors import NotFound
from market.extensions import db
from market.models import Event, MailMessage, MeetingSeat
from tests.factories import events as factory
from tests.factories import organisations, people


@pytest.fixture
def reviewed(app: Flask) -> Any:
    """An event under review with its organiser acting."""
    organiser = organisations.organiser()
    event, _, _ = factory.with_timetable(organiser, slots=6, tables=4)
    return event, people.acting_for(organiser)


def _free_slot(event: Event, meeting: Any) -> Any:
    busy = {
        m.slot
        for m in factory.meetings_of(event)
        if {m.offers_id, m.seeks_id} & {meeting.offers_id, meeting.seeks_id}
    }
    return next(slot for slot in range(event.slots) if slot not in busy)


def _place(slot: int, table: Any) -> Any:
    return {"slot": slot, "table": table}


def test_a_meeting_moves_to_a_free_place_with_its_seats(reviewed: Any) -> None:
    event, by = reviewed
    meeting = factory.meetings_of(event)[0]
    slot = _free_slot(event, meeting)
    meetings.move(event.id, meeting.id, _place(slot, 3), by=by)
    seats = db.session.scalars(select(MeetingSeat).where(MeetingSeat.meeting_id == meeting.id))
    assert {seat.slot for seat in seats} == {slot}
    assert (meeting.slot, meeting.table_no) == (slot, 3)


def test_a_taken_participant_is_refused_and_nothing_changed(reviewed: Any) -> None:
    event, by = reviewed
    first, *others = factory.meetings_of(event)
    clash = next(m for m in others if m.seeks_id == first.seeks_id and m.slot != first.slot)
    place = (first.slot, first.table_no)
    with pytest.raises(meetings.SlotTaken):
        meetings.move(event.id, first.id, _place(clash.slot, 3), by=by)
    db.session.refresh(first)
    assert (first.slot, first.table_no) == place


def test_a_taken_table_is_refused(reviewed: Any) -> None:
    event, by = reviewed
    pairs = combinations(factory.meetings_of(event), 2)
    first, same = next((a, b) for a, b in pairs if a.slot == b.slot)
    with pytest.raises(meetings.TableTaken):
        meetings.move(event.id, first.id, _place(same.slot, same.table_no), by=by)


def test_nobody_is_moved_to_a_slot_in_which_it_is_away(reviewed: Any) -> None:
    event, by = reviewed
    meeting = factory.meetings_of(event)[0]
    slot = _free_slot(event, meeting)
    meeting.seeks.unavailable = [slot]
    with pytest.raises(meetings.NotThere, match="示例机构"):
        meetings.move(event.id, meeting.id, _place(slot, 3), by=by)


@pytest.mark.parametrize(("slot", "table"), [(6, 0), (0, 4), (-1, 0)])
def test_places_outside_the_event_are_refused(reviewed: Any, slot: int, table: Any) -> None:
    event, by = reviewed
    meeting = factory.meetings_of(event)[0]
    with pytest.raises(meetings.NoSuchPlace):
        meetings.move(event.id, meeting.id, _place(slot, table), by=by)


def test_two_representatives_take_two_meetings_in_a_slot_but_not_three(app: Flask) -> None:
    organiser = organisations.organiser()
    event = factory.open_event(organiser, slots=3, meetings_at_most=3)
    factory.registered(event, organisations.institution(), representatives=2)
    factory.registered_side(event, "seeks", 3)
    factory.moved_to(event, "review")
    by = people.acting_for(organiser)
    there = [m for m in factory.meetings_of(event) if m.slot == 2]
    *moved, last = [m for m in factory.meetings_of(event) if m.slot != 2]
    free = [table for table in range(4) if table not in {m.table_no for m in there}]
    for meeting in moved:
        meetings.move(event.id, meeting.id, _place(2, free.pop()), by=by)
    assert len(there) + len(moved) == 2
    with pytest.raises(meetings.SlotTaken):
        meetings.move(event.id, last.id, _place(2, free.pop()), by=by)


def test_a_removed_draft_meeting_is_gone_and_the_certificate_says_so(reviewed: Any) -> None:
    event, by = reviewed
    meeting, score = factory.meetings_of(event)[0], event.certificate["score"]
    meetings.remove(event.id, meeting.id, by=by)
    assert meeting.id not in {m.id for m in factory.meetings_of(event)}
    assert event.certificate["score"] == score - meeting.score
    assert (event.certificate["by_hand"], event.certificate["proven"]) == (1, False)


def test_a_removed_public_meeting_stays_as_cancelled_and_both_sides_are_told(app: Flask) -> None:
    organiser = organisations.organiser()
    event, _, _ = factory.scheduled(organiser)
    meeting = factory.meetings_of(event)[0]
    meetings.remove(event.id, meeting.id, by=people.acting_for(organiser))
    mails = db.session.scalars(
        select(MailMessage).where(MailMessage.attachment.contains("METHOD:CANCEL"))
    ).all()
    assert (meeting.status, len(mails)) == ("cancelled", 2)


def test_a_moved_public_meeting_sends_both_sides_a_newer_calendar(app: Flask) -> None:
    organiser = organisations.organiser()
    event, _, _ = factory.scheduled(organiser)
    meeting, before = factory.meetings_of(event)[0], event.version
    place = _place(_free_slot(event, meeting), 3)
    meetings.move(event.id, meeting.id, place, by=people.acting_for(organiser))
    newer = f"SEQUENCE:{before + 1}"
    mails = db.session.scalars(
        select(MailMessage).where(MailMessage.attachment.contains(newer))
    ).all()
    assert len(mails) == 2


def test_nothing_is_moved_once_the_event_has_begun_or_by_a_stranger(app: Flask) -> None:
    organiser = organisations.organiser()
    event, _, _ = factory.scheduled(organiser)
    meeting = factory.meetings_of(event)[0]
    stranger = people.acting_for(organisations.organiser())
    with pytest.raises(NotFound):
        meetings.remove(event.id, meeting.id, by=stranger)
    with moments.at(event.first_slot_at), pytest.raises(UnderWay):
        meetings.remove(event.id, meeting.id, by=people.acting_for(organiser))
