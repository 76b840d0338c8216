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
from disclosure.ledger.commitment import commit, opens
from disclosure.ledger.note import Note, NoteError, Verifier, decode, encode
from disclosure.ledger.proofs import ProofError, verify_inclusion
from disclosure.ledger.tree import hash_leaf

FORMAT = "tanqiao-bundle/1"
ENTRY_FORMAT = "tanqiao-entry/1"
KINDS = ("published", "restated", "withdrawn")
_BUNDLE_KEYS = {"checkpoint", "entry", "format", "index", "openings", "proof"}
_ENTRY_KEYS = {"disclosure", "format", "kind", "private", "published_at", "supersedes", "version"}


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


def make_entry(
    disclosure: Mapping[str, Any],
    *,
    kind: str,
    version: int,
    published_at: str,
    supersedes: str | None = None,
    salts: Mapping[str, bytes] | None = None,
) -> dict[str, Any]:
    """Make the log entry of a disclosure in its JSON form; `published_at` is UTC, ISO 8601.

    Answers named in `salts` are private: they leave the disclosure and enter as commitments.
    `supersedes` is the base64 leaf hash of the version restated or withdrawn.
    """
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}")
    hidden = dict(salts or {})
    answers = disclosure["answers"]
    return {
        "format": ENTRY_FORMAT,
        "kind": kind,
        "version": version,
        "published_at": published_at,
        "supersedes": supersedes,
        "disclosure": {
            **disclosure,
            "answers": {key: each for key, each in answers.items() if key not in hidden},
        },
        "private": {key: commit(key, answers[key], salt) for key, salt in hidden.items()},
    }


def leaf_of(entry: Mapping[str, Any]) -> bytes:
    """Return the leaf hash of an entry."""
    return hash_leaf(canonical(dict(entry)))


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
    except (CanonicalError, NoteError, ProofError) as error:
        raise BundleError(str(error)) from None


def _verified(data: bytes, keys: Sequence[Verifier]) -> Proven:
    bundle = _object(parse(data), _BUNDLE_KEYS, FORMAT)
    entry = _object(bundle["entry"], _ENTRY_KEYS, ENTRY_FORMAT)
    if unknown := Note.parse(_text(bundle["checkpoint"])).unknown(keys):
        raise NoteError(f"signed by an unknown key ID: {', '.join(unknown)}")
    checkpoint, signers = read_checkpoint(bundle["checkpoint"], keys)
    index, proof = bundle["index"], bundle["proof"]
    if not isinstance(index, int) or isinstance(index, bool) or not isinstance(proof, list):
        raise BundleError("index and proof are missing")
    hashes = [decode(_text(each), "a proof hash") for each in proof]
    leaf = leaf_of(entry)
    verify_inclusion(index, checkpoint.size, leaf=leaf, proof=hashes, root=checkpoint.root)
    opened = _opened(entry["private"], bundle["openings"])
    return Proven(entry, leaf, index, checkpoint, signers, opened)


def _opened(private: Any, openings: Any) -> tuple[str, ...]:
    if not isinstance(private, dict) or not isinstance(openings, dict):
        raise BundleError("private answers and openings are objects")
    for datapoint, opening in openings.items():
        if not opens(str(private.get(datapoint, "")), datapoint, opening):
            raise BundleError(f"{datapoint}: the opened answer is not what was committed to")
    return tuple(openings)


def _object(value: Any, keys: set[str], form: str) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != keys or value["format"] != form:
        raise BundleError(f"not of the form {form}")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise BundleError("a text is expected")
    return value
