"""What is asked of a product footprint, step by step."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext
from marshmallow import Schema, ValidationError, validates_schema

from disclosure.factors import Purpose, table
from disclosure.footprint_terms import PARTS, REGIONS, STAGE_NAMES, STANDARDS, Role
from disclosure.units import choices
from market.schemas.fields import Choice, Choices, Day, Options, Text, Yes
from market.schemas.footprint_fields import (
    BOUNDARY_NAMES,
    LARGEST,
    UNIT_NAMES,
    Figure,
    optional,
)
from market.texts import LazyString, language

_KG = "kgCO₂e"
_COUNTRY, _SUBDIVISION = re.compile(r"[A-Z]{2}"), re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
OWN = "own"
_ID_KINDS = (
    ("gtin", lazy_gettext("GTIN (bar code number)")),
    ("own", lazy_gettext("our own product number")),
    ("urn", lazy_gettext("URN")),
)
_GEOGRAPHIES = (
    ("subdivision", lazy_gettext("a province or municipality, e.g. CN-SH")),
    ("country", lazy_gettext("a country, e.g. CN")),
    ("region", lazy_gettext("a region of the world, e.g. Eastern Asia")),
)


def stages() -> Options:
    """The life-cycle stages in the reader's language."""
    return [(stage.value, getattr(name, language())) for stage, name in STAGE_NAMES.items()]


def factors() -> list[tuple[str, Any]]:
    """The footprint factors of the table, and one typed on the line."""
    known = [each for each in table().by_id.values() if each.purpose is Purpose.FOOTPRINT]
    shown = [
        (each.id, f"{getattr(each.name, language())}: {each.value.amount} {each.value.unit}")
        for each in known
    ]
    return [*shown, (OWN, lazy_gettext("our own factor, stated below"))]


