"""The stored nodes of the log's tree: grown and read by statements that do not grow with it."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from sqlalchemy import insert, select

from disclosure.ledger.tree import Tree
from market.extensions import db
from market.models import LogNode

T = TypeVar("T")
_Place = tuple[int, int]


def answered(size: int, question: Callable[[Tree], T]) -> T:
    """Ask the tree of the first `size` leaves; one statement fetches the nodes the answer needs.

    The question is put twice: first to learn which nodes it looks at, then with them.
    """
    asked = _Asked()
    question(Tree(asked, size))
    return question(Tree(_Known(_load(asked.places)), size))


def grown(size: int, leaves: Iterable[bytes]) -> Tree:
    """Append leaf hashes to the stored tree of `size` leaves: reads log n nodes, writes ~2 each."""
    nodes = _Known(_load(_peaks(size)))
    tree = Tree(nodes, size)
    tree.extend(leaves)
    if nodes.added:
        db.session.connection().execute(insert(LogNode), nodes.added)  # rows, not objects
    return tree


def _peaks(size: int) -> list[_Place]:
    """The complete subtrees side by side: all that appending and the root ever look at."""
    return [(bit, (size >> bit) - 1) for bit in range(size.bit_length()) if size >> bit & 1]


def _load(places: Iterable[_Place]) -> dict[_Place, bytes]:
    wanted = list(places)
    if not wanted:
        return {}
    # Two lists instead of pairs: SQLite reads the whole table for a list of pairs. It finds a
    # few nodes more than were asked for, at most log² n.
    levels, found = {level for level, _ in wanted}, {place for _, place in wanted}
    query = select(LogNode.level, LogNode.place, LogNode.digest).where(
        LogNode.level.in_(levels), LogNode.place.in_(found)
    )
    return {(level, place): digest for level, place, digest in db.session.execute(query)}


class _Known:
    """Nodes at hand, and those put since."""

    def __init__(self, found: dict[_Place, bytes]) -> None:
        self._found = found
        self.added: list[dict[str, object]] = []

    def get(self, level: int, index: int) -> bytes:
        """A node at hand."""
        return self._found[level, index]

    def put(self, level: int, index: int, digest: bytes) -> None:
        """Remember a node to be stored."""
        self._found[level, index] = digest
        self.added.append({"level": level, "place": index, "digest": digest})


class _Asked:
    """Notes down which nodes are asked for; what is computed from it is thrown away."""

    def __init__(self) -> None:
        self.places: list[_Place] = []

    def get(self, level: int, index: int) -> bytes:
        """Any bytes will do."""
        self.places.append((level, index))
        return b""

    def put(self, level: int, index: int, digest: bytes) -> None:
        """Nothing is put by a question."""
        raise NotImplementedError
