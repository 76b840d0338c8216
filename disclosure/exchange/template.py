"""Our own disclosure sheet as xlsx, csv or json: one line per part of an answer.

`write_template` without a disclosure gives the empty sheet to fill in, of all questions or of one
questionnaire; `read_template` gives back an equal disclosure. The header names the version of the
catalogue; a sheet that names none asks the first one. A csv may be UTF-8 (with or without mark) or
GB 18030; formulas are refused, empty rows of tables left out.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from disclosure.datapoints import Catalogue, Column, Datapoint, current
from disclosure.exchange.template_files import (
    TemplateError,
    csv_lines,
    write_csv,
    write_xlsx,
    xlsx_lines,
)
from disclosure.exchange.template_reading import form_of
from disclosure.facts import Disclosure

HEADER = ("catalogue", "id", "name", "scheme", "number", "year", "start", "end", "period_note")


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
        write_csv(path, lines)
    elif path.suffix == ".xlsx":
        write_xlsx(path, lines)
    else:
        raise TemplateError(f"{path.suffix or 'no suffix'}: use .xlsx, .csv or .json")


def read_template(path: Path) -> Disclosure:
    """Read a filled sheet; TemplateError or FactError names line or datapoint and the remedy."""
    if path.suffix == ".json":
        try:
            return Disclosure.from_dict(json.loads(path.read_text("utf-8-sig")))
        except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
            raise TemplateError(f"{path.name} is not JSON in UTF-8: {error}") from None
    readers = {".csv": csv_lines, ".xlsx": xlsx_lines}
    if path.suffix not in readers:
        raise TemplateError(f"{path.suffix or 'no suffix'}: use .xlsx, .csv or .json")
    filled = [
        line
        for line in readers[path.suffix](path)
        if any(line[name] for name in ("state", "value", "reason", "note", "evidence"))
    ]
    return Disclosure.from_dict(form_of(filled))


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
