"""Canonical JSON: one byte form per value (RFC 8785, restricted).

Strings, integers up to 2^53 - 1, booleans, null, lists and objects with string keys; no floats, so
amounts are strings. Keys are ordered by UTF-16 code units as RFC 8785 asks.
"""

import json
import re
from typing import Any

MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 64
_ESCAPED = re.compile(r'[\x00-\x1f"\\]')
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


class CanonicalError(ValueError):
    """A value has no canonical form, or bytes are not in it."""


def canonical(value: Any) -> bytes:
    """Return the canonical bytes of a value; CanonicalError when it has none."""
    try:
        return "".join(_written(value, 0)).encode("utf-8")
    except UnicodeEncodeError:
        raise CanonicalError("a text holds half a surrogate pair") from None


def parse(data: bytes) -> Any:
    """Read canonical bytes; CanonicalError when they are not exactly the canonical form."""
    try:
        value = json.loads(data.decode("utf-8"), parse_float=_no_float, parse_constant=_no_float)
    except CanonicalError:
        raise
    except (ValueError, RecursionError) as error:
        raise CanonicalError(f"not JSON: {error}") from None
    if canonical(value) != data:
        raise CanonicalError("not in canonical form: order, spaces, escapes or a key said twice")
    return value


def _written(value: Any, depth: int) -> list[str]:
    if depth > MAX_DEPTH:
        raise CanonicalError(f"nested deeper than {MAX_DEPTH}")
    match value:
        case None | True | False:
            return [{None: "null", True: "true", False: "false"}[value]]
        case str():
            return [_quoted(value)]
        case int() if abs(value) <= MAX_INTEGER:
            return [str(int(value))]
        case list() | tuple():
            items = ["".join(_written(each, depth + 1)) for each in value]
            return ["[", ",".join(items), "]"]
        case dict() if all(isinstance(key, str) for key in value):
            keys = sorted(value, key=_utf_16)
            pairs = [_quoted(key) + ":" + "".join(_written(value[key], depth + 1)) for key in keys]
            return ["{", ",".join(pairs), "}"]
    raise CanonicalError(f"{type(value).__name__} has no canonical form; write amounts as text")


def _utf_16(key: str) -> bytes:
    return key.encode("utf-16-be", "surrogatepass")


def _quoted(text: str) -> str:
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _SHORT.get(character) or f"\\u{ord(character):04x}"


def _no_float(text: str) -> Any:
    raise CanonicalError(f"{text[:30]}: only whole numbers; write amounts as text")
