"""The pages of the log: open to everyone, honest about what is pending."""

from collections.abc import Callable

import pytest
from flask import Flask

from disclosure.ledger.bundle import verify_bundle
from disclosure.ledger.note import Signer
from market.domain import log, log_keys
from tests.clients import Browser
from tests.factories import disclosures as made
from tests.factories import log as factory
from tests.factories import organisations
from tests.statements import counted_statements

Clients = Callable[..., Browser]


def test_empty_log_says_how_it_begins(client: Browser) -> None:
    client.set_cookie("lang", "en")
    page = client.get("/log").text
    assert "It begins when the first disclosure is published" in page
    assert log_keys.signer().verifier.text in page


def test_version_is_pending_then_an_entry(client: Browser) -> None:
    client.set_cookie("lang", "en")
    version = made.published()
    assert "pending, it enters the log" in client.get(f"/disclosures/{version.id}").text
    refused = client.get(f"/disclosures/{version.id}/bundle.json")
    assert (refused.status_code, refused.headers["Retry-After"]) == (409, "5")
    log.append_all()
    assert "entry #0" in client.get(f"/disclosures/{version.id}").text
    assert "#0" in client.get("/log").text


def test_downloaded_bundle_is_proven(client: Browser) -> None:
    version = factory.logged()
    answer = client.get(f"/disclosures/{version.id}/bundle.json")
    told = verify_bundle(answer.data, [log_keys.signer().verifier])
    assert told.entry["disclosure"]["organisation"]["id"] == version.organisation_id
    assert "attachment" in answer.headers["Content-Disposition"]
    assert client.get("/log/entries/0/bundle.json").data == answer.data


@pytest.mark.parametrize("path", ["/disclosures/nobody/bundle.json", "/log/entries/7"])
def test_what_is_not_in_the_log_is_not_found(client: Browser, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_entry_shows_its_proof(client: Browser, lang: str) -> None:
    client.set_cookie("lang", lang)
    version = factory.logged()
    page = client.get("/log/entries/0").text
    assert f"/disclosures/{version.id}" in page
    assert "python -m disclosure verify" in page


def test_key_and_checkpoint_are_plain_text(client: Browser) -> None:
    factory.logged()
    assert client.get("/log/key").text == log_keys.signer().verifier.text + "\n"
    assert client.get("/log/checkpoint").text == factory.checkpoint().note


def test_pages_stay_within_eight_statements(client: Browser) -> None:
    for _ in range(2):
        factory.imported()
    for path in ("/log", "/log/entries/1", "/log/witnesses"):
        client.get(path)
        with counted_statements() as asked:
            assert client.get(path).status_code == 200
        assert asked.number <= 8, asked.texts


def test_institution_registers_and_retires_a_key(client_of: Clients) -> None:
    bank = client_of(organisations.institution())
    key = factory.WITNESS.verifier.text
    assert bank.post("/log/witnesses/new", data={"key": key}).status_code == 302
    page = bank.get("/log/witnesses").text
    assert key.split("+")[1] in page
    retire = page.split('action="/log/witnesses/')[1].split('"')[0]
    assert bank.post(f"/log/witnesses/{retire}").status_code == 302
    assert key.split("+")[1] not in bank.get("/log/witnesses").text


def test_only_the_owner_retires_a_key(client_of: Clients) -> None:
    bank = client_of(organisations.institution())
    bank.post("/log/witnesses/new", data={"key": factory.WITNESS.verifier.text})
    page = bank.get("/log/witnesses").text
    retire = page.split('action="/log/witnesses/')[1].split('"')[0]
    other = client_of(organisations.institution())
    assert other.post(f"/log/witnesses/{retire}").status_code == 404


@pytest.mark.parametrize(
    "key",
    [
        "nonsense",
        factory.WITNESS.text,
        Signer.from_seed("bank.example/w2", bytes(32)).verifier.text,
    ],
)
def test_wrong_key_is_refused_and_kept_in_the_form(
    app: Flask, client_of: Clients, key: str
) -> None:
    bank = client_of(organisations.institution())
    bank.set_cookie("lang", "en")
    answer = bank.post("/log/witnesses/new", data={"key": key})
    assert answer.status_code == 422
    assert "Not a witness key" in answer.text
