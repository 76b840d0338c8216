import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.ledger.proofs import (
    ProofError,
    verify_consistency,
    verify_inclusion,
    verify_subtree_consistency,
    verify_subtree_inclusion,
)  # fmt: skip
from disclosure.ledger.tree import EMPTY, MemoryNodes, Tree, hash_children, hash_leaf

VECTORS: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "vectors" / "rfc6962" / "vectors.json").read_text("utf-8")
)
LEAVES = [hash_leaf(bytes([number])) for number in range(70)]
SIZES = st.integers(1, len(LEAVES))


def tree_of(size: int) -> Tree:
    tree = Tree()
    tree.extend(LEAVES[:size])
    return tree


def naive(leaves: list[bytes]) -> bytes:
    if len(leaves) <= 1:
        return leaves[0] if leaves else EMPTY
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hash_children(naive(leaves[:split]), naive(leaves[split:]))


def run(name: str, v: dict[str, Any]) -> None:
    raw = {
        key: base64.b64decode(v[key]) for key in ("root", "root1", "root2", "leafHash") if key in v
    }
    proof = [base64.b64decode(each) for each in v["proof"] or []]
    match name.split("/")[0]:
        case "inclusion":
            verify_inclusion(
                v["leafIdx"], v["treeSize"], leaf=raw["leafHash"], proof=proof, root=raw["root"]
            )
        case "subtreeinclusion":
            place = (v["leafIdx"], v["start"], v["end"])
            verify_subtree_inclusion(*place, leaf=raw["leafHash"], proof=proof, root=raw["root"])
        case "consistency":
            roots = {"old_root": raw["root1"], "new_root": raw["root2"]}
            verify_consistency(v["size1"], v["size2"], **roots, proof=proof)
        case "subtreeconsistency":
            place = (v["start"], v["end"], v["size"])
            one, two = raw["root1"], raw["root2"]
            verify_subtree_consistency(*place, subtree_root=one, root=two, proof=proof)


def test_there_are_518_vectors() -> None:
    assert len(VECTORS) == 518
    assert sum(each["wantErr"] for each in VECTORS.values()) > 400


@pytest.mark.parametrize("name", [name for name, each in VECTORS.items() if not each["wantErr"]])
def test_valid_vector_is_accepted(name: str) -> None:
    assert run(name, VECTORS[name]) is None  # type: ignore[func-returns-value] # raises when refused


@pytest.mark.parametrize("name", [name for name, each in VECTORS.items() if each["wantErr"]])
def test_invalid_vector_is_refused(name: str) -> None:
    with pytest.raises(ProofError):
        run(name, VECTORS[name])


@given(st.integers(0, len(LEAVES)))
def test_root_equals_the_definition(size: int) -> None:
    assert tree_of(size).root() == naive(LEAVES[:size])


@given(SIZES, st.data())
def test_every_entry_of_every_size_is_proven(size: int, data: st.DataObject) -> None:
    tree, index = tree_of(len(LEAVES)), data.draw(st.integers(0, size - 1))
    proof, root = tree.inclusion(index, size), naive(LEAVES[:size])
    verify_inclusion(index, size, leaf=LEAVES[index], proof=proof, root=root)
    with pytest.raises(ProofError):
        verify_inclusion(index, size, leaf=hash_leaf(b"other"), proof=proof, root=root)


@given(SIZES, st.data())
def test_every_tree_continues_its_smaller_ones(size: int, data: st.DataObject) -> None:
    tree, old = tree_of(len(LEAVES)), data.draw(st.integers(1, size))
    roots = {"old_root": naive(LEAVES[:old]), "new_root": naive(LEAVES[:size])}
    proof = tree.consistency(old, size)
    verify_consistency(old, size, **roots, proof=proof)
    with pytest.raises(ProofError):
        verify_consistency(old, size, **{**roots, "old_root": EMPTY}, proof=proof)


@settings(max_examples=150)
@given(SIZES, st.data())
def test_every_subtree_is_proven(size: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, size - 1))
    span = start & -start or 64
    end = data.draw(st.integers(start + 1, min(size, start + span)))
    tree, index = tree_of(size), data.draw(st.integers(start, end - 1))
    part = naive(LEAVES[start:end])
    inside = tree.subtree_inclusion(index, start, end)
    verify_subtree_inclusion(index, start, end, leaf=LEAVES[index], proof=inside, root=part)
    proof = tree.subtree_consistency(start, end, size)
    verify_subtree_consistency(start, end, size, subtree_root=part, root=tree.root(), proof=proof)


def test_empty_subtree_has_an_empty_proof() -> None:
    assert tree_of(3).subtree_consistency(2, 2, 3) == []


@pytest.mark.parametrize(
    "ask",
    [
        lambda tree: tree.inclusion(5),
        lambda tree: tree.inclusion(-1),
        lambda tree: tree.consistency(0),
        lambda tree: tree.consistency(6),
        lambda tree: tree.root(6),
    ],
)
def test_proof_of_what_is_not_there_is_refused(ask: Any) -> None:
    with pytest.raises(ValueError, match="5"):
        ask(tree_of(5))


def test_node_out_of_order_is_refused() -> None:
    with pytest.raises(ValueError, match="out of order"):
        MemoryNodes().put(0, 1, EMPTY)


def test_tree_goes_on_over_kept_nodes() -> None:
    first = tree_of(37)
    later = Tree(first.nodes, first.size)
    later.extend(LEAVES[37:])
    assert later.root() == naive(LEAVES)
