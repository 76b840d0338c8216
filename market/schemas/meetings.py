"""What is asked of a meeting: its place in the timetable, and a rating afterwards."""

from flask_babel import lazy_gettext
from marshmallow import Schema

from market.enums import Outcome
from market.schemas.fields import Choice, Text, Whole

OUTCOMES = [
    (Outcome.NONE, lazy_gettext("Nothing further")),
    (Outcome.FOLLOW_UP, lazy_gettext("We will talk again")),
    (Outcome.INQUIRY, lazy_gettext("A concrete inquiry follows")),
]
STARS = [
    ("5", lazy_gettext("5 · excellent")),
    ("4", lazy_gettext("4 · good")),
    ("3", lazy_gettext("3 · fair")),
    ("2", lazy_gettext("2 · weak")),
    ("1", lazy_gettext("1 · of no use")),
]


class PlaceSchema(Schema):
    """A slot and a table, counted from 0."""

    slot = Whole(lazy_gettext("Slot"), least=0, most=63, required=True)
    table = Whole(lazy_gettext("Table"), least=0, most=999, required=True)


class RatingSchema(Schema):
    """One side's word on a meeting."""

    stars = Whole(lazy_gettext("Stars"), least=1, most=5, required=True)
    outcome = Choice(lazy_gettext("What follows"), options=OUTCOMES, required=True)
    comment = Text(
        lazy_gettext("Comment"),
        most=1000,
        rows=3,
        load_default="",
        hint=lazy_gettext("Read by the organiser only."),
    )
