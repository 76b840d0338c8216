"""A priority rule to try out: the published weights, the effect and its bound."""

from typing import Any

from flask_babel import lazy_gettext
from marshmallow import Schema, ValidationError, validates_schema

from market.schemas.fields import Whole
from market.schemas.footprint_fields import Figure
from scoring.priority import DEFAULT_RULE

WEIGHTS = ("disclosure", "verification", "freshness", "pilot", "kpi_progress")
_POINTS = lazy_gettext("points")
_LOG_ODDS = lazy_gettext("log-odds")


class RuleSchema(Schema):
    """Weights sum to 100 points; the bound stays below what a clearly better match is ahead by."""

    disclosure = Whole(
        lazy_gettext("Level of disclosure"), least=0, most=100, unit=_POINTS, required=True
    )
    verification = Whole(
        lazy_gettext("Verification by a third party"),
        least=0, most=100, unit=_POINTS, required=True,
    )  # fmt: skip
    freshness = Whole(
        lazy_gettext("Freshness of the disclosure"),
        least=0, most=100, unit=_POINTS, required=True,
    )  # fmt: skip
    pilot = Whole(
        lazy_gettext("Pilot enterprise or district"),
        least=0, most=100, unit=_POINTS, required=True,
    )  # fmt: skip
    kpi_progress = Whole(
        lazy_gettext("Progress on agreed indicators"),
        least=0, most=100, unit=_POINTS, required=True,
    )  # fmt: skip
    beta = Figure(
        lazy_gettext("Effect of 100 points"), most=5, places=2, unit=_LOG_ODDS, required=True
    )
    cap = Figure(
        lazy_gettext("Most that priority may add"),
        most=DEFAULT_RULE.delta,
        places=2,
        unit=_LOG_ODDS,
        hint=lazy_gettext("At most 1.5: otherwise a clearly worse match would be lifted."),
        required=True,
    )

    @validates_schema
    def weights_sum_to_hundred(self, data: dict[str, Any], **_more: Any) -> None:
        """Refuse weights that do not share out 100 points."""
        total = sum(data[name] for name in WEIGHTS)
        if total != 100:
            told = lazy_gettext("The five weights sum to %(total)s points; make it 100.")
            raise ValidationError(str(told) % {"total": total}, "disclosure")
