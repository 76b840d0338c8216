"""Reads of footprints: the public list, a label by its number, one's own, what waits to verify."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import defer, joinedload

from disclosure.datapoints import climate
from disclosure.exchange.footprints import read_footprint
from disclosure.exchange.pact_writing import write_pact
from disclosure.footprint import Footprint as Pure
from market.domain.queries.technologies import Page
from market.enums import FootprintStatus as Status
from market.enums import OrganisationStatus
from market.errors import NotFound
from market.extensions import db
from market.models import Footprint, Organisation
from market.moments import now
from market.permissions import Acting
from market.texts import SHANGHAI, fold

SHOWN = (Status.PUBLISHED, Status.SUPERSEDED, Status.EXPIRED, Status.REVOKED)
_ROWS = 24
_MOST = 200
_HEAVY = tuple(
    defer(column)
    for column in (Footprint.content, Footprint.record, Footprint.findings, Footprint.editors)
)
_PARTIES = tuple(
    joinedload(each) for each in (Footprint.organisation, Footprint.verifier, Footprint.statement)
)
_PCF_STANDARDS = {"ISO14067": "iso_14067", "GHGP-Product": "ghg_protocol_product",
                  "PAS2050": "pas_2050"}  # fmt: skip
_PLACES = Decimal("0.000001")


def today() -> date:
    """The day in Shanghai."""
    return now().astimezone(SHANGHAI).date()


def state_of(footprint: Footprint) -> str:
    """The status as of now: a label past its last day is expired before the job has been by."""
    over = footprint.valid_until is not None and footprint.valid_until < today()
    return Status.EXPIRED if footprint.status == Status.PUBLISHED and over else footprint.status


def public(wanted: Mapping[str, Any]) -> Page[Footprint]:
    """Published footprints that fit a FootprintFilter, newest first; `ended`: also those over."""
    query = _public(SHOWN if wanted.get("ended") else (Status.PUBLISHED,))
    if not wanted.get("ended"):
        query = query.where(Footprint.valid_until >= today())
    if wanted.get("q"):
        words = fold(wanted["q"]).split()
        named = (Footprint.search_text + " " + Organisation.search_text).contains
        query = query.where(*(named(word, autoescape=True) for word in words))
    for name in ("boundary", "unit", "organisation_id"):
        if wanted.get(name):
            query = query.where(getattr(Footprint, name) == wanted[name])
    return _page(query, Footprint.published_at, wanted.get("after", ""))


def shown(footprint_id: str) -> Footprint:
    """A footprint that was published, whatever became of it."""
    return _one(_public(SHOWN).where(Footprint.id == footprint_id))


def by_certificate(certificate: str) -> Footprint:
    """The label behind a certificate number; one not published does not exist."""
    return _one(_public(SHOWN).where(Footprint.certificate == certificate.upper()))


def history(series_id: str) -> list[Footprint]:
    """The published versions of one product, newest first."""
    query = _public(SHOWN).where(Footprint.series_id == series_id).options(*_HEAVY)
    return list(db.session.scalars(query.order_by(Footprint.version.desc()).limit(_MOST)))


def own(by: Acting, *, after: str = "") -> Page[Footprint]:
    """All footprints of the acting enterprise, newest first."""
    query = select(Footprint).where(Footprint.organisation_id == by.organisation_id)
    return _page(query.options(*_PARTIES, *_HEAVY), Footprint.created_at, after)


def to_verify(by: Acting, *, after: str = "") -> Page[Footprint]:
    """What was sent to the acting verifier, newest first."""
    query = select(Footprint).where(
        Footprint.verifier_id == by.organisation_id, Footprint.status != Status.DRAFT
    )
    return _page(query.options(*_PARTIES, *_HEAVY), Footprint.submitted_at, after)


def visible(footprint_id: str, *, by: Acting) -> Footprint:
    """One's own footprint, or one sent to the verifier acted for, with both parties."""
    query = select(Footprint).where(Footprint.id == footprint_id).options(*_PARTIES)
    found = db.session.scalars(query).first()
    if found is None:
        raise NotFound
    sent = found.verifier_id == by.organisation_id and found.status != Status.DRAFT
    if found.organisation_id != by.organisation_id and not sent:
        raise NotFound
    return found


