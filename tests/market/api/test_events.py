"""Events in the API: the same verbs as the pages, by token."""

from typing import Any

import pytest

from market.domain import api_tokens
from market.extensions import db
from market.models import Membership
from tests.factories import events as factory
from tests.factories import organisations, people

ROOT = "/api/v1/events"


def bearer(member: Membership) -> Any:
    """The headers of a member's token."""
    _row, secret = api_tokens.create("test", by=people.acting_for(member))
    db.session.commit()
    return {"Authorization": f"Bearer {secret}"}


def body(**given: Any) -> Any:
    """An event as JSON."""
    dates = {k: v.strftime("%Y-%m-%dT%H:%M:%S") for k, v in factory.dates().items()}
    return {**factory.details(), **dates, **given}


def test_an_event_is_made_changed_announced_and_listed(client: Any) -> None:
    headers = bearer(organisations.organiser())
    made = client.post(ROOT, json=body(), headers=headers)
    assert made.status_code == 201, made.text
    address = f"{ROOT}/{made.json['id']}"
    assert client.get(address).status_code == 404
    changed = client.put(address, json=body(tables=7, version=1), headers=headers)
    assert changed.json["tables"] == 7
    assert client.put(address, json=body(version=1), headers=headers).status_code == 409
    assert client.post(f"{address}/publish", headers=headers).json["state"] == "published"
    assert [one["id"] for one in client.get(ROOT).json["items"]] == [made.json["id"]]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_slot_at", "0001-01-01T00:00:00"),
        ("slots", 0),
        ("tables", 1e400),
        ("kind", None),
        ("meetings_at_least", 63),
        ("name_zh", ""),
    ],
)
def test_a_wrong_field_is_refused_by_name(client: Any, field: str, value: Any) -> None:
    headers = bearer(organisations.organiser())
    answer = client.post(ROOT, json=body(**{field: value}), headers=headers)
    assert answer.status_code in (400, 422)
    assert field in answer.text or answer.status_code == 400


def test_registering_saying_wishes_and_withdrawing(client: Any) -> None:
    event, firm = factory.open_event(), organisations.enterprise()
    bank = factory.registered(event, organisations.institution()).id
    headers, address = bearer(firm), f"{ROOT}/{event.id}"
    mine = client.put(f"{address}/registration", json={"unavailable": [1]}, headers=headers)
    assert mine.json["unavailable"] == [1]
    listed = client.get(f"{address}/participants", headers=headers).json["items"]
    assert {one["id"] for one in listed} == {bank, mine.json["id"]}
    factory.moved_to(db.session.merge(event), "preferences")
    said = client.put(f"{address}/wishes", json={"wishes": {bank: "must"}}, headers=headers)
    assert said.json == client.get(f"{address}/wishes", headers=headers).json
    assert client.delete(f"{address}/registration", headers=headers).status_code == 204
    assert client.get(f"{address}/wishes", headers=headers).status_code == 404


@pytest.mark.parametrize(
    ("wishes", "status"),
    [({"x\x00": "must"}, 400), ({"nobodyatall12": "love"}, 422), ([], 422), (None, 422)],
)
def test_malformed_wishes_are_refused(client: Any, wishes: Any, status: int) -> None:
    event = factory.open_event()
    headers = bearer(factory.registered_side(event, "seeks", 1)[0])
    answer = client.put(f"{ROOT}/{event.id}/wishes", json={"wishes": wishes}, headers=headers)
    assert answer.status_code == status


def test_ones_day_its_calendar_and_a_rating(client: Any) -> None:
    event, (bank,), _ = factory.scheduled(offers=1, seeks=2)
    factory.moved_to(event, "feedback")
    headers, address = bearer(bank), f"{ROOT}/{event.id}"
    meetings = client.get(f"{address}/timetable", headers=headers).json["meetings"]
    assert {one["id"] for one in meetings} == {m.id for m in factory.meetings_of(event)}
    assert "BEGIN:VEVENT" in client.get(f"{address}/timetable.ics", headers=headers).text
    rating = {"stars": 5, "outcome": "inquiry"}
    place = f"{address}/meetings/{meetings[0]['id']}/rating"
    assert client.put(place, json=rating, headers=headers).json["stars"] == 5


def test_the_organiser_moves_and_removes_and_is_told_of_conflicts(client: Any) -> None:
    organiser = organisations.organiser()
    event, _, _ = factory.with_timetable(organiser)
    headers, address = bearer(organiser), f"{ROOT}/{event.id}/meetings"
    first, second, *_ = client.get(address, headers=headers).json["items"]
    taken = {"slot": second["slot"], "table": second["table"]}
    clash = client.put(f"{address}/{first['id']}", json=taken, headers=headers)
    assert (clash.status_code, clash.json["status"]) in [(409, "TableTaken"), (409, "SlotTaken")]
    assert client.delete(f"{address}/{first['id']}", headers=headers).status_code == 204
    left = client.get(address, headers=headers).json["items"]
    assert first["id"] not in {one["id"] for one in left}


def test_doors_are_closed_to_strangers_and_other_kinds(client: Any) -> None:
    event = factory.announced()
    outsider = bearer(organisations.enterprise())
    assert client.get(f"{ROOT}/{event.id}/participants").status_code == 401
    assert client.get(f"{ROOT}/{event.id}/participants", headers=outsider).status_code == 404
    assert client.post(f"{ROOT}/{event.id}/publish", headers=outsider).status_code == 403
