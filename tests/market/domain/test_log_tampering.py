"""Outsiders find out: a changed byte, a rewritten history, on a bare machine."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, text, update

from disclosure.ledger.bundle import BundleError, verify_bundle
from disclosure.ledger.checkpoint import Checkpoint
from disclosure.ledger.note import encode
from disclosure.ledger.tree import hash_leaf
from market.domain import disclosure_records as records
from market.domain import log_agreement, log_keys, log_nodes
from market.domain.queries import log as queries
from market.extensions import db
from market.models import LogCheckpoint, LogLeaf, LogNode
from tests.disclosure.ledger.bare import run_bare
from tests.factories import log as factory
from tests.proving import PROVING


def unguarded() -> None:
    """What whoever owns the database can do; rolled back with the test's transaction."""
    sqlite = db.engine.dialect.name == "sqlite"
    for table in ("log_leaf", "log_node", "log_checkpoint"):
        for act in ("update", "delete"):
            on = "" if sqlite else f" ON {table}"
            db.session.execute(text(f"DROP TRIGGER {table}_kept_on_{act}{on}"))


def rewrite(index: int) -> str:
    """Change an entry, compute the whole tree anew, and sign it with the log's own key."""
    entry = queries.entry(index).entry.replace("示例".encode(), "改写".encode())
    changed = {"entry": entry, "leaf": hash_leaf(entry)}
    db.session.execute(update(LogLeaf).where(LogLeaf.position == index).values(**changed))
    db.session.execute(delete(LogNode))
    db.session.expire_all()
    tree = log_nodes.grown(0, queries.leaf_hashes())
    signer = log_keys.signer()
    return Checkpoint(signer.name, tree.size, tree.root()).signed(signer)


def exported(note: str) -> str:
    leaves = [encode(each) for each in queries.leaf_hashes()]
    return json.dumps({"format": "tanqiao-log/1", "checkpoint": note, "leaves": leaves})


def test_rewritten_history_is_noticed(app: Flask, tmp_path: Path) -> None:
    for _ in range(3):
        factory.imported()
    source, state = tmp_path / "log.json", tmp_path / "state"
    look = ["monitor", str(source), "--state", str(state)]
    look += ["--key", log_keys.signer().verifier.text]
    source.write_text(exported(factory.checkpoint().note))
    assert run_bare(tmp_path, *look).stdout.startswith("first look")
    unguarded()
    source.write_text(exported(rewrite(1)))
    seen = run_bare(tmp_path, *look)
    db.session.rollback()
    assert (seen.returncode, "two different histories" in seen.stdout) == (1, True)


def of_entry_1(**values: object) -> None:
    db.session.execute(update(LogLeaf).where(LogLeaf.position == 1).values(**values))


TAMPERED: dict[str, Callable[[], object]] = {
    "the entries do not have the signed root": lambda: rewrite(1),
    "entry 1: content and leaf hash differ": lambda: of_entry_1(entry=b"{}"),
    "entry 1 is missing": lambda: of_entry_1(position=9),
    "2 entries are appended, 3 are signed": lambda: db.session.execute(
        delete(LogLeaf).where(LogLeaf.position == 2)
    ),
    "the stored nodes do not have the signed root": lambda: db.session.execute(
        update(LogNode).values(digest=bytes(32))
    ),
    "the row does not say what was signed": lambda: db.session.execute(
        update(LogCheckpoint).where(LogCheckpoint.size == 3).values(root=bytes(32))
    ),
    "entries tell its publication": lambda: of_entry_1(subject_id="nobody"),
}


@pytest.mark.parametrize("found", TAMPERED)
def test_verify_names_what_was_changed(app: Flask, found: str) -> None:
    for _ in range(3):
        factory.imported()
    assert log_agreement.disagreements() == []
    unguarded()
    TAMPERED[found]()
    db.session.expire_all()
    told = log_agreement.disagreements()
    db.session.rollback()
    assert any(found in line for line in told), told


def test_bundle_of_the_market_is_proven_on_a_bare_machine(app: Flask, tmp_path: Path) -> None:
    version, key = factory.logged(), tmp_path / "log.key"
    (tmp_path / "bundle.json").write_bytes(records.bundle_of(version.id))
    key.write_text(log_keys.signer().verifier.text + "\n")
    done = run_bare(tmp_path, "verify", str(tmp_path / "bundle.json"), "--key", str(key))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("verified: published disclosure of 示例")


@pytest.mark.prove
def test_changed_byte_of_a_bundle_of_the_market_is_refused(
    app: Flask, record_property: Callable[[str, object], None]
) -> None:
    factory.waiting(count=5)
    data = records.bundle_of(factory.logged().id)
    keys = [log_keys.signer().verifier]
    assert verify_bundle(data, keys).index == 5
    positions = range(0, len(data), 1 if PROVING else 97)
    for position in positions:
        changed = bytearray(data)
        changed[position] ^= (1, 0x20, 0x80)[position % 3]
        with pytest.raises(BundleError):
            verify_bundle(bytes(changed), keys)
    record_property("count", len(positions))
