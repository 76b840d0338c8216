"""Checking proofs without the tree: inclusion, consistency, and both for subtrees.

RFC 6962 / 9162 §2.1; subtrees after draft-ietf-plants-merkle-tree-certs: [start, end) is valid when
`start` is a multiple of the smallest power of two that is not below its width.
"""

from collections.abc import Sequence

from disclosure.ledger.tree import EMPTY, hash_children

DIGEST = 32


class ProofError(ValueError):
    """A proof does not prove what it claims; the message says what is wrong."""


def verify_inclusion(
    index: int, size: int, *, leaf: bytes, proof: Sequence[bytes], root: bytes
) -> None:
    """Check that `leaf` is entry `index` of the tree of `size` entries with this root."""
    verify_subtree_inclusion(index, 0, size, leaf=leaf, proof=proof, root=root)


def verify_subtree_inclusion(
    index: int, start: int, end: int, *, leaf: bytes, proof: Sequence[bytes], root: bytes
) -> None:
    """Check that `leaf` is entry `index` of the subtree [start, end) with this hash."""
    _check_subtree(start, end)
    if not start <= index < end:
        raise ProofError(f"entry {index} is not within [{start}, {end})")
    if any(len(each) != DIGEST for each in (leaf, root, *proof)):
        raise ProofError("a hash is not 32 bytes long")
    position, last, digest = index - start, end - start - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ProofError("the proof is too long")
        if position % 2 or position == last:
            digest = hash_children(sibling, digest)
            while position and not position % 2:
                position, last = position >> 1, last >> 1
        else:
            digest = hash_children(digest, sibling)
        position, last = position >> 1, last >> 1
    if last:
        raise ProofError("the proof is too short")
    if digest != root:
        raise ProofError("the proof leads to another root")


def verify_consistency(
    old_size: int, new_size: int, *, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Check that the tree of `new_size` continues the tree of `old_size` (not empty)."""
    if old_size == 0:
        raise ProofError("every tree continues the empty one; nothing is proven")
    verify_subtree_consistency(
        0, old_size, new_size, subtree_root=old_root, root=new_root, proof=proof
    )


def verify_subtree_consistency(
    start: int, end: int, size: int, *, subtree_root: bytes, root: bytes, proof: Sequence[bytes]
) -> None:
    """Check that the subtree [start, end) with its hash belongs to the tree of `size` leaves."""
    _check_subtree(start, end, may_be_empty=True)
    if end > size:
        raise ProofError(f"[{start}, {end}) reaches beyond {size} entries")
    if start == end:
        if proof or subtree_root != EMPTY:
            raise ProofError("an empty subtree has the empty hash and no proof")
        return
    first, second = _folded((start, end - 1, size - 1), subtree_root, proof)
    if first != subtree_root:
        raise ProofError("the proof leads to another earlier root")
    if second != root:
        raise ProofError("the proof leads to another root")


def _folded(
    place: tuple[int, int, int], subtree_root: bytes, proof: Sequence[bytes]
) -> tuple[bytes, bytes]:
    """Fold a consistency proof into the hash of the subtree and that of the whole tree."""
    low, high, last = place
    rest = list(proof)
    at_the_end = high == last
    while low != high and (at_the_end or high % 2):
        low, high, last = low >> 1, high >> 1, last >> 1
    if low != high and not rest:
        raise ProofError("the proof is too short")
    first = second = subtree_root if low == high else rest.pop(0)
    for sibling in rest:
        if last == 0:
            raise ProofError("the proof is too long")
        if high % 2 or high == last:
            first = hash_children(sibling, first) if low < high else first
            second = hash_children(sibling, second)
            while not high % 2:
                low, high, last = low >> 1, high >> 1, last >> 1
        else:
            second = hash_children(second, sibling)
        low, high, last = low >> 1, high >> 1, last >> 1
    if last:
        raise ProofError("the proof is too short")
    return first, second


def _check_subtree(start: int, end: int, *, may_be_empty: bool = False) -> None:
    width = end - start
    if start < 0 or width < 0 or (width == 0 and not may_be_empty):
        raise ProofError(f"[{start}, {end}) holds no entries")
    span = 1 << (width - 1).bit_length() if width else 1
    if start % span:
        raise ProofError(f"[{start}, {end}) is not a subtree")
