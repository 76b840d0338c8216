"""Files of activity lines: uploaded on a page, read by a job, reported row by row."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from market import files
from market.domain import audits, due_work
from market.domain.files import keep_upload
from market.errors import NotFound
from market.extensions import db
from market.files import Upload
from market.models import ActivityImport
from market.moments import now
from market.permissions import Acting
from market.texts import language

JOB = "activity-import"
REASONS_KEPT = 1000
"""A file of ten thousand wrong rows is told by its first thousand."""


def upload(year: int, file: Upload, *, by: Acting) -> ActivityImport:
    """Keep the file and plan its import; the page shows how far it is."""
    stored = keep_upload(file, organisation_id=by.organisation_id, by=by)
    made = ActivityImport(
        organisation_id=by.organisation_id,
        year=year,
        file_id=stored.id,
        lang=language(),
        created_at=now(),
        created_by=by.person_id,
    )
    db.session.add(made)
    db.session.flush()
    after = {"year": year, "file": stored.name, "sha256": stored.digest}
    audits.record("activity.uploaded", made, by=by, after=after)
    due_work.schedule(JOB, key=made.id)
    return made


def own(import_id: str, *, by: Acting) -> ActivityImport:
    """An upload of the organisation acted for, with its file; anyone else's does not exist."""
    found = db.session.scalars(_with_file(import_id)).first()
    if found is None or not by.organisation_id or found.organisation_id != by.organisation_id:
        raise NotFound
    return found


def waiting(import_id: str) -> ActivityImport:
    """An upload for the job that reads it."""
    return db.session.scalars(_with_file(import_id)).one()


def path_of(row: ActivityImport) -> Path:
    """Where the bytes of the file lie."""
    return files.path_of(Path(current_app.instance_path), row.file.digest)


def progress(row: ActivityImport, rows: int) -> None:
    """Tell the page how many rows were read so far."""
    row.rows_done = rows
    db.session.commit()


def finish(row: ActivityImport, report: Mapping[str, Any]) -> None:
    """Keep what became of the rows."""
    kept = {name: each for name, each in report.items() if name != "ids"}
    row.report = {**kept, "skipped": report["skipped"][:REASONS_KEPT]}
    row.report["skipped_count"] = len(report["skipped"])
    row.rows_done, row.finished_at = report["read"], now()
    db.session.flush()


def refuse(row: ActivityImport, why: str) -> None:
    """The file as a whole could not be read."""
    row.refusal, row.finished_at = why[:400], now()
    db.session.flush()


def _with_file(import_id: str) -> Any:
    return (
        select(ActivityImport)
        .options(joinedload(ActivityImport.file))
        .where(ActivityImport.id == import_id)
    )
