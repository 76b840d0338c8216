"""The lines of our disclosure sheet as csv and xlsx files: cells in, cells out."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

COLUMNS = (
    "datapoint", "row", "part", "state", "value", "unit", "reason", "note", "evidence",
    "question", "options",
)  # fmt: skip
"""The last two are there to read; the others are read back."""
SHEET = "disclosure"
MAX_LINES = 100_000
_RISKY = ("=", "+", "-", "@", "\t")


class TemplateError(ValueError):
    """A sheet cannot be read; names the line and what to do."""


@dataclass(frozen=True)
class Line:
    """One line of the sheet, with the number a person sees."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


def _guarded(text: str) -> str:
    """Keep a spreadsheet from running a text as a formula; plain numbers stay as they are."""
    risky = text.startswith(_RISKY) and not text.lstrip("-").replace(".", "", 1).isdigit()
    return f"'{text}" if risky or text.startswith("'") else text


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") else text


def write_csv(path: Path, lines: Iterable[dict[str, str]]) -> None:
    """Write the lines as csv in UTF-8 with a mark, so that spreadsheets know the encoding."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({key: _guarded(cell) for key, cell in line.items()} for line in lines)
    path.write_text(text.getvalue(), "utf-8-sig", newline="")


def csv_lines(path: Path) -> Iterator[Line]:
    """Read the lines of a csv in UTF-8 or GB 18030."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            raise TemplateError(f"{path.name}: neither UTF-8 nor GB 18030") from None
    try:
        rows = [[_unguarded(cell) for cell in row] for row in csv.reader(io.StringIO(text))]
    except csv.Error as error:
        raise TemplateError(f"{path.name} is not csv: {error}") from None
    return _numbered(rows, path)


def xlsx_lines(path: Path) -> Iterator[Line]:
    """Read the lines of a workbook; a formula is refused by its cell."""
    try:
        book = load_workbook(path, read_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise TemplateError(f"{path.name} is not an xlsx workbook: {error}") from None
    sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
    rows = []
    for cells in sheet.iter_rows(max_row=MAX_LINES + 1, max_col=len(COLUMNS)):
        formula = next((each for each in cells if each.data_type == "f"), None)
        if formula is not None:
            raise TemplateError(f"cell {formula.coordinate} holds a formula; write its result")
        rows.append([_text(cell.value) for cell in cells])
    return _numbered(rows, path)


def _numbered(rows: list[list[str]], path: Path) -> Iterator[Line]:
    head = [cell.strip() for cell in rows[0]] if rows else []
    if not {"datapoint", "part", "value"} <= set(head):
        raise TemplateError(f"{path.name}: the first line must name {', '.join(COLUMNS[:5])}")
    for number, row in enumerate(rows[1:], 2):
        yield Line(number, dict(zip(head, row, strict=False)))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{Decimal(repr(value)).normalize():f}"
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)


def write_xlsx(path: Path, lines: Iterable[dict[str, str]]) -> None:
    """Write the lines as a workbook in which every cell is text."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    sheet.append(COLUMNS)
    for number, line in enumerate(lines, 2):
        for column, name in enumerate(COLUMNS, 1):
            if text := line.get(name, ""):
                cell = sheet.cell(number, column, text)
                cell.data_type = "s"
    sheet.freeze_panes = "A2"
    book.save(path)
