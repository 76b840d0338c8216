"""Salted commitments: a private answer enters the log as a hash and may be opened later."""

import hashlib
from typing import Any

from disclosure.ledger.canonical import canonical
from disclosure.ledger.note import NoteError, decode, encode

SALT = 32


def commit(datapoint: str, answer: Any, salt: bytes) -> str:
    """Return the commitment to the JSON form of an answer; the salt is 32 random bytes."""
    if len(salt) != SALT:
        raise ValueError(f"a salt has {SALT} bytes")
    content = {"answer": answer, "datapoint": datapoint, "salt": encode(salt)}
    return encode(hashlib.sha256(b"tanqiao-commitment/1\n" + canonical(content)).digest())


def opens(commitment: str, datapoint: str, opening: Any) -> bool:
    """Tell whether an opening `{"answer", "salt"}` is what a commitment stands for."""
    if not isinstance(opening, dict) or set(opening) != {"answer", "salt"}:
        return False
    try:
        salt = decode(str(opening["salt"]), "a salt")
        return commit(datapoint, opening["answer"], salt) == commitment
    except (NoteError, ValueError):
        return False
