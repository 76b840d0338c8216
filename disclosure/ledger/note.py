"""Signed notes (C2SP signed-note): a text, a blank line, one signature line per key.

Keys are written as in Go's `note` package: verifier `name+keyid+base64(type ‖ public key)`, signer
`PRIVATE+KEY+name+keyid+base64(type ‖ seed)`. Type 0x01 signs the text; type 0x04 is a witness's
timestamped cosignature. Only Ed25519; the type byte in the key id leaves room for others.
"""

import base64
import binascii
import hashlib
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519, COSIGNATURE = 0x01, 0x04
MAX_SIGNATURES = 100
_NAME = re.compile(r"[^\s+\x00-\x1f\x7f]+")
_LINE = re.compile(r"— ([^ ]+) ([A-Za-z0-9+/]+=*)")
_PRIVATE = "PRIVATE+KEY+"
_SIZES = {ED25519: 64, COSIGNATURE: 72}


class NoteError(ValueError):
    """A note or key cannot be read or trusted; the message says why."""


def decode(text: str, what: str = "a value") -> bytes:
    """Decode strict standard base64: only the one encoding of the bytes is accepted."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NoteError(f"{what} is not base64") from None
    if encode(data) != text:
        raise NoteError(f"{what} is not in the one base64 form of its bytes")
    return data


def encode(data: bytes) -> str:
    """Encode standard base64."""
    return base64.b64encode(data).decode("ascii")


@dataclass(frozen=True)
class Verifier:
    """A public key with its name and type."""

    name: str
    public: bytes
    kind: int = ED25519

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256(name, newline, type, key)."""
        content = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(content).digest()[:4]

    @property
    def text(self) -> str:
        """The key as one line of text."""
        return f"{self.name}+{self.key_id.hex()}+{encode(bytes([self.kind]) + self.public)}"

    @classmethod
    def from_text(cls, text: str) -> "Verifier":
        """Read a verifier key; NoteError says what is wrong with it."""
        name, key_id, key = _split_key(text.strip())
        if key[0] not in _SIZES:
            raise NoteError(f"key of unknown type {key[0]}")
        made = cls(name, key[1:], key[0])
        if made.key_id.hex() != key_id:
            raise NoteError("the key id does not belong to the key")
        return made

    def verify(self, text: str, signature: bytes) -> None:
        """Check a signature over a note text; NoteError when it does not fit."""
        if len(signature) != _SIZES[self.kind]:
            raise NoteError(f"signature of {self.name} has the wrong length")
        message, proper = text.encode(), signature
        if self.kind == COSIGNATURE:
            message, proper = _cosigned(text, cosignature_time(signature)), signature[8:]
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(proper, message)
        except InvalidSignature:
            raise NoteError(f"signature of {self.name} does not fit the text") from None


@dataclass(frozen=True)
class Signer:
    """A private key with its name and type; `repr` never shows the seed."""

    name: str
    _private: Ed25519PrivateKey
    kind: int = ED25519

    @classmethod
    def from_seed(cls, name: str, seed: bytes, kind: int = ED25519) -> "Signer":
        """Make a signer from 32 random bytes."""
        if not _NAME.fullmatch(name):
            raise NoteError("a key name has no spaces and no plus sign")
        return cls(name, Ed25519PrivateKey.from_private_bytes(seed), kind)

    @classmethod
    def from_text(cls, text: str) -> "Signer":
        """Read a signer key."""
        if not text.startswith(_PRIVATE):
            raise NoteError("not a private key")
        name, key_id, key = _split_key(text.strip().removeprefix(_PRIVATE))
        made = cls.from_seed(name, key[1:], key[0])
        if made.verifier.key_id.hex() != key_id:
            raise NoteError("the key id does not belong to the key")
        return made

    @property
    def text(self) -> str:
        """The key as one line of text: a secret."""
        seed = encode(bytes([self.kind]) + self._private.private_bytes_raw())
        return f"{_PRIVATE}{self.name}+{self.verifier.key_id.hex()}+{seed}"

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(self.name, self._private.public_key().public_bytes_raw(), self.kind)

    def line(self, text: str, *, at: int = 0) -> str:
        """Sign a note text and return the signature line; `at` is the time of a cosignature."""
        signature = self._private.sign(text.encode())
        if self.kind == COSIGNATURE:
            signature = struct.pack(">Q", at) + self._private.sign(_cosigned(text, at))
        return f"— {self.name} {encode(self.verifier.key_id + signature)}\n"


@dataclass(frozen=True)
class Note:
    """A note: its text and its signature lines as (key name, key id and signature)."""

    text: str
    signatures: tuple[tuple[str, bytes], ...]

    @classmethod
    def parse(cls, note: str) -> "Note":
        """Split a note; NoteError when it is not exactly in the form of the specification."""
        text, blank, lines = note.rpartition("\n\n")
        if not blank or not lines.endswith("\n"):
            raise NoteError("a note is a text, an empty line and signature lines")
        if re.search(r"[\x00-\x09\x0b-\x1f]", note):
            raise NoteError("a note has no control characters")
        found = [_LINE.fullmatch(line) for line in lines[:-1].split("\n")]
        if len(found) > MAX_SIGNATURES:
            raise NoteError("too many signatures")
        matched = [each for each in found if each]
        if len(matched) < len(found):
            raise NoteError("a signature line is malformed")
        return cls(text + "\n", tuple((m[1], decode(m[2], "a signature")) for m in matched))

    def verified_by(self, known: Sequence[Verifier]) -> tuple[Verifier, ...]:
        """Check the signatures of all known keys; return whose they are, unknown ones left out."""
        keys = {(each.name, each.key_id): each for each in known}
        found: dict[tuple[str, bytes], Verifier] = {}
        for name, signature in self.signatures:
            identity = (name, signature[:4])
            if identity in keys:
                if identity in found:
                    raise NoteError(f"{name} signed twice")
                keys[identity].verify(self.text, signature[4:])
                found[identity] = keys[identity]
        return tuple(found.values())

    def unknown(self, known: Sequence[Verifier]) -> tuple[str, ...]:
        """List the signatures of unknown keys as `name+keyid`."""
        keys = {(each.name, each.key_id) for each in known}
        given = ((name, signature[:4]) for name, signature in self.signatures)
        return tuple(
            f"{name}+{key_id.hex()}" for name, key_id in given if (name, key_id) not in keys
        )


def sign(text: str, *signers: Signer, at: int = 0) -> str:
    """Return a text as a note signed by each signer."""
    if not text.endswith("\n"):
        raise NoteError("the text of a note ends with a newline")
    return text + "\n" + "".join(signer.line(text, at=at) for signer in signers)


def _split_key(text: str) -> tuple[str, str, bytes]:
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    if not _NAME.fullmatch(name) or not re.fullmatch(r"[0-9a-f]{8}", key_id):
        raise NoteError("a key is written name+keyid+base64")
    key = decode(encoded, "the key")
    if len(key) != 33:
        raise NoteError("an Ed25519 key has 32 bytes behind its type")
    return name, key_id, key


def _cosigned(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def cosignature_time(signature: bytes) -> int:
    """Return the time a cosignature states, in seconds since 1970; it is signed with the text."""
    (at,) = struct.unpack(">Q", signature[:8])
    return int(at)
