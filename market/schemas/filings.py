"""Filings: what the form takes; what is inside is read by a job, never in a request."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from marshmallow import Schema, ValidationError, fields
from werkzeug.datastructures import FileStorage

MOST_BYTES = 20_000_000


class ReportFile(fields.Field[tuple[str, bytes]]):
    """An uploaded report: its name and its first bytes, one more than is taken."""

    def make_error(self, key: str, **kwargs: Any) -> ValidationError:
        """Whatever is missing or no file: the same remedy, as plain text."""
        return ValidationError(str(lazy_gettext("Choose a file.")))

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> tuple[str, bytes]:
        if not isinstance(value, FileStorage) or not value.filename:
            raise self.make_error("invalid")
        return value.filename, value.stream.read(MOST_BYTES + 1)


class FilingSchema(Schema):
    """Sending in one report."""

    file = ReportFile(
        required=True,
        metadata={
            "label": lazy_gettext("Inline XBRL report (XHTML) or report package (zip)"),
            "hint": lazy_gettext("At most 20 MB, tagged with the VSME taxonomy of 2025-07-30."),
            "widget": "file",
        },
    )


class FilingRowOut(Schema):
    """A filing in a list."""

    id = fields.String()
    name = fields.String()
    size = fields.Integer()
    sha256 = fields.String(attribute="file_digest")
    received_at = fields.AwareDateTime(format="iso")
    checked_at = fields.AwareDateTime(format="iso", allow_none=True)
    filled_at = fields.AwareDateTime(format="iso", allow_none=True)


class FilingOut(FilingRowOut):
    """A filing; `result` holds facts, findings or why it was refused, once checked."""

    result = fields.Dict()


class FilledOut(Schema):
    """The draft a filing was taken over into."""

    disclosure_id = fields.String(attribute="id")
    year = fields.Integer()
