"""What holds for every request: no NUL, no half character, no endless nesting gets in."""

import pytest

from tests.clients import Browser


@pytest.mark.parametrize(
    "address", ["/products?q=%00", "/disclosures/%00", "/api/v1/needs?after=%00"]
)
def test_nul_in_an_address_is_refused_in_words(client: Browser, address: str) -> None:
    assert client.get(address).status_code == 400


def test_nul_in_a_body_is_refused_before_it_is_read(client: Browser) -> None:
    assert client.post("/api/v1/needs", json={"title": "a\x00b"}).status_code == 400
    assert client.post("/account/login", data={"email": "a\x00b"}).status_code == 400


@pytest.mark.parametrize(
    "body", [r'{"note": "\ud800"}', '{"note": ' + "[" * 9000 + "]" * 9000 + "}"]
)
def test_body_that_cannot_be_stored_or_read_is_refused(client: Browser, body: str) -> None:
    for path in ("/api/v1/reports", "/api/v1/log/cosignatures"):
        answer = client.post(path, data=body, content_type="application/json")
        assert answer.status_code == 400


def test_whole_characters_written_as_two_halves_are_welcome(client: Browser) -> None:
    body = r'{"disclosure_id": "\ud83c\udf33"}'
    answer = client.post("/api/v1/reports", data=body, content_type="application/json")
    assert answer.status_code == 404
