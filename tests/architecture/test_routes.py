"""Every route is listed, guarded, and refuses everyone it should."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from market.database import may_write, read_only, set_may_write
from market.extensions import db
from market.models import Person
from market.permissions import GUARDS
from tests.architecture import contents
from tests.architecture.personas import ADMITTED, PERSONAS, Visitor, bearer
from tests.architecture.routes import TABLE, Route, routes, table
from tests.clients import Browser

Clients = Callable[..., Browser]
_FIRST = {"stranger", "person", "enterprise viewer", "pending owner", "operator"}
_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ENDINGS = re.compile(r"\.(json|ics|csv|xlsx|txt)$")


@pytest.fixture(autouse=True)
def told_accidents(migrated_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """An accident is an answer of 500 here, so that one run names every broken route."""
    monkeypatch.setitem(migrated_app.config, "PROPAGATE", False)


def browser_for(visitor: Visitor, client: Browser, client_of: Clients) -> Browser:
    return client if visitor is None else client_of(visitor)


def test_route_table_is_the_one_under_version_control(app: Flask) -> None:
    assert table(app) == TABLE.read_text(), "run: python -m tests.architecture.routes"


def test_every_route_declares_a_known_guard(app: Flask) -> None:
    assert {r.endpoint for r in routes(app) if r.guard not in GUARDS} == set()
    assert set(ADMITTED) == set(GUARDS)


def test_addresses_are_kebab_case(app: Flask) -> None:
    parts = {
        part
        for rule in app.url_map.iter_rules()
        for part in re.sub(r"<[^>]*>", "x", rule.rule).split("/")
        if part
    }
    assert {part for part in parts if not _KEBAB.fullmatch(_ENDINGS.sub("", part))} == set()


def refused(answer: TestResponse, route: Route) -> str:
    """How the door was closed: "" when it was open."""
    if answer.status_code in {401, 403}:
        return str(answer.status_code)
    login = (answer.location or "").startswith("/account/login?next=")
    return "login" if answer.status_code == 302 and login and not route.is_api else ""


def expected(route: Route, persona: str) -> str:
    """How the door should be closed for this persona."""
    by_token = route.is_api and persona in {"person", "operator"}
    if persona in ADMITTED[route.guard] and not (by_token and route.guard != "anyone"):
        return ""
    if persona == "stranger" or by_token:
        return "401" if route.is_api else "login"
    return "403"


@pytest.mark.parametrize(
    "persona",
    [name if name in _FIRST else pytest.param(name, marks=pytest.mark.slow) for name in PERSONAS],
)
def test_every_route_refuses_whom_it_should(
    app: Flask, client: Browser, client_of: Clients, persona: str
) -> None:
    visitor = PERSONAS[persona]()
    token, browser = bearer(visitor), browser_for(visitor, client, client_of)
    wrong = []
    for route in routes(app):
        headers = token if route.is_api else {}
        answer = browser.open(route.path, method=route.method, headers=headers)
        closed = refused(answer, route)
        if closed != expected(route, persona) or answer.status_code >= 500:
            wrong.append(f"{route.method} {route.address}: {answer.status} {answer.location}")
        if route.endpoint.startswith("security."):  # some account pages sign out
            browser = browser_for(visitor, client, client_of)
    assert "\n".join(wrong) == ""


@pytest.mark.parametrize("persona", ["stranger", "enterprise owner", "operator"])
def test_reading_writes_nothing(
    app: Flask, client: Browser, client_of: Clients, persona: str
) -> None:
    visitor = PERSONAS[persona]()
    token, browser = bearer(visitor), browser_for(visitor, client, client_of)
    before = contents.digest()
    for route in routes(app):
        if not route.changes:
            browser.get(route.path, headers=token if route.is_api else {})
            assert contents.digest() == before, route.address


def test_writing_in_a_read_only_transaction_fails(app: Flask) -> None:
    person = PERSONAS["person"]()
    assert isinstance(person, Person)
    db.session.commit()
    with read_only():
        person.name = "示例改名"
        with pytest.raises(Exception, match=r"read-?only"):
            db.session.flush()
        db.session.rollback()
    assert person.name != "示例改名"


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_request_begins_read_only(app: Flask, method: str) -> None:
    with app.test_request_context("/help", method=method):
        app.preprocess_request()
        assert not may_write()
    set_may_write(True)
