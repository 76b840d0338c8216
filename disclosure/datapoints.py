"""The catalogue: every question as data, complete enough to generate a form from it.

A datapoint is answered by parts (one or several typed inputs) or, for a table, by rows whose
cells are such parts. Questions live in `catalogue/<name>/*.toml`, the mapping to other standards in
`crosswalk.csv` beside them; adding a question is a line of data.
"""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from disclosure import units
from disclosure.texts import Bilingual

REQUIRED = (
    "GEN-01", "GEN-02", "GEN-03", "GEN-04", "GEN-05", "BND-01", "BND-02", "BND-03",
    "EMS-01", "EMS-05",
)  # fmt: skip
"""What every published disclosure states: the gate of grade 1."""
SHORT_ROUTE = (
    *REQUIRED, "GOV-01", "GOV-02", "RSK-01", "ENE-01", "ENE-02", "ENE-04",
    "EMS-03", "EMS-14", "TGT-03", "VER-03",
)  # fmt: skip
"""The 20 datapoints of the short route to grade 2; TGT-01 or TGT-02 serve instead of TGT-03."""


class Input(StrEnum):
    """How one part is typed in."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"
    ENUM = "enum"
    MULTI_ENUM = "multi_enum"
    URL = "url"
    FILE = "file"


QUANTITIES = frozenset({Input.NUMBER, Input.PERCENT, Input.MONEY})
"""Inputs whose value is a `Quantity`: a decimal amount with its unit."""
NUMERIC = QUANTITIES | {Input.INTEGER}
"""Inputs that hold a number; not below zero unless the catalogue says otherwise."""


class Level(StrEnum):
    """Basic, comprehensive, or specific to Shanghai."""

    BASIC = "B"
    COMPREHENSIVE = "C"
    SHANGHAI = "SH"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of an enum."""

    code: str
    label: Bilingual


