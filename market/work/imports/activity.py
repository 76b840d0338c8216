"""Activity lines by file: ten thousand rows in seconds, each wholly or not at all.

Rows are known by (organisation, year, key): the same file again changes nothing. All rows that
can be taken are saved together, in a handful of statements.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext
from marshmallow import ValidationError

from market.domain import activities
from market.domain.activity_calculation import Setting
from market.domain.activity_rows import GivenRow, Saved, save_rows
from market.enums import OrganisationKind
from market.errors import MarketError
from market.extensions import db
from market.models import Organisation
from market.permissions import Acting
from market.schemas.activities import ActivityRowSchema
from market.work.imports import cells, sheets
from market.work.imports.own_columns import (
    NUMBER,
    SCHEME,
    Column,
    acting_for,
    columns_of,
    owner_columns,
    owner_of,
)
from market.work.imports.report import FileRefused, Outcome, Report, RowRefused
from market.work.imports.sheets import Row

YEAR, KEY = "year", "key"
_REQUIRED = (KEY, "source", "item", "amount", "unit")
_TOLD_EVERY = 2000
_LONGEST_DECIMALS = 9
Place = tuple[str, int]  # organisation, year
PlaceOf = Callable[[Row], Place]


@dataclass
class Read:
    """What a file holds: rows by place, and the rows that cannot be read."""

    report: Report = field(default_factory=Report)
    places: dict[Place, list[GivenRow]] = field(default_factory=dict)


def columns() -> list[Column]:
    """Columns of the template; on the page of a year the first three may be left out."""
    year = Column(YEAR, str(lazy_gettext("Reporting year")))
    schema = ActivityRowSchema()
    own = sorted(columns_of(schema), key=lambda each: each.name != KEY)
    return [*owner_columns(), year, *own]


def import_file(path: Path, *, limit_mb: int) -> Report:
    """A file of any approved enterprises: `flask import FILE --format activity`."""
    owners: dict[tuple[str, str], Organisation] = {}

    def place_of(row: Row) -> Place:
        who = (row.cells.get(SCHEME, ""), row.cells.get(NUMBER, ""))
        if who not in owners:
            owners[who] = owner_of(row.cells, OrganisationKind.ENTERPRISE)
        return owners[who].id, year_of(row.cells)

    found = read(path, place_of, limit_mb=limit_mb, required=(SCHEME, NUMBER, YEAR, *_REQUIRED))
    acting = {owner.id: acting_for(owner) for owner in owners.values()}
    report = saved(found, acting)
    db.session.commit()
    return report


def read(
    path: Path,
    place_of: PlaceOf,
    *,
    limit_mb: int = 20,
    required: Iterable[str] = _REQUIRED,
    on_rows: Callable[[int], None] = lambda _rows: None,
) -> Read:
    """Rows by organisation and year; what cannot be read is in the report already."""
    found, schema = Read(), ActivityRowSchema()
    number = 0
    for number, row in enumerate(sheets.rows(path, limit_mb=limit_mb), 1):
        if number == 1:
            _look_at_header(row, required, schema, found.report)
        if number % _TOLD_EVERY == 0:
            on_rows(number)
        try:
            place = place_of(row)
            given = GivenRow(row.number, _loaded(schema, row, found.report))
        except RowRefused as refused:
            found.report.skip(row.number, refused.column, refused.why)
        except MarketError as fact:
            found.report.skip(row.number, fact.field or NUMBER, str(fact))
        else:
            found.places.setdefault(place, []).append(given)
    if not number:
        raise FileRefused(why=lazy_gettext("it holds no rows below the header."))
    return found


def _look_at_header(
    row: Row, required: Iterable[str], schema: ActivityRowSchema, report: Report
) -> None:
    if missing := [name for name in required if name not in row.cells]:
        told = lazy_gettext("the column “%(name)s” is missing; is it the right file and format?")
        raise FileRefused(why=told % {"name": missing[0]})
    known = {*schema.load_fields, SCHEME, NUMBER, YEAR}
    for name in row.cells:
        if name not in known:
            report.warn(1, name, lazy_gettext("This column is not of the template; left out."))


def _loaded(schema: ActivityRowSchema, row: Row, report: Report) -> Mapping[str, Any]:
    if row.formulas:
        column, address = row.formulas[0]
        told = lazy_gettext("Cell %(cell)s holds a formula; put its value there instead.")
        raise RowRefused(column, told % {"cell": address})
    given = {name: text for name, text in row.cells.items() if text and name in schema.load_fields}
    for name in ("amount", "green"):
        if name in given and (shorter := _without_noise(given[name])) != given[name]:
            told = lazy_gettext("Rounded to 9 decimals: %(amount)s.") % {"amount": shorter}
            report.warn(row.number, name, told)
            given[name] = shorter
    try:
        loaded: Mapping[str, Any] = schema.load(given)
    except ValidationError as error:
        column, lines = next(iter(error.messages_dict.items()))
        raise RowRefused(str(column), " ".join(map(str, lines))) from error
    return loaded


def _without_noise(text: str) -> str:
    """What a spreadsheet computed in binary (12.30000000000001, 1e-05) to nine decimals."""
    plain = text.replace(",", "")
    if len(plain.partition(".")[2]) <= _LONGEST_DECIMALS and "e" not in plain.lower():
        return text
    try:
        value = float(plain)
    except ValueError:
        return text
    if not abs(value) < 1e12:
        return text
    return f"{value:.{_LONGEST_DECIMALS}f}".rstrip("0").rstrip(".")


def saved(found: Read, acting: Mapping[str, Acting]) -> Report:
    """Save what was read; the report says what became of every row."""
    report = found.report
    for (organisation_id, year), rows in found.places.items():
        try:
            setting: Setting = activities.setting_of(organisation_id, year)
        except MarketError as fact:
            for row in rows:
                report.skip(row.number, YEAR, str(fact))
            continue
        _count(report, save_rows(rows, setting, by=acting[organisation_id]))
    report.skipped.sort(key=lambda note: note.row)
    return report


def _count(report: Report, saved: Saved) -> None:
    report.counts[Outcome.IMPORTED] += saved.imported
    report.counts[Outcome.UPDATED] += saved.updated
    report.counts[Outcome.UNCHANGED] += saved.unchanged
    report.ids.extend(saved.ids)
    for row, column, why in saved.refused:
        report.skip(row, column, why)


def year_of(line: Mapping[str, str]) -> int:
    """The reporting year a row says."""
    try:
        year = cells.year(line.get(YEAR, ""))
    except cells.Unreadable as told:
        raise RowRefused(YEAR, told.why) from told
    if year is None:
        raise RowRefused(YEAR, lazy_gettext("Fill this in."))
    return year
