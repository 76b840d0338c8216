"""A browser without a screen: signs in directly and carries the CSRF token like our pages do."""

import secrets
import time
from typing import Any

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from market.database import set_may_write
from market.extensions import db
from market.models import Person

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Browser(FlaskClient):
    """Each request has its own application context; what the test wrote before is committed."""

    with_csrf = True

    def sign_in(self, person: Person) -> "Browser":
        """Carry this person's login, without the cost of hashing a password."""
        db.session.commit()
        with self.session_transaction() as session:
            session.clear()
            session["_user_id"], session["_fresh"] = person.fs_uniquifier, True
            session["fs_cc"], session["fs_paa"] = "set", time.time()
        return self

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request; tests and requests do not share a transaction."""
        method = str(kwargs.get("method", "GET"))
        kwargs.setdefault("buffered", True)  # read to the end and close, as a server does
        db.session.commit()
        if self.with_csrf and method not in _SAFE:
            headers = dict(kwargs.pop("headers", None) or {})
            kwargs["headers"] = {"X-CSRFToken": self.csrf_token(), **headers}
        try:
            with self.application.app_context():
                return super().open(*args, **kwargs)
        finally:
            set_may_write(True)

    def csrf_token(self) -> str:
        """The signed token of this browser's session."""
        with self.session_transaction() as session:
            raw = session.setdefault("csrf_token", secrets.token_hex(20))
        secret = self.application.secret_key
        token = URLSafeTimedSerializer(str(secret), salt="wtf-csrf-token").dumps(raw)
        return token if isinstance(token, str) else token.decode()
