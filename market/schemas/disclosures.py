"""Disclosures: what forms and JSON bodies give, and what the API shows."""

from flask_babel import lazy_gettext
from marshmallow import RAISE, Schema, ValidationError, fields, validate

from disclosure.datapoints import current
from market.schemas.fields import Choice, Text, Whole
from market.schemas.organisations import SECTORS

STATES = ("value", "zero", "not_applicable", "not_available", "confidential")
GRADES = (
    ("1", lazy_gettext("Grade 1 · disclosed")),
    ("2", lazy_gettext("Grade 2 · explained")),
    ("3", lazy_gettext("Grade 3 · assured")),
    ("4", lazy_gettext("Grade 4 · leading")),
)
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_LONGEST_KEY = 2000  # a finding is named by its code and every datapoint it is about


class StartSchema(Schema):
    """Beginning a year."""

    year = Whole(
        lazy_gettext("Reporting year"),
        least=_FIRST_YEAR,
        most=_LAST_YEAR,
        required=True,
        hint=lazy_gettext("The year in which the middle of the reporting period lies."),
    )


class RestateSchema(Schema):
    """Why a published year is corrected."""

    reason = Text(
        lazy_gettext("What is corrected, and why"),
        required=True,
        most=400,
        rows=4,
        hint=lazy_gettext("Public: it is shown with the new version."),
    )


class WithdrawSchema(Schema):
    """Why a published year is taken back."""

    reason = Text(
        lazy_gettext("Why it is withdrawn"),
        required=True,
        most=400,
        rows=4,
        hint=lazy_gettext("Public: the version stays readable, marked as withdrawn."),
    )


class AnswerSchema(Schema):
    """One answer, in the form of the data dictionary; what it may hold depends on the question."""

    class Meta:
        """A misspelt key is told, not dropped."""

        unknown = RAISE

    state = fields.String(required=True, validate=validate.OneOf(STATES))
    parts = fields.Dict(keys=fields.String(), values=fields.Raw(allow_none=False))
    rows = fields.List(fields.Dict(keys=fields.String(), values=fields.Raw(allow_none=False)))
    reason = fields.String(validate=validate.Length(0, 1000))
    note = fields.String(validate=validate.Length(0, 5000))
    evidence = fields.List(fields.Dict(keys=fields.String(), values=fields.String()))


def _known(key: str) -> None:
    if key not in current().datapoints:
        told = lazy_gettext("The questionnaire has no datapoint of this name.")
        raise ValidationError(str(told))


class AnswersSchema(Schema):
    """Answers to merge into a draft: datapoint -> answer; null takes an answer away."""

    answers = fields.Dict(
        required=True,
        keys=fields.String(validate=_known),
        values=fields.Nested(AnswerSchema, allow_none=True),
        validate=validate.Length(1, len(current().datapoints)),
    )
    edit = fields.Integer(
        load_default=None,
        allow_none=True,
        strict=True,
        validate=validate.Range(0, 2**31 - 1),
        metadata={"description": "the draft's edit count when you read it, to notice conflicts"},
    )


class PublishSchema(Schema):
    """Publishing: an explanation for each warning, under its key or its code."""

    explanations = fields.Dict(
        load_default=dict,
        keys=fields.String(validate=validate.Length(1, _LONGEST_KEY)),
        values=fields.String(validate=validate.Length(0, 1000)),
    )
    edit = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(0, 2**31 - 1)
    )
    confirm_copied = fields.Boolean(
        load_default=False,
        metadata={"description": "the answers copied from an earlier year hold for this one too"},
    )


class SearchSchema(Schema):
    """The filters of the public list; what cannot be read is left out by the page."""

    q = Text(lazy_gettext("Name or id"), most=80, load_default="")
    sector = Choice(lazy_gettext("Sector"), options=SECTORS, load_default="")
    year = Whole(lazy_gettext("Year"), least=_FIRST_YEAR, most=_LAST_YEAR, load_default=None)
    grade = Whole(lazy_gettext("Grade"), least=0, most=4, load_default=None)
    after = Text("", most=64, load_default="")


class DisclosureOut(Schema):
    """A published version: who, which year, which grade, the figures (tCO2e, MWh, 万元)."""

    id = fields.String()
    organisation_id = fields.String()
    year = fields.Integer()
    version = fields.Integer()
    status = fields.String()
    grade = fields.Integer()
    points = fields.Integer()
    method = fields.String()
    digest = fields.String()
    third_party_source = fields.String()
    restatement_reason = fields.String()
    scope1 = fields.Decimal(as_string=True, allow_none=True)
    scope2_location = fields.Decimal(as_string=True, allow_none=True)
    scope2_market = fields.Decimal(as_string=True, allow_none=True)
    scope3 = fields.Decimal(as_string=True, allow_none=True)
    energy_mwh = fields.Decimal(as_string=True, allow_none=True)
    revenue = fields.Decimal(as_string=True, allow_none=True)
    currency = fields.String()
    completeness = fields.Integer()
    assurance = fields.Integer()
    data_quality = fields.Integer()
    published_at = fields.AwareDateTime(format="iso", allow_none=True)


class PublishedOut(DisclosureOut):
    """One published version with its content, findings and explanations."""

    content = fields.Dict()
    findings = fields.List(fields.Dict())
    explanations = fields.Dict()


class DraftOut(Schema):
    """One's own draft; `edit` counts its changes."""

    id = fields.String()
    year = fields.Integer()
    version = fields.Integer()
    edit = fields.Integer()
    restatement_reason = fields.String()
    content = fields.Dict()


class ReviewOut(Schema):
    """What stands in the way, and what grade publishing would give."""

    grade = fields.Integer(attribute="grade.level")
    points = fields.Integer(attribute="grade.points")
    method = fields.String(attribute="grade.method")
    stops_at = fields.Integer(attribute="grade.stops_at", allow_none=True)
    missing = fields.List(fields.String(), attribute="grade.missing")
    blocked_by = fields.List(fields.String(), attribute="grade.blocked_by")
    answered = fields.Integer(attribute="whole.answered")
    asked = fields.Integer(attribute="whole.asked")
    findings = fields.List(fields.Dict())
