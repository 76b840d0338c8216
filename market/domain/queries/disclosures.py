"""Reads of disclosures: published lists, histories, peers; drafts only by their owner."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import defer, joinedload

from market.enums import DisclosureStatus
from market.errors import NotFound
from market.extensions import db
from market.models import AuditRecord, Disclosure, Organisation
from market.texts import SHANGHAI, fold

ROWS = 30
_PEERS = 2000
_YEARS_COMPARED = 10
_FRESH_MONTHS = 18
_PUBLIC = (DisclosureStatus.PUBLISHED, DisclosureStatus.SUPERSEDED, DisclosureStatus.WITHDRAWN)
_HEAVY = (defer(Disclosure.content), defer(Disclosure.findings), defer(Disclosure.explanations))


@dataclass(frozen=True)
class Wanted:
    """What a reader of the public list asks for."""

    words: str = ""
    sector: str = ""
    year: int | None = None
    grade: int | None = None
    after: str = ""


@dataclass(frozen=True)
class Page:
    """Rows, and the key the next page starts after ("" on the last)."""

    rows: list[Disclosure]
    next_key: str


@dataclass(frozen=True)
class Peer:
    """A firm of the sector in the year: tCO2e of scopes 1 and 2 (location) per 万元 of revenue.

    `carbon_l`: L of its carbon efficiency. Either is None where it published no such figure.
    """

    organisation_id: str
    intensity: Decimal | None
    carbon_l: Decimal | None


def published_of_year(organisation_id: str, year: int) -> Disclosure | None:
    """The version of a year that counts, if one is published."""
    return db.session.scalars(
        select(Disclosure).where(
            Disclosure.organisation_id == organisation_id,
            Disclosure.year == year,
            Disclosure.status == DisclosureStatus.PUBLISHED,
        )
    ).first()


def published_before(organisation_id: str, year: int) -> list[Disclosure]:
    """The versions that count of the years before, newest first: what checks compare with."""
    return list(
        db.session.scalars(
            select(Disclosure)
            .where(
                Disclosure.organisation_id == organisation_id,
                Disclosure.year < year,
                Disclosure.status == DisclosureStatus.PUBLISHED,
            )
            .order_by(Disclosure.year.desc())
            .limit(_YEARS_COMPARED)
        )
    )


def latest_published(
    organisation_ids: Iterable[str], *, with_content: bool = False
) -> dict[str, Disclosure]:
    """Organisation id -> its newest published year; one statement. Columns only by default."""
    newest = (
        select(Disclosure.organisation_id, func.max(Disclosure.year).label("year"))
        .where(
            Disclosure.organisation_id.in_(list(organisation_ids)),
            Disclosure.status == DisclosureStatus.PUBLISHED,
        )
        .group_by(Disclosure.organisation_id)
        .subquery()
    )
    query = select(Disclosure).join(
        newest,
        (Disclosure.organisation_id == newest.c.organisation_id)
        & (Disclosure.year == newest.c.year),
    )
    query = query.where(Disclosure.status == DisclosureStatus.PUBLISHED)
    if not with_content:
        query = query.options(*_HEAVY)
    return {each.organisation_id: each for each in db.session.scalars(query)}


def public(disclosure_id: str) -> Disclosure:
    """A version anyone may read (never a draft), with its organisation."""
    found = db.session.scalars(
        select(Disclosure)
        .options(joinedload(Disclosure.organisation))
        .where(Disclosure.id == disclosure_id, Disclosure.status.in_(_PUBLIC))
    ).first()
    if found is None:
        raise NotFound
    return found


def withdrawal_reason(disclosure_id: str) -> str:
    """Why a version was withdrawn, from the audit trail."""
    record = db.session.scalars(
        select(AuditRecord)
        .where(
            AuditRecord.subject_id == disclosure_id,
            AuditRecord.action == "disclosure.withdrawn",
        )
        .limit(1)
    ).first()
    return str((record.after or {}).get("reason", "")) if record else ""


def history(organisation_id: str) -> list[Disclosure]:
    """Every public version of an organisation, newest year and version first, figures only."""
    return list(
        db.session.scalars(
            select(Disclosure)
            .options(*_HEAVY)
            .where(Disclosure.organisation_id == organisation_id, Disclosure.status.in_(_PUBLIC))
            .order_by(Disclosure.year.desc(), Disclosure.version.desc())
            .limit(200)
        )
    )


def own(organisation_id: str) -> list[Disclosure]:
    """Every version and draft of one's own organisation, newest first."""
    return list(
        db.session.scalars(
            select(Disclosure)
            .options(*_HEAVY)
            .where(Disclosure.organisation_id == organisation_id)
            .order_by(Disclosure.year.desc(), Disclosure.version.desc())
            .limit(200)
        )
    )