@dataclass(frozen=True, slots=True)
class Column:
    """One typed input: a part of a datapoint, or a column of a table.

    `family` and `unit` (the one offered first) are set for quantities; `minimum` and `maximum`
    bound numbers and years, in canonical units; `key` columns together name a row of a table.
    """

    id: str
    label: Bilingual
    input: Input
    required: bool = True
    key: bool = False
    family: str = ""
    unit: str = ""
    options: tuple[Option, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    max_length: int = 200

    @property
    def units(self) -> tuple[str, ...]:
        """List the units to choose from, the default first."""
        return tuple(dict.fromkeys((self.unit, *units.choices(self.family)))) if self.unit else ()

    @property
    def codes(self) -> frozenset[str]:
        """Return the codes of the options."""
        return frozenset(option.code for option in self.options)


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of the questionnaire."""

    id: str
    title: Bilingual


@dataclass(frozen=True)
class Datapoint:
    """One question of the catalogue.

    `header` datapoints (name and id, period) are filled from the disclosure's own header;
    `calculated` ones follow from other answers. `crosswalk` maps a standard to its reference.
    """

    id: str
    section: str
    question: Bilingual
    help: Bilingual
    level: Level
    columns: tuple[Column, ...]
    table: bool = False
    max_rows: int = 0
    calculated: bool = False
    header: bool = False
    crosswalk: Mapping[str, str] = field(default_factory=dict)

    @property
    def input(self) -> str:
        """Say what to draw: `table`, `group` (several parts) or the one part's input type."""
        if self.table:
            return "table"
        return "group" if len(self.columns) > 1 else str(self.columns[0].input)

    @property
    def short_route(self) -> bool:
        """Tell whether the 20-question short route asks for it."""
        return self.id in SHORT_ROUTE

    @property
    def can_be_zero(self) -> bool:
        """Tell whether zero (a table: none) is an answer of its own."""
        return self.table or any(column.input in QUANTITIES for column in self.columns)

    def column(self, part: str) -> Column:
        """Return one part or column by id."""
        return next(column for column in self.columns if column.id == part)


@dataclass(frozen=True)
class Catalogue:
    """A version of a questionnaire: its sections and datapoints in reading order."""

    version: str
    title: Bilingual
    sections: tuple[Section, ...]
    datapoints: Mapping[str, Datapoint]

    def __getitem__(self, datapoint: str) -> Datapoint:
        """Return a datapoint by id."""
        return self.datapoints[datapoint]

    def of_section(self, section: str) -> tuple[Datapoint, ...]:
        """List the datapoints of one section."""
        return tuple(each for each in self.datapoints.values() if each.section == section)

    def of_level(self, *levels: Level) -> tuple[Datapoint, ...]:
        """List the datapoints of some levels."""
        return tuple(each for each in self.datapoints.values() if each.level in levels)


@cache
def climate() -> Catalogue:
    """Return the climate questionnaire of 77 datapoints."""
    return _load(files("disclosure") / "catalogue" / "climate")


def catalogue(version: str) -> Catalogue:
    """Return the catalogue of a version; KeyError when this release does not carry it."""
    return {each.version: each for each in (climate(),)}[version]


def _load(folder: Traversable) -> Catalogue:
    head = _toml(folder / "catalogue.toml")
    options = {
        name: tuple(Option(code, _both(label)) for code, label in labels.items())
        for name, labels in _toml(folder / "options.toml").items()
    }
    crosswalk = _crosswalk(folder / "crosswalk.csv")
    sections = tuple(Section(key, _both(title)) for key, title in head["sections"].items())
    datapoints = {
        key: _datapoint(key, section.id, raw, options=options, crosswalk=crosswalk)
        for section in sections
        for key, raw in _toml(folder / f"{section.id}.toml").items()
    }
    return Catalogue(head["version"], _both(head["title"]), sections, MappingProxyType(datapoints))


def _datapoint(
    key: str,
    section: str,
    raw: dict[str, Any],
    *,
    options: Mapping[str, tuple[Option, ...]],
    crosswalk: Mapping[str, Mapping[str, str]],
) -> Datapoint:
    columns = raw.get("columns") or raw.get("parts") or [raw["value"]]
    question = _both(raw["question"])
    return Datapoint(
        id=key,
        section=section,
        question=question,
        help=_both(raw["help"]),
        level=Level(raw["level"]),
        columns=tuple(_column(each, question, options) for each in columns),
        table="columns" in raw,
        max_rows=raw.get("max_rows", 200) if "columns" in raw else 0,
        calculated=raw.get("calculated", False),
        header=raw.get("header", False),
        crosswalk=MappingProxyType(crosswalk[key]),
    )


def _column(
    raw: dict[str, Any], question: Bilingual, options: Mapping[str, tuple[Option, ...]]
) -> Column:
    kind = Input(raw["type"])
    family, unit = {Input.PERCENT: ("share", "%"), Input.MONEY: ("money", "万元")}.get(
        kind, ("", "")
    )
    return Column(
        id=raw.get("id", "value"),
        label=_both(raw) if "zh" in raw else question,
        input=kind,
        required=raw.get("required", True),
        key=raw.get("key", False),
        family=raw.get("family", family or ("pure" if kind is Input.NUMBER else "")),
        unit=raw.get("unit", unit or ("1" if kind is Input.NUMBER else "")),
        options=options[raw["options"]] if "options" in raw else (),
        minimum=_bound(raw, "minimum", "0" if kind in NUMERIC else None),
        maximum=_bound(raw, "maximum", "100" if kind is Input.PERCENT else None),
        max_length=raw.get("max_length", 5000 if kind is Input.LONG_TEXT else 200),
    )


def _bound(raw: dict[str, Any], key: str, default: str | None) -> Decimal | None:
    given = raw.get(key, default)
    return None if given in (None, "") else Decimal(str(given))


def _both(raw: Mapping[str, str]) -> Bilingual:
    return Bilingual(raw["zh"], raw["en"])


def _toml(path: Traversable) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def _crosswalk(path: Traversable) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(path.read_text("utf-8").splitlines())
    return {
        row.pop("id"): {name: text for name, text in row.items() if text != "-"} for row in rows
    }
