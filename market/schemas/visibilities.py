"""Visibility: who sees which section, consents to read, requests for consent."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from flask_babel import lazy_gettext
from marshmallow import Schema, fields, post_load, validate

from market.enums import Visibility
from market.schemas.fields import Choices, Day, Text
from market.texts import SHANGHAI

Listed = Sequence[tuple[str, str]]


class VisibilitySchema(Schema):
    """Section -> public, consent or private; sections left out stay as they are."""

    sections = fields.Dict(
        required=True,
        keys=fields.String(validate=validate.Length(1, 40)),
        values=fields.String(validate=validate.OneOf([str(each) for each in Visibility])),
        validate=validate.Length(1, 60),
    )


class _Sections(Choices):
    """Sections of a questionnaire; which of them can be opened is checked by the verb."""

    def _any_of(self, values: list[str]) -> None:
        """Any codes of sections, at least one, each once."""
        known = self.metadata["options"]
        self.options = known or [(each[:40], each) for each in values]
        super()._any_of(values)


class AskConsentSchema(Schema):
    """Asking to read: sections, until when, for what."""

    sections = _Sections(lazy_gettext("Sections"), options=[], least=1, required=True)
    expires_on = Day(
        lazy_gettext("Until the end of"),
        required=True,
        hint=lazy_gettext("After this day the answers are closed again by themselves."),
    )
    purpose = Text(
        lazy_gettext("Purpose"),
        required=True,
        most=200,
        rows=2,
        hint=lazy_gettext("For example: review of a green loan application."),
    )

    @post_load
    def _to_the_end_of_the_day(self, data: dict[str, Any], **_more: Any) -> dict[str, Any]:
        last = datetime.combine(data["expires_on"], time(23, 59, 59), SHANGHAI)
        return {**data, "expires_on": last}

    @classmethod
    def for_form(cls, **options: Listed) -> "AskConsentSchema":
        """The same schema with the options of this moment."""
        schema = cls()
        for name, listed in options.items():
            described = schema.load_fields[name]
            described.metadata = {**described.metadata, "widget": _WIDGETS[name], "options": listed}
        return schema


class ConsentSchema(AskConsentSchema):
    """Giving consent: to whom, for one version or (left empty) for every year."""

    institution_id = Text(lazy_gettext("Institution"), required=True, most=13)
    disclosure_id = Text(
        lazy_gettext("Disclosure"),
        most=13,
        load_default="",
        hint=lazy_gettext("Leave it open to cover every year, also those published later."),
    )

    class Meta:
        """In reading order."""

        fields = ("institution_id", "disclosure_id", "sections", "expires_on", "purpose")


class DeclineConsentSchema(Schema):
    """Saying no."""

    answer = Text(lazy_gettext("Message to the institution"), most=400, rows=3, load_default="")


class ConsentOut(Schema):
    """A consent."""

    id = fields.String()
    enterprise_id = fields.String()
    institution_id = fields.String()
    disclosure_id = fields.String(allow_none=True)
    sections = fields.List(fields.String())
    purpose = fields.String()
    given_at = fields.AwareDateTime(format="iso")
    expires_at = fields.AwareDateTime(format="iso")
    revoked_at = fields.AwareDateTime(format="iso", allow_none=True)


class ConsentRequestOut(Schema):
    """A request for consent."""

    id = fields.String()
    enterprise_id = fields.String()
    institution_id = fields.String()
    disclosure_id = fields.String()
    sections = fields.List(fields.String())
    purpose = fields.String()
    expires_at = fields.AwareDateTime(format="iso")
    status = fields.String()
    answer = fields.String()
    asked_at = fields.AwareDateTime(format="iso")


class ReadingOut(Schema):
    """Who read what under a consent, when and how (page, api, bundle)."""

    at = fields.AwareDateTime(format="iso")
    institution_id = fields.String()
    person = fields.String(attribute="person.name")
    disclosure_id = fields.String()
    sections = fields.List(fields.String())
    how = fields.String()


class OpenedOut(Schema):
    """What consent opens: the content with these answers, and how each opens its commitment."""

    until = fields.AwareDateTime(format="iso")
    sections = fields.List(fields.String())
    content = fields.Dict(attribute="version.content")
    openings = fields.Dict()


class SectionsOut(Schema):
    """Who sees which section of a draft."""

    id = fields.String()
    sections = fields.Dict()


_WIDGETS = {"institution_id": "choice", "disclosure_id": "choice", "sections": "choices"}
