"""Runs an import: row by row, each wholly or not at all, committed in batches."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask_babel import lazy_gettext
from sqlalchemy.exc import DataError, IntegrityError

from market.errors import MarketError, fact_behind
from market.extensions import db
from market.work.imports import sheets
from market.work.imports.report import FileRefused, Outcome, Report, RowRefused

_BATCH = 200


@dataclass(frozen=True)
class Taken:
    """What became of a row, the object it concerns, and remarks on its cells (column, why)."""

    outcome: Outcome
    object_id: str
    remarks: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Importer:
    """How one kind of file is taken: the columns it must have, and the verb for a row.

    A refusal that names no column is told at `main_column`.
    """

    required: tuple[str, ...]
    take: Callable[[sheets.Row], Taken]
    main_column: str = ""
    conclude: Callable[[Report], None] | None = None


def run(path: Path, importer: Importer, *, limit_mb: int) -> Report:
    """Import a file; FileRefused when it, or every row of it, cannot be read."""
    report = Report()
    for row in sheets.rows(path, limit_mb=limit_mb):
        if not report.read:
            _refuse_without(importer.required, row)
        _take(row, importer, report)
        if report.read % _BATCH == 0:
            db.session.commit()
            db.session.expunge_all()  # a long file must not be held in memory
    if report.read == 0:
        raise FileRefused(why=lazy_gettext("it holds no rows below the header."))
    if importer.conclude is not None:
        importer.conclude(report)
    db.session.commit()
    return report


def _refuse_without(required: tuple[str, ...], row: sheets.Row) -> None:
    missing = [name for name in required if name not in row.cells]
    if missing:
        told = lazy_gettext("the column “%(name)s” is missing; is it the right file and format?")
        raise FileRefused(why=told % {"name": missing[0]})


def _take(row: sheets.Row, importer: Importer, report: Report) -> None:
    if row.formulas:
        column, address = row.formulas[0]
        told = lazy_gettext("Cell %(cell)s holds a formula; put its value there instead.")
        report.skip(row.number, column, told % {"cell": address})
        return
    try:
        with db.session.begin_nested():
            taken = importer.take(row)
    except RowRefused as refused:
        report.skip(row.number, refused.column, refused.why)
    except MarketError as fact:
        report.skip(row.number, fact.field or importer.main_column, str(fact))
    except IntegrityError as error:
        fact_told = fact_behind(error, db.metadata)
        report.skip(row.number, fact_told.field or importer.main_column, str(fact_told))
    except DataError:
        report.skip(
            row.number,
            importer.main_column,
            lazy_gettext("A value is too long or too large to be kept."),
        )
    else:
        report.count(taken.outcome, taken.object_id)
        for column, why in taken.remarks:
            report.warn(row.number, column, str(why))
