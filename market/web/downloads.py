"""Tables as files: CSV that spreadsheet programs read as values, never as formulas."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from flask import Response

_NUMBER = re.compile(r"[+-]?[\d,]+(\.\d+)?%?")
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARK = "\ufeff"  # so that spreadsheet programs read UTF-8


def csv_file(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    """A download of one table; `name` without its ending."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([harmless(cell) for cell in head])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    answer = Response(_MARK + text.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def plain(rows: Iterable[Sequence[str]]) -> list[list[str]]:
    """The rows of a page's table with numbers as spreadsheets read them: no separators."""
    return [
        [cell.replace(",", "") if _NUMBER.fullmatch(cell) else cell for cell in row] for row in rows
    ]


def harmless(cell: str) -> str:
    """A text that would begin a formula gets an apostrophe before it; numbers stay numbers."""
    if cell.startswith(_BEGINS_FORMULA) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
