"""Decisions about models and questions about rankings."""

from flask_babel import lazy_gettext
from marshmallow import Schema

from market.schemas.fields import Text


class DecisionSchema(Schema):
    """Why a model shall serve; the reason is published on the model card."""

    reason = Text(
        lazy_gettext("Reason"),
        most=400,
        rows=3,
        hint=lazy_gettext("What in the report convinced you; it is published on the model card."),
        required=True,
    )


class QuestionSchema(Schema):
    """What a person shall look at."""

    question = Text(
        lazy_gettext("What should a person look at?"),
        most=600,
        rows=3,
        hint=lazy_gettext("A person answers within 15 days; automated ranking goes on meanwhile."),
        required=True,
    )


class AnswerSchema(Schema):
    """What the person found."""

    answer = Text(lazy_gettext("Answer"), most=1000, rows=3, required=True)
