"""Entries of the log: versions of a disclosure, statements about them, footprints with labels.

Kinds of versions: published, restated (supersedes an earlier version), withdrawn. Kinds of
statements: attested (a verifier stands for it) and attestation_revoked. Kinds of footprints:
footprint_published (supersedes the version before it) and footprint_revoked (supersedes its
publication). Each has its exact keys.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from disclosure.ledger.canonical import canonical
from disclosure.ledger.commitment import commit
from disclosure.ledger.tree import hash_leaf

ENTRY_FORMAT = "tanqiao-entry/1"
KINDS = ("published", "restated", "withdrawn")
STATEMENT_KINDS = ("attested", "attestation_revoked")
FOOTPRINT_KINDS = ("footprint_published", "footprint_revoked")
_HEAD = {"format": str, "kind": str, "published_at": str, "reason": str}
_VERSION = {**_HEAD, "version": int, "source": str, "disclosure": dict, "private": dict}
_STATEMENT = {
    **_HEAD, "about": str, "scopes": list, "coverage": str, "standard": str, "level": str,
    "statement": str, "verifier": dict,
}  # fmt: skip
_FOOTPRINT = {
    **_HEAD, "version": int, "organisation": dict, "verifier": dict, "by": dict, "statement": str,
    "record": dict,
}  # fmt: skip


class EntryError(ValueError):
    """Not an entry of the log; the message says what is wrong."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What a verifier attests: scopes, share, standard, level, SHA-256 of the file, who.

    `coverage` is the share of these scopes' emissions in percent, in its shortest decimal form.
    """

    scopes: tuple[str, ...]
    coverage: str
    standard: str
    level: str
    digest: str
    verifier_id: str
    verifier_name: str


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A footprint with its label: maker and verifier, SHA-256 of the statement, its record."""

    version: int
    organisation: Mapping[str, str]
    verifier: Mapping[str, str]
    statement: str
    record: Mapping[str, Any]


def make_entry(
    disclosure: Mapping[str, Any],
    *,
    kind: str,
    version: int,
    published_at: str,
    supersedes: str | None = None,
    source: str = "",
    reason: str = "",
    salts: Mapping[str, bytes] | None = None,
) -> dict[str, Any]:
    """Make the entry of a version in its JSON form; `published_at` is UTC, ISO 8601.

    Answers named in `salts` are private: they leave the disclosure and enter as commitments; a
    content that was published without them carries its commitments under `private` already.
    `supersedes` is the base64 leaf hash of the version restated or withdrawn, `reason` why;
    `source` names who collected the figures where the organisation did not publish them itself.
    """
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}")
    hidden = dict(salts or {})
    answers, committed = disclosure["answers"], disclosure.get("private", {})
    rest = {key: each for key, each in disclosure.items() if key != "private"}
    made = {key: commit(key, answers[key], salt) for key, salt in hidden.items()}
    return {
        "format": ENTRY_FORMAT,
        "kind": kind,
        "version": version,
        "published_at": published_at,
        "supersedes": supersedes,
        "source": source,
        "reason": reason,
        "disclosure": {
            **rest,
            "answers": {key: each for key, each in answers.items() if key not in hidden},
        },
        "private": {**committed, **made},
    }


def make_statement(
    statement: Statement,
    *,
    about: str,
    published_at: str,
    revokes: str | None = None,
    reason: str = "",
) -> dict[str, Any]:
    """Make the entry of an attestation, or of its revocation when `revokes` is given.

    `about` is the base64 leaf hash of the version attested, `revokes` that of the attestation.
    """
    return {
        "format": ENTRY_FORMAT,
        "kind": STATEMENT_KINDS[0 if revokes is None else 1],
        "published_at": published_at,
        "supersedes": revokes,
        "reason": reason,
        "about": about,
        "scopes": list(statement.scopes),
        "coverage": statement.coverage,
        "standard": statement.standard,
        "level": statement.level,
        "statement": statement.digest,
        "verifier": {"id": statement.verifier_id, "name": statement.verifier_name},
    }


