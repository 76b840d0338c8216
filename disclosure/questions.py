"""What a question is: datapoint, typed column, option, section, questionnaire, catalogue.

A datapoint is answered by parts (one or several typed inputs) or, for a table, by rows whose
cells are such parts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

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

GRADED = "climate"
"""The questionnaire whose datapoints make the points of the grade."""


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
class Questionnaire:
    """A named selection of the catalogue's datapoints."""

    id: str
    title: Bilingual
    about: Bilingual
    asks: frozenset[str]


@dataclass(frozen=True)
class Catalogue:
    """A version of the catalogue: sections and datapoints in reading order, questionnaires."""

    version: str
    title: Bilingual
    sections: tuple[Section, ...]
    datapoints: Mapping[str, Datapoint]
    questionnaires: Mapping[str, Questionnaire]

    def __getitem__(self, datapoint: str) -> Datapoint:
        """Return a datapoint by id."""
        return self.datapoints[datapoint]

    def of_section(self, section: str, questionnaire: str = "") -> tuple[Datapoint, ...]:
        """List the datapoints of one section, all or those one questionnaire asks."""
        found = (each for each in self.datapoints.values() if each.section == section)
        if not questionnaire:
            return tuple(found)
        asks = self.questionnaires[questionnaire].asks
        return tuple(each for each in found if each.id in asks)

    def of_questionnaire(self, questionnaire: str) -> tuple[Datapoint, ...]:
        """List the datapoints one questionnaire asks."""
        asks = self.questionnaires[questionnaire].asks
        return tuple(each for each in self.datapoints.values() if each.id in asks)

    def of_level(self, *levels: Level) -> tuple[Datapoint, ...]:
        """List the datapoints of some levels."""
        return tuple(each for each in self.datapoints.values() if each.level in levels)

    @property
    def graded(self) -> tuple[Datapoint, ...]:
        """List what the points of a grade count: climate, comprehensive and Shanghai."""
        asked = self.of_questionnaire(GRADED)
        return tuple(each for each in asked if each.level in (Level.COMPREHENSIVE, Level.SHANGHAI))