def peers(disclosure: Disclosure) -> list[Peer]:
    """The sector's published firms of the year and currency, the firm itself included."""
    total = Disclosure.scope1 + Disclosure.scope2_location
    per_revenue = case((Disclosure.revenue > 0, total))
    rows: Iterable[Any] = db.session.execute(
        select(Disclosure.organisation_id, per_revenue, Disclosure.revenue, Disclosure.carbon_l)
        .join(Organisation, Organisation.id == Disclosure.organisation_id)
        .where(
            Organisation.focus_sector == disclosure.organisation.focus_sector,
            Disclosure.year == disclosure.year,
            Disclosure.currency == disclosure.currency,
            Disclosure.status == DisclosureStatus.PUBLISHED,
            or_(per_revenue.is_not(None), Disclosure.carbon_l.is_not(None)),
        )
        .order_by(Disclosure.organisation_id)
        .limit(_PEERS)
    )
    return [
        Peer(key, None if tonnes is None else tonnes / revenue, carbon_l)
        for key, tonnes, revenue, carbon_l in rows
    ]


def published(wanted: Wanted, *, on: date, rows: int = ROWS) -> Page:
    """The public list, newest publication first."""
    query = _filtered(wanted, on).options(*_HEAVY, joinedload(Disclosure.organisation))
    after = _read_key(wanted.after)
    if after is not None:
        moment, key = after
        query = query.where(
            (Disclosure.published_at < moment)
            | ((Disclosure.published_at == moment) & (Disclosure.id < key))
        )
    order = (Disclosure.published_at.desc(), Disclosure.id.desc())
    found = list(db.session.scalars(query.order_by(*order).limit(rows + 1)))
    more = len(found) > rows
    return Page(found[:rows], _key(found[rows - 1]) if more else "")


def _filtered(wanted: Wanted, on: date) -> Select[Disclosure]:
    query = (
        select(Disclosure)
        .join(Organisation, Organisation.id == Disclosure.organisation_id)
        .where(Disclosure.status == DisclosureStatus.PUBLISHED)
    )
    for word in fold(wanted.words).split()[:6]:
        query = query.where(Organisation.search_text.contains(word, autoescape=True))
    if wanted.sector:
        query = query.where(Organisation.focus_sector == wanted.sector)
    if wanted.year is not None:
        query = query.where(Disclosure.year == wanted.year)
    if wanted.grade is not None:
        query = query.where(_grade_on(on) == wanted.grade)
    return query


def _grade_on(on: date) -> Any:
    """The grade of today in SQL: one lower for periods that ended more than 18 months ago."""
    old = (Disclosure.grade > 0) & (Disclosure.period_end < _stale_before(on))
    return Disclosure.grade - case((old, 1), else_=0)


def _stale_before(on: date) -> datetime:
    """Periods that ended before this moment are older than 18 months on that day."""
    months = on.year * 12 + on.month - 1 - _FRESH_MONTHS
    first = date(months // 12, months % 12 + 1, 1)
    next_first = (first + timedelta(days=32)).replace(day=1)
    day = min(first + timedelta(days=on.day - 1), next_first)
    return datetime.combine(day, time(), SHANGHAI)


def _key(row: Disclosure) -> str:
    assert row.published_at is not None
    return f"{row.published_at.timestamp():.6f}~{row.id}"


def _read_key(text: str) -> tuple[datetime, str] | None:
    """The place to read on from; a key we did not make starts from the beginning."""
    stamp, _, key = text.partition("~")
    try:
        return datetime.fromtimestamp(float(stamp), SHANGHAI), key
    except (ValueError, OverflowError, OSError):
        return None
