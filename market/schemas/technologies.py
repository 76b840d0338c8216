"""What is asked of a low-carbon technology, and by what a catalogue of them is filtered."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from marshmallow import Schema, ValidationError, fields, validates_schema

from market.schemas.fields import Amount, Choice, Choices, Options, Text, Whole
from market.schemas.sectors import SECTORS
from market.texts import language
from scoring.facts import Process
from scoring.names import name_of

_YEARS = lazy_gettext("years")
_TRL_HINT = lazy_gettext("1 an idea, 7 shown in operation, 9 proven in everyday use.")


def processes() -> Options:
    """The processes a technology can work on, in the reader's language."""
    return [(process.value, getattr(name_of(process), language())) for process in Process]


class TechnologySchema(Schema):
    """A technology as its provider lists it."""

    name_zh = Text(lazy_gettext("Name in Chinese"), required=True, most=120)
    name_en = Text(lazy_gettext("Name in English"), most=200, load_default="")
    summary_zh = Text(lazy_gettext("Description in Chinese"), required=True, most=2000, rows=4)
    summary_en = Text(lazy_gettext("Description in English"), most=2000, rows=4, load_default="")
    processes = Choices(lazy_gettext("Processes it works on"), options=processes, least=1)
    sectors = Choices(
        lazy_gettext("Industries it is made for"),
        options=SECTORS,
        hint=lazy_gettext("None means any industry."),
    )
    trl = Whole(lazy_gettext("Readiness (TRL)"), least=1, most=9, required=True, hint=_TRL_HINT)
    reduction_percent = Amount(
        lazy_gettext("Reduction of the process's emissions"), most=100, unit="%", required=True
    )
    payback_years = Amount(lazy_gettext("Simple payback"), most=50, unit=_YEARS, required=True)
    capex_min = Amount(lazy_gettext("Investment from"), required=True)
    capex_max = Amount(lazy_gettext("Investment up to"), required=True)
    references = Whole(
        lazy_gettext("Reference installations"),
        least=0,
        most=100_000,
        load_default=0,
        hint=lazy_gettext("In use for a year or more."),
    )
    delivery_months = Whole(
        lazy_gettext("Delivery time"),
        least=1,
        most=120,
        unit=lazy_gettext("months"),
        load_default=None,
        allow_none=True,
        hint=lazy_gettext("From order to operation."),
    )

    @validates_schema
    def _capex_in_order(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        low, high = data.get("capex_min"), data.get("capex_max")
        if low is not None and high is not None and low > high:
            told = lazy_gettext("This is below “investment from”: exchange the two amounts.")
            raise ValidationError(str(told), "capex_max")


class TechnologyView(TechnologySchema):
    """A technology as the API shows it."""

    id = fields.Str()
    provider_id = fields.Str()
    status = fields.Str()
    updated_at = fields.AwareDateTime(format="iso")


class TechnologyFilter(Schema):
    """What the catalogue can be searched by; everything is optional."""

    q = Text(lazy_gettext("Search"), most=80, load_default="")
    process = Choice(lazy_gettext("Process"), options=processes, load_default="")
    sector = Choice(lazy_gettext("Industry"), options=SECTORS, load_default="")
    trl_min = Whole(lazy_gettext("Readiness (TRL) at least"), least=1, most=9, load_default=1)
    after = Text(lazy_gettext("Continue after"), most=13, load_default="")
