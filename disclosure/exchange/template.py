"""Our own disclosure sheet as xlsx, csv or json: one line per part of an answer.

`write_template` without a disclosure gives the empty sheet to fill in, of all questions or of one
questionnaire; `read_template` gives back an equal disclosure. The header names the version of the
catalogue; a sheet that names none asks the first one. A csv may be UTF-8 (with or without mark) or
GB 18030; formulas are refused, empty rows of tables left out.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from disclosure.datapoints import (
    QUANTITIES,
    Catalogue,
    Column,
    Datapoint,
    Input,
    catalogue,
    climate,
    current,
)
from disclosure.facts import FORMAT, Disclosure

COLUMNS = (
    "datapoint", "row", "part", "state", "value", "unit", "reason", "note", "evidence",
    "question", "options",
)  # fmt: skip
"""The last two are there to read; the others are read back."""
HEADER = ("catalogue", "id", "name", "scheme", "number", "year", "start", "end", "period_note")
SHEET = "disclosure"
MAX_LINES = 100_000
_RISKY = ("=", "+", "-", "@", "\t")
_YES = {"true": True, "是": True, "yes": True, "false": False, "否": False, "no": False}


class TemplateError(ValueError):
    """A sheet cannot be read; names the line and what to do."""


@dataclass(frozen=True)
class _Line:
    number: int
    cells: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


def write_template(
    path: Path, disclosure: Disclosure | None = None, *, questionnaire: str = ""
) -> None:
    """Write a disclosure, or the empty sheet, in the format of the file's suffix.

    `questionnaire`: ask only its datapoints (`climate`, `esg`), and those that are answered.
    """
    if path.suffix == ".json":
        if disclosure is None:
            raise TemplateError("an empty sheet is written as xlsx or csv")
        text = json.dumps(disclosure.to_dict(), ensure_ascii=False, indent=1)
        path.write_text(text + "\n", "utf-8")
        return
    version = disclosure.catalogue if disclosure else current()
    form = disclosure.to_dict() if disclosure else {"catalogue": version.version}
    asked = version.of_questionnaire(questionnaire) if questionnaire else None
    lines = list(_lines(version, form, {each.id for each in asked} if asked else None))
    if path.suffix == ".csv":
        text_file = io.StringIO()
        writer = csv.DictWriter(text_file, COLUMNS, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows({key: _guarded(text) for key, text in line.items()} for line in lines)
        path.write_text(text_file.getvalue(), "utf-8-sig", newline="")
    elif path.suffix == ".xlsx":
        _write_xlsx(path, lines)
    else:
        raise TemplateError(f"{path.suffix or 'no suffix'}: use .xlsx, .csv or .json")


def read_template(path: Path) -> Disclosure:
    """Read a filled sheet; TemplateError or FactError names line or datapoint and the remedy."""
    if path.suffix == ".json":
        try:
            return Disclosure.from_dict(json.loads(path.read_text("utf-8-sig")))
        except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
            raise TemplateError(f"{path.name} is not JSON in UTF-8: {error}") from None
    readers = {".csv": _csv_lines, ".xlsx": _xlsx_lines}
    if path.suffix not in readers:
        raise TemplateError(f"{path.suffix or 'no suffix'}: use .xlsx, .csv or .json")
    filled = [
        line
        for line in readers[path.suffix](path)
        if any(line[name] for name in ("state", "value", "reason", "note", "evidence"))
    ]
    return Disclosure.from_dict(_form(filled, _version(filled)))


def _version(lines: list[_Line]) -> Catalogue:
    """Return the catalogue the header names."""
    named = [each["value"] for each in lines if _places(each) == ("header", "catalogue")]
    if not named:
        return climate()
    try:
        return catalogue(named[0])
    except KeyError:
        told = (
            f"unknown catalogue {named[0][:40]!r}; take a new sheet, it names {current().version}"
        )
        raise TemplateError(told) from None


def _places(line: _Line) -> tuple[str, str]:
    return line["datapoint"], line["part"]


def _lines(
    version: Catalogue, form: dict[str, Any], asked: set[str] | None
) -> Iterator[dict[str, str]]:
    head = {**form.get("organisation", {}), **form.get("period", {})}
    head |= {key: form.get(key, "") for key in ("year", "catalogue")}
    head["period_note"] = head.pop("note", "")
    for part in HEADER:
        yield {"datapoint": "header", "part": part, "value": str(head.get(part, ""))}
    answers = form.get("answers", {})
    for datapoint in version.datapoints.values():
        wanted = asked is None or datapoint.id in asked or datapoint.id in answers
        if wanted and not datapoint.header:
            yield from _of_datapoint(datapoint, answers.get(datapoint.id, {}))


def _of_datapoint(datapoint: Datapoint, answer: dict[str, Any]) -> Iterator[dict[str, str]]:
    rows = answer.get("rows") or [answer.get("parts", {})]
    evidence = (f"{each['name']}|{each['sha256']}" for each in answer.get("evidence", []))
    first = {
        "state": answer.get("state", ""), "reason": answer.get("reason", ""),
        "note": answer.get("note", ""), "evidence": "\n".join(evidence),
        "question": f"{datapoint.question.zh} / {datapoint.question.en}",
    }  # fmt: skip
    for number, row in enumerate(rows, 1):
        for column in datapoint.columns:
            value, unit = _written(row.get(column.id), column)
            line = {"datapoint": datapoint.id, "part": column.id, "value": value, "unit": unit}
            line["row"] = str(number) if datapoint.table else ""
            line["options"] = "; ".join(option.code for option in column.options)
            yield {**line, **first}
            first = {"question": f"{column.label.zh} / {column.label.en}"}


def _written(value: Any, column: Column) -> tuple[str, str]:
    match value:
        case None:
            return "", column.unit
        case {"amount": amount, "unit": unit}:
            return amount, unit
        case {"name": name, "sha256": digest}:
            return f"{name}|{digest}", ""
        case list():
            return ";".join(value), ""
        case bool():
            return str(value).lower(), ""
    return str(value), ""


def _form(lines: list[_Line], version: Catalogue) -> dict[str, Any]:
    head = {line["part"]: line["value"] for line in lines if line["datapoint"] == "header"}
    answers: dict[str, dict[str, Any]] = {}
    for line in lines:
        key = line["datapoint"]
        if key == "header":
            continue
        if key not in version.datapoints:
            raise TemplateError(f"line {line.number}: no datapoint {key[:40]!r}; restore its id")
        _add(answers.setdefault(key, {}), line, version[key])
    year = head.get("year", "")
    return {
        "format": FORMAT,
        "catalogue": version.version,
        "organisation": {key: head.get(key, "") for key in ("id", "name", "scheme", "number")},
        "year": int(year) if year.isascii() and year.isdigit() and len(year) == 4 else year,
        "period": {
            "start": head.get("start", ""), "end": head.get("end", ""),
            "note": head.get("period_note", ""),
        },
        "answers": {key: _finished(each, version[key]) for key, each in answers.items()},
    }  # fmt: skip


def _add(answer: dict[str, Any], line: _Line, datapoint: Datapoint) -> None:
    for name in ("state", "reason", "note"):
        if line[name]:
            answer[name] = line[name]
    if line["evidence"]:
        answer["evidence"] = [_file(each, line) for each in line["evidence"].splitlines()]
    if not line["value"]:
        return
    columns = {column.id: column for column in datapoint.columns}
    if line["part"] not in columns:
        raise TemplateError(f"line {line.number}: {datapoint.id} has no part {line['part']!r}")
    value = _read(line, columns[line["part"]])
    if not datapoint.table:
        answer.setdefault("parts", {})[line["part"]] = value
    elif not line["row"].isdigit() or not 0 < int(line["row"]) <= datapoint.max_rows:
        raise TemplateError(f"line {line.number}: the row of a table is a number from 1 on")
    else:
        answer.setdefault("by_row", {}).setdefault(int(line["row"]), {})[line["part"]] = value


def _finished(answer: dict[str, Any], datapoint: Datapoint) -> dict[str, Any]:
    """Put rows in order, and say `zero` or `value` where the state was left open."""
    by_row = answer.pop("by_row", {})
    if by_row:
        answer["rows"] = [by_row[number] for number in sorted(by_row)]
    if "state" not in answer:
        amounts = [each["amount"] for each in answer.get("parts", {}).values()
                   if isinstance(each, dict) and "amount" in each]  # fmt: skip
        zero = bool(amounts) and not any(each.strip("0.") for each in amounts)
        answer["state"] = "zero" if zero and not datapoint.table else "value"
    return answer


def _read(line: _Line, column: Column) -> Any:
    text = line["value"]
    if column.input in QUANTITIES:
        return {"amount": text, "unit": line["unit"] or column.unit}
    if column.input is Input.FILE:
        return _file(text, line)
    if column.input is Input.MULTI_ENUM:
        return [each.strip() for each in text.split(";") if each.strip()]
    if column.input is Input.BOOLEAN:
        return _YES.get(text.strip().lower(), text)
    whole = column.input is Input.INTEGER and text.isascii() and text.lstrip("-").isdigit()
    return int(text) if whole and len(text) <= 13 else text


def _file(text: str, line: _Line) -> dict[str, str]:
    name, bar, digest = text.rpartition("|")
    if not bar:
        raise TemplateError(f"line {line.number}: a file is written name|sha256")
    return {"name": name, "sha256": digest}


def _guarded(text: str) -> str:
    """Keep a spreadsheet from running a text as a formula; plain numbers stay as they are."""
    risky = text.startswith(_RISKY) and not text.lstrip("-").replace(".", "", 1).isdigit()
    return f"'{text}" if risky or text.startswith("'") else text


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") else text


def _csv_lines(path: Path) -> Iterator[_Line]:
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


def _xlsx_lines(path: Path) -> Iterator[_Line]:
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


def _numbered(rows: list[list[str]], path: Path) -> Iterator[_Line]:
    head = [cell.strip() for cell in rows[0]] if rows else []
    if not {"datapoint", "part", "value"} <= set(head):
        raise TemplateError(f"{path.name}: the first line must name {', '.join(COLUMNS[:5])}")
    for number, row in enumerate(rows[1:], 2):
        yield _Line(number, dict(zip(head, row, strict=False)))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{Decimal(repr(value)).normalize():f}"
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)


def _write_xlsx(path: Path, lines: Iterable[dict[str, str]]) -> None:
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
