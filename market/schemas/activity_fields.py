"""Field types of activity lines and factors: figures, names in both languages, spreadsheets."""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from flask_babel import lazy_gettext
from marshmallow import ValidationError, fields
from werkzeug.datastructures import FileStorage

from disclosure import units
from disclosure.datapoints import Option, climate
from disclosure.factor_data import Item, Region, items, regions
from market.files import FileTooLarge, Upload
from market.schemas.fields import REQUIRED, Choice, Document, Options, Text, Told
from market.texts import language

_PLAIN = re.compile(r"-?\d{1,12}(\.\d{1,9})?", re.ASCII)
_UNIT_NAMES = {
    "吨": "t", "千克": "kg", "公斤": "kg", "克": "g", "万吨": "万t", "升": "L", "立方米": "m3",
    "万立方米": "万m3", "标准立方米": "Nm3", "标方": "Nm3", "万标方": "万Nm3", "度": "kWh",
    "千瓦时": "kWh", "万度": "万kWh", "万千瓦时": "万kWh", "兆瓦时": "MWh", "吉焦": "GJ",
    "百万千焦": "GJ", "吨标准煤": "tce", "吨公里": "t·km", "万吨公里": "万t·km", "公里": "km",
    "mwh": "MWh", "kwh": "kWh", "gj": "GJ", "m³": "m3", "nm3": "Nm3", "nm³": "Nm3", "l": "L",
}  # fmt: skip
_SHEETS: dict[str, tuple[str, Callable[[bytes], bool]]] = {
    ".xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda body: body.startswith(b"PK\x03\x04"),
    ),
    ".csv": (
        "text/csv",
        lambda body: b"\x00" not in body and not body.startswith((b"PK\x03\x04", b"%PDF")),
    ),
}
_FAMILIES = (
    "energy", "mass", "volume", "gas_volume", "freight", "distance", "money", "pure",
)  # fmt: skip


@cache
def activity_units() -> tuple[str, ...]:
    """Every unit activity data may be measured in, the usual ones first."""
    every = [unit for family in _FAMILIES for unit in units.choices(family)]
    return tuple(dict.fromkeys((*units.choices("activity"), *every)))


def _named(options: Iterable[Option]) -> Options:
    en = language() == "en"
    return [(each.code, each.label.en if en else each.label.zh) for each in options]


def sources() -> Options:
    """The sources of EMS-14, in the reader's language."""
    return _named(climate()["EMS-14"].column("source").options)


def categories() -> Options:
    """The fifteen categories of scope 3."""
    return _named(climate()["EMS-09"].column("category").options)


def instruments() -> Options:
    """By what electricity is green."""
    return _named(climate()["EMS-06"].column("instruments").options)


def places() -> Options:
    """Provinces and the country; grids have factors but no sites."""
    en = language() == "en"
    known = [each for each in regions().values() if each.number or each.code == "CN"]
    return [(each.code, each.name.en if en else each.name.zh) for each in known]


def item_names() -> Options:
    """What the tables have factors for."""
    en = language() == "en"
    known = [each for each in items().values() if each.sources]
    return [(each.code, each.name.en if en else each.name.zh) for each in known]


@cache
def _codes(kind: str) -> Mapping[str, str]:
    """Names in both languages -> code, so that a file may say 柴油, Diesel or diesel."""
    options = {
        "source": climate()["EMS-14"].column("source").options,
        "category": climate()["EMS-09"].column("category").options,
        "instrument": climate()["EMS-06"].column("instruments").options,
    }
    found: dict[str, str] = {}
    for option in options.get(kind, ()):
        found |= {option.label.zh: option.code, option.label.en.lower(): option.code}
    if kind == "category":
        found |= {str(number): f"c{number:02}" for number in range(1, 16)}
    named: Mapping[str, Item] | Mapping[str, Region] = items() if kind == "item" else regions()
    for code, each in named.items() if kind in ("item", "region") else ():
        found |= {each.name.zh: code, each.name.en.lower(): code, code.lower(): code}
    return found | (_UNIT_NAMES if kind == "unit" else {})


def code_of(kind: str, text: str) -> str:
    """The code behind a name or a code; an unknown text stays as it is."""
    return _codes(kind).get(text, _codes(kind).get(text.lower(), text))


class Figure(fields.Field[Decimal]):
    """A plain decimal as a string: no exponent, NaN or sign; at most nine decimals, all kept."""

    def __init__(self, label: Told, *, hint: Told = "", unit: Told = "", **kw: Any) -> None:
        metadata = {"label": label, "hint": hint, "widget": "whole", "unit": unit}
        super().__init__(metadata=metadata, **kw)

    def make_error(self, key: str, **kwargs: Any) -> ValidationError:
        """The error in the reader's language."""
        return ValidationError(str(REQUIRED))

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value in (None, "") else f"{Decimal(value):f}"

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Decimal:
        text = value.replace(",", "").replace("，", "").strip() if isinstance(value, str) else ""
        if not _PLAIN.fullmatch(text):
            told = lazy_gettext("Write a plain number such as 1200.5, with at most 9 decimals.")
            raise ValidationError(str(told))
        if text.startswith("-"):
            told = lazy_gettext("The amount cannot be negative.")
            raise ValidationError(str(told))
        return Decimal(text)


class Named(Choice):
    """A choice that also understands the names of its options in both languages."""

    def __init__(self, label: Told, *, kind: str, **kw: Any) -> None:
        self.kind = kind
        super().__init__(label, **kw)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs).strip()
        return code_of(self.kind, text)


class ItemName(Text):
    """An item by code or name; others are items of own factors."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        return code_of("item", super()._deserialize(value, attr, data, **kwargs))


class Spreadsheet(Document):
    """An uploaded xlsx or csv, believed only by its bytes; forms only."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Upload:
        if not isinstance(value, FileStorage):
            raise self.make_error("invalid")
        body = value.stream.read(self.limit_mb * 1024 * 1024 + 1)
        if len(body) > self.limit_mb * 1024 * 1024:
            raise ValidationError(str(FileTooLarge(limit=self.limit_mb)))
        name = (value.filename or "").replace("\\", "/").rsplit("/", 1)[-1][-120:]
        for ending, (content_type, fits) in _SHEETS.items():
            if name.lower().endswith(ending) and body and fits(body):
                return Upload(name, content_type, body)
        told = lazy_gettext("Upload an .xlsx or .csv file; what is inside must be that too.")
        raise ValidationError(str(told))
