"""The append-only Merkle tree of RFC 6962: appending and proving without rebuilding.

Only complete nodes are kept, each written once and never changed: node (level, index) covers the
leaves [index · 2^level, (index + 1) · 2^level). Nodes may live in memory or in a table.
"""

import hashlib
from collections.abc import Iterable
from typing import Protocol

EMPTY = hashlib.sha256(b"").digest()


def hash_leaf(content: bytes) -> bytes:
    """Hash the content of an entry with the leaf prefix 0x00."""
    return hashlib.sha256(b"\x00" + content).digest()


def hash_children(left: bytes, right: bytes) -> bytes:
    """Hash two nodes with the node prefix 0x01."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Nodes(Protocol):
    """Where complete nodes are kept."""

    def get(self, level: int, index: int) -> bytes:
        """Return a node put before."""

    def put(self, level: int, index: int, digest: bytes) -> None:
        """Keep a node; each is put once, in order of index within its level."""


class MemoryNodes:
    """Nodes in lists, one per level."""

    def __init__(self) -> None:
        self._levels: list[list[bytes]] = []

    def get(self, level: int, index: int) -> bytes:
        """Return a node put before."""
        return self._levels[level][index]

    def put(self, level: int, index: int, digest: bytes) -> None:
        """Keep a node behind the others of its level."""
        if level == len(self._levels):
            self._levels.append([])
        if len(self._levels[level]) != index:
            raise ValueError(f"node {index} of level {level} is out of order")
        self._levels[level].append(digest)


class Tree:
    """A tree over leaf hashes; `size` counts the leaves."""

    def __init__(self, nodes: Nodes | None = None, size: int = 0) -> None:
        self.nodes = nodes if nodes is not None else MemoryNodes()
        self.size = size

    def append(self, leaf: bytes) -> int:
        """Append a leaf hash and return its index; writes two nodes on average."""
        index, level, digest = self.size, 0, leaf
        self.nodes.put(0, index, leaf)
        while index % 2:
            digest = hash_children(self.nodes.get(level, index - 1), digest)
            level, index = level + 1, index // 2
            self.nodes.put(level, index, digest)
        self.size += 1
        return self.size - 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Append many leaf hashes."""
        for leaf in leaves:
            self.append(leaf)

    def root(self, size: int | None = None) -> bytes:
        """Return the root of the first `size` leaves (all by default)."""
        return self.subtree(0, self._known(size))

    def subtree(self, start: int, end: int) -> bytes:
        """Return the hash over the leaves [start, end), a valid subtree inside the tree."""
        width = end - start
        if width == 0:
            return EMPTY
        split = _largest_power_below(width) if width > 1 else 1
        if split * 2 == width or width == 1:
            level = width.bit_length() - 1
            return self.nodes.get(level, start >> level)
        return hash_children(self.subtree(start, start + split), self.subtree(start + split, end))

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """Prove that leaf `index` is in the tree of `size` leaves."""
        end = self._known(size)
        if not 0 <= index < end:
            raise ValueError(f"leaf {index} is not in a tree of {end}")
        return self.subtree_inclusion(index, 0, end)

    def subtree_inclusion(self, index: int, start: int, end: int) -> list[bytes]:
        """Prove that leaf `index` is in the valid subtree [start, end)."""
        proof: list[bytes] = []
        while end - start > 1:
            middle = start + _largest_power_below(end - start)
            if index < middle:
                proof.append(self.subtree(middle, end))
                end = middle
            else:
                proof.append(self.subtree(start, middle))
                start = middle
        return proof[::-1]

    def consistency(self, old: int, size: int | None = None) -> list[bytes]:
        """Prove that the tree of `size` leaves continues the tree of the first `old`."""
        end = self._known(size)
        if not 0 < old <= end:
            raise ValueError(f"a tree of {end} has no consistency proof from {old}")
        return self.subtree_consistency(0, old, end)

    def subtree_consistency(self, start: int, end: int, size: int) -> list[bytes]:
        """Prove that the subtree [start, end) belongs to the tree of `size` leaves."""
        proof: list[bytes] = []
        low, high, known = 0, size, True
        while start < end and (start, end) != (low, high):
            middle = low + _largest_power_below(high - low)
            if end <= middle:
                proof.append(self.subtree(middle, high))
                high = middle
            elif start >= middle:
                proof.append(self.subtree(low, middle))
                low = middle
            else:
                proof.append(self.subtree(low, middle))
                start, low, known = middle, middle, False
        if not known:
            proof.append(self.subtree(low, high))
        return proof[::-1]

    def _known(self, size: int | None) -> int:
        if size is None:
            return self.size
        if not 0 <= size <= self.size:
            raise ValueError(f"the tree has {self.size} leaves, not {size}")
        return size


def _largest_power_below(width: int) -> int:
    """Return the largest power of two smaller than `width` (> 1): where RFC 6962 splits."""
    return 1 << ((width - 1).bit_length() - 1)
