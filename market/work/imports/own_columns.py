"""Columns of our own templates: a schema flattened to one line, and a line back to its data."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext
from marshmallow import Schema, ValidationError, fields
from sqlalchemy import select

from market.domain import organisations
from market.enums import MemberRole, OrganisationStatus
from market.extensions import db
from market.models import Organisation
from market.permissions import Acting
from market.schemas.fields import Choices, Yes, listed
from market.work.imports import cells
from market.work.imports.report import RowRefused

_SPLIT = re.compile(r"[;；、,，|]")
SCHEME, NUMBER = "id_scheme", "id_value"


@dataclass(frozen=True)
class Column:
    """One column of a template: its name, what belongs there, and its unit."""

    name: str
    about: str
    unit: str = ""


def columns_of(schema: Schema, prefix: str = "") -> Iterator[Column]:
    """The columns of a schema; nested ones are named with a point, as criteria.purposes."""
    for name, described in schema.load_fields.items():
        if isinstance(described, fields.Nested):
            yield from columns_of(described.schema, f"{prefix}{name}.")
            continue
        about = described.metadata
        if about.get("widget") != "file":
            yield Column(f"{prefix}{name}", _about(described, about), str(about.get("unit", "")))


def _about(described: Any, about: Mapping[str, Any]) -> str:
    options = "；".join(f"{key} {text}" for key, text in listed(about.get("options", ())))
    parts = [str(about.get("label", "")), str(about.get("hint", "")), options]
    if described.required:
        parts.insert(1, str(lazy_gettext("required")))
    if isinstance(described, Choices):
        parts.append(str(lazy_gettext("several are separated by ;")))
    return " · ".join(part for part in parts if part)


def loaded(schema: Schema, line: Mapping[str, str]) -> dict[str, Any]:
    """A line through its schema; RowRefused names the first wrong column and all that is wrong."""
    try:
        data: dict[str, Any] = schema.load(_nested(schema, line))
    except ValidationError as error:
        told = list(_flat(error.messages_dict))
        raise RowRefused(told[0][0], "; ".join(f"{name}: {why}" for name, why in told)) from error
    return data


def refuse_filled(line: Mapping[str, str], names: Iterable[str], why: Any) -> None:
    """Refuse a line that fills columns which mean nothing for it."""
    for name in names:
        if line.get(name):
            raise RowRefused(name, why)


def _nested(schema: Schema, line: Mapping[str, str], prefix: str = "") -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name, described in schema.load_fields.items():
        full = prefix + name
        text = line.get(full, "")
        if isinstance(described, fields.Nested):
            data[name] = _nested(described.schema, line, f"{full}.")
        elif isinstance(described, Choices):
            data[name] = [part.strip() for part in _SPLIT.split(text) if part.strip()]
        elif isinstance(described, Yes):
            data[name] = bool(cells.yes(text))
        elif text:
            data[name] = text
    return data


def _flat(messages: Mapping[Any, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, told in messages.items():
        if isinstance(told, Mapping) and not all(isinstance(key, int) for key in told):
            yield from _flat(told, f"{prefix}{name}.")
        else:
            lines = told if isinstance(told, list) else [m for ms in told.values() for m in ms]
            yield f"{prefix}{name}", " ".join(str(each) for each in lines)


def owner_columns() -> list[Column]:
    """The two columns that say whose line it is."""
    return [
        Column(SCHEME, str(lazy_gettext("Register: uscc, lei, tw or other"))),
        Column(NUMBER, str(lazy_gettext("Registered id of the organisation"))),
    ]


def owner_of(line: Mapping[str, str], kind: str, *, unclaimed: bool = False) -> Organisation:
    """The organisation a line belongs to; it must be on the market with this kind."""
    scheme = line.get(SCHEME, "").lower()
    if scheme not in {"uscc", "lei", "tw", "sbti", "other"}:
        raise RowRefused(SCHEME, lazy_gettext("Choose one of uscc, lei, tw, other."))
    number = organisations.canonical_id(scheme, line.get(NUMBER, ""))
    wanted = select(Organisation).where(
        Organisation.id_scheme == scheme, Organisation.id_value == number
    )
    found = db.session.scalars(wanted).one_or_none()
    allowed = {OrganisationStatus.APPROVED} | (
        {OrganisationStatus.UNCLAIMED} if unclaimed else set()
    )
    if found is None or found.status not in allowed or not found.is_a(kind):
        told = lazy_gettext("No approved organisation of this kind (%(kind)s) has this id.")
        raise RowRefused(NUMBER, told % {"kind": kind})
    return found


def acting_for(organisation: Organisation) -> Acting:
    """The operator's import, acting in the name of the organisation a line belongs to."""
    return Acting(
        person_id="",
        name="import",
        member_role=MemberRole.OWNER,
        organisation_id=organisation.id,
        organisation_name_zh=organisation.name_zh,
        organisation_name_en=organisation.name_en,
        kinds=frozenset(organisation.kinds),
        approved=True,
    )
