"""Filings by API: the twin of the page."""

import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from market.extensions import db
from market.work import filings as work
from tests.architecture.personas import bearer
from tests.disclosure.exchange.test_ixbrl import page
from tests.disclosure.samples import sample
from tests.factories import organisations

URL = "/api/v1/filings"


@pytest.fixture
def mine(app: Flask, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setitem(app.config["SETTINGS"], "REAL_DATA", "/nowhere")
    return bearer(organisations.enterprise(id_value=sample().organisation.number))


def sent(client: FlaskClient, headers: dict[str, str], data: bytes) -> Any:
    file = {"file": (io.BytesIO(data), "report.xhtml")}
    return client.post(URL, data=file, headers=headers)


def test_a_report_is_sent_in_checked_and_taken_over(
    client: FlaskClient, mine: dict[str, str]
) -> None:
    answer = sent(client, mine, page())
    assert (answer.status_code, answer.json["checked_at"]) == (202, None)
    address = f"{URL}/{answer.json['id']}"
    assert client.post(f"{address}/fill", headers=mine).status_code == 409
    work.check(answer.json["id"])
    db.session.commit()
    found: Any = client.get(address, headers=mine).json
    assert found["checked_at"] is not None
    assert found["result"]["facts"]
    filled: Any = client.post(f"{address}/fill", headers=mine)
    assert filled.json["year"] == found["result"]["year"]
    rows: Any = client.get(URL, headers=mine).json
    [row] = rows
    assert row["filled_at"] is not None
    assert "result" not in row


def test_what_is_no_filing_is_refused(client: FlaskClient, mine: dict[str, str]) -> None:
    other = sent(client, mine, b"%PDF-1.7")
    assert (other.status_code, "report.xhtml" in other.json["message"]) == (415, True)
    nothing: Any = client.post(URL, headers=mine)
    assert (nothing.status_code, list(nothing.json["errors"]["files"])) == (422, ["file"])


def test_a_stranger_finds_nothing(client: FlaskClient, mine: dict[str, str]) -> None:
    made = sent(client, mine, page()).json["id"]
    stranger = bearer(organisations.enterprise())
    assert client.get(f"{URL}/{made}", headers=stranger).status_code == 404
    assert client.post(f"{URL}/{made}/fill", headers=stranger).status_code == 404
    assert client.get(URL, headers=stranger).json == []
