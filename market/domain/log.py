"""The transparency log: entries wait in the transaction of what they tell, a job appends them."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import bindparam, select, text, update

from disclosure.ledger.canonical import canonical
from disclosure.ledger.checkpoint import Checkpoint
from disclosure.ledger.note import Verifier
from disclosure.ledger.tree import hash_leaf
from market.domain import log_keys, log_nodes
from market.domain.queries import log as queries
from market.errors import MarketError
from market.extensions import db
from market.models import LogCheckpoint, LogLeaf
from market.moments import now

AT_ONCE = 1000
_SET_POSITION = (
    update(LogLeaf).where(LogLeaf.id == bindparam("waiting")).values(position=bindparam("index"))
)


class AnotherLog(MarketError):
    """A log keeps its name for ever; a key of another name would begin another log."""

    message = lazy_gettext(
        "The key is named %(given)s, but the log is %(name)s. Make a key of that name."
    )


def add(
    entry: Mapping[str, Any],
    *,
    subject_id: str,
    disclosure_id: str | None = None,
    footprint_id: str | None = None,
) -> LogLeaf:
    """Put an entry in the queue, in the transaction of what it tells; it is about one thing."""
    content = canonical(dict(entry))
    leaf = LogLeaf(
        kind=entry["kind"],
        disclosure_id=disclosure_id,
        footprint_id=footprint_id,
        subject_id=subject_id,
        entry=content,
        leaf=hash_leaf(content),
        added_at=now(),
    )
    db.session.add(leaf)
    db.session.flush()
    return leaf


def append_waiting() -> int:
    """Append what waits, in order, and sign a checkpoint, in one transaction; returns how many.

    With nothing waiting a new key signs the same tree again.
    """
    _one_at_a_time()
    signer, last = log_keys.signer(), queries.newest_checkpoint()
    key = signer.verifier.text
    if last is not None and Verifier.from_text(last.key).name != signer.name:
        raise AnotherLog(given=signer.name, name=Verifier.from_text(last.key).name)
    waiting = db.session.execute(
        select(LogLeaf.id, LogLeaf.leaf)
        .where(LogLeaf.position.is_(None))
        .order_by(LogLeaf.id)
        .limit(AT_ONCE)
    ).all()
    if not waiting and (last is None or last.key == key):
        return 0
    size = last.size if last else 0
    tree = log_nodes.grown(size, (row.leaf for row in waiting))
    if waiting:
        rows = [{"waiting": row.id, "index": size + n} for n, row in enumerate(waiting)]
        db.session.connection().execute(_SET_POSITION, rows)
    signed = Checkpoint(signer.name, tree.size, tree.root())
    db.session.add(
        LogCheckpoint(
            size=tree.size, root=signed.root, note=signed.signed(signer), key=key, signed_at=now()
        )
    )
    db.session.flush()
    return len(waiting)


def append_all() -> int:
    """Append until nothing waits, for commands; returns how many."""
    total = 0
    while appended := append_waiting():
        total += appended
    return total


def _one_at_a_time() -> None:
    """Two jobs never grow the tree side by side: SQLite has one writer, PostgreSQL queues here."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE log_checkpoint IN SHARE ROW EXCLUSIVE MODE"))
