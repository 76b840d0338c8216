"""What holds for every request: no NUL reaches the database."""

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
