"""Fields of a JSON document, read or refused by path and reason."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scoring.meetings.instance import MalformedError


def object_at(value: Any, path: str) -> Mapping[str, Any]:
    """A JSON object."""
    if not isinstance(value, Mapping):
        raise MalformedError(path, "an object is needed here")
    return value


def list_at(value: Any, path: str) -> Sequence[Any]:
    """A JSON list."""
    if not isinstance(value, list | tuple):
        raise MalformedError(path, "a list is needed here")
    return value


def row_at(value: Any, length: int, path: str) -> Sequence[Any]:
    """A JSON list of just so many entries."""
    if not isinstance(value, list | tuple) or len(value) != length:
        raise MalformedError(path, f"a list of {length} entries is needed here")
    return value


def whole(value: Any, path: str, *, least: int = 0, most: int = 10**9) -> int:
    """A whole number within its limits; 3.0 is one, true is none."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise MalformedError(path, "a whole number is needed here")
    if not least <= value <= most:
        raise MalformedError(path, f"{value} is not between {least} and {most}")
    return value


def word(value: Any, path: str) -> str:
    """A text that is not empty."""
    if not isinstance(value, str) or not value:
        raise MalformedError(path, "a text that is not empty is needed here")
    return value


def needed(document: Mapping[str, Any], key: str, path: str) -> Any:
    """The value of a key that may not be left out."""
    if key not in document:
        raise MalformedError(f"{path}.{key}", "this key is missing")
    return document[key]


def only(document: Mapping[str, Any], known: Iterable[str], path: str) -> None:
    """Refuse keys that mean nothing, since a misspelt rule would be silently lost."""
    known = tuple(known)
    for key in document:
        if key not in known:
            raise MalformedError(f"{path}.{key}", f"unknown key; known are {', '.join(known)}")


def known_word(value: Any, known: Mapping[str, Any], path: str, kind: str) -> str:
    """A text that names something in `known`."""
    name = word(value, path)
    if name not in known:
        raise MalformedError(path, f"no {kind} has the id {name!r}")
    return name


def slots_at(value: Any, slots: int, path: str) -> tuple[int, ...]:
    """A list of different slots."""
    read = tuple(
        whole(slot, f"{path}[{i}]", most=slots - 1) for i, slot in enumerate(list_at(value, path))
    )
    if len(set(read)) < len(read):
        raise MalformedError(path, "a slot is named twice")
    return read
