"""Pages and API of visibility: choosing, asking, granting, reading, the opened bundle."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from disclosure.ledger.bundle import verify_bundle
from market.domain import log, log_keys
from market.domain.queries import disclosure_consents as consent_queries
from market.extensions import db
from market.models import Disclosure, DisclosureAsk, DisclosureConsent
from market.moments import now
from tests.architecture.personas import bearer
from tests.clients import Browser
from tests.factories import disclosures as made
from tests.factories import organisations
from tests.market.domain.test_visibilities import published

Clients = Callable[..., Browser]
HERE = "/disclosure-consents"


def form(**given: object) -> dict[str, object]:
    day = (now() + timedelta(days=30)).date().isoformat()
    return {"sections": ["energy"], "expires_on": day, "purpose": "示例用途", **given}


def said(answer: TestResponse) -> dict[str, Any]:
    """The JSON object of an answer."""
    found: dict[str, Any] = json.loads(answer.data)
    return found


def test_choosing_is_saved_and_a_wrong_level_is_told(app: Flask, client_of: Clients) -> None:
    draft = made.filled()
    browser = client_of(made.owner_of(draft))
    path = f"{HERE}/drafts/{draft.id}"
    assert browser.post(path, data={"see.energy": "private"}).status_code == 302
    assert browser.post(path, data={"see.energy": "nobody"}).status_code == 422
    assert db.session.get_one(Disclosure, draft.id).visibility == {"energy": "private"}
    page = browser.get(path).text
    assert '<option value="private" selected>' in page
    assert client_of(organisations.enterprise()).get(path).status_code == 404


def test_an_institution_asks_is_granted_and_reads(app: Flask, client_of: Clients) -> None:
    bank, version = organisations.institution(), published({"energy": "consent"})
    asking, owner = client_of(bank), client_of(made.owner_of(version))
    assert f"{HERE}/ask/{version.id}" in asking.get(f"/disclosures/{version.id}").text
    assert asking.post(f"{HERE}/ask/{version.id}", data=form(sections=[])).status_code == 422
    assert asking.post(f"{HERE}/ask/{version.id}", data=form()).status_code == 302
    asked = db.session.query(DisclosureAsk).one()
    assert asking.post(f"{HERE}/read/{version.id}").status_code == 403
    assert owner.post(f"{HERE}/requests/{asked.id}/grant").status_code == 302
    page = asking.post(f"{HERE}/read/{version.id}").text
    assert "19,620 MWh" in page
    assert "依授权可见" in page
    assert "19,620" not in asking.get(f"/disclosures/{version.id}").text


def test_a_refused_request_comes_back_with_what_was_typed(app: Flask, client_of: Clients) -> None:
    version = published({"energy": "consent"}).id
    browser = client_of(organisations.institution())
    refused = browser.post(f"{HERE}/ask/{version}", data=form(expires_on="2020-01-01"))
    assert refused.status_code == 422
    assert "示例用途" in refused.text
    assert browser.post(f"{HERE}/ask/{version}", data=form()).status_code == 302
    assert browser.post(f"{HERE}/ask/{version}", data=form()).status_code == 409


def test_giving_and_taking_back_by_form(app: Flask, client_of: Clients) -> None:
    bank, version = organisations.institution(), published({"energy": "consent"})
    owner, reading = client_of(made.owner_of(version)), client_of(bank)
    data = form(institution_id=bank.organisation_id, disclosure_id=version.id)
    assert owner.post(f"{HERE}/give", data=data).status_code == 302
    assert reading.post(f"{HERE}/read/{version.id}").status_code == 200
    consent = db.session.query(DisclosureConsent).one()
    assert owner.post(f"{HERE}/{consent.id}/revoke").status_code == 302
    assert reading.post(f"{HERE}/read/{version.id}").status_code == 403


def test_the_bundle_proves_what_was_opened(app: Flask, client_of: Clients) -> None:
    bank, version = organisations.institution(), published({"energy": "consent"})
    data = form(institution_id=bank.organisation_id, disclosure_id=version.id)
    client_of(made.owner_of(version)).post(f"{HERE}/give", data=data)
    log.append_all()
    answer = client_of(bank).post(f"{HERE}/bundle/{version.id}")
    proven = verify_bundle(answer.data, [log_keys.signer().verifier])
    assert {"ENE-01", "ENE-02"} <= set(proven.opened)
    assert [each.how for each in consent_queries.readings_of(version.organisation_id)] == ["bundle"]


def test_the_api_gives_reads_and_revokes(app: Flask, client: Browser) -> None:
    bank, version = organisations.institution(), published({"energy": "consent"})
    token, owner = bearer(bank), bearer(made.owner_of(version))
    here = f"/api/v1{HERE}"
    data = form(institution_id=bank.organisation_id, disclosure_id=version.id)
    given = client.post(here, json=data, headers=owner)
    assert given.status_code == 201
    consent = said(given)
    read = said(client.post(f"{here}/read/{version.id}", headers=token))
    assert read["content"]["answers"]["ENE-01"]["parts"]["value"]["amount"] == "19620"
    assert set(read["openings"]["ENE-01"]) == {"answer", "salt"}
    told = said(client.get(f"{here}/readings", headers=owner))["items"]
    assert [each["how"] for each in told] == ["api"]
    client.post(f"{here}/{consent['id']}/revoke", headers=owner)
    assert client.post(f"{here}/read/{version.id}", headers=token).status_code == 403
    wrong = client.post(here, json={**data, "purpose": ""}, headers=owner)
    assert (wrong.status_code, "purpose" in str(said(wrong)["errors"])) == (422, True)
