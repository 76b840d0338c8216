"""Footprints in the transparency log: published, replaced, revoked, and proven by a bundle."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from disclosure.ledger.bundle import verify_bundle
from disclosure.ledger.canonical import parse
from disclosure.ledger.note import encode
from market.domain import footprint_labels as labels
from market.domain import footprint_records as records
from market.domain import footprints, log, log_agreement, log_keys
from market.domain.disclosure_records import RecordPending
from market.domain.queries import log as queries
from market.errors import NotFound
from market.extensions import db
from market.models import Footprint, LogLeaf, Membership
from tests.disclosure.ledger.bare import run_bare
from tests.factories import disclosures, organisations, people
from tests.factories import footprints as made


@pytest.fixture
def maker(app: Flask) -> Membership:
    return organisations.enterprise()


@pytest.fixture
def verifier(app: Flask) -> Membership:
    return organisations.owner_of("verifier")


def entries_of(row: Footprint) -> list[dict[str, Any]]:
    rows = db.session.query(LogLeaf).filter_by(footprint_id=row.id).order_by(LogLeaf.id)
    return [parse(each.entry) for each in rows]


def revoked(row: Footprint, verifier: Membership) -> Footprint:
    return labels.revoke(row, "示例：数据有误。", by=people.acting_for(verifier))


def test_a_label_enters_the_log_with_its_record_and_statement(
    maker: Membership, verifier: Membership
) -> None:
    made.published()
    row = made.published(maker, verifier)
    [entry] = entries_of(row)
    assert (entry["kind"], entry["supersedes"]) == ("footprint_published", None)
    assert (entry["record"], entry["by"]["id"]) == (row.record, maker.organisation_id)
    assert row.statement_file_id is not None
    assert entry["statement"] == made.PDF_SHA256


def test_a_newer_version_names_the_leaf_it_replaces(
    maker: Membership, verifier: Membership
) -> None:
    first = made.published(maker, verifier)
    second = footprints.renew(first, by=people.acting_for(maker))
    sent = {"verifier_id": verifier.organisation_id, "message": ""}
    footprints.submit(second, sent, by=people.acting_for(maker))
    labels.verify(second, made.label(), by=people.acting_for(verifier))
    labels.publish(second, by=people.acting_for(maker))
    before = queries.footprint_leaf(first.id)
    assert before is not None
    assert entries_of(second)[0]["supersedes"] == encode(before.leaf)


def test_a_revocation_says_who_why_and_of_what(maker: Membership, verifier: Membership) -> None:
    row = revoked(made.published(maker, verifier), verifier)
    published, taken_back = entries_of(row)
    leaf = queries.footprint_leaf(row.id)
    assert leaf is not None
    assert (taken_back["kind"], taken_back["supersedes"]) == (
        "footprint_revoked",
        encode(leaf.leaf),
    )
    assert (taken_back["reason"], taken_back["by"]["id"]) == (row.reason, verifier.organisation_id)
    assert taken_back["record"] == published["record"]


def test_the_command_proves_a_label_offline(
    maker: Membership, verifier: Membership, tmp_path: Path
) -> None:
    row = made.published(maker, verifier, certificate="TQ-LOG-1")
    with pytest.raises(RecordPending):
        records.bundle_of("TQ-LOG-1")
    log.append_all()
    (tmp_path / "b.json").write_bytes(records.bundle_of("tq-log-1"))
    key = log_keys.signer().verifier.text
    told = run_bare(tmp_path, "verify", str(tmp_path / "b.json"), "--key", key)
    assert told.returncode == 0, told.stdout
    assert "verified: footprint published" in told.stdout
    assert f"record sha256 {row.digest}" in told.stdout
    assert f"statement sha256 {made.PDF_SHA256}" in told.stdout


def test_a_changed_byte_of_a_label_is_found(maker: Membership, verifier: Membership) -> None:
    made.published(maker, verifier, certificate="TQ-LOG-2")
    log.append_all()
    data = records.bundle_of("TQ-LOG-2")
    changed = data.replace("示例铝合金轮毂".encode(), "示例铝合金轮圈".encode(), 1)
    assert changed != data
    with pytest.raises(ValueError, match="root"):
        verify_bundle(changed, [log_keys.signer().verifier])


def test_an_unpublished_label_has_no_bundle(maker: Membership, verifier: Membership) -> None:
    made.verified(maker, verifier, certificate="TQ-LOG-3")
    with pytest.raises(NotFound):
        records.bundle_of("TQ-LOG-3")


def test_log_and_labels_agree_until_one_is_changed(maker: Membership, verifier: Membership) -> None:
    revoked(made.published(maker, verifier), verifier)
    made.published()
    log.append_all()
    assert log_agreement.disagreements() == []
    for trigger in ("log_leaf_kept_on_delete", "log_leaf_kept_on_update"):
        on = "" if db.engine.dialect.name == "sqlite" else " ON log_leaf"
        db.session.execute(text(f"DROP TRIGGER {trigger}{on}"))
    db.session.query(LogLeaf).filter_by(kind="footprint_revoked").delete()
    assert any("revoked, but the log does not agree" in e for e in log_agreement.disagreements())


@pytest.mark.parametrize("both", [True, False])
def test_an_entry_is_about_exactly_one_thing(maker: Membership, both: bool) -> None:
    about = {"disclosure_id": disclosures.draft().id, "footprint_id": made.begun(maker).id}
    with pytest.raises(IntegrityError, match="one_subject"):
        log.add({"kind": "published"}, subject_id="x1", **(about if both else {}))


def test_what_an_entry_is_about_never_changes(maker: Membership, verifier: Membership) -> None:
    row, other = made.published(maker, verifier), made.published()
    leaves = db.session.query(LogLeaf).filter_by(footprint_id=row.id)
    with pytest.raises(IntegrityError, match="never changes"):
        leaves.update({"footprint_id": other.id})