def make_footprint(
    footprint: Labelled,
    *,
    by: Mapping[str, str],
    published_at: str,
    supersedes: str | None,
    revoked: str = "",
) -> dict[str, Any]:
    """Make the entry of a published footprint, or of its revocation when a reason is given.

    `by` is who publishes or revokes; `supersedes` the base64 leaf hash of what is replaced.
    """
    return {
        "format": ENTRY_FORMAT,
        "kind": FOOTPRINT_KINDS[bool(revoked)],
        "published_at": published_at,
        "supersedes": supersedes,
        "reason": revoked,
        "version": footprint.version,
        "organisation": dict(footprint.organisation),
        "verifier": dict(footprint.verifier),
        "by": dict(by),
        "statement": footprint.statement,
        "record": dict(footprint.record),
    }


def leaf_of(entry: Mapping[str, Any]) -> bytes:
    """Return the leaf hash of an entry."""
    return hash_leaf(canonical(dict(entry)))


def check_entry(value: Any) -> dict[str, Any]:
    """Return an entry whose keys and types are those of its kind, or raise EntryError."""
    kind = value.get("kind") if isinstance(value, dict) else None
    if kind in KINDS:
        entry = _exactly(value, _VERSION)
        about = entry["disclosure"]
        if not isinstance(about.get("year"), int) or not isinstance(about.get("answers"), dict):
            raise EntryError("the disclosure has no year or no answers")
        _texts(about.get("organisation"), {"id", "name", "scheme", "number"})
    elif kind in STATEMENT_KINDS:
        entry = _exactly(value, _STATEMENT)
        _texts(entry["verifier"], {"id", "name"})
        if not all(isinstance(each, str) for each in entry["scopes"]):
            raise EntryError("scopes are texts")
        _share(entry["coverage"])
    elif kind in FOOTPRINT_KINDS:
        entry = _exactly(value, _FOOTPRINT)
        _texts(entry["organisation"], {"id", "name", "scheme", "number"})
        _texts(entry["verifier"], {"id", "name"})
        _texts(entry["by"], {"id", "name"})
        _texts(entry["record"].get("label"), {"certificate", "scheme", "issuer"})
    else:
        raise EntryError(f"not an entry of the form {ENTRY_FORMAT}")
    if entry["format"] != ENTRY_FORMAT:
        raise EntryError(f"not of the form {ENTRY_FORMAT}")
    return entry


def _exactly(value: dict[str, Any], types: Mapping[str, type]) -> dict[str, Any]:
    if set(value) != {*types, "supersedes"}:
        raise EntryError(f"not of the form {ENTRY_FORMAT}: keys are missing or unknown")
    supersedes = value["supersedes"]
    if supersedes is not None and not isinstance(supersedes, str):
        raise EntryError("supersedes is a leaf hash or null")
    for key, wanted in types.items():
        if not isinstance(value[key], wanted) or isinstance(value[key], bool):
            raise EntryError(f"{key}: of the wrong type")
    return value


def share(percent: Decimal) -> str:
    """Write a share in percent in the one form an entry has it: no exponent, no zeros behind."""
    return f"{percent.normalize():f}"


def _share(text: str) -> None:
    try:
        percent = Decimal(text)
    except InvalidOperation:
        raise EntryError("coverage is a number in percent") from None
    if not (percent.is_finite() and 0 < percent <= 100 and share(percent) == text):
        raise EntryError("coverage is above 0, at most 100, in its shortest form")


def _texts(value: Any, keys: set[str]) -> None:
    if not isinstance(value, dict) or set(value) != keys:
        raise EntryError(f"{', '.join(sorted(keys))} are needed, nothing else")
    if not all(isinstance(each, str) for each in value.values()):
        raise EntryError(f"{', '.join(sorted(keys))} are texts")
