"""The values an answer is made of, and how each is read from and written to JSON.

JSON carries a quantity as `{"amount": "12.50", "unit": "MWh"}`, a date as `"2025-12-31"`, an
integer as a number, a file as `{"name", "sha256"}`; amounts are strings, so no digit is ever lost.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from disclosure import units
from disclosure.datapoints import QUANTITIES, Column, Input
from disclosure.texts import Text, say

MAX_DIGITS, MAX_PLACES = 18, 12
_PLAIN = re.compile(r"-?(0|[1-9]\d{0,17})(\.\d{1,12})?", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_URL = re.compile(r"https?://[^\s<>\"']+\.[^\s<>\"']+")
_MAX_INTEGER = 10**12
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class FactError(ValueError):
    """A value cannot be taken: says which datapoint and part, why, and what to do."""

    def __init__(self, where: str, code: str, **values: object) -> None:
        self.where = where
        self.text = Text(f"fact.{code}", {"where": where, **values})
        super().__init__(say(self.text, "en"))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A decimal amount in the unit it was entered in."""

    amount: Decimal
    unit: str

    @property
    def canonical(self) -> Decimal:
        """The amount in the canonical unit of its family (see `disclosure.units`), exact."""
        return units.finite(self.exact)

    @property
    def exact(self) -> Fraction:
        """The canonical amount as a fraction, for products and quotients without rounding."""
        return Fraction(self.amount) * units.unit(self.unit).factor

    @property
    def canonical_unit(self) -> str:
        """The canonical unit: GJ, tCO2e, CNY, t, m3, Nm3, %, 1, or a quotient of these."""
        return units.unit(self.unit).canonical

    @property
    def half_ulp(self) -> Decimal:
        """Half a unit of the last stated decimal, in the canonical unit: its rounding error."""
        exponent = self.amount.as_tuple().exponent
        assert isinstance(exponent, int)
        step = Fraction(10) ** exponent / 2
        return units.finite(step * units.unit(self.unit).factor)

    def to(self, unit: str) -> Decimal:
        """Return the amount in another unit of the family; UnitError when that cannot be."""
        return units.convert(self.amount, self.unit, unit)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that supports an answer, known by the SHA-256 of its bytes."""

    name: str
    sha256: str


Value = str | bool | int | date | Quantity | Evidence | tuple[str, ...]
Parts = Mapping[str, Value]


def quantity(amount: object, unit: str, where: str = "amount") -> Quantity:
    """Read a quantity from a plain decimal string (or a Decimal) and a unit code.

    Raises FactError for anything but plain digits (no exponent, NaN, infinity or negative zero,
    at most 18 digits before and 12 after the point) and for an unknown unit.
    """
    if isinstance(amount, Decimal) and amount.is_finite():
        amount = f"{amount:f}"
    if not isinstance(amount, str) or not _PLAIN.fullmatch(amount):
        raise FactError(where, "not_a_number", given=_clip(amount))
    number = Decimal(amount)
    if number.is_zero() and number.is_signed():
        raise FactError(where, "negative_zero")
    try:
        units.unit(unit)
    except (units.UnitError, AttributeError, TypeError):
        raise FactError(where, "unknown_unit", given=_clip(unit)) from None
    return Quantity(number, unit)


def read_value(column: Column, raw: Any, where: str) -> Value:
    """Read one part from its JSON form, as the column's input type asks."""
    if column.input in QUANTITIES:
        given = read_fields(raw, where, {"amount", "unit"}, set())
        return quantity(given["amount"], given["unit"], where)
    if column.input is Input.FILE:
        return read_evidence(raw, where)
    if column.input is Input.BOOLEAN:
        return bool(_checked(raw, where, type_=bool, code="not_yes_no"))
    if column.input is Input.INTEGER:
        return _integer(raw, where)
    if column.input is Input.MULTI_ENUM:
        return _many(column, raw, where)
    if column.input is Input.DATE:
        return read_date(raw, where)
    text = read_text(raw, where, column.max_length)
    if column.input is Input.ENUM and text not in column.codes:
        raise FactError(where, "not_an_option", given=_clip(text), options=_codes(column))
    if column.input is Input.URL and not _URL.fullmatch(text):
        raise FactError(where, "not_a_url", given=_clip(text))
    return text


