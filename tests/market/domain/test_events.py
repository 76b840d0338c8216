"""The life of an event: its table of states, its deadlines, and catching up."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from market import moments
from market.domain import due_work, event_states, events
from market.domain.queries import events as queries
from market.enums import EventState
from market.errors import ChangedMeanwhile, NotFound
from market.extensions import db
from market.models import AuditRecord, DueWork, MailMessage, Notification
from tests.factories import events as factory
from tests.factories import organisations, people


def _waiting(event_id: str) -> Any:
    rows = db.session.scalars(select(DueWork).where(DueWork.key == event_id))
    return {row.period.split(":")[-1]: row for row in rows if row.state == "waiting"}


def test_deadlines_carry_an_event_from_announcement_to_review(app: Flask) -> None:
    event = factory.announced()
    states = ("published", "registration", "preferences", "planning")
    assert [factory.moved_to(event, state).state for state in states] == list(states)
    assert factory.moved_to(event, "review").certificate["score"] == 0


def test_nothing_moves_before_its_time(app: Flask) -> None:
    event = factory.announced()
    with moments.at(event.registration_opens_at - timedelta(seconds=1)):
        assert events.advance(event.id)["taken"] == []
    assert event.state == EventState.PUBLISHED


def test_a_step_done_twice_is_done_once(app: Flask) -> None:
    event = factory.open_event()
    with moments.at(event.registration_closes_at):
        first = events.advance(event.id)["taken"]
        second = events.advance(event.id)["taken"]
    assert (first, second) == (["close_registration"], [])


def test_a_scheduler_that_slept_for_weeks_catches_up(app: Flask) -> None:
    event = factory.announced()
    with moments.at(event.preferences_close_at + timedelta(hours=1)):
        taken = events.advance(event.id)["taken"]
    assert taken == ["open_registration", "close_registration", "close_preferences"]
    assert event.state == EventState.PLANNING


def test_every_timed_step_waits_as_due_work(app: Flask) -> None:
    event = factory.announced()
    waiting = _waiting(event.id)
    assert waiting["open_registration"].due_at == event.registration_opens_at
    assert waiting["open_feedback"].due_at == event.ends_at
    assert len(waiting) == len(event_states.deadlines(event))


def test_changed_deadlines_move_the_due_work(app: Flask) -> None:
    organiser = organisations.organiser()
    event = factory.announced(organiser)
    data = factory.details(begin=event.first_slot_at + timedelta(days=1))
    events.change(event.id, data, version=event.version, by=people.acting_for(organiser))
    waiting = _waiting(event.id)
    assert waiting["open_registration"].due_at == event.registration_opens_at
    assert {row.period.split(":")[0] for row in waiting.values()} == {str(event.version)}


def test_a_later_deadline_opens_registration_again(app: Flask) -> None:
    organiser = organisations.organiser()
    event = factory.moved_to(factory.announced(organiser), "preferences")
    data = factory.details(begin=event.first_slot_at + timedelta(days=20))
    events.change(event.id, data, version=None, by=people.acting_for(organiser))
    assert event.state == EventState.PUBLISHED


def test_a_change_of_an_older_page_is_refused(app: Flask) -> None:
    organiser = organisations.organiser()
    event = factory.draft(organiser)
    by = people.acting_for(organiser)
    events.change(event.id, factory.details(tables=5), version=1, by=by)
    with pytest.raises(ChangedMeanwhile):
        events.change(event.id, factory.details(tables=6), version=1, by=by)


def test_the_kind_stays_once_announced(app: Flask) -> None:
    organiser = organisations.organiser()
    event = factory.announced(organiser)
    with pytest.raises(events.KindFixed):
        events.change(
            event.id, factory.details(kind="mixed"), version=None, by=people.acting_for(organiser)
        )


def test_an_event_without_time_for_wishes_is_not_announced(app: Flask) -> None:
    organiser = organisations.organiser()
    event = factory.draft(organiser, begin=moments.now() + timedelta(days=2))
    with pytest.raises(events.DeadlinePassed):
        events.publish_event(event.id, by=people.acting_for(organiser))


@pytest.mark.parametrize(
    "verb", [events.publish_event, events.plan_again, events.publish_timetable]
)
def test_a_step_from_the_wrong_state_says_the_state(app: Flask, verb: Any) -> None:
    organiser = organisations.organiser()
    event = factory.open_event(organiser)
    with pytest.raises(event_states.WrongState, match=r"报名|registration"):
        verb(event.id, by=people.acting_for(organiser))


def test_another_organisers_event_does_not_exist(app: Flask) -> None:
    event, stranger = factory.draft(), organisations.organiser()
    for verb in (events.publish_event, events.cancel, events.plan_again):
        with pytest.raises(NotFound):
            verb(event.id, by=people.acting_for(stranger))


def test_a_draft_is_visible_to_its_organiser_only(app: Flask) -> None:
    organiser = organisations.organiser()
    event = factory.draft(organiser)
    assert queries.find(event.id, by=people.acting_for(organiser)).id == event.id
    for by in (None, people.acting_for(organisations.enterprise())):
        with pytest.raises(NotFound):
            queries.find(event.id, by=by)


def test_a_cancelled_event_waits_for_nothing_and_tells_its_participants(app: Flask) -> None:
    organiser, noise = organisations.organiser(), factory.open_event()
    event = factory.open_event(organiser)
    member = factory.registered_side(event, "seeks", 1)[0]
    factory.registered_side(noise, "seeks", 1)
    events.cancel(event.id, note="场地取消", by=people.acting_for(organiser))
    told = db.session.scalars(select(Notification).where(Notification.code == "event-cancelled"))
    assert [line.person_id for line in told] == [member.person_id]
    assert (_waiting(event.id), bool(_waiting(noise.id))) == ({}, True)


def test_publishing_the_timetable_sends_everyone_their_calendar(app: Flask) -> None:
    event, left, right = factory.scheduled()
    mails = db.session.scalars(select(MailMessage).where(MailMessage.attachment != "")).all()
    assert len(mails) == len(left) + len(right)
    assert all("BEGIN:VEVENT" in mail.attachment for mail in mails)
    assert event.state == EventState.SCHEDULED


def test_an_empty_timetable_is_not_published(app: Flask) -> None:
    organiser = organisations.organiser()
    event = factory.moved_to(factory.open_event(organiser), "review")
    with pytest.raises(events.NothingPlanned):
        events.publish_timetable(event.id, by=people.acting_for(organiser))


def test_postponing_the_begin_alone_keeps_the_timetable(app: Flask) -> None:
    organiser = organisations.organiser()
    event, _, _ = factory.scheduled(organiser)
    before = [m.id for m in factory.meetings_of(event)]
    data = {name: getattr(event, name) for name in factory.dates()}
    with moments.at(event.preferences_close_at + timedelta(hours=1)):
        data["first_slot_at"] += timedelta(days=7)
        events.postpone(event.id, data, by=people.acting_for(organiser))
    assert [m.id for m in factory.meetings_of(event)] == before
    assert event.state == EventState.SCHEDULED


def test_postponing_the_wishes_voids_the_timetable(app: Flask) -> None:
    organiser = organisations.organiser()
    event, _, _ = factory.scheduled(organiser)
    with moments.at(event.preferences_close_at + timedelta(hours=1)):
        data = factory.dates()
        events.postpone(event.id, data, by=people.acting_for(organiser))
    assert factory.meetings_of(event) == []
    assert (event.state, event.certificate) == (EventState.PUBLISHED, {})


def test_nobody_cancels_or_postpones_an_event_that_has_begun(app: Flask) -> None:
    organiser = organisations.organiser()
    event, _, _ = factory.scheduled(organiser)
    by = people.acting_for(organiser)
    with moments.at(event.first_slot_at):
        with pytest.raises(event_states.UnderWay):
            events.cancel(event.id, by=by)
        with pytest.raises(event_states.UnderWay):
            events.postpone(event.id, factory.dates(), by=by)


def test_feedback_opens_after_the_last_slot_and_closes_by_itself(app: Flask) -> None:
    event, left, _ = factory.scheduled()
    factory.moved_to(event, "feedback")
    asked = select(Notification.person_id).where(Notification.code == "event-feedback-open")
    assert set(db.session.scalars(asked)) >= {member.person_id for member in left}
    assert factory.moved_to(event, "closed").state == EventState.CLOSED


def test_a_closed_event_lets_the_ranking_learn_once(app: Flask) -> None:
    event, _offers, _seeks = factory.scheduled()
    factory.moved_to(event, "closed")
    events.advance(event.id)
    rows = db.session.scalars(select(DueWork).where(DueWork.kind == events.TRAIN_JOB)).all()
    assert [row.period for row in rows] == [event.id]


def test_every_step_leaves_an_audit_record(app: Flask) -> None:
    event = factory.moved_to(factory.announced(), "preferences")
    actions = db.session.scalars(
        select(AuditRecord.action).where(AuditRecord.subject_id == event.id)
    ).all()
    assert "event.open_registration" in actions
    assert "event.close_registration" in actions


def test_a_due_row_runs_its_step_and_is_done(app: Flask) -> None:
    event = factory.announced()
    db.session.commit()
    with moments.at(event.registration_opens_at):
        row = due_work.claim(worker="示例")
        assert row is not None
        assert events.advance(row.key)["taken"] == ["open_registration"]


def test_the_table_names_each_step_once_and_leads_only_to_known_states() -> None:
    names = [step.name for step in event_states.STEPS]
    assert len(set(names)) == len(names)
    assert {step.to for step in event_states.STEPS} == set(EventState)