def pure(footprint: Footprint) -> Pure:
    """The verified record as the pure package reads it."""
    return read_footprint(footprint.record)


def as_pact(footprint: Footprint) -> dict[str, Any]:
    """The PACT v3 record as of now; FactError when PACT does not cover its boundary."""
    made = pure(footprint)
    return write_pact(replace(made, deprecated=footprint.status != Status.PUBLISHED))


def answers_for(organisation_id: str, year: int) -> dict[str, dict[str, Any]]:
    """Answers PCF-01 to PCF-03 of a disclosure of `year`, from labels valid in that year.

    In the JSON form of docs/data-dictionary.md; empty when there are none. Values are per one
    declared unit; a unit the questionnaire does not offer is left out. PCF-03 is the mean.
    """
    rows = db.session.scalars(
        select(Footprint)
        .where(
            Footprint.organisation_id == organisation_id,
            Footprint.status.in_([Status.PUBLISHED, Status.EXPIRED, Status.SUPERSEDED]),
            Footprint.valid_from <= date(year, 12, 31),
            Footprint.valid_until >= date(year, 1, 1),
        )
        .order_by(Footprint.series_id, Footprint.version)
        .limit(_MOST)
    ).all()
    latest = list({row.series_id: row for row in rows}.values())
    units = climate()["PCF-01"].column("declared_unit").codes
    offered = [row for row in latest if row.unit.replace(" ", "_") in units]
    made = {
        "PCF-01": _answer([_footprint_row(row) for row in offered]),
        "PCF-02": _answer([_label_row(row) for row in latest]),
        "PCF-03": _quality([pure(row) for row in latest]),
    }
    return {key: each for key, each in made.items() if each}


def _answer(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"state": "value", "rows": rows} if rows else {}


def _footprint_row(row: Footprint) -> dict[str, Any]:
    made = pure(row)
    value = (made.excluding / made.amount).quantize(_PLACES).normalize() + 0
    standards = [_PCF_STANDARDS[each] for each in made.method.standards if each in _PCF_STANDARDS]
    return {
        "product_id": made.product.ids[0],
        "product": made.product.name,
        "declared_unit": row.unit.replace(" ", "_"),
        "value": {"amount": f"{value:f}", "unit": "kgCO2e"},
        "boundary": row.boundary,
        "standard": (standards or ["other"])[0],
    }


def _label_row(row: Footprint) -> dict[str, Any]:
    assert row.valid_until is not None
    return {
        "scheme": row.scheme,
        "certificate": row.certificate,
        "product": row.name_zh,
        "valid_until": row.valid_until.isoformat(),
    }


def _quality(records: list[Pure]) -> dict[str, Any]:
    shares = [each.quality.primary_share for each in records]
    stated = [each for each in shares if each is not None]
    if not stated:
        return {}
    share = (sum(stated, Decimal(0)) / len(stated)).quantize(Decimal("0.01"))
    parts: dict[str, Any] = {"primary_data": {"amount": f"{share:f}", "unit": "%"}}
    rated = [each for record in records for each in record.quality.ratings or ()]
    if rated:
        rating = (sum(rated, Decimal(0)) / len(rated)).quantize(Decimal("0.01"))
        parts["quality"] = {"amount": f"{rating:f}", "unit": "1"}
    return {"state": "value", "parts": parts}


def _public(states: tuple[str, ...]) -> Select[Footprint]:
    return (
        select(Footprint)
        .join(Footprint.organisation)
        .where(Footprint.status.in_(states), Organisation.status == OrganisationStatus.APPROVED)
        .options(*_PARTIES)
    )


def _one(query: Select[Footprint]) -> Footprint:
    found = db.session.scalars(query).first()
    if found is None:
        raise NotFound
    return found


def _page(query: Select[Footprint], moment: Any, after: str) -> Page[Footprint]:
    if after:
        edge = select(moment, Footprint.id).where(Footprint.id == after)
        query = query.where(tuple_(moment, Footprint.id) < edge.scalar_subquery())
    query = query.order_by(moment.desc(), Footprint.id.desc()).limit(_ROWS + 1)
    rows = list(db.session.scalars(query))
    return Page(rows[:_ROWS], rows[_ROWS - 1].id if len(rows) > _ROWS else "")
