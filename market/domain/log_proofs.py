"""Proofs for outsiders: that an entry is in the log, that a newer log continues an older one."""

from dataclasses import dataclass
from functools import partial

from flask_babel import lazy_gettext

from disclosure.ledger.note import encode
from disclosure.ledger.tree import EMPTY, Tree
from market.domain import log_keys, log_nodes
from market.domain.queries import log as queries
from market.errors import MarketError
from market.models import LogCheckpoint


class NotInTheTree(MarketError):
    """The log has no such entry or size."""

    message = lazy_gettext(
        "The log has %(size)s entries; ask for an index below a size up to that."
    )


class NothingToContinue(MarketError):
    """Consistency is between two sizes of the log, the older at least 1."""

    message = lazy_gettext("Give from and to with 1 <= from <= to; the log has %(size)s entries.")


@dataclass(frozen=True)
class Commitment:
    """The newest checkpoint, or the empty log that nobody signed yet."""

    origin: str
    size: int
    root: str
    note: str
    key: str
    signed_at: object


@dataclass(frozen=True)
class Inclusion:
    """That an entry is in the tree of a size; hashes in base64."""

    index: int
    size: int
    leaf: str
    root: str
    proof: list[str]


@dataclass(frozen=True)
class Consistency:
    """That the tree of `new` entries continues that of `old`; hashes in base64."""

    old: int
    new: int
    proof: list[str]


def commitment(*, witnessed: bool = False) -> Commitment:
    """What the log committed to last; `witnessed`: last cosigned, with the cosignatures."""
    found = queries.newest_cosigned(above=-1) if witnessed else None
    lines = queries.cosignature_lines(found.id) if found else []
    found = found or queries.newest_checkpoint()
    signer = log_keys.signer()
    if found is None:
        return Commitment(signer.name, 0, encode(EMPTY), "", signer.verifier.text, None)
    note = found.note + "".join(lines)
    return Commitment(signer.name, found.size, encode(found.root), note, found.key, found.signed_at)


def inclusion(index: int, size: int | None = None) -> Inclusion:
    """Prove entry `index` in the tree of `size` entries, by default the newest."""
    most = _size_of(queries.newest_checkpoint())
    size = most if size is None else size
    if not 0 <= index < size <= most:
        raise NotInTheTree(size=most)

    def question(tree: Tree) -> tuple[bytes, list[bytes], bytes]:
        return tree.subtree(index, index + 1), tree.inclusion(index), tree.root()

    leaf, proof, root = log_nodes.answered(size, question)
    return Inclusion(index, size, encode(leaf), encode(root), [encode(each) for each in proof])


def consistency(old: int, new: int | None = None) -> Consistency:
    """Prove that the tree of `new` entries (the newest by default) continues that of `old`."""
    most = _size_of(queries.newest_checkpoint())
    new = most if new is None else new
    if not 1 <= old <= new <= most:
        raise NothingToContinue(size=most)
    proof = log_nodes.answered(new, partial(Tree.consistency, old=old))
    return Consistency(old, new, [encode(each) for each in proof])


def _size_of(checkpoint: LogCheckpoint | None) -> int:
    return checkpoint.size if checkpoint else 0
