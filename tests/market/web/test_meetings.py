"""Pages of meetings: one's day, the calendar file, the review, ratings, statements."""

from collections.abc import Callable
from typing import Any

import icalendar
import pytest
from flask import Flask

from market.domain.queries import meetings as queries
from market.extensions import db
from market.models import MeetingRating, Membership, Participant
from tests.clients import Browser
from tests.factories import events as factory
from tests.factories import organisations
from tests.statements import counted_statements

Clients = Callable[..., Browser]


BUDGET = 8


def test_the_day_shows_ones_own_meetings_only(client_of: Clients) -> None:
    event, (bank, other), _ = factory.scheduled()
    mine = {m.seeks_id for m in factory.meetings_of(event) if _is(m.offers, bank)}
    assert mine
    text = client_of(bank).get(f"/events/{event.id}/timetable").text
    assert other.organisation_id not in text
    assert text.count('class="when"') == len(mine)


def _is(participant: Participant, member: Membership) -> Any:
    return participant.organisation_id == member.organisation_id


def test_the_calendar_file_holds_the_same_meetings(client_of: Clients) -> None:
    event, (bank, _), _ = factory.scheduled()
    answer = client_of(bank).get(f"/events/{event.id}/timetable.ics")
    entries = icalendar.Calendar.from_ical(answer.text).walk("VEVENT")
    mine = [m for m in factory.meetings_of(event) if _is(m.offers, bank)]
    assert answer.content_type.startswith("text/calendar")
    assert {e.decoded("dtstart") for e in entries} == {event.slot_at(m.slot) for m in mine}


def test_an_unpublished_timetable_stays_the_organisers(client_of: Clients) -> None:
    organiser = organisations.organiser()
    event, (bank, _), _ = factory.with_timetable(organiser)
    text = client_of(bank).get(f"/events/{event.id}/timetable").text
    assert 'class="when"' not in text
    assert client_of(bank).get(f"/events/{event.id}/review").status_code == 403
    assert client_of(organiser).get(f"/events/{event.id}/review").text.count("/meetings/") > 0


def test_an_unmet_wish_is_told_to_the_one_who_wished(client_of: Clients) -> None:
    organiser = organisations.organiser()
    event = factory.open_event(organiser, slots=2)
    bank = organisations.institution(name_zh="示例甲银行")
    firm = organisations.enterprise()
    factory.registered(event, bank, unavailable=[0])
    factory.registered(event, firm, unavailable=[1])
    factory.registered_side(event, "offers", 1)
    factory.moved_to(event, "preferences")
    factory.say(event, firm, **{factory.participant_of(event, bank).id: "must"})
    factory.moved_to(event, "review")
    client_of(organiser).post(f"/events/{event.id}/publish-timetable")
    assert "示例甲银行" in client_of(firm).get(f"/events/{event.id}/timetable").text
    assert 'class="panel"' not in client_of(bank).get(f"/events/{event.id}/timetable").text


def test_a_conflict_is_told_beside_the_choice_and_nothing_moves(client_of: Clients) -> None:
    organiser = organisations.organiser()
    event, _, _ = factory.with_timetable(organiser)
    first, *others = factory.meetings_of(event)
    clash = next(m for m in others if m.seeks_id == first.seeks_id and m.slot != first.slot)
    before = (first.slot, first.table_no)
    page = f"/events/{event.id}/meetings/{first.id}"
    answer = client_of(organiser).post(page, data={"slot": str(clash.slot), "table": "3"})
    assert answer.status_code == 409
    found = queries.one(first.id, event_id=event.id)
    assert (found.slot, found.table_no) == before


def test_the_page_of_a_meeting_offers_free_places_and_moves_there(client_of: Clients) -> None:
    organiser = organisations.organiser()
    event, _, _ = factory.with_timetable(organiser, slots=8)
    first = factory.meetings_of(event)[0]
    browser, page = client_of(organiser), f"/events/{event.id}/meetings/{first.id}"
    text = browser.get(page).text
    slot = text.split('name="slot" value="')[1].split('"')[0]
    table = text.split('<option value="')[1].split('"')[0]
    assert browser.post(page, data={"slot": slot, "table": table}).status_code == 302
    assert queries.one(first.id, event_id=event.id).slot == int(slot)


def test_a_meeting_of_another_event_is_not_found(client_of: Clients) -> None:
    organiser = organisations.organiser()
    event, _, _ = factory.with_timetable(organiser)
    other = factory.announced(organiser)
    first = factory.meetings_of(event)[0]
    browser = client_of(organiser)
    for page in (f"meetings/{first.id}", f"meetings/{first.id}/rating"):
        assert browser.get(f"/events/{other.id}/{page}").status_code in (403, 404)
    assert browser.post(f"/events/{other.id}/meetings/{first.id}/remove").status_code == 409


def test_rating_by_form_and_again(client_of: Clients) -> None:
    event, (bank,), _ = factory.scheduled(offers=1, seeks=1)
    factory.moved_to(event, "feedback")
    meeting = factory.meetings_of(event)[0]
    browser, page = client_of(bank), f"/events/{event.id}/meetings/{meeting.id}/rating"
    assert browser.post(page, data={"outcome": "inquiry"}).status_code == 422
    assert browser.post(page, data={"stars": "5", "outcome": "inquiry"}).status_code == 302
    assert 'id="stars-5" checked' in browser.get(page).text
    assert db.session.query(MeetingRating).one().outcome == "inquiry"


@pytest.fixture(params=[(1, 2), (20, 40)], ids=["3 participants", "60 participants"])
def filled(app: Flask, request: pytest.FixtureRequest) -> Any:
    """A scheduled event of a size, with its organiser, one bank and one firm."""
    organiser = organisations.organiser()
    offers, seeks = request.param
    event, left, right = factory.scheduled(
        organiser, offers=offers, seeks=seeks, tables=12, meetings_at_most=3
    )
    return event, organiser, left[0], right[0]


def test_every_page_keeps_its_statement_budget(client_of: Clients, filled: Any) -> None:
    event, organiser, bank, firm = filled
    at, meeting = f"/events/{event.id}", factory.meetings_of(event)[0]
    pages = {
        organiser: [
            "/events",
            "/events/mine",
            at,
            f"{at}/participants",
            f"{at}/review",
            f"{at}/review/participants",
            f"{at}/report",
            f"{at}/meetings/{meeting.id}",
        ],
        bank: [at, f"{at}/timetable", f"{at}/timetable.ics", f"{at}/wishes", "/events/registered"],
        firm: [at, f"{at}/timetable", f"{at}/participants", f"{at}/register"],
    }
    counted = {}
    for member, paths in pages.items():
        browser = client_of(member)
        for path in paths:
            with counted_statements() as sent:
                assert browser.get(path).status_code == 200, path
            counted[path] = sent.number
    assert max(counted.values()) <= BUDGET, counted
