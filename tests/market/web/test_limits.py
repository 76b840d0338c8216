"""Costly work is asked for so often an hour and no more, whoever of the organisation asks."""

from collections.abc import Callable

import pytest
from flask import Flask

from market.extensions import limiter
from tests.clients import Browser
from tests.factories import organisations

Clients = Callable[..., Browser]


@pytest.fixture(autouse=True)
def _limited(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests run without limits."""
    monkeypatch.setattr(limiter, "enabled", True)
    limiter.reset()


def test_sixty_uploads_an_hour_are_enough_for_one_organisation(client_of: Clients) -> None:
    owner = organisations.enterprise()
    colleague = organisations.colleague_of(owner, "editor")
    browser, other = client_of(owner), client_of(colleague)
    codes = [browser.post("/filings", data={}).status_code for _ in range(60)]
    assert set(codes) == {422}
    assert other.post("/filings", data={}).status_code == 429
    assert other.get("/filings").status_code == 200
    assert client_of(organisations.enterprise()).post("/filings", data={}).status_code == 422


def test_documents_are_limited_in_the_api_too(client: Browser) -> None:
    body = {"disclosure_id": "x" * 13, "language": "zh"}
    codes = [client.post("/api/v1/reports", json=body).status_code for _ in range(31)]
    assert codes[-1] == 429
    assert 429 not in codes[:30]
