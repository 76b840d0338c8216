"""Pages that take last year's answers over, mark them, and have them confirmed."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from market.domain import disclosures as verbs
from market.extensions import db
from market.models import Disclosure, Membership
from tests.factories import disclosures as made
from tests.factories import organisations, people

Clients = Callable[..., FlaskClient]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def member(app: Flask) -> Membership:
    owner = organisations.enterprise()
    made.published(owner, year=2024)
    return owner


def whole_copy(member: Membership) -> Disclosure:
    """A draft whose governance is copied, and the rest answered for this year."""
    draft, by = made.filled(member), people.acting_for(member)
    missing = {key: None for key in draft.content["answers"] if key.startswith("GOV")}
    verbs.answer(draft, missing, by=by)
    verbs.copy_forward(draft, ["governance"], by=by)
    return draft


def test_the_page_offers_the_sections_of_the_year_before(
    client_of: Clients, member: Membership
) -> None:
    draft = made.draft(member)
    page = client_of(member).get(f"/disclosures/drafts/{draft.id}/copy").text
    assert 'value="governance" id="s-governance" checked' in page
    assert 'value="emissions" id="s-emissions">' in page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_copied_answers_are_marked_in_the_form(
    client_of: Clients, member: Membership, lang: str
) -> None:
    draft, browser = made.draft(member), client_of(member)
    browser.set_cookie("lang", lang)
    url = f"/disclosures/drafts/{draft.id}"
    answer = browser.post(f"{url}/copy", data={"sections": ["governance"]})
    assert answer.location == f"{url}/short-route"
    page = browser.get(f"{url}/governance").text
    assert page.count("由2024年度复制" if lang == "zh" else "copied from 2024") == 5


def test_choosing_nothing_says_what_to_do(client_of: Clients, member: Membership) -> None:
    draft = made.draft(member)
    answer = client_of(member).post(f"/disclosures/drafts/{draft.id}/copy", data={})
    assert (answer.status_code, 'role="alert"' in answer.text) == (422, True)


def test_one_answer_is_confirmed_beside_its_question(
    client_of: Clients, member: Membership
) -> None:
    draft = whole_copy(member)
    url = f"/disclosures/drafts/{draft.id}/confirm/GOV-01"
    page = client_of(member).post(url, headers=HTMX).text
    db.session.expire_all()
    assert "GOV-01" not in db.session.get_one(Disclosure, draft.id).copied
    assert 'id="copied-GOV-01"' in page


def test_an_edit_takes_the_mark_away_in_the_page(client_of: Clients, member: Membership) -> None:
    draft = whole_copy(member)
    data = {
        "GOV-02.state": "value",
        "GOV-02.p.value": "chief_financial",
        "GOV-02.edit": str(draft.edit),
    }
    url = f"/disclosures/drafts/{draft.id}/governance/GOV-02"
    page = client_of(member).post(url, data=data, headers=HTMX).text
    assert '<span id="copied-GOV-02" class="copied" hx-swap-oob="true"></span>' in page


def test_publishing_lists_what_is_unconfirmed_and_waits(
    client_of: Clients, member: Membership
) -> None:
    draft, browser = whole_copy(member), client_of(member)
    url = f"/disclosures/drafts/{draft.id}/publish"
    assert 'name="datapoints" value="GOV-01"' in browser.get(url).text
    typed = {f"explain.{key}": why for key, why in made.explanations_for(draft).items()}
    refused = browser.post(url, data={"edit": draft.edit, **typed})
    assert (refused.status_code, "GOV-01" in refused.text) == (422, True)
    done = browser.post(url, data={"edit": draft.edit, "confirm_copied": "true", **typed})
    assert done.location == f"/disclosures/{draft.id}"


def test_ticked_ones_are_confirmed_and_the_others_wait(
    client_of: Clients, member: Membership
) -> None:
    draft = whole_copy(member)
    waiting = set(draft.copied)
    url = f"/disclosures/drafts/{draft.id}/confirm"
    client_of(member).post(url, data={"datapoints": ["GOV-01", "GOV-02"]})
    db.session.expire_all()
    left = set(db.session.get_one(Disclosure, draft.id).copied)
    assert left == waiting - {"GOV-01", "GOV-02"}


def test_a_foreign_draft_is_neither_copied_into_nor_confirmed(
    client_of: Clients, member: Membership
) -> None:
    draft, stranger = whole_copy(member), client_of(organisations.enterprise())
    for path in ("copy", "confirm", "confirm/GOV-01"):
        assert stranger.post(f"/disclosures/drafts/{draft.id}/{path}").status_code == 404
