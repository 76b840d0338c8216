"""Attestations in the API: asked for, signed with a file, read by everyone, revoked."""

import hashlib
import io
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from market.extensions import db
from market.models import Attestation
from tests.architecture.personas import bearer
from tests.factories import attestations as made
from tests.factories import disclosures as published
from tests.factories import organisations

URL = "/api/v1/attestations"


def token_of(organisation_id: str) -> dict[str, str]:
    return bearer(organisations.first_of(organisation_id))


def answered(response: TestResponse) -> Any:
    return response.json


def form(**given: Any) -> dict[str, Any]:
    return {
        "scopes": ["scope_1", "scope_2_location"],
        "coverage": "100",
        "standard": "iso_14064_3",
        "level": "reasonable",
        "statement_date": "2026-03-15",
        "statement": (io.BytesIO(made.PDF), "statement.pdf"),
        **given,
    }


def test_asked_accepted_signed_read_and_revoked(client: FlaskClient) -> None:
    version, verifier = published.published(), made.verifier()
    enterprise, token = token_of(version.organisation_id), token_of(verifier.organisation_id)
    body = {"disclosure_id": version.id, "verifier_id": verifier.organisation_id}
    asked: Any = client.post(URL, json={**body, "scopes": ["scope_1"]}, headers=enterprise)
    one = f"{URL}/{asked.json['id']}"
    assert client.get(one).status_code == 404
    assert answered(client.post(f"{one}/accept", headers=token))["status"] == "accepted"
    signed: Any = client.post(f"{one}/sign", data=form(), headers=token)
    assert (signed.status_code, signed.json["counts"]) == (200, True)
    assert signed.json["statement_sha256"] == hashlib.sha256(made.PDF).hexdigest()
    assert answered(client.get(f"/api/v1/disclosures/{version.id}"))["grade"] == 4
    client.post(f"{one}/revoke", json={"reason": "示例差错"}, headers=token)
    (listed,) = answered(client.get(f"{URL}/disclosures/{version.id}"))
    assert (listed["counts"], listed["revocation_reason"]) == (False, "示例差错")
    assert answered(client.get(f"/api/v1/disclosures/{version.id}"))["grade"] == 2


def test_a_wrong_file_names_its_field(client: FlaskClient) -> None:
    request = made.asked()
    token = token_of(request.verifier_id)
    data = form(statement=(io.BytesIO(b"MZ"), "statement.pdf"))
    answer: Any = client.post(f"{URL}/{request.id}/sign", data=data, headers=token)
    assert answer.status_code == 422
    assert "statement" in str(answer.json["errors"])


def test_declining_and_taking_back(client: FlaskClient) -> None:
    first, second = made.asked(), made.asked()
    token = token_of(first.verifier_id)
    declined: Any = client.post(f"{URL}/{first.id}/decline", json={"reason": "示例"}, headers=token)
    assert declined.json["status"] == "declined"
    token = token_of(second.enterprise_id)
    assert (
        answered(client.post(f"{URL}/{second.id}/cancel", headers=token))["status"] == "cancelled"
    )


def test_foreign_ones_are_not_there(client: FlaskClient) -> None:
    request = made.asked()
    other = token_of(organisations.owner_of("verifier", "enterprise").organisation_id)
    for verb in ("accept", "cancel"):
        assert client.post(f"{URL}/{request.id}/{verb}", headers=other).status_code == 404
    body = {"disclosure_id": request.disclosure_id, "verifier_id": request.verifier_id}
    answer = client.post(URL, json={**body, "scopes": ["scope_1"]}, headers=other)
    assert answer.status_code == 404
    assert answered(client.get(URL, headers=other))["items"] == []
    assert client.get(f"{URL}/disclosures/zzzzzzzzzzzzz").status_code == 404
    assert db.session.get_one(Attestation, request.id).status == "requested"
