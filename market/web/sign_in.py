"""Flask-Security, set up for us: argon2, confirmed mail, generic answers, our outbox, limits."""

from typing import Any

from flask import Flask, current_app, request
from flask_babel import lazy_gettext
from flask_security import MailUtil, RegisterFormV2, SQLAlchemyUserDatastore
from flask_security.signals import password_changed, password_reset, user_confirmed, user_registered
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from market.domain import audits, messages
from market.extensions import db, limiter, security
from market.models import Person, Role
from market.moments import now
from market.permissions import ANYONE, SIGNED_IN, Acting, guarded
from market.texts import language


class OutboxMailUtil(MailUtil):
    """Flask-Security's mails wait in the outbox like all others."""

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: str | tuple[str, str],
        sender: str | tuple[str, str],
        body: str | None,
        html: str | None,
        **kwargs: object,
    ) -> None:
        """Queue the rendered mail; its links lead to us, whatever host the request named."""
        address = recipient[1] if isinstance(recipient, tuple) else recipient
        home = str(current_app.config["BASE_URL"]).rstrip("/") + "/"
        text = (body or "").replace(request.host_url, home)
        messages.queue_mail(recipient=address, subject=str(subject), body=text, topic="account")


class SignUpForm(RegisterFormV2):
    """Mail address, password, and what to call the person."""

    name = StringField(
        lazy_gettext("Your name"),
        validators=[DataRequired(message=lazy_gettext("Fill this in.")), Length(max=80)],
    )

    def to_dict(self, only_user: bool) -> dict[str, Any]:
        """The columns of the new person."""
        values: dict[str, Any] = super().to_dict(only_user)
        return {**values, "name": self.name.data.strip(), "locale": language(), "created_at": now()}


CONFIG: dict[str, Any] = {
    "SECURITY_URL_PREFIX": "/account",
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_PASSWORD_LENGTH_MIN": 10,
    "SECURITY_REGISTERABLE": True,
    "SECURITY_USE_REGISTER_V2": True,
    "SECURITY_CONFIRMABLE": True,
    "SECURITY_AUTO_LOGIN_AFTER_CONFIRM": False,
    "SECURITY_POST_CONFIRM_VIEW": "/account/login",
    "SECURITY_RECOVERABLE": True,
    "SECURITY_CHANGEABLE": True,
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_SEND_REGISTER_EMAIL": True,
    "SECURITY_POST_LOGIN_VIEW": "/home",
    "SECURITY_POST_LOGOUT_VIEW": "/",
    "SECURITY_POST_CHANGE_VIEW": "/account/settings",
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    "SECURITY_DATETIME_FACTORY": now,
    "SECURITY_EMAIL_HTML": False,
    "SECURITY_EMAIL_SUBJECT_REGISTER": lazy_gettext("Confirm your Tanqiao account"),
    "SECURITY_EMAIL_SUBJECT_CONFIRM": lazy_gettext("Confirm your Tanqiao account"),
    "SECURITY_EMAIL_SUBJECT_PASSWORD_RESET": lazy_gettext("Reset your Tanqiao password"),
    "SECURITY_EMAIL_SUBJECT_PASSWORD_NOTICE": lazy_gettext("Your Tanqiao password was reset"),
    "SECURITY_EMAIL_SUBJECT_PASSWORD_CHANGE_NOTICE": lazy_gettext(
        "Your Tanqiao password was changed"
    ),
}
# What Flask-Security's own Chinese catalogue lacks.
_SAID = {
    "GENERIC_AUTHN_FAILED": (
        lazy_gettext("Mail address or password is wrong, or the address is not confirmed yet."),
        "error",
    ),
    "GENERIC_RECOVERY": (
        lazy_gettext("If we know this address, a mail with a reset link is on its way."),
        "info",
    ),
    "CONFIRM_REGISTRATION": (
        lazy_gettext("Thank you. Open the link in the mail we have just sent to %(email)s."),
        "success",
    ),
    "CONFIRMATION_EXPIRED": (
        lazy_gettext("The link was valid for %(within)s only. Ask for a new one."),
        "error",
    ),
    "PASSWORD_RESET_EXPIRED": (
        lazy_gettext("The link was valid for %(within)s only. Ask for a new one."),
        "error",
    ),
    "PASSWORD_RESET_NO_LOGIN": (
        lazy_gettext("The new password is set. Sign in with it."),
        "success",
    ),
    "UNAUTHENTICATED": (lazy_gettext("Sign in to see this page."), "error"),
    "REAUTHENTICATION_REQUIRED": (lazy_gettext("Sign in again to do this."), "error"),
}
_FOR_ONESELF = frozenset({"security.change_password", "security.verify"})
_GUESSING = "5 per 15 minutes"
_FLOODING = "30 per hour"


def init_app(app: Flask) -> None:
    """Bind Flask-Security, its limits, and the audit records its signals write."""
    app.config.update(CONFIG)
    app.config.update({f"SECURITY_MSG_{name}": told for name, told in _SAID.items()})
    app.config["SECURITY_PASSWORD_SALT"] = app.config["SETTINGS"]["PASSWORD_SALT"]
    app.config["SECURITY_EMAIL_SENDER"] = app.config["MAIL_DEFAULT_SENDER"]
    datastore = SQLAlchemyUserDatastore(db, Person, Role)
    security._mail_util_cls = OutboxMailUtil  # init_app ignores it, and the constructor ran
    security.init_app(app, datastore, register_form=SignUpForm)
    for name in ("login", "register", "forgot_password", "send_confirmation", "reset_password"):
        _limit(app, f"security.{name}")
    _declare_guards(app)
    for signal, action in (
        (user_registered, "account.registered"),
        (user_confirmed, "account.confirmed"),
        (password_reset, "account.password-reset"),
        (password_changed, "account.password-changed"),
    ):
        signal.connect(_recorder(action), app, weak=False)


def _limit(app: Flask, endpoint: str) -> None:
    """Few guesses per account and address, few posts per address."""
    view: Any = app.view_functions.get(endpoint)
    if view is None:
        return
    if endpoint == "security.login":
        view = limiter.limit(
            _GUESSING,
            key_func=_account_and_address,
            methods=["POST"],
            deduct_when=lambda response: response.status_code != 302,
        )(view)
    app.view_functions[endpoint] = limiter.limit(_FLOODING, methods=["POST"])(view)


def _account_and_address() -> str:
    return f"{request.form.get('email', '').casefold()[:255]}|{request.remote_addr}"


def _declare_guards(app: Flask) -> None:
    """Flask-Security's pages guard themselves; the registry still names every route."""
    views: dict[str, Any] = app.view_functions
    for endpoint in [name for name in views if name.startswith("security.")]:
        guard = SIGNED_IN if endpoint in _FOR_ONESELF else ANYONE
        views[endpoint] = guarded(guard)(views[endpoint])


def _recorder(action: str) -> Any:
    def write(_app: Flask, user: Person, **_more: object) -> None:
        by = Acting(person_id=user.id, name=user.name, email=user.email)
        audits.record(action, user, by=by)

    return write
