"""What came of an import: counts, the rows that were left out with their reasons, warnings."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from flask_babel import LazyString, lazy_gettext

from market.errors import MarketError


class Outcome(StrEnum):
    """What became of one row."""

    IMPORTED = "imported"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"


class FileRefused(MarketError):
    """The file as a whole cannot be read; `why` says the reason and the remedy."""

    message = lazy_gettext("The file cannot be imported: %(why)s")


class RowRefused(Exception):
    """One row cannot be taken: the column it concerns, and why."""

    def __init__(self, column: str, why: LazyString | str) -> None:
        super().__init__(column)
        self.column, self.why = column, why


@dataclass(frozen=True)
class Note:
    """A remark on one cell: row as the spreadsheet counts it (the header is row 1)."""

    row: int
    column: str
    why: str

    def to_json(self) -> dict[str, Any]:
        """The remark as the command prints it."""
        return {"row": self.row, "column": self.column, "why": self.why}


@dataclass
class Report:
    """Counts of rows by outcome, and the ids of the objects they concern."""

    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    skipped: list[Note] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    @property
    def read(self) -> int:
        """How many rows were read: the sum of all outcomes."""
        return sum(self.counts.values())

    def count(self, outcome: Outcome, object_id: str = "") -> None:
        """One row more with this outcome."""
        self.counts[outcome] += 1
        if object_id:
            self.ids.append(object_id)

    def skip(self, row: int, column: str, why: LazyString | str) -> None:
        """One row more that was left out, with its reason."""
        self.count(Outcome.SKIPPED)
        self.skipped.append(Note(row, column, str(why)))

    def warn(self, row: int, column: str, why: LazyString | str) -> None:
        """A remark on a row that was taken; row 0 concerns the whole file."""
        self.warnings.append(Note(row, column, str(why)))

    def to_json(self) -> dict[str, Any]:
        """The report as the command prints it."""
        return {
            "read": self.read,
            "imported": self.counts[Outcome.IMPORTED],
            "updated": self.counts[Outcome.UPDATED],
            "unchanged": self.counts[Outcome.UNCHANGED],
            "skipped": [note.to_json() for note in self.skipped],
            "warnings": [note.to_json() for note in self.warnings],
            "ids": list(dict.fromkeys(self.ids)),
        }
