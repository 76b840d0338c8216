"""Every answer carries the security headers, whatever it is; nothing changes without its token."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.architecture import contents
from tests.architecture.routes import Route, routes
from tests.clients import Browser
from tests.factories import organisations as made
from tests.factories import people

Clients = Callable[..., Browser]
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def lacking(answer: TestResponse) -> set[str]:
    """Headers the answer lacks."""
    policy = answer.headers.get("Content-Security-Policy", "")
    missing = {k for k, v in _HEADERS.items() if answer.headers.get(k) != v}
    missing |= {"X-Request-ID", "Cache-Control", "Permissions-Policy"} - set(answer.headers.keys())
    if "default-src 'self'" not in policy or "unsafe" in policy:
        missing.add("Content-Security-Policy")
    return missing


def test_every_answer_carries_the_headers(app: Flask, client: Browser) -> None:
    bare = {}
    for route in routes(app):
        answer = client.open(route.path, method=route.method)
        if lacking(answer):
            bare[f"{route.method} {route.address} {answer.status_code}"] = lacking(answer)
    assert bare == {}


def test_errors_carry_the_headers(
    app: Flask, client: Browser, client_of: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "PROPAGATE", False)
    monkeypatch.setitem(app.view_functions, "home.help_page", lambda: 1 / 0)
    answers = {
        401: client.get("/api/v1/organisations/mine"),
        403: client_of(people.person()).get("/operation"),
        404: client.get("/nothing-here"),
        405: client.delete("/help"),
        500: client.get("/help"),
    }
    assert {code: answer.status_code for code, answer in answers.items()} == {c: c for c in answers}
    assert {code: lacking(answer) for code, answer in answers.items() if lacking(answer)} == {}


def test_upload_over_the_limit_is_refused_in_words(
    app: Flask, client_of: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 1000)
    evidence = (BytesIO(b"%PDF-" + b"x" * 2000), "licence.pdf")
    answer = client_of(people.person()).post("/organisations/new", data={"evidence": evidence})
    assert (answer.status_code, lacking(answer)) == (413, set())
    assert "上传内容过大" in answer.text


def test_request_id_of_the_proxy_is_kept_and_a_strange_one_is_not(client: Browser) -> None:
    kept = client.get("/healthz", headers={"X-Request-ID": "abc-123"})
    strange = client.get("/healthz", headers={"X-Request-ID": "<b>" + "x" * 99})
    assert kept.headers["X-Request-ID"] == "abc-123"
    assert "<" not in strange.headers["X-Request-ID"]


def test_accident_is_told_without_a_traceback(
    app: Flask, client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "PROPAGATE", False)
    monkeypatch.setitem(app.view_functions, "home.help_page", lambda: 1 / 0)
    answer = client.get("/help")
    assert (answer.status_code, "ZeroDivision" in answer.text) == (500, False)
    assert answer.headers["X-Request-ID"] in answer.text


def page_changes(app: Flask) -> list[Route]:
    return [route for route in routes(app) if route.changes and not route.is_api]


@pytest.mark.parametrize("who", ["owner", "operator"])
def test_no_page_changes_anything_without_its_token(
    app: Flask, client_of: Clients, who: str
) -> None:
    kinds = ("enterprise", "institution", "provider", "organiser")
    browser = client_of(made.owner_of(*kinds) if who == "owner" else people.operator())
    browser.with_csrf = False
    before, open_doors = contents.digest(except_for={"parked_form"}), []
    for route in page_changes(app):
        answer = browser.open(route.path, method=route.method, data={"sure": "true"})
        if answer.status_code != 302:
            open_doors.append(f"{route.method} {route.address}: {answer.status_code}")
    assert open_doors == []
    assert contents.digest(except_for={"parked_form"}) == before


def test_form_posted_without_its_token_comes_back_filled(client_of: Clients) -> None:
    browser = client_of(people.person())
    browser.with_csrf = False
    answer = browser.post("/organisations/new", data={"name_zh": "示例半填"})
    assert answer.location.startswith("/organisations/new?parked=")
    assert "示例半填" in browser.get(answer.location).text


def test_button_pressed_too_late_leads_back_to_its_page(client_of: Clients) -> None:
    browser = client_of(people.person())
    browser.with_csrf = False
    here = {"Referer": "http://localhost/inbox"}
    assert browser.post("/inbox/read", headers=here).location == "/inbox"
    away = {"Referer": "http://evil.example/x"}
    assert browser.post("/inbox/read", headers=away).location == "/home"
