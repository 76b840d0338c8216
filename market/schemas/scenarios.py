"""What is asked of an application scenario."""

from flask_babel import lazy_gettext
from marshmallow import Schema, fields

from market.schemas.fields import Amount, Choice, Text, Whole
from market.schemas.technologies import processes


class ScenarioSchema(Schema):
    """Where an enterprise would apply a technology."""

    title = Text(
        lazy_gettext("Title"),
        required=True,
        most=120,
        hint=lazy_gettext("For example: waste heat of two annealing furnaces."),
    )
    process = Choice(lazy_gettext("Process"), options=processes, required=True)
    pain_point = Text(
        lazy_gettext("What is wrong today, and what limits a change"),
        required=True,
        most=2000,
        rows=4,
    )
    baseline_tco2e = Amount(
        lazy_gettext("Emissions of this process today"),
        unit=lazy_gettext("tCO₂e a year"),
        required=True,
    )
    budget = Amount(lazy_gettext("Budget for the investment"), required=True)
    payback_limit_years = Amount(
        lazy_gettext("Longest payback accepted"),
        most=50,
        unit=lazy_gettext("years"),
        load_default=None,
        allow_none=True,
    )
    trl_min = Whole(
        lazy_gettext("Least readiness (TRL)"),
        least=1,
        most=9,
        load_default=7,
        hint=lazy_gettext("7 or more for a demonstration."),
    )


class ScenarioView(ScenarioSchema):
    """A scenario as the API shows it to its own enterprise."""

    id = fields.Str()
    status = fields.Str()
    updated_at = fields.AwareDateTime(format="iso")
