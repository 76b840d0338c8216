"""Documents of published versions: inline XBRL at once, PDF by a job, kept for the next reader."""

import hashlib
import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from disclosure.exchange import ixbrl
from disclosure.exchange.ixbrl_facts import filing_of
from disclosure.facts import Disclosure as Facts
from disclosure.grade import Grade, grade
from market import files
from market.database import new_id
from market.domain import due_work, visibilities
from market.domain.assurances import findings_of
from market.domain.disclosure_reviews import grade_now
from market.domain.queries import attestations
from market.domain.queries import disclosures as queries
from market.enums import DisclosureStatus
from market.errors import NotFound
from market.extensions import db
from market.files import Upload
from market.models import Disclosure, Report
from market.moments import now

JOB = "make-report"
TEMPLATE = "1"  # raised when the document changes, so that kept ones are made anew
NO_LIBRARIES = "no_libraries"
_GIVEN_UP_AFTER = timedelta(minutes=15)
_NOT_PUBLIC = (DisclosureStatus.DRAFT,)


def public_facts(version: Disclosure) -> Facts:
    """What everyone may read of a version; private answers are not in its content at all."""
    return Facts.from_dict(visibilities.joined(version.content, None))


def inline_xbrl(version: Disclosure) -> bytes:
    """The public answers as inline XBRL of the VSME taxonomy."""
    return ixbrl.write(filing_of(public_facts(version)))


def report_package(version: Disclosure) -> bytes:
    """The same in a report package."""
    return ixbrl.package(file_name(version), inline_xbrl(version))


def gate_of(version: Disclosure) -> Grade:
    """What the public answers and the attestations in force would be graded: the next gate."""
    return grade(
        public_facts(version),
        findings_of(version.findings),
        third_party=bool(version.third_party_source),
        assured=attestations.live(version.id),
    )


def file_name(version: Disclosure) -> str:
    """How a download is called, without its ending: plain ASCII."""
    return f"disclosure-{version.year}-v{version.version}-{version.id}"


def state_key(version: Disclosure, history: Sequence[Disclosure]) -> str:
    """Hash everything a document of this version shows that may change after publication."""
    shown: list[object] = [
        TEMPLATE,
        version.digest,
        version.status,
        grade_now(version),
        version.points,
    ]
    shown += [version.assurance, version.data_quality]
    shown += [[each.id, each.status, each.digest] for each in history]
    shown += [[each.id, each.status, each.counts] for each in attestations.of_version(version.id)]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


def ask(disclosure_id: str, language: str) -> Report:
    """The document of a public version: the kept one, or one that is now being made."""
    version = queries.public(disclosure_id)
    key = state_key(version, queries.history(version.organisation_id))
    _add(disclosure_id, language, key)
    report = _row(disclosure_id, language, key)
    if not is_made(report) and not is_waiting(report):
        report.attempts, report.error, report.asked_at = report.attempts + 1, "", now()
        report.made_at = None
        due_work.schedule(JOB, key=report.id, period=str(report.attempts))
        db.session.flush()
    return report


def _add(disclosure_id: str, language: str, key: str) -> None:
    """Two readers who ask at once wait for the same document."""
    values = {
        "id": new_id(), "disclosure_id": disclosure_id, "language": language, "state_key": key,
        "attempts": 0, "error": "", "file_digest": "", "size": 0, "pages": 0, "asked_at": now(),
    }  # fmt: skip
    on_postgresql = db.engine.dialect.name == "postgresql"
    insert = postgresql.insert if on_postgresql else sqlite.insert
    db.session.execute(insert(Report).values(**values).on_conflict_do_nothing())


def _row(disclosure_id: str, language: str, key: str) -> Report:
    return db.session.scalars(
        select(Report)
        .where(
            Report.disclosure_id == disclosure_id,
            Report.language == language,
            Report.state_key == key,
        )
        .with_for_update()
    ).one()


def find(report_id: str) -> Report:
    """A document of a version that is public."""
    found = db.session.scalars(
        select(Report)
        .join(Disclosure, Disclosure.id == Report.disclosure_id)
        .where(Report.id == report_id, Disclosure.status.not_in(_NOT_PUBLIC))
    ).first()
    if found is None:
        raise NotFound
    return found


def path_of(report: Report) -> Path:
    """Where the file of a made document lies."""
    return files.path_of(Path(current_app.instance_path), report.file_digest)


def is_made(report: Report) -> bool:
    """Whether its file is there; a cleared cache is filled again when asked."""
    return bool(report.file_digest) and path_of(report).exists()


def is_waiting(report: Report) -> bool:
    """Whether a job has it in hand."""
    fresh = report.asked_at > now() - _GIVEN_UP_AFTER
    return report.attempts > 0 and not report.error and not report.made_at and fresh


def made(report_id: str, pdf: bytes, *, pages: int) -> Report:
    """Keep the file of a document."""
    report = db.session.get_one(Report, report_id)
    upload = Upload("report.pdf", "application/pdf", pdf)
    report.file_digest = files.keep(Path(current_app.instance_path), upload)
    report.size, report.pages, report.made_at, report.error = len(pdf), pages, now(), ""
    db.session.flush()
    return report


def failed(report_id: str, why: str) -> None:
    """Note why a document could not be made; the next reader may ask again."""
    report = db.session.get_one(Report, report_id)
    report.error, report.file_digest = why[:200], ""
    db.session.flush()
