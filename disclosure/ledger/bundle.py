"""The bundle: everything an outsider needs to check that a disclosure stands in the log.

`{"checkpoint", "entry", "format", "index", "openings", "proof"}` in canonical JSON, the only form
that is accepted: a change of any byte is found. The entry's canonical bytes are the hashed leaf;
the checkpoint is the log's signed note. Private answers appear in the entry as commitments, and
in `openings` only when they were opened for the reader.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from disclosure.ledger.canonical import CanonicalError, canonical, parse
from disclosure.ledger.checkpoint import Checkpoint, read_checkpoint
from disclosure.ledger.commitment import opens
from disclosure.ledger.entries import EntryError, check_entry, leaf_of
from disclosure.ledger.note import Note, NoteError, Verifier, decode, encode
from disclosure.ledger.proofs import ProofError, verify_inclusion

FORMAT = "tanqiao-bundle/1"
_KEYS = {"checkpoint", "entry", "format", "index", "openings", "proof"}


class BundleError(ValueError):
    """A bundle proves nothing; the message says why."""


@dataclass(frozen=True)
class Proven:
    """What a bundle proves."""

    entry: Mapping[str, Any]
    leaf: bytes
    index: int
    checkpoint: Checkpoint
    signers: tuple[Verifier, ...]
    opened: tuple[str, ...]


def make_bundle(
    entry: Mapping[str, Any],
    *,
    index: int,
    proof: Sequence[bytes],
    checkpoint: str,
    openings: Mapping[str, Any] | None = None,
) -> bytes:
    """Write a bundle in its one byte form; openings map datapoints to `{"answer", "salt"}`."""
    return canonical(
        {
            "format": FORMAT,
            "entry": dict(entry),
            "index": index,
            "proof": [encode(each) for each in proof],
            "checkpoint": checkpoint,
            "openings": dict(openings or {}),
        }
    )


def verify_bundle(data: bytes, keys: Sequence[Verifier]) -> Proven:
    """Check a bundle against the log's key (and its witnesses'); BundleError says what fails.

    Every signature in the bundle must be of a given key, so that no byte stays unchecked.
    """
    try:
        return _verified(data, keys)
    except (CanonicalError, EntryError, NoteError, ProofError) as error:
        raise BundleError(str(error)) from None


def _verified(data: bytes, keys: Sequence[Verifier]) -> Proven:
    bundle = parse(data)
    if not isinstance(bundle, dict) or set(bundle) != _KEYS or bundle["format"] != FORMAT:
        raise BundleError(f"not of the form {FORMAT}")
    entry = check_entry(bundle["entry"])
    if unknown := Note.parse(_text(bundle["checkpoint"])).unknown(keys):
        raise NoteError(f"signed by an unknown key ID: {', '.join(unknown)}")
    checkpoint, signers = read_checkpoint(bundle["checkpoint"], keys)
    index, proof = bundle["index"], bundle["proof"]
    if not isinstance(index, int) or isinstance(index, bool) or not isinstance(proof, list):
        raise BundleError("index and proof are missing")
    hashes = [decode(_text(each), "a proof hash") for each in proof]
    leaf = leaf_of(entry)
    verify_inclusion(index, checkpoint.size, leaf=leaf, proof=hashes, root=checkpoint.root)
    opened = _opened(entry.get("private", {}), bundle["openings"])
    return Proven(entry, leaf, index, checkpoint, signers, opened)


def _opened(private: Any, openings: Any) -> tuple[str, ...]:
    if not isinstance(private, dict) or not isinstance(openings, dict):
        raise BundleError("private answers and openings are objects")
    for datapoint, opening in openings.items():
        if not opens(str(private.get(datapoint, "")), datapoint, opening):
            raise BundleError(f"{datapoint}: the opened answer is not what was committed to")
    return tuple(openings)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise BundleError("a text is expected")
    return value
