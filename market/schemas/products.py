"""What is asked of a product listing, and by what the catalogue is filtered."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from flask_babel import lazy_gettext
from marshmallow import Schema, ValidationError, fields, post_load, validates_schema

from market.schemas.fields import Amount, Choice, Choices, Day, Text, Whole, listed
from market.schemas.organisations import SIZES
from market.schemas.sectors import SECTORS
from market.schemas.terms import Figure, terms_schema
from market.schemas.words import (
    ASSURANCES,
    DISTRICTS,
    GRADES,
    classes,
    collaterals,
    kinds,
    purposes,
)

_EMPTY = lazy_gettext("None ticked means no limit.")
_MONTHS = lazy_gettext("months")
_LARGEST_DEAL = 10_000_000_000
_LARGEST_QUOTA = 100_000_000_000


class CriteriaSchema(Schema):
    """Who may apply, as data; what is left empty does not limit."""

    purposes = Choices(lazy_gettext("Purposes"), options=purposes, hint=_EMPTY)
    collateral = Choices(lazy_gettext("Collateral accepted"), options=collaterals, hint=_EMPTY)
    sectors_include = Choices(lazy_gettext("Sectors served"), options=SECTORS, hint=_EMPTY)
    sectors_exclude = Choices(lazy_gettext("Sectors excluded"), options=SECTORS)
    size_classes = Choices(lazy_gettext("Size classes"), options=SIZES, hint=_EMPTY)
    districts = Choices(lazy_gettext("Districts"), options=DISTRICTS, hint=_EMPTY)
    grade_required = Choice(
        lazy_gettext("Disclosure grade required"), options=GRADES, load_default="0"
    )
    assurance_required = Choice(
        lazy_gettext("Assurance of emissions required"), options=ASSURANCES, load_default="0"
    )
    max_age_months = Whole(
        lazy_gettext("Disclosure not older than"),
        least=6,
        most=60,
        unit=_MONTHS,
        load_default=None,
        hint=lazy_gettext("Counted from the end of the reporting year; leave empty for any age."),
    )
    operating_years_min = Whole(
        lazy_gettext("Years in operation at least"), least=0, most=50, load_default=None
    )
    intensity_percentile_max = Whole(
        lazy_gettext("Carbon intensity within the best"),
        least=1,
        most=100,
        unit=lazy_gettext("% of the sector"),
        load_default=None,
    )


def shown_criteria(criteria: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and value of each criterion that limits, for people."""
    shown = []
    for name, field in CriteriaSchema().load_fields.items():
        value, about = criteria.get(name), field.metadata
        names = dict(listed(about.get("options", ())))
        if isinstance(value, list):
            text = " · ".join(str(names.get(each, each)) for each in value)
        elif names:
            text = "" if value == "0" else str(names.get(str(value), ""))
        else:
            text = "" if value is None else f"{value} {about.get('unit', '')}".strip()
        if text:
            shown.append((str(about["label"]), text))
    return shown


class ProductDetails(Schema):
    """What every listing states, whatever its kind."""

    name_zh = Text(lazy_gettext("Name in Chinese"), required=True, most=120)
    name_en = Text(lazy_gettext("Name in English"), required=True, most=200)
    summary_zh = Text(lazy_gettext("Description in Chinese"), required=True, most=2000, rows=4)
    summary_en = Text(lazy_gettext("Description in English"), most=2000, rows=4, load_default="")
    amount_min = Amount(lazy_gettext("Amount from"), least=1, most=_LARGEST_DEAL, required=True)
    amount_max = Amount(lazy_gettext("Amount up to"), least=1, most=_LARGEST_DEAL, required=True)
    tenor_min = Whole(lazy_gettext("Tenor from"), least=1, most=600, unit=_MONTHS, required=True)
    tenor_max = Whole(lazy_gettext("Tenor up to"), least=1, most=600, unit=_MONTHS, required=True)
    rate = Figure(
        lazy_gettext("All-in annual cost"),
        most=36,
        unit=lazy_gettext("% a year"),
        places=4,
        load_default=None,
        hint=lazy_gettext("Interest and all fees; products are compared by it."),
    )
    quota_total = Amount(
        lazy_gettext("Quota"),
        least=1,
        most=_LARGEST_QUOTA,
        required=True,
        hint=lazy_gettext("What the institution sets aside for this product in all."),
    )
    response_hours = Whole(
        lazy_gettext("First answer within"),
        least=1,
        most=720,
        unit=lazy_gettext("hours"),
        load_default=72,
    )
    valid_from = Day(lazy_gettext("Valid from"), required=True)
    valid_to = Day(lazy_gettext("Valid to"), required=True)

    @validates_schema
    def _in_order(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        wrong = {
            high: [str(lazy_gettext("This is below “%(other)s”: exchange the two."))
                   % {"other": self.fields[low].metadata["label"]}]
            for low, high in (
                ("amount_min", "amount_max"), ("tenor_min", "tenor_max"),
                ("valid_from", "valid_to"), ("amount_min", "quota_total"),
            )
            if low in data and high in data and data[low] > data[high]
        }  # fmt: skip
        if wrong:
            raise ValidationError(wrong)


@cache
def product_schema(kind: str) -> type[Schema]:
    """The whole form of one kind: common statements, its typed terms, who may apply."""
    members = {
        "terms": fields.Nested(terms_schema(kind), required=True),
        "criteria": fields.Nested(CriteriaSchema, required=True),
    }
    return type(f"Product{terms_schema(kind).__name__}", (ProductDetails,), members)


class ProductBody(ProductDetails):
    """A listing as JSON: its kind says which terms it has."""

    kind = Choice(lazy_gettext("Kind"), options=kinds, required=True)
    terms = fields.Dict(
        keys=fields.Str(),
        required=True,
        metadata={"description": "typed terms of the kind; GET /products/kinds lists them"},
    )
    criteria = fields.Nested(CriteriaSchema, load_default=dict)

    @post_load
    def _typed(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        try:
            data["terms"] = terms_schema(data["kind"])().load(data["terms"])
        except ValidationError as error:
            raise ValidationError({"terms": error.messages}) from error
        data["criteria"] = data["criteria"] or CriteriaSchema().load({})
        return data


class InstitutionView(Schema):
    """Who lists."""

    id = fields.Str()
    name_zh = fields.Str()
    name_en = fields.Str()


class ProductView(ProductBody):
    """A listing as the API shows it."""

    id = fields.Str()
    status = fields.Str()
    version = fields.Int()
    currency = fields.Str()
    institution = fields.Nested(InstitutionView)
    quota_left = fields.Function(
        lambda product: f"{product.quota_total - product.quota_used - product.quota_reserved:f}"
    )
    listed_at = fields.AwareDateTime(format="iso")


class ProductFilter(Schema):
    """What the catalogue can be searched by; everything is optional."""

    q = Text(lazy_gettext("Search"), most=80, load_default="")
    kind = Choice(lazy_gettext("Kind"), options=kinds, load_default="")
    product_class = Choice(lazy_gettext("Class"), options=classes, load_default="")
    amount = Amount(lazy_gettext("Amount"), least=1, most=_LARGEST_DEAL, load_default=None)
    tenor = Whole(lazy_gettext("Tenor"), least=1, most=600, unit=_MONTHS, load_default=None)
    after = Text(lazy_gettext("Continue after"), most=13, load_default="")


class InvitationSchema(Schema):
    """What an institution writes to the enterprise behind a need."""

    message = Text(lazy_gettext("Message"), most=1000, rows=4, load_default="")
