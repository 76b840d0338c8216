"""Making a timetable: wishes weigh, never rules out, musts hold, and nobody is booked twice."""

from collections import Counter
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from market import moments, ticker
from market.domain import due_work, events, participants
from market.extensions import db
from market.models import Event, Membership
from market.work import timetables
from scoring.meetings import timetable
from tests.factories import events as factory
from tests.factories import organisations, people


def _open_wishes(offers: int = 2, seeks: int = 3, **given: Any) -> Any:
    event = factory.open_event(organisations.organiser(), **given)
    banks = factory.registered_side(event, "offers", offers)
    firms = factory.registered_side(event, "seeks", seeks)
    return factory.moved_to(event, "preferences"), banks, firms


def _pairs(event: Event) -> Any:
    return {(m.offers_id, m.seeks_id) for m in factory.meetings_of(event)}


def _id(event: Event, member: Membership) -> Any:
    return factory.participant_of(event, member).id


def test_never_of_one_side_rules_a_meeting_out(app: Flask) -> None:
    event, (bank, _), (firm, *_) = _open_wishes()
    factory.say(event, bank, **{_id(event, firm): "must"})
    factory.say(event, firm, **{_id(event, bank): "never"})
    factory.moved_to(event, "review")
    assert (_id(event, bank), _id(event, firm)) not in _pairs(event)
    assert _pairs(event)


def test_a_mutual_must_takes_place_before_anything_else(app: Flask) -> None:
    event, (bank, _), firms = _open_wishes(slots=1, meetings_at_most=1, tables=1)
    last = firms[-1]
    factory.say(event, bank, **{_id(event, last): "must"})
    factory.say(event, last, **{_id(event, bank): "must"})
    factory.moved_to(event, "review")
    assert _pairs(event) == {(_id(event, bank), _id(event, last))}


def test_musts_that_cannot_all_be_kept_become_strong_wishes_and_it_is_said(app: Flask) -> None:
    event, (bank, _), firms = _open_wishes(slots=2, meetings_at_most=2, tables=1)
    for firm in firms[:2]:
        factory.participant_of(event, firm).unavailable = [0]
        factory.say(event, firm, **{_id(event, bank): "must"})
    factory.say(event, bank, **{_id(event, firm): "must" for firm in firms[:2]})
    factory.moved_to(event, "review")
    assert len(factory.meetings_of(event)) == 2
    assert set(event.certificate["musts_given_up"]) == {"zh", "en"}
    assert "示例机构" in event.certificate["musts_given_up"]["zh"]


@pytest.mark.parametrize(
    ("wishes", "weight"), [((), 1), (("want", "ok"), 2), (("must", "must"), 9)]
)
def test_a_wish_multiplies_the_score_by_the_geometric_mean_of_both_sides(
    app: Flask, wishes: Any, weight: int
) -> None:
    event, (bank,), (firm,) = _open_wishes(offers=1, seeks=1)
    if wishes:
        factory.say(event, bank, **{_id(event, firm): wishes[0]})
        factory.say(event, firm, **{_id(event, bank): wishes[1]})
    factory.moved_to(event, "review")
    expected = round(timetables.NEUTRAL * weight**0.5)
    assert [m.score for m in factory.meetings_of(event)] == [expected]


def test_an_unmet_wish_says_why_in_both_languages_by_name(app: Flask) -> None:
    event, (bank, _), (firm, *_) = _open_wishes(slots=2)
    factory.participant_of(event, firm).unavailable = [0]
    factory.participant_of(event, bank).unavailable = [1]
    factory.say(event, firm, **{_id(event, bank): "want"})
    factory.moved_to(event, "review")
    (unmet,) = event.certificate["unmet"]
    assert (unmet["why"], "示例机构" in unmet["zh"]) == ("no_common_slot", True)
    assert "Sample organisation" in unmet["en"]


def test_the_certificate_bounds_the_score(app: Flask) -> None:
    event, _, _ = factory.with_timetable(organisations.organiser(), offers=3, seeks=5)
    told = event.certificate
    assert told["score"] == sum(m.score for m in factory.meetings_of(event))
    assert told["score"] <= told["bound"]
    assert told["gap"] == pytest.approx((told["bound"] - told["score"]) / told["bound"])


