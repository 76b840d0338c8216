"""What a verifier signs, by what labels are searched, and how the API shows them."""

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from marshmallow import Schema, ValidationError, fields, validates_schema

from market.schemas.attestations import StatementFile
from market.schemas.fields import Choice, Day, Text, Whole
from market.schemas.footprint_fields import BOUNDARY_NAMES, UNIT_NAMES

_CERTIFICATE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{3,39}")


class SubmitSchema(Schema):
    """To whom it is sent."""

    verifier_id = Text(lazy_gettext("Verifier"), required=True, most=13)
    message = Text(lazy_gettext("Message to the verifier"), most=1000, rows=3, load_default="")


class CertificateFields(Schema):
    """What the verifier signs, but for the file."""

    certificate = Text(
        lazy_gettext("Certificate number"), required=True, most=40,
        hint=lazy_gettext("Letters, digits and hyphens; it becomes the address of the label."),
    )  # fmt: skip
    scheme = Text(lazy_gettext("Labelling scheme"), required=True, most=120)
    valid_from = Day(lazy_gettext("Valid from"), required=True)
    valid_until = Day(
        lazy_gettext("Valid until"), required=True, hint=lazy_gettext("Three years at most.")
    )
    note = Text(
        lazy_gettext("Public note"), most=1000, rows=3, load_default="",
        hint=lazy_gettext("Level of assurance, scope of the verification, reservations."),
    )  # fmt: skip

    @validates_schema
    def _number_is_plain(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        if not _CERTIFICATE.fullmatch(data.get("certificate", "AAAA")):
            told = lazy_gettext("4 to 40 letters, digits and hyphens, please.")
            raise ValidationError(str(told), "certificate")


class CertificateSchema(StatementFile, CertificateFields):
    """What the verifier signs, with the signed statement."""


class NoteSchema(Schema):
    """Why it is returned or revoked."""

    note = Text(lazy_gettext("Reason"), required=True, most=1000, rows=3)


class FootprintFilter(Schema):
    """What the public list can be searched by."""

    q = Text(lazy_gettext("Search"), most=80, load_default="")
    unit = Choice(lazy_gettext("Declared unit"), options=list(UNIT_NAMES.items()), load_default="")
    boundary = Choice(
        lazy_gettext("Boundary"), options=list(BOUNDARY_NAMES.items()), load_default=""
    )
    ended = Whole(lazy_gettext("Also labels that ended"), least=0, most=1, load_default=0)
    after = Text(lazy_gettext("Continue after"), most=13, load_default="")


class FootprintView(Schema):
    """A footprint as the API shows it: our own words; `record` is what was hashed."""

    id = fields.Str()
    uuid = fields.Str()
    organisation_id = fields.Str()
    verifier_id = fields.Str()
    name_zh = fields.Str()
    name_en = fields.Str()
    unit = fields.Str()
    amount = fields.Decimal(as_string=True)
    value = fields.Decimal(as_string=True)
    boundary = fields.Str()
    data_year = fields.Int()
    certificate = fields.Str()
    scheme = fields.Str()
    valid_from = fields.Date()
    valid_until = fields.Date()
    status = fields.Str()
    reason = fields.Str()
    digest = fields.Str()
    statement_sha256 = fields.Str(attribute="statement.digest", dump_default=None)


class FootprintRecordView(FootprintView):
    """One footprint with its canonical record."""

    record = fields.Dict()
