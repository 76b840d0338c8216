"""Reading named ranges of an xlsx workbook safely: bounded, values only, every cell by name."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from disclosure.exchange.vsme_taxonomy import range_names
from disclosure.texts import Bilingual, Text, say

MAX_UNPACKED = 300_000_000
_NOTHING = (None, "", "-")
_BARE_FORMULA = re.compile(rb"<c ([^>]*)><f[^>]*(?:/>|>[^<]*</f>)<v *(?:/>|></v>)</c>")
_DAY_FIRST = re.compile(r"^(\d\d)/(\d\d)/(\d{4})$")
_PLACE = re.compile(rb'r="([A-Z]+[0-9]+)"')


class WorkbookError(ValueError):
    """A workbook cannot be used; names the range, sheet and cell, and what to do."""

    def __init__(self, code: str, **values: object) -> None:
        self.text = Text(f"workbook.{code}", values)
        super().__init__(say(self.text, "en"))

    @property
    def told(self) -> Bilingual:
        """The sentence in both languages."""
        return Bilingual(say(self.text, "zh"), say(self.text, "en"))


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its place and value; placeholders (`-`) count as empty."""

    sheet: str
    place: str
    row: int
    column: int
    value: Any

    @property
    def empty(self) -> bool:
        """Tell whether nothing is stated."""
        return (self.value.strip() if isinstance(self.value, str) else self.value) in _NOTHING

    @property
    def at(self) -> Bilingual:
        """Say where it is: sheet and cell."""
        return place_of(self.sheet, self.place)


@dataclass(frozen=True)
class Range:
    """A named range as rows of cells."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def first(self) -> Cell:
        """The first cell, which carries the value of merged ones."""
        return self.rows[0][0]

    def row_at(self, row: int) -> tuple[Cell, ...]:
        """Return the cells of a sheet row, none when outside."""
        return next((cells for cells in self.rows if cells[0].row == row), ())

    def stated(self) -> Iterator[Cell]:
        """List the cells that are not empty."""
        return (cell for cells in self.rows for cell in cells if not cell.empty)


class NamedRanges:
    """The named ranges of a workbook and the values in them."""

    def __init__(self, path: Path) -> None:
        self._values = _load(path)

    def names(self) -> frozenset[str]:
        """Return all defined names."""
        return frozenset(self._values.defined_names)

    def read(self, name: str) -> Range:
        """Return a range among `names`; WorkbookError when it points nowhere."""
        target = str(self._values.defined_names[name].attr_text)
        sheet, _, area = target.rpartition("!")
        sheet = sheet.strip("'").replace("''", "'")
        if "#REF" in target or sheet not in self._values.sheetnames:
            raise WorkbookError("broken_range", name=name, target=target, at=expected_at(name))
        rows = self._values[sheet][area.replace("$", "")]
        cells = rows if isinstance(rows, tuple) else ((rows,),)
        grid = tuple(row if isinstance(row, tuple) else (row,) for row in cells)
        return Range(name, tuple(tuple(_cell(sheet, cell) for cell in row) for row in grid))

    def near(self, cell: Cell, *, up: int = 0, left: int = 0) -> Any:
        """Return the value above or to the left of a cell."""
        if cell.row <= up or cell.column <= left:
            return None
        return self._values[cell.sheet].cell(cell.row - up, cell.column - left).value


def _load(path: Path) -> Workbook:
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(each.file_size for each in packed.infolist()) > MAX_UNPACKED:
                raise WorkbookError("too_large", file=path.name, limit=MAX_UNPACKED // 10**6)
            _refuse_uncalculated(packed)
        return load_workbook(path, data_only=True)
    except WorkbookError:
        raise
    except OSError as error:
        raise WorkbookError("unreadable", file=path.name, why=error.strerror or "") from None
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, SyntaxError) as error:
        raise WorkbookError("not_xlsx", file=path.name, why=str(error)) from None


def _refuse_uncalculated(packed: zipfile.ZipFile) -> None:
    """Refuse formulas saved without results, which would read as empty cells.

    A formula whose result is an empty text is typed as text; one never calculated has no type.
    """
    for part in packed.namelist():
        if not part.startswith("xl/worksheets/sheet"):
            continue
        for found in _BARE_FORMULA.finditer(packed.read(part)):
            if b' t="str"' not in found[1]:
                place = (_PLACE.search(found[1]) or [b"", b"?"])[1].decode("ascii", "replace")
                raise WorkbookError("uncalculated", at=place_of(part, place))


def _cell(sheet: str, cell: Any) -> Cell:
    value = cell.value
    if isinstance(value, datetime):
        value = value.date()
    return Cell(sheet, cell.coordinate, cell.row, cell.column, value)


def as_date(cell: Cell, name: str) -> date:
    """Return the date in a cell: real, `yyyy-mm-dd` or `dd/mm/yyyy`; WorkbookError otherwise."""
    if isinstance(cell.value, date):
        return cell.value
    text = str(cell.value).strip()
    try:
        return date.fromisoformat(_DAY_FIRST.sub(r"\3-\2-\1", text))
    except ValueError:
        raise WorkbookError("no_date", name=name, at=cell.at) from None


def place_of(sheet: str, place: str) -> Bilingual:
    """Say a sheet and a cell in both languages."""
    return Bilingual(f"工作表“{sheet}”单元格{place}", f"sheet {sheet!r}, cell {place}")


def expected_at(name: str) -> Bilingual:
    """Say where template 1.3.0 has a range; nothing for names it does not know."""
    found = range_names().get(name)
    return place_of(*found) if found else Bilingual("模板中没有", "not in the template")
