"""What holds for every page: who acts, CSRF, nothing typed is lost, errors in words."""

import json
from http import HTTPStatus
from typing import Any, NoReturn
from urllib.parse import urlsplit

from flask import (
    Flask,
    abort,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_security import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from market import texts
from market.domain import memberships, parked_forms
from market.errors import MarketError
from market.extensions import csrf, db
from market.logs import log, request_id
from market.permissions import acting_or_none, guard_of
from market.web import assets

_UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_DEEP = 500  # brackets from which a body is looked at before a schema reads it
_NO_PERSON = frozenset({"assets.asset", "health.alive"})


def init_app(app: Flask) -> None:
    """Hook the rules into the application."""
    app.before_request(_refuse_nul)
    app.before_request(_load_person)
    app.before_request(_protect_post)
    app.before_request(_give_back)
    app.extensions["sign_in_first"] = sign_in_first
    app.register_error_handler(MarketError, show_fact)
    app.register_error_handler(CSRFError, _stale_page)
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(Exception, show_accident)
    app.context_processor(_for_templates)
    app.jinja_env.globals["known_endpoints"] = app.view_functions
    app.jinja_env.filters.update(
        money=texts.money,
        number=texts.number,
        carbon=texts.carbon,
        day=texts.day,
        moment=texts.moment,
        local=texts.local,
    )


def is_api() -> bool:
    """Whether the request speaks JSON by token instead of pages by cookie."""
    return request.path.startswith("/api/v1/")


def _refuse_nul() -> None:
    """No text of ours holds a NUL; PostgreSQL cannot even be asked about one."""
    typed = [request.path, *request.args.keys(), *request.args.values(), *request.form.values()]
    body = request.get_data() if request.is_json else b""
    if any("\x00" in part for part in typed) or b"\\u0000" in body or b"\x00" in body:
        g.acting = None
        abort(HTTPStatus.BAD_REQUEST)
    if _is_unreadable(body):
        g.acting = None
        abort(HTTPStatus.BAD_REQUEST)


def _is_unreadable(body: bytes) -> bool:
    """Half a character (a lone surrogate) can be stored nowhere; endless nesting has no reader."""
    if b"\\ud" not in body.lower() and body.count(b"[") + body.count(b"{") < _DEEP:
        return False
    try:
        json.dumps(json.loads(body), ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError):
        return True
    except ValueError:
        return False  # no JSON: the schema's reader says so
    return False


def _load_person() -> None:
    g.acting = None
    if is_api() or request.endpoint in _NO_PERSON or not current_user.is_authenticated:
        return
    person = current_user._get_current_object()
    g.person_locale = person.locale
    g.acting = memberships.acting_for(person, wanted=session.get("membership", ""))


def _protect_post() -> None:
    """A stranger is sent to sign in before the CSRF token is looked at: both expire together."""
    if request.method not in _UNSAFE or is_api() or request.endpoint is None:
        return
    view = current_app.view_functions[request.endpoint]
    guard = guard_of(view, request.method)
    if guard is not None and guard.signed_in and acting_or_none() is None:
        sign_in_first()
    csrf.protect()


def _give_back() -> None:
    form_id = request.args.get("parked", "")
    if request.method == "GET" and form_id and form_id in session.get("parked", []):
        g.given_back = parked_forms.give_back(form_id, path=request.path)


def sign_in_first() -> NoReturn:
    """Send a stranger to the sign-in page; what they had typed is kept for afterwards."""
    if is_api():
        abort(HTTPStatus.UNAUTHORIZED)
    target = _park_and_point_back() if request.method in _UNSAFE else request.full_path.rstrip("?")
    if request.headers.get("HX-Request"):
        abort(_refuse_fragment())
    abort(redirect(url_for("security.login", next=target)))


def _refuse_fragment() -> Response:
    """A page part asked for in the background: the page itself stays as it is, with a notice."""
    page = render_template("components/signed_out.html")
    return current_app.make_response((page, HTTPStatus.UNAUTHORIZED))


def _park_and_point_back() -> str:
    """Where to go on: the form's own page with what was typed, or the page its button stood on."""
    if not _has_page():
        referrer = urlsplit(request.referrer or "")
        here = referrer.netloc == request.host
        return "/" + referrer.path.lstrip("/") if here else url_for("home.start")
    form_id = parked_forms.park(request.path, list(request.form.items(multi=True)))
    if form_id is None:
        return request.path
    db.session.commit()  # the refusal itself writes nothing else
    session["parked"] = [*session.get("parked", [])[-4:], form_id]
    return f"{request.path}?parked={form_id}"


def _has_page() -> bool:
    adapter = current_app.create_url_adapter(request)
    return adapter is not None and adapter.test(request.path, method="GET")


def _stale_page(_error: CSRFError) -> Response:
    """The page was older than the login: show it again with everything that was typed."""
    flash(texts.gettext("This page had expired. Your entries are still here: save again."), "info")
    return redirect(_park_and_point_back())


def show_fact(fact: MarketError) -> Any:
    """A refusal as a page, or as JSON for the API."""
    db.session.rollback()
    if is_api():
        message = {"code": int(fact.status), "status": fact.code, "message": str(fact)}
        return message, int(fact.status)
    return _error_page(int(fact.status), str(fact))


def show_http_error(error: HTTPException) -> Any:
    """An HTTP error as a page in the reader's language; its headers stay."""
    if error.response is not None:  # an answer somebody aborted with: it is complete
        return error.response
    code = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if is_api():
        told: dict[str, Any] = {"code": code, "status": error.name, "message": _told(code)}
        refused = getattr(error, "data", {}).get("messages")  # what the schema said, by field
        return told | ({"errors": refused} if refused else {}), code
    kept = [(k, v) for k, v in error.get_headers() if k in {"Allow", "Retry-After"}]
    answer = current_app.make_response(_error_page(code, _told(code)))
    for key, value in kept:
        answer.headers[key] = value
    return answer


def show_accident(error: Exception) -> Any:
    """Something we did not foresee: logged with its id, told without a traceback."""
    if current_app.config["TESTING"] and current_app.config.get("PROPAGATE", True):
        raise error
    db.session.rollback()
    log.error("accident", id=request_id(), path=request.path, exc_info=error)
    message = texts.gettext("Something went wrong on our side. Nothing was saved.")
    if is_api():
        return {"code": 500, "status": "Accident", "message": message}, 500
    return _error_page(HTTPStatus.INTERNAL_SERVER_ERROR, message)


def _error_page(code: int, message: str) -> tuple[str, int]:
    return render_template("errors/error.html", code=code, message=message), code


def _told(code: int) -> str:
    told = {
        400: texts.gettext("The request could not be read. Go back and try again."),
        401: texts.gettext(
            "Sign in first; the API needs a valid token in the Authorization header."
        ),
        404: texts.gettext("There is nothing here, or it is not yours to see."),
        405: texts.gettext("This address cannot be used this way."),
        413: texts.gettext("The upload is too large. Reduce the file and try again."),
        415: texts.gettext("This kind of content is not accepted here."),
        429: texts.gettext("Too many attempts. Wait a little, then try again."),
    }
    return told.get(code, texts.gettext("This did not work. Go back and try again."))


def _for_templates() -> dict[str, Any]:
    return {
        "acting": acting_or_none(),
        "lang": texts.language(),
        "asset": assets.asset_url,
        "request_id": request_id,
    }
