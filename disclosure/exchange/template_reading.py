"""What the lines of a filled disclosure sheet say: the header, the answers, their rows."""

from typing import Any

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
from disclosure.exchange.template_files import Line, TemplateError
from disclosure.facts import FORMAT

_YES = {"true": True, "是": True, "yes": True, "false": False, "否": False, "no": False}


def form_of(lines: list[Line]) -> dict[str, Any]:
    """Gather the lines into what Disclosure.from_dict takes; TemplateError names the line."""
    version = _version(lines)
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


def _add(answer: dict[str, Any], line: Line, datapoint: Datapoint) -> None:
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


def _read(line: Line, column: Column) -> Any:
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


def _file(text: str, line: Line) -> dict[str, str]:
    name, bar, digest = text.rpartition("|")
    if not bar:
        raise TemplateError(f"line {line.number}: a file is written name|sha256")
    return {"name": name, "sha256": digest}


def _version(lines: list[Line]) -> Catalogue:
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


def _places(line: Line) -> tuple[str, str]:
    return line["datapoint"], line["part"]
