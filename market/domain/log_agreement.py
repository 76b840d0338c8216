"""Whether log and database agree: every hash computed anew, every version looked for."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from disclosure.ledger.canonical import CanonicalError, parse
from disclosure.ledger.checkpoint import Checkpoint, read_checkpoint
from disclosure.ledger.entries import FOOTPRINT_KINDS, KINDS, EntryError, check_entry
from disclosure.ledger.note import NoteError, Verifier
from disclosure.ledger.tree import Tree, hash_leaf
from market.domain import log_nodes
from market.enums import DisclosureStatus, FootprintStatus
from market.extensions import db
from market.models import Disclosure, Footprint, LogCheckpoint, LogLeaf

_AT_ONCE = 200


def disagreements() -> list[str]:
    """What does not fit, one line each; nothing when all is well. Reads the whole log."""
    tree = Tree()
    return [*_leaves(tree), *_checkpoints(tree), *_versions(), *_footprints()]


def _leaves(tree: Tree) -> Iterator[str]:
    """Hashes, and indices without a gap; fills the tree."""
    query = select(LogLeaf.id, LogLeaf.position, LogLeaf.entry, LogLeaf.leaf)
    query = query.where(LogLeaf.position.is_not(None)).order_by(LogLeaf.position)
    for row in db.session.execute(query.execution_options(yield_per=_AT_ONCE)):
        if row.position != tree.size:
            yield f"entry {tree.size} is missing: the next one is {row.position}"
        if hash_leaf(row.entry) != row.leaf:
            yield f"entry {row.position}: content and leaf hash differ"
        tree.append(hash_leaf(row.entry))


def _checkpoints(tree: Tree) -> Iterator[str]:
    size = 0
    for row in db.session.scalars(select(LogCheckpoint).order_by(LogCheckpoint.id)):
        if row.size < size:
            yield f"checkpoint {row.id} shrinks the log from {size} to {row.size} entries"
        size = row.size
        yield from _checkpoint(row, tree)
    if size != tree.size:
        yield f"{tree.size} entries are appended, {size} are signed"


def _checkpoint(row: LogCheckpoint, tree: Tree) -> Iterator[str]:
    try:
        signed, _ = read_checkpoint(row.note, [Verifier.from_text(row.key)])
    except NoteError as error:
        yield f"checkpoint {row.id}: {error}"
        return
    if signed != Checkpoint(signed.origin, row.size, row.root):
        yield f"checkpoint {row.id}: the row does not say what was signed"
    if row.size > tree.size or tree.root(row.size) != row.root:
        yield f"checkpoint {row.id}: the entries do not have the signed root"
    if log_nodes.answered(row.size, Tree.root) != row.root:
        yield f"checkpoint {row.id}: the stored nodes do not have the signed root"


def _versions() -> Iterator[str]:
    """Every published version has one entry with its content, every withdrawn one a second."""
    query = select(Disclosure.id, Disclosure.status, Disclosure.content).where(
        Disclosure.status != DisclosureStatus.DRAFT
    )
    known = _kinds(KINDS)
    for row in db.session.execute(query.execution_options(yield_per=_AT_ONCE)):
        kinds = known.get(row.id, [])
        versions = [kind for kind in kinds if kind in KINDS[:2]]
        if len(versions) != 1:
            yield f"disclosure {row.id}: {len(versions)} entries tell its publication"
        if (row.status == DisclosureStatus.WITHDRAWN) != (KINDS[2] in kinds):
            yield f"disclosure {row.id}: {row.status}, but the log does not agree"
        if versions and _content(row.id, versions[0]) != {"private": {}, **row.content}:
            yield f"disclosure {row.id}: the entry holds another content"


def _footprints() -> Iterator[str]:
    """Every footprint that was published has one entry with its record, a revoked one a second."""
    query = select(Footprint.id, Footprint.status, Footprint.record).where(
        Footprint.published_at.is_not(None)
    )
    known = _kinds(FOOTPRINT_KINDS)
    published, revoked = FOOTPRINT_KINDS
    for row in db.session.execute(query.execution_options(yield_per=_AT_ONCE)):
        kinds = known.get(row.id, [])
        if published not in kinds:
            yield f"footprint {row.id}: no entry tells its publication"
        elif (_entry(row.id, published) or {}).get("record") != row.record:
            yield f"footprint {row.id}: the entry holds another record"
        if (row.status == FootprintStatus.REVOKED) != (revoked in kinds):
            yield f"footprint {row.id}: {row.status}, but the log does not agree"


def _kinds(wanted: Sequence[str]) -> dict[str, list[str]]:
    known: dict[str, list[str]] = {}
    query = select(LogLeaf.subject_id, LogLeaf.kind).where(LogLeaf.kind.in_(wanted))
    for subject, kind in db.session.execute(query):
        known.setdefault(subject, []).append(kind)
    return known


def _content(disclosure_id: str, kind: str) -> dict[str, Any] | None:
    """The content the entry of a version holds; None when it is no entry."""
    told = _entry(disclosure_id, kind)
    return None if told is None else {**told["disclosure"], "private": told["private"]}


def _entry(subject_id: str, kind: str) -> dict[str, Any] | None:
    entry = db.session.scalar(
        select(LogLeaf.entry).where(LogLeaf.subject_id == subject_id, LogLeaf.kind == kind)
    )
    try:
        return check_entry(parse(entry or b"null"))
    except (CanonicalError, EntryError):
        return None