def test_another_run_gives_the_same_timetable(app: Flask) -> None:
    organiser = organisations.organiser()
    event, _, _ = factory.with_timetable(organiser)
    before = {(m.offers_id, m.seeks_id, m.slot, m.table_no) for m in factory.meetings_of(event)}
    events.plan_again(event.id, by=people.acting_for(organiser))
    factory.moved_to(event, "review")
    after = {(m.offers_id, m.seeks_id, m.slot, m.table_no) for m in factory.meetings_of(event)}
    assert before == after


def test_who_withdrew_is_not_in_the_next_run(app: Flask) -> None:
    organiser = organisations.organiser()
    event, (bank, _), _ = factory.with_timetable(organiser)
    participants.withdraw(event.id, by=people.acting_for(bank))
    events.plan_again(event.id, by=people.acting_for(organiser))
    factory.moved_to(event, "review")
    assert _id(event, bank) not in {m.offers_id for m in factory.meetings_of(event)}


def test_an_event_in_another_state_is_left_alone(app: Flask) -> None:
    event = factory.open_event()
    assert timetables.make(event.id) == {"skipped": "registration"}


def test_a_plan_of_an_event_that_changed_meanwhile_is_thrown_away(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    organiser = organisations.organiser()
    event, _, _ = _open_wishes()
    factory.moved_to(event, "planning")

    def postponed_meanwhile(instance: Any, **how: Any) -> Any:
        event.version += 1
        return timetable(instance, **how)

    monkeypatch.setattr("market.work.timetables.timetable", postponed_meanwhile)
    assert timetables.make(event.id) == {"skipped": "the event changed meanwhile"}
    assert (factory.meetings_of(event), organiser.role) == ([], "owner")


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_timetable_books_anybody_twice(app: Flask, data: Any) -> None:
    slots, tables = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 3))
    event = factory.open_event(slots=slots, tables=tables, meetings_at_most=4)
    away = st.lists(st.integers(0, slots - 1), max_size=slots - 1, unique=True)
    for make in (organisations.institution, organisations.enterprise):
        for _ in range(data.draw(st.integers(1, 4))):
            number = data.draw(st.integers(1, 2))
            factory.registered(event, make(), representatives=number, unavailable=data.draw(away))
    factory.moved_to(event, "review")
    _assert_sound(event, tables)


def _assert_sound(event: Event, tables: int) -> None:
    held = factory.meetings_of(event)
    assert len({(m.slot, m.table_no) for m in held}) == len(held)
    assert all(m.table_no < tables for m in held)
    at_once: Counter[tuple[str, int]] = Counter()
    total: Counter[str] = Counter()
    for meeting in held:
        for one in (meeting.offers, meeting.seeks):
            at_once[one.id, meeting.slot] += 1
            total[one.id] += 1
            assert meeting.slot not in one.unavailable
            assert at_once[one.id, meeting.slot] <= one.representatives
    assert all(number <= event.meetings_at_most for number in total.values())


def test_solving_lets_go_of_the_database_when_asked(app: Flask) -> None:
    event, _, _ = _open_wishes()
    factory.moved_to(event, "planning")
    db.session.commit()
    with moments.at(event.preferences_close_at):
        made = timetables.make(event.id, let_go=True)
    assert made["meetings"] == len(factory.meetings_of(event))


def test_the_job_of_the_ticker_makes_it_and_is_done(app: Flask) -> None:
    event, _, _ = _open_wishes()
    factory.moved_to(event, "planning")
    db.session.commit()
    with moments.at(event.preferences_close_at):
        rows = iter(lambda: due_work.claim(worker="示例"), None)
        row = next(row for row in rows if row.kind == events.TIMETABLE_JOB)
        row_id = row.id
        db.session.commit()
        ticker.perform(app, row_id)
    db.session.expire_all()
    assert (row.state, row.result["meetings"]) == ("done", len(factory.meetings_of(event)))
    assert event.state == "review"
