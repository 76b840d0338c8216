"""Uploads: kept by content, referenced by a row that says whose they are."""

from pathlib import Path

from flask import current_app
from sqlalchemy import select

from market import files
from market.errors import NotFound
from market.extensions import db
from market.files import Upload
from market.models import StoredFile
from market.moments import now
from market.permissions import Acting


def keep_upload(upload: Upload, *, organisation_id: str | None, by: Acting) -> StoredFile:
    """Store checked bytes and the row that owns them."""
    files.keep(Path(current_app.instance_path), upload)
    stored = StoredFile(
        digest=upload.digest,
        name=upload.name,
        content_type=upload.content_type,
        size=len(upload.data),
        organisation_id=organisation_id,
        uploaded_by=by.person_id,
        created_at=now(),
    )
    db.session.add(stored)
    db.session.flush()
    return stored


def path_of(stored: StoredFile) -> Path:
    """Where the bytes of a stored file are."""
    return files.path_of(Path(current_app.instance_path), stored.digest)


def readable(file_id: str, *, by: Acting) -> tuple[StoredFile, Path]:
    """A file of one's own organisation or upload; operators may read evidence."""
    stored = db.session.get(StoredFile, file_id)
    if stored is None:
        raise NotFound
    own = stored.uploaded_by == by.person_id or stored.organisation_id == by.organisation_id
    if not own and "operator" not in by.platform_roles:
        raise NotFound
    return stored, path_of(stored)


def own_by_digest(digest: str, *, by: Acting) -> tuple[StoredFile, Path]:
    """A file of one's own organisation by the SHA-256 an answer names it with."""
    stored = db.session.scalars(
        select(StoredFile)
        .where(StoredFile.digest == digest, StoredFile.organisation_id == by.organisation_id)
        .order_by(StoredFile.created_at)
        .limit(1)
    ).first()
    if stored is None or not by.organisation_id:
        raise NotFound
    return stored, path_of(stored)
