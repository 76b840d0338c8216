"""Disclosures in the API: the same verbs and the same schemas as the pages."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from market.domain import api_tokens
from market.models import Disclosure, Membership
from tests.factories import disclosures as made
from tests.factories import organisations, people

URL = "/api/v1/disclosures"


def token_of(member: Membership) -> dict[str, str]:
    secret = api_tokens.create("示例", by=people.acting_for(member))[1]
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def owned(client: FlaskClient) -> tuple[Disclosure, dict[str, str]]:
    """A draft and the token of its owner."""
    draft = made.filled()
    return draft, token_of(made.owner_of(draft))


def test_the_published_list_is_open_searched_and_paged(client: FlaskClient) -> None:
    wanted = made.third_party(organisations.unclaimed(name_zh="示例甲"))
    made.third_party(organisations.unclaimed(name_zh="示例乙"))
    page: Any = client.get(f"{URL}?q=示例甲").json
    assert [each["id"] for each in page["items"]] == [wanted.id]
    assert page["next"] is None


def test_a_published_version_comes_with_content_and_findings(client: FlaskClient) -> None:
    version = made.published()
    got: Any = client.get(f"{URL}/{version.id}").json
    assert got["content"] == version.content
    assert (got["scope1"], got["digest"]) == ("1530.0000", version.digest)
    assert {each["code"] for each in got["findings"]} >= {"DQ-01", "DQ-09"}


def test_a_draft_is_begun_answered_checked_and_published(client: FlaskClient) -> None:
    token = token_of(organisations.enterprise())
    begun: Any = client.post(URL, json={"year": 2025}, headers=token)
    draft = f"{URL}/drafts/{begun.json['id']}"
    body = {"answers": made.full_answers(), "edit": 0}
    answered: Any = client.patch(f"{draft}/answers", json=body, headers=token)
    assert (begun.status_code, answered.status_code, answered.json["edit"]) == (201, 200, 1)
    seen: Any = client.get(f"{draft}/review", headers=token).json
    assert (seen["grade"], seen["missing"]) == (2, ["VER-01"])
    published = client.post(f"{draft}/publish", json={"edit": 1}, headers=token)
    assert published.status_code == 200
    assert client.get(f"{URL}/{begun.json['id']}").status_code == 200


@pytest.mark.parametrize(
    "answers",
    [
        {"EMS-01": made.tonnes("-5")},
        {"EMS-01": made.tonnes("NaN")},
        {"EMS-01": made.tonnes("5", "MWh")},
        {"EMS-01": {"state": "value", "parts": {"value": 5}}},
        {"EMS-01": {"parts": {}}},
        {"EMS-99": made.tonnes("5")},
        {"EMS-01": "5"},
        {},
    ],
)
def test_a_bad_answer_is_refused_in_words(
    client: FlaskClient, owned: tuple[Disclosure, dict[str, str]], answers: dict[str, Any]
) -> None:
    draft, token = owned
    before = dict(draft.content)
    url = f"{URL}/drafts/{draft.id}/answers"
    answer = client.patch(url, json={"answers": answers}, headers=token)
    assert answer.status_code == 422
    assert draft.content == before


def test_a_conflict_is_told(client: FlaskClient) -> None:
    owner = organisations.enterprise()
    draft = made.draft(owner, EMS_01=made.tonnes("1"))
    token = token_of(organisations.colleague_of(owner))
    body = {"answers": {"EMS-01": made.tonnes("2")}, "edit": 0}
    answer = client.patch(f"{URL}/drafts/{draft.id}/answers", json=body, headers=token)
    assert answer.status_code == 409


def test_unexplained_warnings_are_named(client: FlaskClient) -> None:
    owner = organisations.enterprise()
    made.published(owner, year=2024)
    draft = made.filled(owner, year=2025)
    keys = set(made.explanations_for(draft))
    url = f"{URL}/drafts/{draft.id}/publish"
    answer = client.post(url, json={}, headers=token_of(owner))
    assert answer.status_code == 422
    assert keys
    assert all(key in answer.text for key in keys)


def test_a_foreign_draft_is_not_found(
    client: FlaskClient, owned: tuple[Disclosure, dict[str, str]]
) -> None:
    draft, _token = owned
    token = token_of(organisations.enterprise())
    for path in ("", "/review"):
        assert client.get(f"{URL}/drafts/{draft.id}{path}", headers=token).status_code == 404
    assert client.get(f"{URL}/{draft.id}", headers=token).status_code == 404


def test_drafts_ask_for_a_token(
    client: FlaskClient, owned: tuple[Disclosure, dict[str, str]]
) -> None:
    assert client.get(f"{URL}/drafts/{owned[0].id}").status_code == 401
    assert client.get(f"{URL}/mine").status_code == 401


def test_restating_and_withdrawing_need_a_reason(client: FlaskClient) -> None:
    version = made.published()
    token = token_of(made.owner_of(version))
    for verb in ("restate", "withdraw"):
        url = f"{URL}/{version.id}/{verb}"
        assert client.post(url, json={"reason": ""}, headers=token).status_code == 422
    begun: Any = client.post(
        f"{URL}/{version.id}/restate", json={"reason": "更正"}, headers=token
    ).json
    assert (begun["version"], begun["restatement_reason"]) == (2, "更正")
