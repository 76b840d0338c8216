"""Writes an empty template: the columns, a line that explains them, a line with their units.

The two explaining lines begin with #, so that an import passes over them.
"""

import csv
from pathlib import Path

from flask_babel import gettext
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from market.work.imports.own_columns import Column
from market.work.imports.report import FileRefused

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_WIDTH = 24


def write(path: Path, columns: list[Column]) -> None:
    """Write the template as csv (UTF-8 with BOM, which spreadsheets expect) or xlsx."""
    lines = _lines(columns)
    if path.suffix.lower() == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows(lines)
    elif path.suffix.lower() == ".xlsx":
        _write_book(path, lines)
    else:
        raise FileRefused(why=gettext("a template ends in .csv or .xlsx."))


def safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def _lines(columns: list[Column]) -> list[list[str]]:
    return [
        [column.name for column in columns],
        ["# " + columns[0].about, *(safe(column.about) for column in columns[1:])],
        ["# " + gettext("Unit"), *(safe(column.unit) for column in columns[1:])],
    ]


def _write_book(path: Path, lines: list[list[str]]) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for line in lines:
        sheet.append(line)
    for place, cell in enumerate(sheet[1], 1):
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTH
    for cell in sheet[2]:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A4"
    book.save(path)
