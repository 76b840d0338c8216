"""What is asked of an event, a registration, wishes, a place in the timetable, a rating."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from flask_babel import lazy_gettext
from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from market.enums import EventKind, Outcome, Side, Wish
from market.schemas.fields import Choice, Choices, Moment, Options, Text, Told, Whole

KINDS = [
    (EventKind.FINANCING, lazy_gettext("Financing: institutions and enterprises")),
    (EventKind.TECHNOLOGY, lazy_gettext("Technology: providers and enterprises")),
    (EventKind.MIXED, lazy_gettext("Financing and technology together")),
]
SIDES = [
    (Side.OFFERS, lazy_gettext("We offer (products, technologies)")),
    (Side.SEEKS, lazy_gettext("We seek (finance, technology)")),
]
WISHES = [
    (Wish.MUST, lazy_gettext("must")),
    (Wish.WANT, lazy_gettext("want")),
    (Wish.OK, lazy_gettext("ok")),
    (Wish.NEVER, lazy_gettext("never")),
]
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


_ID = validate.Regexp(r"[0-9a-z]{1,13}\Z", error=lazy_gettext("This is not an id of ours."))
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


class Slots(Choices):
    """Slots counted from 0; check boxes in the form, numbers in JSON."""

    def __init__(self, label: Told, **kw: Any) -> None:
        super().__init__(label, options=[], **kw)
        inner: Any = fields.Integer(validate=validate.Range(0, 63))
        self.inner = inner

    def _any_of(self, values: list[Any]) -> None:
        """Which slots the event has is checked by the verb."""
        if len(set(values)) != len(values):
            raise ValidationError(str(lazy_gettext("Choose from the list.")))

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return [str(slot) for slot in value or []]


class Brought(fields.String):
    """The id of what is brought; a list of one's own in the form, checked by the verb."""

    def __init__(self, label: Told) -> None:
        super().__init__(
            load_default=None,
            allow_none=True,
            validate=_ID,
            metadata={"label": label, "widget": "choice", "options": []},
        )


class RegistrationSchema(Schema):
    """A registration; `for_form` shows only what concerns this event and organisation."""

    side = Choice(lazy_gettext("Your side"), options=SIDES, load_default="")
    product_id = Brought(lazy_gettext("Product you bring"))
    technology_id = Brought(lazy_gettext("Technology you bring"))
    need_id = Brought(lazy_gettext("Financing need you bring"))
    scenario_id = Brought(lazy_gettext("Scenario you bring"))
    representatives = Whole(
        lazy_gettext("Representatives"),
        least=1,
        most=20,
        load_default=1,
        hint=lazy_gettext("So many meetings you can hold at the same time."),
    )
    unavailable: fields.Field[Any] = Slots(
        lazy_gettext("Slots in which you are away"), load_default=list
    )

    @classmethod
    def for_form(
        cls,
        *,
        both_sides: bool,
        brings: Mapping[str, Options],
        slots: Iterable[tuple[str, str]],
    ) -> "RegistrationSchema":
        """The same schema with the options of one event and one organisation."""
        shown = {"representatives", "unavailable", *brings, *(("side",) if both_sides else ())}
        schema = cls(only=[name for name in cls._declared_fields if name in shown])
        for name, options in {**brings, "unavailable": list(slots)}.items():
            described = schema.load_fields[name]
            described.metadata = {**described.metadata, "options": options}
        return schema


class RegistrationBody(RegistrationSchema):
    """The same in JSON: the slots are plain numbers, not check boxes."""

    unavailable = fields.List(
        fields.Integer(validate=validate.Range(0, 63)),
        load_default=list,
        validate=validate.Length(max=64),
    )


class WishesSchema(Schema):
    """Wishes about others: participant id -> must, want, ok or never."""

    wishes = fields.Dict(
        keys=fields.String(validate=_ID),
        values=fields.String(validate=validate.OneOf([key.value for key, _ in WISHES])),
        required=True,
        validate=validate.Length(max=2000),
    )


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


class NoteSchema(Schema):
    """A word to the participants."""

    note = Text(lazy_gettext("Reason, told to the participants"), most=300, load_default="")
