"""Reading the files a command names, with errors that fit on one line, and its output."""

import json
import sys
from pathlib import Path
from typing import Any

MAX_BYTES = 50_000_000


class InputError(ValueError):
    """A file cannot be used; the message says which and why."""


def read_bytes(path: Path) -> bytes:
    """Read a file of at most 50 MB."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path}: larger than {MAX_BYTES // 10**6} MB")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or 'cannot be read'}") from None


def read_text(path: Path) -> str:
    """Read a UTF-8 text file, with or without a byte order mark."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path}: not UTF-8; save the file as UTF-8") from None


def read_json(path: Path) -> Any:
    """Read JSON in which no key stands twice."""
    try:
        return json.loads(read_text(path), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{path}: not JSON: {error}") from None


def say_line(text: str) -> None:
    """Write to standard output."""
    sys.stdout.write(text + "\n")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("the same key twice in one object; say it once")
    return made
