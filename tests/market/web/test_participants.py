"""Pages of participants: register, wishes as one chooses, who sees whom."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from market.domain import preferences
from market.extensions import db
from market.models import Participant
from tests.clients import Browser
from tests.factories import events as factory
from tests.factories import organisations

Clients = Callable[..., Browser]


@pytest.fixture
def open_wishes(app: Flask) -> Any:
    """An event with open wishes, a firm, and the ids of two banks."""
    event = factory.open_event()
    banks = factory.registered_side(event, "offers", 2)
    firm = factory.registered_side(event, "seeks", 1)[0]
    ids = [factory.participant_of(event, bank).id for bank in banks]
    return factory.moved_to(event, "preferences"), firm, ids


def test_registering_by_form_keeps_the_slots_one_is_away(client_of: Clients) -> None:
    event, firm = factory.open_event(), organisations.enterprise()
    typed = {"representatives": "2", "unavailable": ["1", "3"]}
    answer = client_of(firm).post(f"/events/{event.id}/register", data=typed)
    assert answer.status_code == 302
    made = db.session.query(Participant).one()
    assert (made.representatives, made.unavailable) == (2, [1, 3])


def test_the_form_shows_ones_registration_again(client_of: Clients) -> None:
    event, firm = factory.open_event(), organisations.enterprise()
    factory.registered(event, firm, unavailable=[2])
    text = client_of(firm).get(f"/events/{event.id}/register").text
    assert 'value="2" id="f-unavailable-3" checked' in text


def test_an_overlap_is_told_in_the_form(client_of: Clients) -> None:
    event, firm = factory.open_event(name_zh="示例甲会"), organisations.enterprise()
    other = factory.open_event(begin=event.first_slot_at)
    factory.registered(event, firm)
    answer = client_of(firm).post(f"/events/{other.id}/register", data={"representatives": "1"})
    assert answer.status_code == 409
    assert "示例甲会" in answer.text


def test_withdrawing_by_button(client_of: Clients) -> None:
    event, firm = factory.open_event(), organisations.enterprise()
    factory.registered(event, firm)
    browser = client_of(firm)
    assert browser.post(f"/events/{event.id}/withdraw").status_code == 302
    assert browser.get(f"/events/{event.id}/participants").status_code == 404


def test_who_comes_is_seen_by_participants_and_organiser_only(
    client_of: Clients, client: Browser
) -> None:
    organiser = organisations.organiser()
    event, firm = factory.open_event(organiser), organisations.enterprise(name_zh="示例甲企")
    factory.registered(event, firm)
    page = f"/events/{event.id}/participants"
    for member in (organiser, firm):
        assert "示例甲企" in client_of(member).get(page).text
    assert client_of(organisations.enterprise()).get(page).status_code == 404
    assert client.get(page).status_code == 302
    assert "示例甲企" not in client.get(f"/events/{event.id}").text


def test_one_wish_is_saved_as_it_is_chosen(client_of: Clients, open_wishes: Any) -> None:
    event, firm, (bank, _) = open_wishes
    answer = client_of(firm).post(
        f"/events/{event.id}/wishes", data={f"wish-{bank}": "must"}, headers={"HX-Request": "true"}
    )
    assert (answer.status_code, "<html" in answer.text) == (200, False)
    assert preferences.of(factory.participant_of(event, firm).id) == {bank: "must"}


def test_all_wishes_are_saved_by_the_button_and_shown_again(
    client_of: Clients, open_wishes: Any
) -> None:
    event, firm, (bank, second) = open_wishes
    browser = client_of(firm)
    typed = {f"wish-{bank}": "never", f"wish-{second}": "want"}
    assert browser.post(f"/events/{event.id}/wishes", data=typed).status_code == 302
    text = browser.get(f"/events/{event.id}/wishes").text
    assert f'id="wish-{bank}-never" checked' in text
    assert f'id="wish-{second}-want" checked' in text


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_wrong_wish_is_told_and_nothing_saved(
    client_of: Clients, open_wishes: Any, headers: dict[str, str]
) -> None:
    event, firm, (bank, _) = open_wishes
    answer = client_of(firm).post(
        f"/events/{event.id}/wishes", data={f"wish-{bank}": "love"}, headers=headers
    )
    assert answer.status_code == 422
    assert preferences.of(factory.participant_of(event, firm).id) == {}


def test_wishes_are_ones_own(client_of: Clients, open_wishes: Any) -> None:
    event, firm, (bank, _) = open_wishes
    factory.say(event, firm, **{bank: "never"})
    stranger = organisations.enterprise()
    assert client_of(stranger).get(f"/events/{event.id}/wishes").status_code == 404


def test_a_viewer_reads_wishes_and_says_none(client_of: Clients, open_wishes: Any) -> None:
    event, firm, (bank, _) = open_wishes
    viewer = client_of(organisations.colleague_of(firm, "viewer"))
    assert viewer.get(f"/events/{event.id}/wishes").status_code == 200
    answer = viewer.post(f"/events/{event.id}/wishes", data={f"wish-{bank}": "want"})
    assert answer.status_code == 403
