"""The audit trail: a record in the transaction of every consequential write, sealed in order."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from market.database import Base
from market.extensions import db
from market.logs import request_id
from market.models import AuditRecord, AuditSeal
from market.moments import now
from market.permissions import Acting

_SEAL_AT_ONCE = 1000
_LATE = 100_000  # records; a transaction open for longer than these are written is sealed never


def record(
    action: str,
    subject: Base,
    *,
    by: Acting | None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AuditRecord:
    """Write down who did what to which row; `by=None` is the platform itself."""
    entry = AuditRecord(
        at=now(),
        person_id=by.person_id if by else "",
        organisation_id=by.organisation_id if by else "",
        action=action,
        subject_kind=subject.__tablename__,
        subject_id=str(getattr(subject, "id", "")),
        before=_plain(before),
        after=_plain(after),
        request_id=_request_id(),
        digest="",
    )
    entry.digest = digest_of(entry)
    db.session.add(entry)
    return entry


def digest_of(entry: AuditRecord) -> str:
    """SHA-256 over everything the record says, in one canonical form."""
    content = [
        entry.at.isoformat(timespec="microseconds"),
        entry.person_id,
        entry.organisation_id,
        entry.action,
        entry.subject_kind,
        entry.subject_id,
        entry.before,
        entry.after,
        entry.request_id,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def seal() -> int:
    """Append the unsealed records to the hash chain; returns how many.

    A record may be committed after a later-numbered one was sealed: look back for such.
    """
    last = db.session.scalars(select(AuditSeal).order_by(AuditSeal.id.desc()).limit(1)).first()
    chain = last.chain if last else ""
    newest = db.session.scalar(select(func.max(AuditSeal.record_id))) or 0
    entries = db.session.scalars(
        select(AuditRecord)
        .outerjoin(AuditSeal, AuditSeal.record_id == AuditRecord.id)
        .where(AuditRecord.id > newest - _LATE, AuditSeal.id.is_(None))
        .order_by(AuditRecord.id)
        .limit(_SEAL_AT_ONCE)
    ).all()
    for entry in entries:
        chain = hashlib.sha256((chain + entry.digest).encode()).hexdigest()
        db.session.add(AuditSeal(record_id=entry.id, chain=chain))
        db.session.flush()  # one by one: the seals' own numbers are the order of the chain
    return len(entries)


def first_broken_record() -> int | None:
    """The id of the first record that was changed, removed or put elsewhere in the chain."""
    chain = ""
    query = (
        select(AuditSeal, AuditRecord)
        .outerjoin(AuditRecord, AuditSeal.record_id == AuditRecord.id)
        .order_by(AuditSeal.id)
        .execution_options(yield_per=_SEAL_AT_ONCE)
    )
    with db.session.execute(query) as rows:
        for sealed, entry in rows:
            digest = digest_of(entry) if entry is not None else ""
            chain = hashlib.sha256((chain + digest).encode()).hexdigest()
            if entry is None or chain != sealed.chain or entry.digest != digest:
                return int(sealed.record_id)
    return None


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """JSON-safe copy: the digest must not depend on how a driver writes numbers."""
    if values is None:
        return None
    plain: dict[str, Any] = json.loads(json.dumps(values, default=str))
    return plain


def _request_id() -> str:
    try:
        return request_id()
    except RuntimeError:  # outside a request: a job or a command
        return ""
