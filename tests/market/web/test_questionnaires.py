"""Which questionnaire a draft shows, and that a shared answer is given once."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from disclosure.datapoints import climate, current
from market.domain import disclosures as verbs
from market.domain import questionnaires as asking
from market.extensions import db
from market.models import Disclosure
from tests.factories import disclosures as made
from tests.factories import people
from tests.statements import counted_statements

Clients = Callable[..., FlaskClient]
NEW = [each.id for each in current().sections if each not in climate().sections]
WATER = {"state": "value", "parts": {"total": {"amount": "1200", "unit": "m3"}}}


def opened(client_of: Clients, **answers: Any) -> tuple[FlaskClient, Disclosure]:
    draft = made.draft(**answers)
    return client_of(made.owner_of(draft)), draft


def stored(draft: Disclosure) -> dict[str, Any]:
    db.session.expire_all()
    content: dict[str, Any] = db.session.get_one(Disclosure, draft.id).content
    return content


def older(draft: Disclosure) -> Disclosure:
    """The draft as it was begun before the ESG questionnaire."""
    draft.content = {**draft.content, "catalogue": climate().version}
    db.session.flush()
    return draft


def test_a_new_draft_shows_the_climate_questionnaire(client_of: Clients) -> None:
    browser, draft = opened(client_of)
    page = browser.get(f"/disclosures/drafts/{draft.id}/short-route").text
    assert f"/disclosures/drafts/{draft.id}/shanghai" in page
    assert f"/disclosures/drafts/{draft.id}/workforce" not in page


def test_the_choice_is_remembered_and_nonsense_ignored(client_of: Clients) -> None:
    browser, draft = opened(client_of)
    base = f"/disclosures/drafts/{draft.id}"
    assert "/workforce" in browser.get(f"{base}/basis?ask=esg").text
    page = browser.get(f"{base}/energy?ask=tcfd").text
    assert f"{base}/workforce" in page
    assert f"{base}/products" not in page
    assert f"{base}/products" in browser.get(f"{base}/energy?ask=both").text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_esg_section_opens_in_both_languages(client_of: Clients, language: str) -> None:
    browser, draft = opened(client_of)
    browser.get(f"/language/{language}")
    for part in NEW:
        with counted_statements() as counted:
            page = browser.get(f"/disclosures/drafts/{draft.id}/{part}?ask=esg")
        assert (page.status_code, counted.number <= 8) == (200, True)
        for point in current().of_section(part):
            assert f'id="dp-{point.id}"' in page.text
            assert (point.question.en if language == "en" else point.question.zh) in page.text


def test_an_answer_given_once_serves_both(client_of: Clients) -> None:
    browser, draft = opened(client_of, EMS_01=made.tonnes("12.5"))
    page = browser.get(f"/disclosures/drafts/{draft.id}/emissions?ask=esg").text
    assert 'value="12.5"' in page
    review = verbs.review_of(draft)
    with_it = {each.part: each.answered for each in asking.whole(review.facts)}
    without = {
        each.part: each.answered for each in asking.whole(verbs.review_of(made.draft()).facts)
    }
    assert {key: count - without[key] for key, count in with_it.items()} == {
        "climate": 1, "esg": 1,
    }  # fmt: skip


def test_an_esg_answer_is_saved_as_it_is_left(client_of: Clients) -> None:
    browser, draft = opened(client_of)
    url = f"/disclosures/drafts/{draft.id}/nature/WAT-01"
    sent = {"WAT-01.state": "value", "WAT-01.p.total": "1200", "WAT-01.p.total.unit": "m3"}
    answer = browser.post(url, data={**sent, "WAT-01.edit": "0"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert stored(draft)["answers"]["WAT-01"] == WATER


def test_what_the_grade_needs_stays_in_reach(client_of: Clients) -> None:
    browser, draft = opened(client_of)
    page = browser.get(f"/disclosures/drafts/{draft.id}/targets?ask=esg").text
    assert 'id="dp-TGT-03"' in page
    assert 'id="dp-TGT-06"' not in page


def test_what_was_answered_is_shown_whatever_is_asked(client_of: Clients) -> None:
    price = {"state": "not_applicable", "reason": "未使用"}
    browser, draft = opened(client_of, STR_03=price)
    page = browser.get(f"/disclosures/drafts/{draft.id}/strategy?ask=esg").text
    assert 'id="dp-STR-03"' in page


def test_save_and_continue_follows_the_questionnaire(client_of: Clients) -> None:
    browser, draft = opened(client_of)
    base = f"/disclosures/drafts/{draft.id}"
    browser.get(f"{base}/energy?ask=esg")
    last = browser.post(f"{base}/{NEW[-1]}", data={"next": "1"})
    assert last.location == f"{base}/short-route"
    assert browser.post(f"{base}/shanghai", data={"next": "1"}).location == f"{base}/{NEW[0]}"


def test_an_older_draft_takes_esg_answers_and_keeps_its_own(app: Flask) -> None:
    draft = older(made.draft(EMS_01=made.tonnes("12.5")))
    by = people.acting_for(made.owner_of(draft))
    assert verbs.review_of(draft).facts.catalogue_version == current().version
    verbs.answer(draft, {"WAT-01": WATER}, by=by)
    content = stored(draft)
    assert content["catalogue"] == current().version
    assert content["answers"]["EMS-01"] == made.tonnes("12.5")
    assert content["answers"]["WAT-01"] == WATER


def test_a_restatement_of_an_older_version_is_of_the_newest(app: Flask) -> None:
    owner = made.owner_of(draft := older(made.filled()))
    by = people.acting_for(owner)
    version = verbs.publish(draft, by=by, explanations=made.explanations_for(draft))
    again = verbs.restate(version, "更正", by=by)
    assert again.content["catalogue"] == current().version
    typed = {key for key, each in made.full_answers().items() if each}
    assert typed <= set(again.content["answers"])


@pytest.mark.parametrize("chosen", asking.choices())
def test_progress_of_the_sections_adds_up_to_the_questionnaire(app: Flask, chosen: str) -> None:
    facts = verbs.review_of(made.draft(WAT_01=WATER)).facts
    parts = asking.by_section(facts, chosen)
    if chosen != asking.BOTH:
        (whole,) = (each for each in asking.whole(facts) if each.part == chosen)
        assert sum(each.asked for each in parts) == whole.asked
        assert sum(each.answered for each in parts) == whole.answered
    assert all(each.asked for each in parts)
