"""Rows of a csv (UTF-8, UTF-8 with BOM, GBK; also gzipped) or xlsx file, as text by header."""

import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from flask_babel import lazy_gettext
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from market.work.imports.report import FileRefused

_UNPACKED_LIMIT = 256 * 1024 * 1024
_ROW_LIMIT = 200_000
_COLUMN_LIMIT = 500
_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
_DAMAGED = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError,
    ParseError, DefusedXmlException, ArithmeticError, AttributeError, LookupError, TypeError,
    ValueError,
)  # fmt: skip
"""What openpyxl raises on bytes that are no workbook."""
_COMMENT = "#"  # a first cell like this marks the lines of a template that explain


@dataclass(frozen=True)
class Row:
    """One row: its number in the spreadsheet, its cells by header, and the formulas it holds."""

    number: int
    cells: dict[str, str]
    formulas: tuple[tuple[str, str], ...] = ()  # (header, address as C5)


def rows(path: Path, *, limit_mb: int) -> Iterator[Row]:
    """The rows below the header, empty and explaining ones left out; FileRefused names why."""
    head = head_of(path, limit_mb)
    ending = path.suffix.lower()
    if ending == ".xlsx" and head.startswith(_ZIP):
        return _xlsx_rows(path)
    if ending == ".gz" and head.startswith(_GZIP):
        return _csv_rows(_unpacked(path))
    if ending == ".csv" and not head.startswith((_ZIP, _GZIP, b"%PDF", b"\x89PNG")):
        return _csv_rows(path.read_bytes())
    if ending in {".csv", ".xlsx", ".gz"}:
        raise FileRefused(
            why=lazy_gettext("what is inside is not %(ending)s; save it anew as csv or xlsx.")
            % {"ending": ending}
        )
    raise FileRefused(why=lazy_gettext("only .csv, .csv.gz and .xlsx files are read."))


def head_of(path: Path, limit_mb: int) -> bytes:
    """The first bytes of a file that is there, not empty and not too large, or FileRefused."""
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(8)
    except OSError as error:
        raise FileRefused(why=f"{path.name}: {error.strerror}") from error
    if size > limit_mb * 1024 * 1024:
        told = lazy_gettext("it is larger than %(limit)s MB; split it.") % {"limit": limit_mb}
        raise FileRefused(why=told)
    if not head:
        raise FileRefused(why=lazy_gettext("it is empty."))
    return head


def _unpacked(path: Path) -> bytes:
    try:
        with gzip.open(path) as stream:
            data = stream.read(_UNPACKED_LIMIT + 1)
    except (OSError, EOFError) as error:
        raise FileRefused(why=lazy_gettext("the gzip archive is damaged.")) from error
    _refuse_large(len(data))
    return data


def _refuse_large(size: int) -> None:
    if size > _UNPACKED_LIMIT:
        raise FileRefused(why=lazy_gettext("unpacked it is larger than 256 MB; split it."))


def _decoded(data: bytes) -> str:
    """UTF-8 (a BOM is dropped) where it is valid, else the Chinese code page of spreadsheets."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise FileRefused(why=lazy_gettext("its text is neither UTF-8 nor GBK; save it as UTF-8."))


def _csv_rows(data: bytes) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(_decoded(data), newline=""))
    try:
        header = _header(next(reader, []))
        for number, cells in enumerate(reader, 2):
            row = _row(number, header, [(cell.strip(), cell.startswith("=")) for cell in cells])
            if row is not None:
                yield row
    except csv.Error as error:
        raise FileRefused(why=f"csv, {error}") from error


def _xlsx_rows(path: Path) -> Iterator[Row]:
    _refuse_bomb(path)
    try:
        with path.open("rb") as stream:  # openpyxl leaves a file open that it cannot read
            yield from _sheet_rows(stream)
    except _DAMAGED as error:
        raise FileRefused(why=lazy_gettext("it is not a workbook inside; save it anew.")) from error


def _sheet_rows(stream: BinaryIO) -> Iterator[Row]:
    with closing(load_workbook(stream, read_only=True, data_only=False)) as book:
        sheet = book.worksheets[0]
        with closing(sheet.iter_rows(max_row=1)) as first:
            header = _header([_text(cell.value) for cell in next(first, ())])
        lines = sheet.iter_rows(min_row=2, max_col=len(header))  # else as wide as the file claims
        for number, cells in enumerate(lines, 2):
            row = _row(number, header, [(_text(c.value), c.data_type == "f") for c in cells])
            if row is not None:
                yield row


def _refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_large(sum(member.file_size for member in archive.infolist()))
    except zipfile.BadZipFile as error:
        raise FileRefused(why=lazy_gettext("it is not a workbook inside; save it anew.")) from error


def _header(cells: list[str]) -> list[str]:
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names or len(names) > _COLUMN_LIMIT:
        raise FileRefused(why=lazy_gettext("the first line must name the columns."))
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        told = lazy_gettext("the column “%(name)s” appears twice; keep one of them.")
        raise FileRefused(why=told % {"name": twice[0]})
    return names


def _row(number: int, header: list[str], cells: list[tuple[str, bool]]) -> Row | None:
    if number > _ROW_LIMIT:
        raise FileRefused(why=lazy_gettext("it has more than 200,000 rows; split it."))
    if not any(text for text, _ in cells) or cells[0][0].startswith(_COMMENT):
        return None
    pairs = list(zip(header, cells, strict=False))
    formulas = tuple(
        (name, f"{get_column_letter(place)}{number}")
        for place, (name, (text, formula)) in enumerate(pairs, 1)
        if formula or text.startswith("=")
    )
    return Row(number, {name: text for name, (text, _) in pairs if name}, formulas)


def _text(value: Any) -> str:
    """A cell as text: whole floats lose their point, dates become ISO, nothing becomes empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else str(value)
    return value.isoformat() if isinstance(value, date) else str(value).strip()
