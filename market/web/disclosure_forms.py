"""The draft's form, drawn wholly from the catalogue; what was typed is never lost.

Names: `EMS-01.state`, `.reason`, `.note`, `.edit`; a part is `EMS-01.p.value`, a cell of a table
`EMS-03.0.source`; the unit of either stands under the same name + `.unit`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from disclosure.datapoints import QUANTITIES, Column, Datapoint, Input
from market.texts import gettext
from market.web.disclosure_texts import STATES, say, unit_name

MOST_ROWS = 60  # longer tables come from files and are not drawn as boxes
_SPARE_ROWS = 1


@dataclass
class Cell:
    """One box: what was typed (never what was parsed), its choices, what is wrong."""

    name: str
    column: Column
    label: str
    value: Any = ""
    unit: str = ""
    kept: Mapping[str, str] | None = None  # name and sha256 of a file given before
    error: str = ""

    @property
    def id(self) -> str:
        """The HTML id."""
        return "f-" + self.name.replace(".", "-")

    @property
    def kept_key(self) -> str:
        """What the form sends to keep the file."""
        return file_key(self.kept) if self.kept else ""

    @property
    def kind(self) -> str:
        """The widget to draw."""
        return str(self.column.input)

    @property
    def units(self) -> list[tuple[str, str]]:
        """The units to choose from; one given by other means is offered too."""
        codes = dict.fromkeys((*self.column.units, *([self.unit] if self.unit else ())))
        return [(code, unit_name(code)) for code in codes]

    @property
    def options(self) -> list[tuple[str, str]]:
        """The choices of a list."""
        if self.column.input is Input.BOOLEAN:
            return [("yes", gettext("Yes")), ("no", gettext("No"))]
        return [(each.code, say(each.label)) for each in self.column.options]


@dataclass
class Question:
    """One datapoint as the template draws it."""

    asked: Datapoint
    state: str = "value"
    cells: list[Cell] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    blank: list[Cell] = field(default_factory=list)  # the row that is copied for a new one
    reason: str = ""
    note: str = ""
    edit: int = 0
    errors: list[str] = field(default_factory=list)
    stored: dict[str, Any] | None = None
    evidence: list[dict[str, str]] = field(default_factory=list)
    open: bool = False  # not answered yet
    theirs: dict[str, Any] | None = None
    conflict: bool = False
    converted: list[str] = field(default_factory=list)  # the amounts in the usual unit

    @property
    def id(self) -> str:
        """The datapoint's id."""
        return self.asked.id

    @property
    def boxes(self) -> list[Cell]:
        """Every box that is drawn, row by row."""
        return [*self.cells, *(cell for row in self.rows for cell in row)]

    @property
    def states(self) -> list[tuple[str, str]]:
        """The ways this question can be answered."""
        names = [(key, str(text)) for key, text in STATES]
        return [each for each in names if each[0] != "zero" or self.asked.can_be_zero]

    @property
    def too_long(self) -> bool:
        """Whether its table holds more rows than a page can edit."""
        return self.stored is not None and len(self.stored.get("rows", ())) > MOST_ROWS


def questions(
    asked: Iterable[Datapoint],
    stored: Mapping[str, Any],
    *,
    edit: int,
    typed: MultiDict[str, Any] | None = None,
) -> list[Question]:
    """The questions with what is stored, or with what was typed where a form is given back."""
    return [_question(each, stored.get(each.id), edit, typed) for each in asked]


def _question(
    asked: Datapoint,
    stored: dict[str, Any] | None,
    edit: int,
    typed: MultiDict[str, Any] | None,
) -> Question:
    drawn = Question(asked, stored=stored, edit=edit)
    drawn.evidence = list((stored or {}).get("evidence", []))
    if typed is not None and f"{asked.id}.state" in typed:
        _fill_typed(drawn, typed)
    else:
        _fill_stored(drawn, stored or {})
    if asked.table:
        spare = len(drawn.rows)
        drawn.rows += [_cells(asked, str(spare + n), {}) for n in range(_SPARE_ROWS)]
        drawn.blank = _cells(asked, "ROW", {})
    return drawn


def _fill_stored(drawn: Question, answer: Mapping[str, Any]) -> None:
    drawn.state = answer.get("state", "value")
    drawn.reason, drawn.note = answer.get("reason", ""), answer.get("note", "")
    if not drawn.asked.table:
        drawn.cells = _cells(drawn.asked, "p", answer.get("parts", {}))
        if drawn.state == "zero" and answer.get("parts"):
            drawn.state = "value"  # a typed 0 is shown as it was typed
    elif not drawn.too_long:
        rows = answer.get("rows", [])
        drawn.rows = [_cells(drawn.asked, str(n), row) for n, row in enumerate(rows)]


def _cells(asked: Datapoint, place: str, values: Mapping[str, Any]) -> list[Cell]:
    return [
        _cell(column, f"{asked.id}.{place}.{column.id}", values.get(column.id))
        for column in asked.columns
    ]


def _cell(column: Column, name: str, value: Any) -> Cell:
    cell = Cell(name, column, say(column.label), unit=column.unit)
    if value is None:
        cell.value = [] if column.input is Input.MULTI_ENUM else ""
    elif column.input in QUANTITIES:
        cell.value, cell.unit = value["amount"], value["unit"]
    elif column.input is Input.BOOLEAN:
        cell.value = "yes" if value else "no"
    elif column.input is Input.FILE:
        cell.kept = value
    else:
        cell.value = value
    return cell


def _fill_typed(drawn: Question, typed: MultiDict[str, Any]) -> None:
    asked = drawn.asked
    drawn.state = typed.get(f"{asked.id}.state", "value")
    drawn.reason, drawn.note = (
        typed.get(f"{asked.id}.reason", ""),
        typed.get(f"{asked.id}.note", ""),
    )
    given = files_in(drawn.stored or {})
    if not asked.table:
        drawn.cells = _typed_cells(asked, "p", typed, given)
        return
    for place in places_of(asked, typed):
        cells = _typed_cells(asked, place, typed, given)
        if any(cell.value or cell.kept for cell in cells):
            drawn.rows.append(cells)


def _typed_cells(
    asked: Datapoint, place: str, typed: MultiDict[str, Any], given: Mapping[str, dict[str, str]]
) -> list[Cell]:
    cells = []
    for column in asked.columns:
        name = f"{asked.id}.{place}.{column.id}"
        many = column.input is Input.MULTI_ENUM
        value = typed.getlist(name) if many else typed.get(name, "")
        cell = Cell(name, column, say(column.label), value, typed.get(f"{name}.unit", column.unit))
        cell.kept = given.get(typed.get(f"{name}.kept", ""))
        cells.append(cell)
    return cells


def places_of(asked: Datapoint, typed: MultiDict[str, Any]) -> list[str]:
    """The row numbers of a table that were sent, in order."""
    start = f"{asked.id}."
    sent = {name[len(start) :].split(".")[0] for name in typed if name.startswith(start)}
    return sorted((each for each in sent if each.isdecimal()), key=int)


def files_in(answer: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """The files in the boxes of an answer, under what a form sends to keep one."""
    boxes = (answer.get("parts", {}), *answer.get("rows", ()))
    values = (value for parts in boxes for value in parts.values())
    return {file_key(each): each for each in values if isinstance(each, dict) and "sha256" in each}


def file_key(file: Mapping[str, str]) -> str:
    """What a form sends to keep a file; its row may move, so its place is no name for it."""
    return f"{file['sha256']} {file['name']}"
