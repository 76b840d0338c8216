"""What is asked of an event: its dates, its frame, what it is searched by."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask_babel import lazy_gettext
from marshmallow import Schema, ValidationError, validates_schema

from market.enums import EventKind
from market.schemas.fields import Choice, Moment, Text, Whole

KINDS = [
    (EventKind.FINANCING, lazy_gettext("Financing: institutions and enterprises")),
    (EventKind.TECHNOLOGY, lazy_gettext("Technology: providers and enterprises")),
    (EventKind.MIXED, lazy_gettext("Financing and technology together")),
]
WHEN = [("next", lazy_gettext("Coming")), ("over", lazy_gettext("Over"))]
_MINUTES = lazy_gettext("minutes")
_IN_ORDER = (
    (
        "registration_closes_at",
        "registration_opens_at",
        lazy_gettext("Registration must close after it opens."),
    ),
    (
        "preferences_close_at",
        "registration_closes_at",
        lazy_gettext("Wishes open when registration closes, and must close after that."),
    ),
    (
        "first_slot_at",
        "preferences_close_at",
        lazy_gettext("The event must begin after wishes close."),
    ),
)

_FIRST, _LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def _within_reach(value: datetime) -> None:
    if not _FIRST <= value.replace(tzinfo=UTC) < _LAST:
        raise ValidationError(str(lazy_gettext("Write a time between the years 2000 and 2100.")))


def _is_web_address(value: str) -> None:
    if value and not value.startswith(("https://", "http://")):
        told = lazy_gettext("Write an address that begins with https://.")
        raise ValidationError(str(told))


class DatesSchema(Schema):
    """The four dates of an event, in order."""

    registration_opens_at = Moment(
        lazy_gettext("Registration opens"), required=True, validate=_within_reach
    )
    registration_closes_at = Moment(
        lazy_gettext("Registration closes, wishes open"), required=True, validate=_within_reach
    )
    preferences_close_at = Moment(
        lazy_gettext("Wishes close, the timetable is made"), required=True, validate=_within_reach
    )
    first_slot_at = Moment(
        lazy_gettext("The first slot begins"), required=True, validate=_within_reach
    )

    @validates_schema
    def _dates_in_order(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        for later, earlier, told in _IN_ORDER:
            if earlier in data and later in data and data[later] <= data[earlier]:
                raise ValidationError(str(told), later)


class EventSchema(DatesSchema):
    """An event as its organiser describes it."""

    kind = Choice(lazy_gettext("Kind"), options=KINDS, required=True)
    name_zh = Text(lazy_gettext("Name in Chinese"), required=True, most=120)
    name_en = Text(lazy_gettext("Name in English"), required=True, most=200)
    about_zh = Text(lazy_gettext("About, in Chinese"), most=4000, rows=4, load_default="")
    about_en = Text(lazy_gettext("About, in English"), most=4000, rows=4, load_default="")
    venue = Text(lazy_gettext("Venue"), most=200, load_default="")
    online_link = Text(
        lazy_gettext("Link for online meetings"),
        most=300,
        load_default="",
        checks=[_is_web_address],
        hint=lazy_gettext("Shown to participants only, with their timetable."),
    )
    slots = Whole(lazy_gettext("Number of slots"), least=1, most=64, required=True)
    slot_minutes = Whole(
        lazy_gettext("Length of a slot"), least=5, most=120, unit=_MINUTES, load_default=20
    )
    pause_minutes = Whole(
        lazy_gettext("Pause between slots"), least=0, most=120, unit=_MINUTES, load_default=5
    )
    tables = Whole(
        lazy_gettext("Tables"),
        least=1,
        most=1000,
        required=True,
        hint=lazy_gettext("Meetings at the same time, at most."),
    )
    meetings_at_most = Whole(
        lazy_gettext("Meetings per participant, at most"), least=1, most=64, load_default=8
    )
    meetings_at_least = Whole(
        lazy_gettext("Meetings per participant, at least"),
        least=0,
        most=64,
        load_default=1,
        hint=lazy_gettext("Kept wherever possible; the report names who stays below, and why."),
    )

    @validates_schema
    def _floor_below_cap(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        floor, cap = data.get("meetings_at_least"), data.get("meetings_at_most")
        if floor is not None and cap is not None and floor > cap:
            told = lazy_gettext("This is more than “at most”: lower one or raise the other.")
            raise ValidationError(str(told), "meetings_at_least")


class EventChange(EventSchema):
    """A change in the API: the version that was read guards against overwriting others."""

    version = Whole(lazy_gettext("Version"), least=1, most=2_000_000_000, load_default=None)


class EventFilter(Schema):
    """What the list of events can be searched by; everything is optional."""

    when = Choice(lazy_gettext("When"), options=WHEN, load_default="next")
    kind = Choice(lazy_gettext("Kind"), options=KINDS, load_default="")
    after = Text(lazy_gettext("Continue after"), most=13, load_default="")


class NoteSchema(Schema):
    """A word to the participants."""

    note = Text(lazy_gettext("Reason, told to the participants"), most=300, load_default="")
