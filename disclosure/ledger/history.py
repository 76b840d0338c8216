"""What a monitor concludes when it compares the log's checkpoint with the one it kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from disclosure.ledger.checkpoint import Checkpoint, check_continues, read_checkpoint
from disclosure.ledger.note import Note, NoteError, Verifier
from disclosure.ledger.proofs import ProofError

Consistency = Callable[[int, int], Sequence[bytes]]


class HistoryError(ValueError):
    """The log showed another history than before; the message says how."""


@dataclass(frozen=True)
class Watched:
    """What was found: the newest checkpoint, and the one kept before (None: the first look)."""

    new: Checkpoint
    old: Checkpoint | None

    @property
    def sentence(self) -> str:
        """The finding in one line."""
        size, origin = self.new.size, self.new.origin
        if self.old is None:
            return f"first look: {origin} has {size} entries; kept for the next time"
        if self.old.size == size:
            return f"unchanged: {origin} still has the same {size} entries"
        return f"consistent: {origin} grew from {self.old.size} to {size} entries, none changed"


def watch(
    note: str, *, kept: str | None, keys: Sequence[Verifier], consistency: Consistency
) -> Watched:
    """Compare a signed checkpoint with the one kept; HistoryError when it does not continue it.

    `consistency(old, new)` fetches the proof between two sizes. The kept note needs no key any
    more: it was checked when it was kept, and the log's key may have changed since.
    """
    try:
        new, _ = read_checkpoint(note, keys)
    except NoteError as error:
        raise HistoryError(f"the checkpoint is not the log's: {error}") from None
    if kept is None:
        return Watched(new, None)
    old = Checkpoint.from_text(Note.parse(kept).text)
    if old.origin != new.origin:
        raise HistoryError(f"this is another log: {new.origin}, not {old.origin}")
    if new.size < old.size:
        raise HistoryError(f"shrunk: {new.origin} had {old.size} entries and shows {new.size} now")
    if new.size == old.size and new.root != old.root:
        raise HistoryError(
            f"split: {new.origin} signed two different histories of {new.size} entries"
        )
    if 0 < old.size < new.size:
        _check(old, new, consistency(old.size, new.size))
    return Watched(new, old)


def _check(old: Checkpoint, new: Checkpoint, proof: Sequence[bytes]) -> None:
    try:
        check_continues(old, new, proof)
    except ProofError as error:
        raise HistoryError(
            f"rewritten: the first {old.size} entries of {new.origin} are not those seen before"
            f" ({error})"
        ) from None
