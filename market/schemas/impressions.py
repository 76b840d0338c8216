"""What a browser hands back after showing a ranked list."""

from flask_babel import lazy_gettext
from marshmallow import Schema

from market.schemas.fields import Text


class ShownSchema(Schema):
    """The signed note of a shown list."""

    note = Text(lazy_gettext("Note of the list"), most=4000, required=True)


class OpeningSchema(Schema):
    """A row opened from a shown list."""

    impression = Text(lazy_gettext("Shown list"), most=13, required=True)
    listed = Text(lazy_gettext("Opened row"), most=13, required=True)
