"""Attestations: what is asked of a verifier, what it signs, and what everyone may read."""

from flask_babel import lazy_gettext
from marshmallow import Schema, fields

from disclosure.datapoints import climate
from market.schemas.fields import Amount, Choice, Choices, Day, Document, Options, Text
from market.texts import language

_ACCOUNTANTS = ("cn_cpa_3101", lazy_gettext("China CPA other assurance standard no. 3101"))


def _catalogue(column: str) -> list[tuple[str, str]]:
    """The options of a column of VER-01, in the reader's language."""
    zh = language() == "zh"
    options = climate()["VER-01"].column(column).options
    return [(each.code, each.label.zh if zh else each.label.en) for each in options]


def scopes() -> Options:
    """The scopes of the catalogue, and energy."""
    return [*_catalogue("scopes"), ("energy", lazy_gettext("Energy"))]


def standards() -> Options:
    """The standards of the catalogue, and the accountants' one."""
    *listed, other = _catalogue("standard")
    return [*listed, _ACCOUNTANTS, other]


def levels() -> Options:
    """Limited or reasonable."""
    return _catalogue("level")


class AskSchema(Schema):
    """An enterprise asks a verifier about one published version."""

    verifier_id = Text(lazy_gettext("Verifier"), most=13, required=True)
    scopes = Choices(lazy_gettext("What is to be attested"), options=scopes, least=1, required=True)
    message = Text(
        lazy_gettext("Message to the verifier"),
        most=1000,
        rows=4,
        load_default="",
        hint=lazy_gettext("Contract, contact person, dates: only the verifier reads it."),
    )


class AskBody(AskSchema):
    """The same as a JSON body, which names the version too."""

    disclosure_id = Text(lazy_gettext("Disclosure"), most=13, required=True)


class SignFields(Schema):
    """What a verifier attests, but for the file."""

    scopes = Choices(lazy_gettext("What is attested"), options=scopes, least=1, required=True)
    coverage = Amount(
        lazy_gettext("Share covered"),
        least=0,
        most=100,
        unit="%",
        required=True,
        hint=lazy_gettext("Of the emissions of these scopes; grade 3 needs 95."),
    )
    standard = Choice(lazy_gettext("Standard"), options=standards, required=True)
    level = Choice(lazy_gettext("Level of assurance"), options=levels, required=True)
    statement_date = Day(
        lazy_gettext("Date of the statement"),
        required=True,
        hint=lazy_gettext("After the end of the reporting period."),
    )
    note = Text(
        lazy_gettext("Public note"),
        most=1000,
        rows=4,
        load_default="",
        hint=lazy_gettext("Qualifications, emphasis of matter, what was left out."),
    )


class StatementFile(Schema):
    """The signed statement."""

    statement = Document(
        lazy_gettext("Signed statement (PDF)"),
        required=True,
        load_only=True,
        hint=lazy_gettext("At most 20 MB. It is public, with its SHA-256."),
    )


class SignSchema(StatementFile, SignFields):
    """What a verifier attests, with the signed statement."""


class DeclineSchema(Schema):
    """Why a verifier declines."""

    reason = Text(
        lazy_gettext("Why you decline"),
        required=True,
        most=400,
        rows=4,
        hint=lazy_gettext("Only the enterprise reads it."),
    )


class RevokeSchema(Schema):
    """Why a verifier takes its word back."""

    reason = Text(
        lazy_gettext("Why it is revoked"),
        required=True,
        most=400,
        rows=4,
        hint=lazy_gettext("Public: shown with the attestation, which is struck through."),
    )


class AttestationOut(Schema):
    """What anyone may read of a signed attestation; `coverage` in percent."""

    id = fields.String()
    disclosure_id = fields.String()
    enterprise_id = fields.String()
    verifier_id = fields.String()
    status = fields.String()
    counts = fields.Boolean(metadata={"description": "signed, not revoked, verifier approved"})
    scopes = fields.List(fields.String())
    coverage = fields.Decimal(as_string=True, allow_none=True)
    standard = fields.String()
    level = fields.String()
    statement_date = fields.Date(allow_none=True)
    statement_sha256 = fields.String(attribute="statement.digest", dump_default=None)
    note = fields.String()
    signed_at = fields.AwareDateTime(format="iso", allow_none=True)
    revoked_at = fields.Function(
        lambda row: row.closed_at.isoformat() if row.status == "revoked" else None
    )
    revocation_reason = fields.Function(lambda row: row.reason if row.status == "revoked" else "")
