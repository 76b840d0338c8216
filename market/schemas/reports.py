"""Documents of disclosures: what is asked for, and how it stands."""

from marshmallow import Schema, fields, validate

from market.texts import LANGUAGES


class ReportSchema(Schema):
    """Which version, in which language."""

    disclosure_id = fields.String(required=True, validate=validate.Length(1, 40))
    language = fields.String(load_default="zh", validate=validate.OneOf(LANGUAGES))


class ReportOut(Schema):
    """One PDF: `made_at` is null while it is being made, `error` says why it could not be."""

    id = fields.String()
    disclosure_id = fields.String()
    language = fields.String()
    error = fields.String()
    size = fields.Integer()
    pages = fields.Integer()
    made_at = fields.AwareDateTime(format="iso", allow_none=True)