class ProductSchema(Schema):
    """Step 1: what the footprint is of."""

    name_zh = Text(lazy_gettext("Name in Chinese"), required=True, most=120)
    name_en = Text(lazy_gettext("Name in English"), most=200, load_default="")
    id_kind = Choice(lazy_gettext("Product is known by"), options=_ID_KINDS, required=True)
    product_id = Text(
        lazy_gettext("Product number"),
        required=True,
        most=80,
        hint=lazy_gettext("The check digit of a GTIN is verified."),
    )
    model = Text(lazy_gettext("Model"), most=80, load_default="")
    classification = Text(
        lazy_gettext("Classification"),
        most=120,
        load_default="",
        hint=lazy_gettext("As a URN, e.g. urn:pact:productclassification:un-cpc:49129."),
    )
    description = Text(
        lazy_gettext("Description"),
        most=1000,
        rows=4,
        load_default="",
        hint=lazy_gettext("Technology, materials, packaging, dimensions."),
    )

    @validates_schema
    def _classification_is_urn(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        given = data.get("classification")
        if given and not re.fullmatch(r"urn:[a-z0-9][a-z0-9-]+:\S+", given, re.IGNORECASE):
            raise ValidationError(str(lazy_gettext("Write a URN, or leave it empty.")),
                                  "classification")  # fmt: skip


class ScopeSchema(Schema):
    """Step 2: per what, of when, where, and how far."""

    unit = Choice(lazy_gettext("Declared unit"), options=list(UNIT_NAMES.items()), required=True)
    amount = Figure(
        lazy_gettext("Amount of the declared unit"),
        least=Decimal("0.000001"),
        required=True,
        hint=lazy_gettext("Usually 1; a bottle of 12.5 litres is 12.5."),
    )
    mass = Figure(
        lazy_gettext("Product mass per declared unit"),
        unit="kg",
        required=True,
        hint=lazy_gettext("Without packaging; 0 for energy, transport and services."),
    )
    boundary = Choice(lazy_gettext("Boundary"), options=list(BOUNDARY_NAMES.items()), required=True)
    boundary_note = Text(
        lazy_gettext("Processes included"), most=1000, rows=4, load_default="",
        hint=lazy_gettext("What each stage covers; for cradle to grave also how use is assumed."),
    )  # fmt: skip
    start = Day(lazy_gettext("Data from"), required=True)
    end = Day(lazy_gettext("Data until"), required=True)
    geography_kind = Choice(
        lazy_gettext("Holds for"), options=_GEOGRAPHIES, load_default="",
        hint=lazy_gettext("One place at most; leave it open for the whole world."),
    )  # fmt: skip
    geography = Text(lazy_gettext("Code or name of the place"), most=60, load_default="")

    @validates_schema
    def _one_place(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        kind, given = data.get("geography_kind", ""), data.get("geography", "")
        right = {
            "": not given,
            "region": given in REGIONS,
            "country": bool(_COUNTRY.fullmatch(given)),
            "subdivision": bool(_SUBDIVISION.fullmatch(given)),
        }
        if not right[kind]:
            told = lazy_gettext("One place: CN-SH, or CN, or a region such as Eastern Asia.")
            raise ValidationError(str(told), "geography")

    @validates_schema
    def _days_in_order(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        start, end = data.get("start"), data.get("end")
        if start and end and end <= start:
            raise ValidationError(str(lazy_gettext("The data must end after it starts.")), "end")


class LineSchema(Schema):
    """An input per declared unit, times its factor."""

    stage = Choice(lazy_gettext("Stage"), options=stages, required=True)
    name = Text(lazy_gettext("Input or process"), required=True, most=120)
    amount = Figure(lazy_gettext("Amount per declared unit"), required=True)
    unit = Choice(
        lazy_gettext("Unit"), options=[(u, u) for u in choices("activity")], required=True
    )
    factor = Text(lazy_gettext("Footprint factor"), required=True, most=60)
    factor_value = optional(lazy_gettext("Own factor: value"))
    factor_unit = Choice(
        lazy_gettext("Own factor: unit"),
        options=[(u, u) for u in choices("factor")],
        load_default="",
    )
    factor_source = Text(lazy_gettext("Own factor: source"), most=300, load_default="")

    @validates_schema
    def _own_factor_is_whole(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        told = str(lazy_gettext("An own factor needs value, unit and source."))
        for name in ("factor_value", "factor_unit", "factor_source"):
            if data.get("factor") == OWN and data.get(name) in (None, ""):
                raise ValidationError(told, name)


def _part(name: str) -> Figure:
    part = PARTS[name]
    bounds = {"least": 0} if part.sign > 0 else {"least": -LARGEST, "most": 0}
    label = LazyString(lambda: str(getattr(part.label, language())))
    hint = lazy_gettext("Zero or negative.") if part.sign < 0 else ""
    if name == "fossil":
        hint = lazy_gettext("Left empty, it is the sum of the activity lines.")
    unit = "kgC" if part.role is Role.CONTENT else _KG
    return optional(label, unit=unit, hint=hint, **bounds)


_SHOWN = tuple(name for name in PARTS if name not in {"ccu_carbon", "land_area"})
_Parts = Schema.from_dict({name: _part(name) for name in _SHOWN}, name="FootprintParts")


class FiguresSchema(_Parts):  # type: ignore[valid-type,misc]  # marshmallow makes the class
    """Step 4: the parts of the footprint; totals are calculated when left out."""

    packaging_included = Yes(lazy_gettext("Packaging is included"))
    excluding = optional(
        lazy_gettext("Total excluding biogenic uptake"),
        least=-LARGEST,
        unit=_KG,
        hint=lazy_gettext("Left empty, it is calculated; stated, it must agree within 1 %."),
    )
    including = optional(lazy_gettext("Total including biogenic uptake"), least=-LARGEST, unit=_KG)


class MethodSchema(Schema):
    """Step 5: by which rules, with which data."""

    standards = Choices(
        lazy_gettext("Standards followed"),
        options=[(each, each) for each in STANDARDS],
        least=1,
        hint=lazy_gettext("GB/T 24067 follows ISO 14067: choose ISO14067."),
    )
    pcr = Text(
        lazy_gettext("Product category rules (PCR)"), most=200, load_default="",
        hint=lazy_gettext("Only footprints by the same rules can be compared."),
    )  # fmt: skip
    gwp = Choices(
        lazy_gettext("Warming potentials"), options=[("AR6", "AR6"), ("AR5", "AR5")], least=1
    )
    primary_share = Figure(lazy_gettext("Share of primary data"), most=100, unit="%", required=True)
    technology_rating = optional(
        lazy_gettext("Rating: technology"), least=1, most=5,
        hint=lazy_gettext("How well the data represents it: 1 best, 5 worst."),
    )  # fmt: skip
    geography_rating = optional(lazy_gettext("Rating: geography"), least=1, most=5)
    time_rating = optional(lazy_gettext("Rating: time"), least=1, most=5)
    exempted = Figure(
        lazy_gettext("Emissions left out"), most=100, unit="%", load_default=Decimal(0),
        hint=lazy_gettext("The cut-off; more than 5 % needs a reason."),
    )  # fmt: skip
    exempted_note = Text(lazy_gettext("Why they were left out"), most=1000, rows=3, load_default="")
    allocation = Text(lazy_gettext("Allocation rules"), most=1000, rows=3, load_default="")
    sources = Text(
        lazy_gettext("Databases of secondary data"), most=500, rows=3, load_default="",
        hint=lazy_gettext("One a line: name and version."),
    )  # fmt: skip
    comment = Text(lazy_gettext("Remarks"), most=1000, rows=3, load_default="")


STEPS: Mapping[str, type[Schema]] = {
    "product": ProductSchema,
    "scope": ScopeSchema,
    "lines": LineSchema,
    "figures": FiguresSchema,
    "method": MethodSchema,
}
