"""`python -m disclosure monitor SOURCE --state FILE --key KEY [--cosign KEYFILE]`.

SOURCE is the address of a log (`https://…/api/v1/log`) or a file written by `flask log export`.
The signed checkpoint is compared with the one kept in FILE: exit 0 when the log only grew, exit 1
and why when its history was rewritten, shrunk or split; FILE then keeps what was seen before.
`--cosign` prints the cosigned checkpoint as the JSON body the log takes. `monitor --new-key NAME
KEYFILE` makes a witness key and prints its public line.
"""

import argparse
import json
import os
import secrets
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from disclosure.commands.files import MAX_BYTES, InputError, read_text, say_line
from disclosure.commands.verify import read_key
from disclosure.ledger.canonical import canonical
from disclosure.ledger.checkpoint import Checkpoint
from disclosure.ledger.history import HistoryError, watch
from disclosure.ledger.note import COSIGNATURE, Note, NoteError, Signer, decode
from disclosure.ledger.tree import Tree

EXPORT_FORMAT = "tanqiao-log/1"
_SECONDS = 30


@dataclass(frozen=True)
class _Source:
    """The signed note, and how to get a consistency proof."""

    note: str
    consistency: Callable[[int, int], Sequence[bytes]]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("source", metavar="SOURCE", help="address of the log, or an export of it")
    parser.add_argument("--state", type=Path, help="where the checkpoint last seen is kept")
    parser.add_argument("--key", action="append", default=[], help="verifier key, or a file of it")
    parser.add_argument("--cosign", type=Path, metavar="KEYFILE", help="private witness key")
    parser.add_argument("--new-key", metavar="NAME", help="make a witness key in the file SOURCE")


def run(given: argparse.Namespace) -> int:
    """Print what was found and return 0, or what is wrong with the history and return 1."""
    if given.new_key:
        return _make_key(given.new_key, Path(given.source))
    if given.state is None or not given.key:
        raise InputError("monitor: --state FILE and --key KEY are needed")
    keys = [read_key(each) for each in given.key]
    witness = _witness(given.cosign) if given.cosign else None
    kept = _kept(given.state)
    try:
        source = _read(given.source)
        watched = watch(source.note, kept=kept, keys=keys, consistency=source.consistency)
    except HistoryError as error:
        say_line(f"NOT the history seen before: {error}")
        return 1
    _keep(given.state, source.note)
    if witness is None:
        say_line(watched.sentence)
    else:
        line = witness.line(watched.new.text, at=int(time.time()))
        say_line(canonical({"note": source.note + line}).decode())
    return 0


def _read(source: str) -> _Source:
    if source.startswith(("http://", "https://")):
        return _online(source.rstrip("/"))
    return _exported(source)


def _online(address: str) -> _Source:
    def proof(old: int, new: int) -> list[bytes]:
        told = _fetch(f"{address}/consistency?from={old}&to={new}")
        return _hashes(told.get("proof"), address)

    note = _fetch(f"{address}/checkpoint").get("note")
    if not isinstance(note, str) or not note:
        raise InputError(f"{address}: the log has signed nothing yet")
    return _Source(note, proof)


def _exported(name: str) -> _Source:
    """An export holds every leaf hash: the tree is computed anew, nothing is taken on trust."""
    try:
        told = json.loads(read_text(Path(name)))
    except json.JSONDecodeError:
        raise InputError(f"{name}: not JSON; write it with `flask log export`") from None
    if not isinstance(told, dict) or told.get("format") != EXPORT_FORMAT:
        raise InputError(f"{name}: not of the form {EXPORT_FORMAT}")
    note, tree = told.get("checkpoint"), Tree()
    if not isinstance(note, str):
        raise InputError(f"{name}: no checkpoint")
    tree.extend(_hashes(told.get("leaves"), name))

    def proof(old: int, new: int) -> list[bytes]:
        if new > tree.size:
            raise HistoryError(f"{new} entries are signed, the export holds {tree.size}")
        return tree.consistency(old, new)

    _compare(note, tree)
    return _Source(note, proof)


def _compare(note: str, tree: Tree) -> None:
    """The root that was signed must be that of the leaves in the export."""
    lines = note.split("\n")
    if len(lines) < 3 or not lines[1].isdecimal() or int(lines[1]) > tree.size:
        raise HistoryError(f"the export holds {tree.size} entries, not those that were signed")
    if tree.root(int(lines[1])) != _hashes([lines[2]], "the checkpoint")[0]:
        raise HistoryError("rewritten: the entries in the export are not those that were signed")


def _hashes(values: Any, where: str) -> list[bytes]:
    try:
        return [decode(str(each), "a hash") for each in values]
    except (NoteError, TypeError):
        raise InputError(f"{where}: hashes are missing or not base64") from None


def _fetch(address: str) -> dict[str, Any]:
    try:
        request = urllib.request.Request(address, headers={"Accept": "application/json"})  # noqa: S310  # http(s) only, checked by _read
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310  # as above
            told = json.loads(answer.read(MAX_BYTES))
    except (OSError, urllib.error.URLError, ValueError) as error:
        raise InputError(f"{address}: {error}") from None
    if not isinstance(told, dict):
        raise InputError(f"{address}: not an answer of a log")
    return told


def _kept(path: Path) -> str | None:
    if not path.exists():
        return None
    kept = read_text(path)
    try:
        Checkpoint.from_text(Note.parse(kept).text)
    except NoteError as error:
        raise InputError(f"{path}: not a checkpoint kept by this command ({error})") from None
    return kept


def _keep(path: Path, note: str) -> None:
    """Replace the state in one step: a crash leaves the old one or the new one."""
    made = path.with_name(f"{path.name}.new")
    try:
        with made.open("w", encoding="utf-8", newline="\n") as file:
            file.write(note)
            file.flush()
            os.fsync(file.fileno())
        made.replace(path)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or 'cannot be written'}") from None


def _witness(path: Path) -> Signer:
    try:
        signer = Signer.from_text(read_text(path))
    except NoteError as error:
        raise InputError(f"{path}: {error}") from None
    if signer.kind != COSIGNATURE:
        raise InputError(f"{path}: not a witness key; make one with `monitor --new-key`")
    return signer


def _make_key(name: str, path: Path) -> int:
    try:
        signer = Signer.from_seed(name, secrets.token_bytes(32), COSIGNATURE)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(signer.text + "\n")
    except NoteError as error:
        raise InputError(f"{name}: {error}") from None
    except FileExistsError:
        raise InputError(f"{path}: exists already; a key is never overwritten") from None
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or 'cannot be written'}") from None
    say_line(signer.verifier.text)
    return 0
