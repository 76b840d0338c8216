from typing import Any

from flask.testing import FlaskClient

from market.domain import reports as verbs
from market.extensions import db
from tests.factories import disclosures


def test_pdf_is_asked_for_and_found_again(client: FlaskClient) -> None:
    version = disclosures.published()
    body = {"disclosure_id": version.id, "language": "en"}
    asked: Any = client.post("/api/v1/reports", json=body)
    assert asked.status_code == 202
    assert asked.json["made_at"] is None
    verbs.made(asked.json["id"], b"%PDF-1", pages=4)
    db.session.commit()
    found: Any = client.get(f"/api/v1/reports/{asked.json['id']}").json
    assert (found["pages"], found["language"], found["error"]) == (4, "en", "")
    assert found["made_at"] is not None


def test_drafts_unknown_versions_and_languages_are_refused(client: FlaskClient) -> None:
    draft = disclosures.draft()
    for body, status in (
        ({"disclosure_id": draft.id}, 404),
        ({"disclosure_id": "nothing"}, 404),
        ({"disclosure_id": draft.id, "language": "fr"}, 422),
        ({}, 422),
    ):
        assert client.post("/api/v1/reports", json=body).status_code == status
    assert client.get("/api/v1/reports/nothing").status_code == 404
