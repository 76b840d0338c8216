"""The simple values of PACT records: decimal strings, moments, URNs; errors name the path."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from disclosure.values import FactError, quantity, read_list, read_text

_URN = re.compile(r"urn:[a-z0-9][a-z0-9-]{1,31}:[^\s<>\"]+", re.IGNORECASE)
_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})", re.ASCII
)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)
_MANY = 100


def decimal(raw: Any, where: str) -> Decimal:
    """Read a plain decimal string: no number, exponent, NaN or infinity."""
    if not isinstance(raw, str):
        raise FactError(where, "not_a_number", given=repr(raw)[:60])
    return quantity(raw, "1", where).amount


def optional_decimal(given: dict[str, Any], key: str) -> Decimal | None:
    """Read a decimal that may be absent."""
    return decimal(given[key], f"pcf.{key}") if key in given else None


def optional_flag(given: dict[str, Any], key: str) -> bool | None:
    """Read a boolean that may be absent."""
    found = given.get(key)
    if found is not None and not isinstance(found, bool):
        raise FactError(key, "not_yes_no", given=repr(found)[:60])
    return found


def moment(raw: Any, where: str) -> datetime:
    """Read an ISO 8601 moment with its zone, kept in UTC."""
    try:
        if not isinstance(raw, str) or not _MOMENT.fullmatch(raw):
            raise ValueError
        found = datetime.fromisoformat(raw).astimezone(UTC)
    except (ValueError, OverflowError):
        raise FactError(where, "not_a_moment", given=repr(raw)[:60]) from None
    if not 1900 <= found.year < 2200:
        raise FactError(where, "not_a_moment", given=repr(raw)[:60])
    return found


def optional_moment(given: dict[str, Any], key: str) -> datetime | None:
    """Read a moment that may be absent."""
    return moment(given[key], key) if given.get(key) is not None else None


def write_moment(value: datetime) -> str:
    """Write a moment in UTC."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def uuid(raw: Any, where: str) -> UUID:
    """Read a UUID in its plain form."""
    if not isinstance(raw, str) or not _UUID.fullmatch(raw):
        raise FactError(where, "not_a_uuid", given=repr(raw)[:60])
    return UUID(raw)


def is_urn(text: str) -> bool:
    """Tell whether a text has the form of a URN (RFC 8141)."""
    return bool(_URN.fullmatch(text))


def urns(raw: Any, where: str) -> tuple[str, ...]:
    """Read a non-empty set of URNs."""
    found = strings(raw, where)
    for each in found:
        if not is_urn(each):
            raise FactError(where, "not_a_urn", given=repr(each)[:80])
    return found


def strings(raw: Any, where: str) -> tuple[str, ...]:
    """Read a non-empty list of different texts."""
    if not isinstance(raw, list) or not raw or len(raw) > _MANY:
        raise FactError(where, "not_a_set", most=_MANY)
    found = tuple(read_text(each, where, 500) for each in raw)
    if len(set(found)) < len(found):
        raise FactError(where, "not_a_set", most=_MANY)
    return found


def many(given: dict[str, Any], key: str) -> list[Any]:
    """Read a list that may be absent but, once there, says something."""
    found = read_list(given, key, key)
    if key in given and not 1 <= len(found) <= _MANY:
        raise FactError(key, "not_a_set", most=_MANY)
    return found


def choice(raw: Any, where: str, options: tuple[str, ...]) -> str:
    """Read one of a closed list."""
    if not isinstance(raw, str) or raw not in options:
        raise FactError(where, "not_an_option", given=repr(raw)[:60], options=tuple(options))
    return raw


def given_text(given: dict[str, Any], key: str, limit: int) -> str:
    """Read a text that may be absent or empty."""
    raw = given.get(key, "")
    return "" if raw == "" else read_text(raw, key, limit)
