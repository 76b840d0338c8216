"""`python -m disclosure verify BUNDLE.json [--key KEY]`: check a bundle against the log's key.

KEY is a verifier key (`name+keyid+base64`) or a file holding one; give it again for each witness.
Needs the standard library and `cryptography`, nothing else.
"""

import argparse
import hashlib
from pathlib import Path

from disclosure.commands.files import InputError, read_bytes, read_text, say_line
from disclosure.ledger.bundle import BundleError, Proven, verify_bundle
from disclosure.ledger.canonical import canonical
from disclosure.ledger.entries import FOOTPRINT_KINDS, STATEMENT_KINDS
from disclosure.ledger.note import COSIGNATURE, NoteError, Verifier

_NO_KEY = "; no --key was given: take the log's key from /log/key of the market, once, and keep it"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, metavar="BUNDLE.json", help="the bundle to verify")
    parser.add_argument("--key", action="append", default=[], help="verifier key, or a file of it")


def run(given: argparse.Namespace) -> int:
    """Print what is proven and return 0, or why nothing is and return 1."""
    data, keys = read_bytes(given.file), [read_key(each) for each in given.key]
    try:
        proven = verify_bundle(data, keys)
    except BundleError as error:
        say_line(f"not verified: {error}" + ("" if keys else _NO_KEY))
        return 1
    say_line("\n".join(_lines(data, proven)))
    return 0


def _lines(data: bytes, proven: Proven) -> list[str]:
    checkpoint = proven.checkpoint
    kinds = {**dict.fromkeys(STATEMENT_KINDS, _statement), **dict.fromkeys(FOOTPRINT_KINDS, _label)}
    return [
        *kinds.get(proven.entry["kind"], _version)(proven),
        f"entry {proven.index} of {checkpoint.size} in the log {checkpoint.origin}",
        *(f"{_role(each)}: {each.name}+{each.key_id.hex()}" for each in proven.signers),
        f"leaf sha256 {proven.leaf.hex()}",
        f"bundle sha256 {hashlib.sha256(data).hexdigest()}",
    ]


def _version(proven: Proven) -> list[str]:
    entry = proven.entry
    who, year = entry["disclosure"]["organisation"], entry["disclosure"]["year"]
    hidden = len(entry["private"]) - len(proven.opened)
    source = f", figures collected by others: {entry['source']}" if entry["source"] else ""
    return [
        f"verified: {entry['kind']} disclosure of {who['name']} ({who['scheme']} {who['number']})"
        f" for {year}, version {entry['version']}, {entry['published_at']}{source}",
        f"private answers: {len(proven.opened)} opened, {hidden} committed to",
    ]


def _statement(proven: Proven) -> list[str]:
    entry = proven.entry
    return [
        f"verified: {entry['kind'].replace('_', ' ')} by {entry['verifier']['name']},"
        f" {entry['published_at']}: {entry['level']}, {entry['standard']},"
        f" scopes {', '.join(entry['scopes'])}, {entry['coverage']} % covered",
        f"about the disclosure with leaf {entry['about']}",
        f"statement sha256 {entry['statement']}",
    ]


def _label(proven: Proven) -> list[str]:
    entry = proven.entry
    who, label = entry["organisation"], entry["record"]["label"]
    reason = f": {entry['reason']}" if entry["reason"] else ""
    return [
        f"verified: {entry['kind'].replace('_', ' ')} by {entry['by']['name']},"
        f" {entry['published_at']}{reason}",
        f"certificate {label['certificate']} of {who['name']} ({who['scheme']} {who['number']}),"
        f" version {entry['version']}, verified by {entry['verifier']['name']}",
        f"record sha256 {hashlib.sha256(canonical(entry['record'])).hexdigest()}",
        f"statement sha256 {entry['statement']}",
    ]


def _role(key: Verifier) -> str:
    return "witnessed by" if key.kind == COSIGNATURE else "signed by"


def read_key(text: str) -> Verifier:
    """Read a verifier key, or the first line of a file that holds one."""
    path = Path(text)
    try:
        given = text if "+" in text and not path.is_file() else read_text(path)
        return Verifier.from_text(given.strip().split("\n")[0])
    except NoteError as error:
        raise InputError(f"key: {error}") from None
