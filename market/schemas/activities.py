"""One activity line, as forms, files and the API give it."""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from flask_babel import lazy_gettext
from marshmallow import RAISE, Schema, ValidationError, fields, validate
from werkzeug.datastructures import FileStorage

from disclosure import units
from disclosure.datapoints import Option, climate
from disclosure.factor_data import Item, Region, items, regions
from market.files import FileTooLarge, Upload
from market.schemas.fields import REQUIRED, Choice, Day, Document, Options, Text, Told, Whole
from market.texts import language

MOST_ROWS = 1000
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


class UploadSchema(Schema):
    """A file of lines."""

    file = Spreadsheet(
        lazy_gettext("File of lines (xlsx or csv)"),
        required=True,
        hint=lazy_gettext("With the columns of the template; at most 20,000 rows and 20 MB."),
    )


class ActivitySchema(Schema):
    """A line as the form asks for it."""

    source = Named(lazy_gettext("Source"), kind="source", options=sources, required=True)
    category = Named(
        lazy_gettext("Scope 3 category"),
        kind="category",
        options=categories,
        load_default="",
        hint=lazy_gettext("For scope 3 activities only."),
    )
    item = ItemName(
        lazy_gettext("What was used"),
        most=40,
        required=True,
        hint=lazy_gettext("A fuel, electricity, heat, a gas, or the item of an own factor."),
    )
    label = Text(lazy_gettext("Your name for it"), most=120, load_default="")
    amount = Figure(lazy_gettext("Quantity"), required=True)
    unit = Named(
        lazy_gettext("Unit"),
        kind="unit",
        options=lambda: [(each, each) for each in activity_units()],
        required=True,
    )
    region = Named(
        lazy_gettext("Region of the site"),
        kind="region",
        options=places,
        load_default="",
        hint=lazy_gettext("Decides the electricity factor. Empty: where the firm is registered."),
    )
    site = Text(lazy_gettext("Site"), most=80, load_default="")
    period_start = Day(lazy_gettext("From"), load_default=None, allow_none=True)
    period_end = Day(lazy_gettext("Up to and including"), load_default=None, allow_none=True)
    factor_id = Text(
        lazy_gettext("Emission factor"),
        most=80,
        load_default="",
        hint=lazy_gettext("Empty: the best one for the region and year is taken."),
    )
    green = Figure(
        lazy_gettext("Of it green electricity"),
        unit="MWh",
        load_default=None,
        hint=lazy_gettext("Covered by certificates or green power contracts."),
    )
    instrument = Named(
        lazy_gettext("Instrument"), kind="instrument", options=instruments, load_default=""
    )
    certificates = Text(
        lazy_gettext("Certificate numbers"),
        most=1000,
        rows=3,
        load_default="",
        hint=lazy_gettext("One a line; none can be used twice."),
    )
    vintage = Whole(
        lazy_gettext("Year of generation"),
        least=1990,
        most=2100,
        load_default=None,
        allow_none=True,
    )
    evidence = Text(
        lazy_gettext("Evidence number"),
        most=120,
        load_default="",
        hint=lazy_gettext("Invoice, meter reading, contract."),
    )
    evidence_file = Document(lazy_gettext("Evidence file"), load_default=None)
    note = Text(lazy_gettext("Note"), most=400, load_default="")


class ActivityRowSchema(ActivitySchema):
    """A line of a file or push: known by its key, without a file."""

    class Meta:
        """A misspelt name is told, not dropped; files are added on the page."""

        unknown = RAISE
        exclude = ("evidence_file",)

    key = Text(
        lazy_gettext("Key"),
        most=60,
        required=True,
        hint=lazy_gettext("Your name of the line, unique in the year: it is updated by it."),
    )


class PushSchema(Schema):
    """Lines pushed by another system; each is checked by itself."""

    lines = fields.List(
        fields.Dict(keys=fields.String(), values=fields.Raw(allow_none=True)),
        required=True,
        validate=validate.Length(1, MOST_ROWS),
        metadata={"description": "each as the line schema has it; amounts are strings"},
    )


class LinesQuery(Schema):
    """The filters of a list of lines."""

    source = Choice(lazy_gettext("Source"), options=sources, load_default="")
    after = Text("", most=64, load_default="")


class TakeOverSchema(Schema):
    """Which figures are taken over; `mark` is that of the page they were shown on."""

    chosen = fields.List(fields.String(), load_default=list)
    mark = Text("", most=64, load_default="")
