"""Sending in an inline XBRL report."""

import io
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from market.extensions import db
from market.models import Filing, Membership
from market.work import filings as work
from tests.disclosure.exchange.test_ixbrl import page
from tests.disclosure.samples import sample
from tests.factories import organisations

Clients = Callable[..., FlaskClient]


@pytest.fixture
def browser(app: Flask, client_of: Clients, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setitem(app.config["SETTINGS"], "REAL_DATA", "/nowhere")
    made = client_of(organisations.enterprise(id_value=sample().organisation.number))
    made.set_cookie("lang", "en")
    return made


def sent(browser: FlaskClient, data: bytes, name: str = "report.xhtml") -> str:
    answer = browser.post("/filings", data={"file": (io.BytesIO(data), name)})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def check(address: str) -> None:
    work.check(address.rpartition("/")[2])
    db.session.commit()


def test_report_is_sent_in_checked_and_taken_over(browser: FlaskClient) -> None:
    assert "No filing yet" in browser.get("/filings").text
    address = sent(browser, page())
    assert "being checked" in browser.get(address).text
    check(address)
    found = browser.get(f"{address}/progress").text
    assert "Scope 1 emissions" in found
    assert "865,000,000" in found
    assert "At the end of the period" in found
    assert "taxonomy package is missing" in found
    filled = browser.post(f"{address}/fill")
    assert "/short-route" in filled.headers["Location"]
    assert "taken over" in browser.get("/filings").text


def test_planted_errors_are_shown_and_nothing_can_be_filled(browser: FlaskClient) -> None:
    address = sent(browser, page(("vsme:RenewableEnergyMember", "vsme:TargetYearMember")))
    check(address)
    shown = browser.get(address).text
    assert "is no member of" in shown
    assert "Fill the draft" not in shown
    assert browser.post(f"{address}/fill").status_code == 409


def test_text_that_looks_like_many_members_is_shown_at_once(browser: FlaskClient) -> None:
    hostile = "vsme:a" * 40 + "  !"
    address = sent(browser, page(("示例路100号", hostile)))
    check(address)
    assert hostile in browser.get(address).text


@pytest.mark.parametrize("data", [b"%PDF-1.7", b""])
def test_refused_file_is_told_at_the_form(browser: FlaskClient, data: bytes) -> None:
    answer = browser.post("/filings", data={"file": (io.BytesIO(data), "x.xhtml")})
    assert answer.status_code == 415
    assert "neither an XHTML page nor a zip" in answer.text


def test_no_file_at_all_is_told(browser: FlaskClient) -> None:
    answer = browser.post("/filings", data={})
    assert answer.status_code == 422
    assert "Choose a file" in answer.text


def test_filing_of_another_enterprise_does_not_exist(
    browser: FlaskClient, client_of: Clients
) -> None:
    address = sent(browser, page())
    stranger: Membership = organisations.enterprise()
    other = client_of(stranger)
    for path in (address, f"{address}/progress"):
        assert other.get(path).status_code == 404
    assert other.post(f"{address}/fill").status_code == 404
    assert db.session.query(Filing).count() == 1
