"""The job behind the upload page: a stored file is read into its year."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext

from market.domain import activity_imports
from market.errors import MarketError
from market.extensions import db
from market.models import ActivityImport, Organisation
from market.permissions import Acting
from market.texts import in_language
from market.work.imports.activity import YEAR, Place, PlaceOf, read, saved, year_of
from market.work.imports.own_columns import NUMBER
from market.work.imports.report import RowRefused
from market.work.imports.sheets import Row


def run_upload(import_id: str) -> dict[str, Any]:
    """The job behind the page: read the uploaded file into its year."""
    row = activity_imports.waiting(import_id)
    if row.finished_at is not None:
        return {"skipped": "done"}
    organisation = db.session.get_one(Organisation, row.organisation_id)
    with in_language(row.lang), tempfile.TemporaryDirectory() as folder:
        try:
            path = _named(row, Path(folder))
            found = read(path, _of_page(row, organisation), on_rows=_teller(row))
            report = saved(found, {organisation.id: _uploader(row, organisation)}).to_json()
        except MarketError as fact:
            activity_imports.refuse(row, str(fact))
            return {"refused": str(fact)}
    activity_imports.finish(row, report)
    return {name: report[name] for name in ("read", "imported", "updated", "unchanged")}


def _named(row: ActivityImport, folder: Path) -> Path:
    """The stored bytes under a name whose ending says what they are."""
    link = folder / ("lines.csv" if row.file.content_type == "text/csv" else "lines.xlsx")
    link.symlink_to(activity_imports.path_of(row).resolve())
    return link


def _teller(row: ActivityImport) -> Callable[[int], None]:
    return lambda rows: activity_imports.progress(row, rows)


def _uploader(row: ActivityImport, organisation: Organisation) -> Acting:
    return Acting(person_id=row.created_by, name="", organisation_id=organisation.id)


def _of_page(upload: ActivityImport, organisation: Organisation) -> PlaceOf:
    """The page's year and organisation; a row that says another is refused."""

    def place_of(row: Row) -> Place:
        number = row.cells.get(NUMBER, "")
        if number and number != organisation.id_value:
            raise RowRefused(NUMBER, lazy_gettext("This row belongs to another organisation."))
        if row.cells.get(YEAR) and year_of(row.cells) != upload.year:
            told = lazy_gettext("This row is of another year; this page is about %(year)s.")
            raise RowRefused(YEAR, told % {"year": upload.year})
        return organisation.id, upload.year

    return place_of
