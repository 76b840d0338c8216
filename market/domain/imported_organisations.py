"""Organisations known from imported files only: made, brought up to date, found again."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import select

from market.domain import audits, organisations, ranking
from market.enums import IdScheme, OrganisationStatus
from market.errors import MarketError
from market.extensions import db
from market.models import Organisation
from market.texts import fold

_KEPT = (
    "name_zh", "name_en", "kinds", "status", "industry", "focus_sector", "size_class",
    "district", "address", "operating_since", "website", "about_zh", "about_en", "isin",
    "country", "source",
)  # fmt: skip


class KeptByItsMembers(MarketError):
    """An organisation that has members is never overwritten by a file."""

    message = lazy_gettext(
        "%(name)s is kept by its own members; a file does not change it. Leave the row out."
    )


def save(data: Mapping[str, Any], *, source: str) -> tuple[Organisation, str]:
    """Make or update an unclaimed organisation; "imported", "updated" or "unchanged".

    `data` holds id_scheme, id_value and any columns of an organisation but its status.
    """
    found = by_registered_id(data["id_scheme"], data["id_value"])
    if found is None:
        return _made(data, source), "imported"
    if found.status != OrganisationStatus.UNCLAIMED:
        raise KeptByItsMembers(name=found.name_zh)
    given = {**_details(data), "source": source}
    if all(getattr(found, name) == value for name, value in given.items()):
        return found, "unchanged"
    before = _facts(found)
    for name, value in given.items():
        setattr(found, name, value)
    _describe(found)
    audits.record("organisation.imported", found, by=None, before=before, after=_facts(found))
    return found, "updated"


def by_registered_id(scheme: str, value: str) -> Organisation | None:
    """The organisation with this id; its check character is verified first."""
    number = organisations.canonical_id(scheme, value)
    query = select(Organisation).where(
        Organisation.id_scheme == scheme, Organisation.id_value == number
    )
    return db.session.scalars(query).one_or_none()


def _made(data: Mapping[str, Any], source: str) -> Organisation:
    texts = {"name_en": "", "about_zh": "", "about_en": ""}
    made = organisations.add(
        {**texts, **data, "status": OrganisationStatus.UNCLAIMED, "source": source}
    )
    _describe(made)
    audits.record("organisation.imported", made, by=None, after=_facts(made))
    return made


def _describe(organisation: Organisation) -> None:
    """The search also looks through the description, where short names and codes stand."""
    words = f"{organisation.about_zh} {organisation.about_en} {organisation.isin or ''}"
    described = fold(words)
    organisation.search_text = f"{organisations.search_text(organisation)} {described}".strip()
    db.session.flush()
    ranking.touch("organisation", organisation.id)


def _details(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name not in {"id_scheme", "id_value"}}


def _facts(organisation: Organisation) -> dict[str, Any]:
    return {name: getattr(organisation, name) for name in _KEPT}


def names_and_numbers(*, without: str) -> dict[str, str]:
    """Every LEI, ISIN and folded English name -> organisation id; one register is left out."""
    query = select(
        Organisation.id,
        Organisation.id_scheme,
        Organisation.id_value,
        Organisation.isin,
        Organisation.name_en,
    ).where(Organisation.id_scheme != without)
    known: dict[str, str] = {}
    for key, scheme, value, isin, name in db.session.execute(query):
        names = (value if scheme == IdScheme.LEI else "", isin, fold(name))
        known.update(dict.fromkeys((each for each in names if each), key))
    return known