def write_value(value: Value) -> Any:
    """Write one part in its JSON form; `read_value` gives back the equal value."""
    if isinstance(value, Quantity):
        return {"amount": f"{value.amount:f}", "unit": value.unit}
    if isinstance(value, Evidence):
        return {"name": value.name, "sha256": value.sha256}
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def read_text(raw: Any, where: str, limit: int) -> str:
    """Read a non-empty text of bounded length without control characters."""
    text: str = _checked(raw, where, type_=str, code="not_text")
    if not text.strip():
        raise FactError(where, "empty")
    if len(text) > limit:
        raise FactError(where, "too_long", limit=limit, length=len(text))
    if _FORBIDDEN.search(text):
        raise FactError(where, "control_character")
    return text


def read_date(raw: Any, where: str) -> date:
    """Read an ISO date `YYYY-MM-DD` between 1900 and 2199."""
    try:
        day = date.fromisoformat(raw) if isinstance(raw, str) and len(raw) == 10 else None
    except ValueError:
        day = None
    if day is None or not 1900 <= day.year < 2200:
        raise FactError(where, "not_a_date", given=_clip(raw))
    return day


def read_evidence(raw: Any, where: str) -> Evidence:
    """Read a file reference: a name and 64 hexadecimal digits."""
    given = read_fields(raw, where, {"name", "sha256"}, set())
    name = read_text(given["name"], where, 255)
    if not isinstance(given["sha256"], str) or not _SHA256.fullmatch(given["sha256"]):
        raise FactError(where, "not_a_hash")
    return Evidence(name, given["sha256"])


def read_fields(
    raw: Any, where: str, needed: set[str], optional: set[str] | None
) -> dict[str, Any]:
    """Read an object that has all `needed` keys and no others than `optional` (None: any)."""
    if not isinstance(raw, dict):
        raise FactError(where, "not_an_object", keys=tuple(sorted(needed | (optional or set()))))
    if missing := needed - set(raw):
        raise FactError(where, "missing_keys", keys=tuple(sorted(missing)))
    if optional is not None and (unknown := set(map(str, raw)) - needed - optional):
        raise FactError(where, "unknown_keys", keys=tuple(sorted(each[:40] for each in unknown)))
    return raw


def read_list(given: dict[str, Any], key: str, where: str) -> list[Any]:
    """Read a list under a key, empty when absent."""
    found = given.get(key, [])
    if not isinstance(found, list):
        raise FactError(where, "not_a_list", given=key)
    return found


def read_optional_text(given: dict[str, Any], key: str, where: str, limit: int) -> str:
    """Read a text under a key, empty when absent or empty."""
    raw = given.get(key, "")
    return "" if raw == "" else read_text(raw, where, limit)


def _integer(raw: Any, where: str) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or abs(raw) > _MAX_INTEGER:
        raise FactError(where, "not_an_integer", given=_clip(raw))
    return raw


def _many(column: Column, raw: Any, where: str) -> tuple[str, ...]:
    chosen = _checked(raw, where, type_=list, code="not_a_list")
    if not chosen:
        raise FactError(where, "empty")
    for each in chosen:
        if not isinstance(each, str) or each not in column.codes or chosen.count(each) > 1:
            raise FactError(where, "not_an_option", given=_clip(each), options=_codes(column))
    return tuple(chosen)


def _checked(raw: Any, where: str, *, type_: type, code: str, **values: object) -> Any:
    if not isinstance(raw, type_):
        raise FactError(where, code, given=_clip(raw), **values)
    return raw


def _codes(column: Column) -> tuple[str, ...]:
    return tuple(option.code for option in column.options)


def _clip(raw: object) -> str:
    return repr(raw)[:60]
