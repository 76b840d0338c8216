"""One transaction a request: it begins read-only unless the method may write, and commits once."""

from flask import Flask, Response, current_app, request
from sqlalchemy.exc import IntegrityError

from market.database import may_write, set_may_write
from market.errors import MarketError, fact_behind
from market.extensions import db

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# The account pages of Flask-Security confirm an address by a link in a mail: a GET that writes.
WRITING_GETS = frozenset({"security.confirm_email"})


def init_transactions(app: Flask) -> None:
    """Hook the rule into every request."""
    app.before_request(_begin)
    app.after_request(_end)
    app.register_error_handler(IntegrityError, _translate)


def _begin() -> None:
    set_may_write(request.method not in _SAFE or request.endpoint in WRITING_GETS)


def _end(response: Response) -> Response:
    """Commit after the response is known to be a success; everything else leaves no trace."""
    if may_write() and response.status_code < 400:
        db.session.commit()
    else:
        db.session.rollback()
    return response


def _translate(error: IntegrityError) -> Response:
    """A constraint that refused is a business fact; hand it to that fact's handler."""
    db.session.rollback()
    fact: MarketError = fact_behind(error, db.metadata)
    answer: Response = current_app.make_response(current_app.handle_user_exception(fact))
    return answer
