"""Pages of events: the public list, the organiser's side, and their statement budget."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from market.domain import events
from market.extensions import db
from market.models import Event
from tests.clients import Browser
from tests.factories import events as factory
from tests.factories import organisations, people

Clients = Callable[..., Browser]


def typed(**given: Any) -> Any:
    """What an organiser types."""
    data = factory.details()
    dates = {k: v.strftime("%Y-%m-%dT%H:%M") for k, v in factory.dates().items()}
    return {k: str(v) for k, v in {**data, **dates, **given}.items()}


def test_an_organiser_creates_a_draft_and_announces_it(client_of: Clients) -> None:
    browser = client_of(organisations.organiser())
    answer = browser.post("/events/new", data=typed())
    assert answer.status_code == 302
    assert browser.post(f"{answer.location}/publish").status_code == 302
    assert db.session.query(Event).one().state == "published"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("registration_closes_at", "2001-01-01T09:00"),
        ("first_slot_at", "2001-01-01T09:00"),
        ("slots", "0"),
        ("tables", "NaN"),
        ("meetings_at_least", "60"),
        ("online_link", "javascript:alert(1)"),
        ("kind", "party"),
    ],
)
def test_a_wrong_field_is_told_where_it_is_and_nothing_is_lost(
    client_of: Clients, field: str, value: str
) -> None:
    bad = typed(name_zh="示例独特名", **{field: value})
    answer = client_of(organisations.organiser()).post("/events/new", data=bad)
    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.text
    assert "示例独特名" in answer.text


def test_a_colleagues_change_is_not_overwritten(client_of: Clients) -> None:
    organiser = organisations.organiser()
    event = factory.draft(organiser)
    browser = client_of(organiser)
    first = browser.post(f"/events/{event.id}/edit", data=typed(tables="7", version="1"))
    second = browser.post(f"/events/{event.id}/edit", data=typed(tables="9", version="1"))
    assert (first.status_code, second.status_code) == (302, 409)
    assert db.session.get_one(Event, event.id).tables == 7


def test_drafts_are_hidden_from_the_list_and_from_strangers(client: Browser) -> None:
    draft, public = factory.draft(name_zh="示例草稿会"), factory.announced(name_zh="示例公开会")
    listed = client.get("/events").text
    assert ("示例公开会" in listed, "示例草稿会" in listed) == (True, False)
    assert client.get(f"/events/{draft.id}").status_code == 404
    assert client.get(f"/events/{public.id}").status_code == 200


def test_the_online_link_is_not_public(client: Browser) -> None:
    event = factory.announced(online_link="https://meet.example/secret")
    assert "secret" not in client.get(f"/events/{event.id}").text


def test_an_event_that_is_over_moves_to_the_other_list(client: Browser) -> None:
    organiser = organisations.organiser()
    event = factory.announced(organiser, name_zh="示例取消会")
    events.cancel(event.id, by=people.acting_for(organiser))
    assert "示例取消会" not in client.get("/events").text
    assert "示例取消会" in client.get("/events?when=over").text


def test_the_list_is_paged(client: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("market.domain.queries.events.ROWS", 2)
    organiser = organisations.organiser()
    for number in range(5):
        factory.announced(organiser, name_zh=f"示例会{number}")
    seen, page = set(), "/events"
    for _ in range(3):
        text = client.get(page).text
        seen |= set(re.findall(r"示例会\d", text))
        following = re.search(r'rel="next" href="([^"]+)"', text)
        page = following[1].replace("&amp;", "&") if following else page
    assert seen == {f"示例会{number}" for number in range(5)}


def test_wrong_filters_and_keys_are_no_accident(client: Browser) -> None:
    factory.announced()
    for query in ("when=never", "kind=x", "after=nothing", "after=" + "x" * 500):
        assert client.get(f"/events?{query}").status_code == 200


@pytest.mark.parametrize("page", ["edit", "postpone", "cancel", "report", "review"])
def test_another_organisers_pages_are_not_found(client_of: Clients, page: str) -> None:
    event = factory.announced()
    browser = client_of(organisations.organiser())
    assert browser.get(f"/events/{event.id}/{page}").status_code == 404


def test_postponing_and_cancelling_by_form(client_of: Clients) -> None:
    organiser = organisations.organiser()
    event = factory.open_event(organiser)
    browser = client_of(organiser)
    dates = {k: v for k, v in typed(begin=None).items() if k in factory.dates()}
    assert browser.post(f"/events/{event.id}/postpone", data=dates).status_code == 302
    answer = browser.post(f"/events/{event.id}/cancel", data={"note": "示例原因"})
    assert answer.status_code == 302
    assert db.session.get_one(Event, event.id).state == "cancelled"


def test_the_report_names_unmet_wishes_figures_and_ratings(client_of: Clients) -> None:
    organiser = organisations.organiser()
    event, (bank,), (firm,) = factory.scheduled(organiser, offers=1, seeks=1)
    factory.moved_to(event, "feedback")
    factory.rated(factory.meetings_of(event)[0], firm, stars=2, comment="示例意见")
    text = client_of(organiser).get(f"/events/{event.id}/report").text
    assert "示例意见" in text
    assert text.count("data-figure") == 2
    assert bank.organisation_id != firm.organisation_id


@pytest.mark.parametrize("page", ["report", "review", "review/participants", "participants"])
def test_pages_of_an_event_without_anything_yet_open_empty(client_of: Clients, page: str) -> None:
    organiser = organisations.organiser()
    event = factory.announced(organiser)
    answer = client_of(organiser).get(f"/events/{event.id}/{page}")
    assert answer.status_code == 200
