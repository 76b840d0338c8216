"""Checkpoints (C2SP tlog-checkpoint): what a log commits to at a size, as the text of a note."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from disclosure.ledger.note import Note, NoteError, Signer, Verifier, decode, encode, sign
from disclosure.ledger.proofs import DIGEST, verify_consistency

_SIZE = re.compile(r"0|[1-9]\d{0,18}", re.ASCII)


@dataclass(frozen=True)
class Checkpoint:
    """Origin (the log's name), number of entries, root hash."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{encode(self.root)}\n"

    @classmethod
    def from_text(cls, text: str) -> "Checkpoint":
        """Read the three lines; NoteError for anything else, extension lines included."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3] or not lines[0] or not _SIZE.fullmatch(lines[1]):
            raise NoteError("a checkpoint is three lines: origin, size, root hash")
        root = decode(lines[2], "the root hash")
        if len(root) != DIGEST:
            raise NoteError("the root hash is not 32 bytes long")
        return cls(lines[0], int(lines[1]), root)

    def signed(self, signer: Signer) -> str:
        """Return the checkpoint as a note signed by its log, whose key is named as the origin."""
        if signer.name != self.origin:
            raise NoteError("a log signs under its origin")
        return sign(self.text, signer)


def read_checkpoint(note: str, keys: Sequence[Verifier]) -> tuple[Checkpoint, tuple[Verifier, ...]]:
    """Read a signed checkpoint of a log among `keys`; NoteError unless the log itself signed.

    Returns the checkpoint and everyone known whose signature was checked.
    """
    parsed = Note.parse(note)
    checkpoint = Checkpoint.from_text(parsed.text)
    signers = parsed.verified_by(keys)
    if not any(each.name == checkpoint.origin for each in signers):
        names = ", ".join(parsed.unknown(keys)) or "nobody"
        raise NoteError(f"signed by an unknown key ID: {names}")
    return checkpoint, signers


def cosign(note: str, log: Verifier, witness: Signer, *, at: int) -> str:
    """Add a witness's cosignature to a checkpoint its log has signed."""
    checkpoint, _ = read_checkpoint(note, [log])
    return note + witness.line(checkpoint.text, at=at)


def check_continues(old: Checkpoint, new: Checkpoint, proof: Sequence[bytes]) -> None:
    """Check that a newer checkpoint continues an older one; ProofError or NoteError when not."""
    if old.origin != new.origin:
        raise NoteError("the checkpoints belong to two logs")
    verify_consistency(old.size, new.size, old_root=old.root, new_root=new.root, proof=proof)
