"""Reads of activity lines: a page, the totals, and everything for the answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import joinedload

from disclosure.checks.figures import SCOPE_1_SOURCES, SCOPE_2_SOURCES
from market.domain.activity_calculation import tonnes
from market.extensions import db
from market.models import ActivityImport, ActivityLine, StoredFile

ROWS = 50
_AT_ONCE = 500
_NEEDED = (
    "source", "category", "item", "label", "amount", "unit", "green", "instrument",
    "certificates", "vintage", "factor_id", "factor_version", "factor_value", "factor_unit",
    "gas", "warming", "gwp_set", "grams", "market_grams",
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    """Lines and the id the next page starts after ("": this is the last)."""

    rows: list[ActivityLine]
    next_key: str


@dataclass(frozen=True)
class Totals:
    """Exact sums in tCO2e, with the number of lines."""

    lines: int = 0
    scope_1: Decimal = Decimal(0)
    scope_2_location: Decimal = Decimal(0)
    scope_2_market: Decimal = Decimal(0)
    scope_3: Decimal = Decimal(0)
    by_source: dict[str, Decimal] = field(default_factory=dict)
    by_category: dict[str, Decimal] = field(default_factory=dict)


def page(organisation_id: str, year: int, *, after: str = "", source: str = "") -> Page:
    """Lines of a year by source and key, 50 at once, with their evidence files."""
    query = _of(organisation_id, year)
    if source:
        query = query.where(ActivityLine.source == source)
    order = (ActivityLine.source, ActivityLine.key)
    if after:
        edge = select(*order).where(
            ActivityLine.id == after, ActivityLine.organisation_id == organisation_id
        )
        query = query.where(tuple_(*order) > edge.scalar_subquery())
    query = query.options(joinedload(ActivityLine.evidence_file))
    rows = list(db.session.scalars(query.order_by(*order).limit(ROWS + 1)))
    return Page(rows[:ROWS], rows[ROWS - 1].id if len(rows) > ROWS else "")


def listed(organisation_id: str, year: int, *, source: str = "") -> Iterator[ActivityLine]:
    """Every line of a year (at most 20,000), by source and key, for a download."""
    query = _of(organisation_id, year)
    if source:
        query = query.where(ActivityLine.source == source)
    query = query.order_by(ActivityLine.source, ActivityLine.key)
    return iter(db.session.scalars(query.execution_options(yield_per=_AT_ONCE)))


def totals(organisation_id: str, year: int) -> Totals:
    """What the lines of a year add up to; the database adds whole grams."""
    columns = ActivityLine.source, ActivityLine.category
    grams, market = func.sum(ActivityLine.grams), func.sum(ActivityLine.market_grams)
    query = select(*columns, func.count(), grams, market).where(
        ActivityLine.organisation_id == organisation_id, ActivityLine.year == year
    )
    rows = db.session.execute(query.group_by(*columns).order_by(*columns)).all()
    return _totals(rows)


def _totals(rows: Sequence[Any]) -> Totals:
    by_source: dict[str, Decimal] = {}
    for source, _category, _count, grams, _market in rows:
        by_source[source] = by_source.get(source, Decimal(0)) + tonnes(grams)
    energy = [row for row in rows if row[0] in SCOPE_2_SOURCES]
    return Totals(
        lines=sum(row[2] for row in rows),
        scope_1=_sum(each for key, each in by_source.items() if key in SCOPE_1_SOURCES),
        scope_2_location=_sum(tonnes(row[3]) for row in energy),
        scope_2_market=_sum(tonnes(row[4]) for row in energy),
        scope_3=by_source.get("scope_3", Decimal(0)),
        by_source=by_source,
        by_category={row[1]: tonnes(row[3]) for row in rows if row[1]},
    )


def _sum(figures: Any) -> Decimal:
    return sum(figures, Decimal(0))


def everything(organisation_id: str, year: int) -> Sequence[Any]:
    """The columns the answers are made of, of every line, with name and hash of its evidence."""
    columns = [getattr(ActivityLine, name) for name in _NEEDED]
    file = StoredFile.name.label("file_name"), StoredFile.digest.label("file_digest")
    query = (
        select(*columns, *file)
        .outerjoin(StoredFile, StoredFile.id == ActivityLine.evidence_file_id)
        .where(ActivityLine.organisation_id == organisation_id, ActivityLine.year == year)
        .order_by(ActivityLine.source, ActivityLine.key)
    )
    return db.session.execute(query).all()


def warming_sets(organisation_id: str, year: int) -> list[str]:
    """The warming sets the lines of a year were calculated with."""
    query = select(ActivityLine.gwp_set).where(
        ActivityLine.organisation_id == organisation_id,
        ActivityLine.year == year,
        ActivityLine.gwp_set != "",
    )
    return sorted(db.session.scalars(query.distinct()))


def with_gas(organisation_id: str, year: int) -> list[ActivityLine]:
    """The lines a warming set matters for."""
    query = _of(organisation_id, year).where(ActivityLine.gwp_set != "")
    return list(db.session.scalars(query))


def years(organisation_id: str) -> list[tuple[int, int]]:
    """(year, number of lines), the latest first."""
    query = (
        select(ActivityLine.year, func.count())
        .where(ActivityLine.organisation_id == organisation_id)
        .group_by(ActivityLine.year)
        .order_by(ActivityLine.year.desc())
    )
    return [(year, count) for year, count in db.session.execute(query)]


def last_imports(organisation_id: str, year: int) -> list[ActivityImport]:
    """The five latest uploads of a year with their files."""
    return list(
        db.session.scalars(
            select(ActivityImport)
            .options(joinedload(ActivityImport.file))
            .where(ActivityImport.organisation_id == organisation_id, ActivityImport.year == year)
            .order_by(ActivityImport.created_at.desc(), ActivityImport.id)
            .limit(5)
        )
    )


def _of(organisation_id: str, year: int) -> Any:
    return select(ActivityLine).where(
        ActivityLine.organisation_id == organisation_id, ActivityLine.year == year
    )
