"""Own factors, and by what the tables of factors are searched."""

from flask_babel import lazy_gettext
from marshmallow import Schema

from disclosure.factor_data import gases, regions
from disclosure.factors import VERSIONS
from market.schemas.activity_fields import (
    Figure,
    ItemName,
    Named,
    activity_units,
    item_names,
    places,
)
from market.schemas.fields import Choice, Document, Options, Text, Whole
from market.texts import language

PURPOSES = (
    ("disclosure", lazy_gettext("disclosure")),
    ("ets", lazy_gettext("emissions trading (ETS)")),
    ("footprint", lazy_gettext("product footprints")),
)
_ALL_PURPOSES = (*PURPOSES, ("plausibility", lazy_gettext("plausibility checks only")))


def _gases() -> Options:
    return [(each, each) for each in gases()]


def all_regions() -> Options:
    """Every place factors are stated for, grids too."""
    en = language() == "en"
    return [(each.code, each.name.en if en else each.name.zh) for each in regions().values()]


class FactorChangeSchema(Schema):
    """What a new version of an own factor says anew."""

    name = Text(lazy_gettext("Name"), most=120, required=True)
    item = ItemName(
        lazy_gettext("Item"),
        most=40,
        required=True,
        hint=lazy_gettext("What it is a factor of; lines of this item can choose it."),
    )
    purpose = Choice(
        lazy_gettext("Purpose"),
        options=PURPOSES,
        required=True,
        hint=lazy_gettext("A factor is used for one purpose only."),
    )
    value = Figure(lazy_gettext("Value"), required=True)
    unit = Text(
        lazy_gettext("Unit"),
        most=24,
        required=True,
        hint=lazy_gettext("Emissions per unit used, such as tCO2e/t or kgCO2e/kWh."),
    )
    gas = Choice(
        lazy_gettext("Gas"),
        options=_gases,
        load_default="",
        hint=lazy_gettext("Only when the value is mass of one gas, such as kg/t."),
    )
    region = Named(lazy_gettext("Region"), kind="region", options=all_regions, load_default="CN")
    year = Whole(
        lazy_gettext("Year"),
        least=1990,
        most=2100,
        load_default=None,
        allow_none=True,
        hint=lazy_gettext("Empty for a default of any year."),
    )
    source = Text(
        lazy_gettext("Source"),
        most=300,
        required=True,
        hint=lazy_gettext("Who states it, and where: a supplier's letter, a test report, a norm."),
    )
    note = Text(lazy_gettext("Note"), most=400, load_default="")
    evidence_file = Document(lazy_gettext("Evidence file"), load_default=None)


class FactorSchema(FactorChangeSchema):
    """A new own factor."""

    code = Text(
        lazy_gettext("Code"),
        most=40,
        required=True,
        hint=lazy_gettext("Short and lasting, such as steel-supplier-a; versions share it."),
    )


class FactorFilter(Schema):
    """The filters of the tables."""

    q = Text(lazy_gettext("Search"), most=80, load_default="")
    purpose = Choice(lazy_gettext("Purpose"), options=_ALL_PURPOSES, load_default="")
    region = Choice(lazy_gettext("Region"), options=all_regions, load_default="")
    item = Choice(lazy_gettext("Item"), options=item_names, load_default="")
    version = Choice(
        lazy_gettext("Issue"), options=[(each, each) for each in VERSIONS], load_default=""
    )
    after = Text("", most=80, load_default="")


class CalculatorSchema(Schema):
    """An amount to be compared for each purpose."""

    item = Choice(lazy_gettext("What was used"), options=item_names, load_default="electricity")
    amount = Figure(lazy_gettext("Quantity"), load_default=None)
    unit = Choice(
        lazy_gettext("Unit"),
        options=lambda: [(each, each) for each in activity_units()],
        load_default="MWh",
    )
    region = Choice(lazy_gettext("Region"), options=places, load_default="CN-SH")
    year = Whole(lazy_gettext("Year"), least=1990, most=2100, load_default=None)
