"""The audit trail: every consequential write, sealed in order; tampering shows."""

import hashlib

import pytest
from flask import Flask
from sqlalchemy import text

from market.domain import audits
from market.extensions import db
from market.models import AuditRecord, AuditSeal
from tests.factories import organisations as made


def without_triggers() -> None:
    """What someone with the rights of the database's owner could do."""
    sqlite = db.engine.dialect.name == "sqlite"
    for table in ("audit_record", "audit_seal"):
        for act in ("update", "delete"):
            on = "" if sqlite else f" ON {table}"
            db.session.execute(text(f"DROP TRIGGER {table}_kept_on_{act}{on}"))


@pytest.fixture
def sealed(app: Flask) -> int:
    """Some sealed records; the id of one in their midst."""
    for _ in range(3):
        made.enterprise()
    assert audits.seal() == db.session.query(AuditRecord).count()
    assert audits.first_broken_record() is None
    return db.session.query(AuditRecord.id).order_by(AuditRecord.id).offset(2).limit(1).scalar()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_record SET action = 'organisation.rejected' WHERE id = :id",
        "UPDATE audit_record SET person_id = 'someoneelse00' WHERE id = :id",
        "UPDATE audit_record SET digest = 'f00' WHERE id = :id",
        "UPDATE audit_seal SET chain = 'f00' WHERE record_id = :id",
        "DELETE FROM audit_seal WHERE record_id = :id",
    ],
)
def test_tampering_is_found(app: Flask, sealed: int, change: str) -> None:
    without_triggers()
    db.session.execute(text(change), {"id": sealed})
    db.session.expire_all()
    broken = audits.first_broken_record()
    assert broken is not None
    assert broken in {sealed, sealed + 1}
    db.session.rollback()  # the triggers come back


def test_record_committed_late_is_sealed_too(app: Flask, sealed: int) -> None:
    without_triggers()
    late = db.session.get_one(AuditRecord, sealed)
    db.session.execute(text("DELETE FROM audit_seal WHERE record_id >= :id"), {"id": late.id})
    newest = db.session.query(AuditRecord.id).order_by(AuditRecord.id.desc()).limit(1).scalar()
    last = db.session.query(AuditSeal).order_by(AuditSeal.id.desc()).limit(1).one()
    entry = db.session.get_one(AuditRecord, newest)
    chain = hashlib.sha256((last.chain + entry.digest).encode()).hexdigest()
    db.session.add(AuditSeal(record_id=newest, chain=chain))
    assert audits.seal() == newest - late.id
    assert (audits.first_broken_record(), audits.seal()) == (None, 0)
    db.session.rollback()


def test_verb_leaves_who_what_and_before_and_after(app: Flask) -> None:
    member = made.enterprise(name_zh="示例甲公司")
    record = db.session.query(AuditRecord).filter_by(action="organisation.approved").one()
    assert (record.subject_kind, record.subject_id) == ("organisation", member.organisation_id)
    assert (record.before, record.after) == (
        {"status": "pending"},
        {"status": "approved", "note": "示例"},
    )


def test_command_says_whether_the_trail_is_intact(app: Flask, sealed: int) -> None:
    db.session.commit()
    told = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert (told.exit_code, told.output) == (0, "intact\n")
