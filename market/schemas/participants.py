"""What is asked of a registration for an event, and of wishes about the others."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext
from marshmallow import Schema, ValidationError, fields, validate

from market.enums import Side, Wish
from market.schemas.fields import Choice, Choices, Options, Told, Whole

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
_ID = validate.Regexp(r"[0-9a-z]{1,13}\Z", error=lazy_gettext("This is not an id of ours."))


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
