"""The log grows in order, never twice, never by rebuilding, and nobody changes what it holds."""

from functools import partial

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from disclosure.ledger.checkpoint import read_checkpoint
from disclosure.ledger.proofs import verify_consistency, verify_inclusion
from disclosure.ledger.tree import Tree
from market.domain import log, log_keys, log_nodes
from market.domain.queries import log as queries
from market.errors import NotFound
from market.extensions import db
from market.models import LogCheckpoint, LogLeaf, LogNode
from tests.factories import disclosures as made
from tests.factories import log as factory
from tests.market.domain.test_due_work import at_once
from tests.proving import PROVING
from tests.statements import counted_statements


def pure_tree() -> Tree:
    tree = Tree()
    tree.extend(queries.leaf_hashes())
    return tree


def test_waiting_entries_are_appended_in_order_and_signed(app: Flask) -> None:
    leaves = factory.waiting(count=5)
    assert log.append_waiting() == 5
    db.session.expire_all()
    assert [each.position for each in leaves] == [0, 1, 2, 3, 4]
    note = factory.checkpoint().note
    checkpoint, _ = read_checkpoint(note, [log_keys.signer().verifier])
    assert (checkpoint.size, checkpoint.root) == (5, pure_tree().root())


def test_nothing_waiting_signs_nothing(app: Flask) -> None:
    assert log.append_waiting() == 0
    factory.waiting()
    assert [log.append_waiting(), log.append_waiting()] == [1, 0]
    assert db.session.query(LogCheckpoint).count() == 1


def test_more_than_one_batch_is_appended_batch_by_batch(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "AT_ONCE", 3)
    factory.waiting(count=7)
    assert log.append_all() == 7
    assert [each.size for each in db.session.query(LogCheckpoint)] == [3, 6, 7]


@settings(
    max_examples=200 if PROVING else 8, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(batches=st.lists(st.integers(1, 40), min_size=1, max_size=8), data=st.data())
@pytest.mark.prove
def test_stored_tree_equals_the_pure_tree(
    app: Flask, batches: list[int], data: st.DataObject
) -> None:
    db.session.rollback()  # what the example before left
    tree = Tree()
    for number, batch in enumerate(batches):
        leaves = [bytes([number, each]) * 16 for each in range(batch)]
        grown = log_nodes.grown(tree.size, leaves)
        tree.extend(leaves)
        assert (grown.size, grown.root()) == (tree.size, tree.root())
    size = data.draw(st.integers(1, tree.size))
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    assert log_nodes.answered(size, lambda t: t.inclusion(index)) == tree.inclusion(index, size)
    assert log_nodes.answered(size, lambda t: t.consistency(old)) == tree.consistency(old, size)


def test_proofs_of_the_stored_tree_hold(app: Flask) -> None:
    factory.waiting(count=13)
    log.append_waiting()
    root, leaves = pure_tree().root(), queries.leaf_hashes()
    for index, leaf in enumerate(leaves):
        proof = log_nodes.answered(13, partial(Tree.inclusion, index=index))
        verify_inclusion(index, 13, leaf=leaf, proof=proof, root=root)
    between = log_nodes.answered(13, lambda tree: tree.consistency(6))
    old = log_nodes.answered(6, Tree.root)
    verify_consistency(6, 13, old_root=old, new_root=root, proof=between)


def test_appending_and_proving_ask_as_often_in_a_large_log(app: Flask) -> None:
    counts = []
    for size in (3, 300):
        factory.waiting(count=size)
        log.append_all()
        factory.waiting()
        with counted_statements() as appending:
            log.append_waiting()
        with counted_statements() as proving:
            log_nodes.answered(size, lambda tree: tree.inclusion(1))
        counts.append((appending.number, proving.number))
    assert counts[0] == counts[1]
    assert counts[0][1] == 1


def test_four_schedulers_at_once_append_each_entry_once(app: Flask) -> None:
    factory.waiting(count=20)
    db.session.commit()

    def append(_number: int) -> int:
        appended = log.append_all()
        db.session.commit()
        return appended

    assert sorted(at_once(app, append)) == [0, 0, 0, 20]
    positions = [row for (row,) in db.session.query(LogLeaf.position).order_by(LogLeaf.position)]
    assert positions == list(range(20))
    assert factory.checkpoint().root == pure_tree().root()


def test_new_key_signs_the_same_tree_and_the_old_one_stays_known(app: Flask) -> None:
    factory.waiting(count=2)
    log.append_waiting()
    old = log_keys.signer()
    app.extensions["log_signer"] = log_keys.new_key(old.name)
    try:
        assert log.append_waiting() == 0
        assert factory.checkpoint().key == log_keys.signer().verifier.text
        told = [(use.key, use.first, use.last) for use in queries.signing_keys()]
        new = log_keys.signer().verifier.text
        assert told == [(new, 2, 2), (old.verifier.text, 2, 2)]
    finally:
        app.extensions["log_signer"] = old


def test_key_of_another_name_is_refused(app: Flask) -> None:
    factory.waiting()
    log.append_waiting()
    old = log_keys.signer()
    app.extensions["log_signer"] = log_keys.new_key("elsewhere.example/log")
    try:
        with pytest.raises(log.AnotherLog, match=r"elsewhere\.example"):
            log.append_waiting()
    finally:
        app.extensions["log_signer"] = old


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log_leaf SET kind = 'x'",
        "UPDATE log_leaf SET position = position + 1",
        "UPDATE log_leaf SET position = NULL",
        "DELETE FROM log_leaf",
        "UPDATE log_node SET level = level + 50",
        "DELETE FROM log_node",
        "UPDATE log_checkpoint SET size = 0",
        "DELETE FROM log_checkpoint",
    ],
)
def test_what_the_log_holds_cannot_be_changed(app: Flask, statement: str) -> None:
    factory.waiting(count=2)
    log.append_waiting()
    db.session.commit()
    with pytest.raises(IntegrityError):
        db.session.execute(text(statement))
    db.session.rollback()
    assert (db.session.query(LogLeaf).count(), db.session.query(LogNode).count()) == (2, 3)


def test_waiting_entry_keeps_its_content_too(app: Flask) -> None:
    leaf = factory.waiting()[0]
    db.session.commit()
    with pytest.raises(IntegrityError, match="never changes"):
        db.session.execute(text("UPDATE log_leaf SET kind = 'withdrawn'"))
    db.session.rollback()
    assert leaf.kind == "published"


def test_entry_nobody_appended_is_not_found(app: Flask) -> None:
    factory.waiting()
    for index in (0, 2**70):
        with pytest.raises(NotFound):
            queries.entry(index)


def test_pages_of_entries_go_both_ways(app: Flask) -> None:
    factory.waiting(made.draft(), count=5)
    log.append_waiting()
    newest = queries.newest_entries(rows=2)
    assert [each.position for each in newest.rows] == [4, 3]
    assert [each.position for each in queries.newest_entries(newest.next_key, rows=4).rows] == [
        2, 1, 0,
    ]  # fmt: skip
    assert [each.position for each in queries.entries_from("1", rows=9).rows] == [2, 3, 4]
