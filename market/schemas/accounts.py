"""One's own settings, the inbox's topics, an API token."""

from flask_babel import lazy_gettext
from marshmallow import Schema, ValidationError

from market.schemas.fields import Choice, Text, Yes

LOCALES = [("zh", "中文"), ("en", "English")]


class SettingsSchema(Schema):
    """Name and language."""

    name = Text(lazy_gettext("Your name"), required=True, most=80)
    locale = Choice(lazy_gettext("Language of your mails"), options=LOCALES, required=True)


class ApiTokenSchema(Schema):
    """What the token is for."""

    name = Text(
        lazy_gettext("What is it for?"),
        required=True,
        most=60,
        hint=lazy_gettext("For example: loan system, nightly."),
    )


_TICK = lazy_gettext("Tick the box to confirm.")


def _agreed(value: bool) -> None:
    if not value:
        raise ValidationError(str(_TICK))


class LeavingSchema(Schema):
    """Deleting one's account needs a tick, not just a click."""

    sure = Yes(
        lazy_gettext("Yes, delete my account for good"),
        required=True,
        validate=_agreed,
        error_messages={"required": _TICK},
    )
