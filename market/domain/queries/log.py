"""Reads of the transparency log: entries, checkpoints, proofs, witnesses."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import defer, joinedload

from disclosure.ledger.entries import FOOTPRINT_KINDS, KINDS, STATEMENT_KINDS
from market.errors import NotFound
from market.extensions import db
from market.models import (
    Disclosure,
    Footprint,
    LogCheckpoint,
    LogCosignature,
    LogLeaf,
    LogWitness,
)

ROWS = 30
_LARGEST = 2**31 - 1
_VERSIONS = KINDS[:2]  # a withdrawal is another entry of the same version


@dataclass(frozen=True)
class Page:
    """Rows, and the key the next page starts after ("" on the last)."""

    rows: list[LogLeaf]
    next_key: str


@dataclass(frozen=True)
class KeyUse:
    """A verifier key of the log and the sizes of the first and last checkpoint it signed."""

    key: str
    first: int
    last: int


@dataclass(frozen=True)
class Watching:
    """A witness and the newest checkpoint it cosigned (None: not one yet)."""

    witness: LogWitness
    size: int | None
    at: Any


def newest_checkpoint() -> LogCheckpoint | None:
    """What the log last committed to; None while it is empty."""
    return db.session.scalars(
        select(LogCheckpoint).order_by(LogCheckpoint.id.desc()).limit(1)
    ).first()


def newest_cosigned(*, above: int) -> LogCheckpoint | None:
    """The newest checkpoint with a cosignature that holds the entry `above`."""
    cosigned = select(LogCosignature.checkpoint_id)
    return db.session.scalars(
        select(LogCheckpoint)
        .where(LogCheckpoint.size > above, LogCheckpoint.id.in_(cosigned))
        .order_by(LogCheckpoint.id.desc())
        .limit(1)
    ).first()


def checkpoint_of(size: int) -> LogCheckpoint | None:
    """The newest checkpoint of this size."""
    return db.session.scalars(
        select(LogCheckpoint)
        .where(LogCheckpoint.size == size)
        .order_by(LogCheckpoint.id.desc())
        .limit(1)
    ).first()


def cosignature_lines(checkpoint_id: int) -> list[str]:
    """The signature lines witnesses put under a checkpoint, in order."""
    return list(
        db.session.scalars(
            select(LogCosignature.line)
            .where(LogCosignature.checkpoint_id == checkpoint_id)
            .order_by(LogCosignature.id)
            .limit(50)
        )
    )


def version_leaf(disclosure_id: str) -> LogLeaf | None:
    """The one leaf that tells the publication of a version."""
    return db.session.scalars(
        select(LogLeaf).where(LogLeaf.subject_id == disclosure_id, LogLeaf.kind.in_(_VERSIONS))
    ).first()


def attestation_leaf(attestation_id: str) -> LogLeaf | None:
    """The leaf that tells an attestation."""
    return db.session.scalars(
        select(LogLeaf).where(
            LogLeaf.subject_id == attestation_id, LogLeaf.kind == STATEMENT_KINDS[0]
        )
    ).first()


def footprint_leaf(footprint_id: str) -> LogLeaf | None:
    """The leaf that tells the publication of a footprint."""
    return db.session.scalars(
        select(LogLeaf).where(
            LogLeaf.subject_id == footprint_id, LogLeaf.kind == FOOTPRINT_KINDS[0]
        )
    ).first()


def record_of(disclosure_id: str) -> LogLeaf | None:
    """The leaf of a version without its bytes, for the line on its page."""
    return db.session.scalars(
        select(LogLeaf)
        .options(defer(LogLeaf.entry))
        .where(LogLeaf.subject_id == disclosure_id, LogLeaf.kind.in_(_VERSIONS))
    ).first()


def entry(index: int) -> LogLeaf:
    """An appended entry with what it is about and whose that is."""
    found = db.session.scalars(
        select(LogLeaf)
        .options(*_with_organisation())
        .where(LogLeaf.position == min(index, _LARGEST))
    ).first()
    if found is None:
        raise NotFound
    return found


def newest_entries(after: str = "", *, rows: int = ROWS) -> Page:
    """Appended entries, newest first."""
    query = select(LogLeaf).where(LogLeaf.position.is_not(None))
    if (start := _index(after)) is not None:
        query = query.where(LogLeaf.position < start)
    return _page(query.order_by(LogLeaf.position.desc()), rows)


def entries_from(after: str = "", *, rows: int = ROWS) -> Page:
    """Appended entries in the order of the log."""
    query = select(LogLeaf).where(LogLeaf.position.is_not(None))
    if (start := _index(after)) is not None:
        query = query.where(LogLeaf.position > start)
    return _page(query.order_by(LogLeaf.position), rows)


def count_waiting() -> int:
    """How many entries wait to be appended."""
    return int(
        db.session.scalar(
            select(func.count()).select_from(LogLeaf).where(LogLeaf.position.is_(None))
        )
        or 0
    )


def signing_keys() -> list[KeyUse]:
    """Every key the log ever signed with, newest first."""
    newest = func.max(LogCheckpoint.id)
    rows = db.session.execute(
        select(LogCheckpoint.key, func.min(LogCheckpoint.size), func.max(LogCheckpoint.size))
        .group_by(LogCheckpoint.key)
        .order_by(newest.desc())
        .limit(50)
    )
    return [KeyUse(key, first, last) for key, first, last in rows]


def witnesses() -> list[Watching]:
    """Registered witnesses that were not retired, with what each cosigned last."""
    latest = (
        select(LogCosignature.witness_id, func.max(LogCosignature.id).label("id"))
        .group_by(LogCosignature.witness_id)
        .subquery()
    )
    rows = db.session.execute(
        select(LogWitness, LogCheckpoint.size, LogCosignature.cosigned_at)
        .options(joinedload(LogWitness.organisation))
        .outerjoin(latest, latest.c.witness_id == LogWitness.id)
        .outerjoin(LogCosignature, LogCosignature.id == latest.c.id)
        .outerjoin(LogCheckpoint, LogCheckpoint.id == LogCosignature.checkpoint_id)
        .where(LogWitness.retired_at.is_(None))
        .order_by(LogWitness.registered_at, LogWitness.id)
        .limit(50)
    )
    return [Watching(witness, size, at) for witness, size, at in rows]


def count_witnesses(*, above: int = -1) -> int:
    """How many witnesses cosigned a checkpoint that holds the entry `above` (or any at all)."""
    return int(
        db.session.scalar(
            select(func.count(func.distinct(LogCosignature.witness_id)))
            .join(LogCheckpoint, LogCheckpoint.id == LogCosignature.checkpoint_id)
            .where(LogCheckpoint.size > above)
        )
        or 0
    )


def leaf_hashes() -> list[bytes]:
    """Every appended leaf hash in order, for the export a monitor recomputes the tree from."""
    return list(
        db.session.scalars(
            select(LogLeaf.leaf).where(LogLeaf.position.is_not(None)).order_by(LogLeaf.position)
        )
    )


def _page(query: Any, rows: int) -> Page:
    options = (defer(LogLeaf.entry), *_with_organisation())
    found = list(db.session.scalars(query.options(*options).limit(rows + 1)))
    return Page(found[:rows], str(found[rows - 1].position) if len(found) > rows else "")


def _with_organisation() -> list[Any]:
    heavy = (Disclosure.content, Disclosure.findings, Disclosure.explanations)
    label = (Footprint.content, Footprint.record, Footprint.findings, Footprint.editors)
    return [
        joinedload(LogLeaf.disclosure).options(
            *(defer(each) for each in heavy), joinedload(Disclosure.organisation)
        ),
        joinedload(LogLeaf.footprint).options(
            *(defer(each) for each in label), joinedload(Footprint.organisation)
        ),
    ]


def _index(text: str) -> int | None:
    """The place to read on from; a key we did not make starts from the beginning."""
    return min(int(text), _LARGEST) if text.isascii() and text.isdecimal() else None
