"""What is asked of a financing need, and how the API shows it."""

from flask_babel import lazy_gettext
from marshmallow import Schema, fields

from market.schemas.fields import Amount, Choice, Choices, Text, Whole, Yes
from market.schemas.words import collaterals, purposes

_LARGEST = 10_000_000_000


class NeedSchema(Schema):
    """A need as the enterprise posts it."""

    title = Text(
        lazy_gettext("Title"),
        required=True,
        most=120,
        hint=lazy_gettext("For yourself; institutions see it only after your consent."),
    )
    amount = Amount(
        lazy_gettext("Amount"),
        least=10_000,
        most=_LARGEST,
        required=True,
        hint=lazy_gettext("In 元; 500万 and 0.05亿 are understood."),
    )
    amount_confirmed = Yes(
        lazy_gettext("The amount is right"),
        hint=lazy_gettext("Only needed when it is far above your yearly revenue."),
    )
    tenor_months = Whole(
        lazy_gettext("Tenor"), least=1, most=600, unit=lazy_gettext("months"), required=True
    )
    purpose = Choice(lazy_gettext("Purpose"), options=purposes, required=True)
    collateral = Choices(
        lazy_gettext("Collateral you can offer"),
        options=collaterals,
        hint=lazy_gettext("None ticked means unsecured."),
    )
    project = Text(
        lazy_gettext("Project"),
        most=2000,
        rows=4,
        load_default="",
        hint=lazy_gettext("What is built or changed; seen only after your consent."),
    )
    project_investment = Amount(
        lazy_gettext("Investment of the project"), least=1, most=_LARGEST, load_default=None
    )
    project_reduction = Amount(
        lazy_gettext("Emissions it saves"),
        most=100_000_000,
        unit=lazy_gettext("tCO₂e a year"),
        load_default=None,
    )
    suitability = Yes(
        lazy_gettext("An institution has assessed us as fit for carbon derivatives"),
        hint=lazy_gettext("Forwards and options ask for it; Tanqiao informs and does not trade."),
    )
    left_out = Yes(
        lazy_gettext("Leave this need out of automated ranking"),
        hint=lazy_gettext("It is then listed by date, to you and to institutions."),
    )


class NeedView(NeedSchema):
    """A need as the API shows it to its enterprise."""

    class Meta:
        """What is only asked, never shown."""

        exclude = ("amount_confirmed", "left_out")

    id = fields.Str()
    enterprise_id = fields.Str()
    status = fields.Str()
    ranked = fields.Bool()
    created_at = fields.AwareDateTime(format="iso")
