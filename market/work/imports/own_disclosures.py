"""Our own template of disclosures: a line is one organisation's year, a column one part.

Columns are named EMS-01.value; those of a table EMS-09[1].category, with rows numbered from 1.
A cell of figures may carry its own unit (12.5 GJ); without one the template's unit holds. The first
cell of a datapoint may instead say "not applicable: why", "not available: why" or
"confidential: why" (不适用：, 暂无数据：, 保密：).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import lazy_gettext

from disclosure.datapoints import QUANTITIES, Datapoint, Input, current
from disclosure.datapoints import Column as Part
from disclosure.facts import FactError
from disclosure.texts import say
from disclosure.values import read_value, write_value
from market.domain import disclosure_contents, disclosure_drafts, disclosures
from market.domain.queries import third_party
from market.enums import OrganisationKind, OrganisationStatus
from market.models import Disclosure, Organisation
from market.texts import language
from market.work.imports import cells
from market.work.imports.contents import content_of
from market.work.imports.own_columns import Column, owner_columns, owner_of
from market.work.imports.report import Outcome, RowRefused
from market.work.imports.runner import Importer, Taken
from market.work.imports.sheets import Row

YEAR = "year"
_NAME = re.compile(r"(?P<point>[A-Z]{3}-\d\d)(?:\[(?P<row>\d{1,5})\])?\.(?P<part>\w+)")
_AMOUNT = re.compile(r"(?P<number>-?[\d,]*\.?\d+)\s*(?P<unit>[^\d\s].*)?")
_REASONED = re.compile(
    r"(?P<word>not applicable|not available|confidential|不适用|暂无数据|保密)"
    r"\s*[:：]\s*(?P<why>.+)",
    re.IGNORECASE | re.DOTALL,
)
_STATES = {
    "not applicable": "not_applicable", "不适用": "not_applicable",
    "not available": "not_available", "暂无数据": "not_available",
    "confidential": "confidential", "保密": "confidential",
}  # fmt: skip
_SPLIT = re.compile(r"[;；、,，|]\s*")


def columns() -> list[Column]:
    """Columns of the template; of each table the first row."""
    year = Column(YEAR, str(lazy_gettext("Reporting year")))
    return [*owner_columns(), year, *_parts()]


def _parts() -> Iterator[Column]:
    for asked in _asked().values():
        for part in asked.columns:
            if part.input is Input.FILE:
                continue
            place = "[1]" if asked.table else ""
            zh = language() == "zh"
            question = asked.question.zh if zh else asked.question.en
            label = part.label.zh if zh else part.label.en
            codes = "；".join(f"{o.code} {o.label.zh if zh else o.label.en}" for o in part.options)
            about = " · ".join(each for each in (question, label, codes) if each)
            yield Column(f"{asked.id}{place}.{part.id}", about, part.unit)


def _asked() -> dict[str, Datapoint]:
    points = current().datapoints
    return {key: each for key, each in points.items() if not each.header and not each.calculated}


def importer(source: str) -> Importer:
    """Unclaimed organisations get third-party disclosures, approved ones drafts to look at."""

    def take(row: Row) -> Taken:
        line = {name: text for name, text in row.cells.items() if text}
        organisation = owner_of(line, OrganisationKind.ENTERPRISE, unclaimed=True)
        year = _year(line)
        content = content_of(organisation, year, _answers(line))
        if organisation.status == OrganisationStatus.UNCLAIMED:
            _made, outcome = disclosures.import_third_party(organisation, content, source=source)
        else:
            outcome = draft_of(organisation, content)
        return Taken(Outcome(outcome), organisation.id)

    return Importer(required=("id_scheme", "id_value", YEAR), take=take, main_column=YEAR)


def draft_of(organisation: Organisation, content: Mapping[str, Any]) -> str:
    """A draft for the people of the organisation; what they began is not overwritten."""
    facts = disclosure_contents.with_answers(
        disclosure_contents.begin(organisation, content["year"]), content["answers"]
    )
    wanted = facts.to_dict()
    for existing in third_party.versions(organisation.id, content["year"]):
        if _same(existing, wanted):
            return Outcome.UNCHANGED
        told = lazy_gettext("The organisation has begun this year itself; edit it there.")
        raise RowRefused(YEAR, told)
    disclosure_drafts.add(organisation, wanted, by=None)
    return Outcome.IMPORTED


def _same(existing: Disclosure, wanted: Mapping[str, Any]) -> bool:
    answers = disclosure_contents.without_calculated(existing.content)["answers"]
    return bool(answers == wanted["answers"])


def _year(line: Mapping[str, str]) -> int:
    try:
        year = cells.year(line.get(YEAR, ""))
    except cells.Unreadable as told:
        raise RowRefused(YEAR, told.why) from told
    if year is None:
        raise RowRefused(YEAR, lazy_gettext("Fill this in."))
    return year


def _answers(line: Mapping[str, str]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    rows: dict[str, dict[int, dict[str, Any]]] = {}
    for name, text in line.items():
        found = _NAME.fullmatch(name)
        if found is None:
            continue
        asked, part = _column(name, found["point"], found["part"])
        reasoned = _REASONED.fullmatch(text)
        if reasoned is not None:
            state = _STATES[reasoned["word"].lower()]
            answers[asked.id] = {"state": state, "reason": reasoned["why"].strip()}
            continue
        value = _value(part, text, name)
        if asked.table:
            place = int(found["row"] or 1)
            rows.setdefault(asked.id, {}).setdefault(place, {})[part.id] = value
        else:
            answers.setdefault(asked.id, {"parts": {}}).setdefault("parts", {})[part.id] = value
    for key, numbered in rows.items():
        answers[key] = {"state": "value", "rows": [numbered[n] for n in sorted(numbered)]}
    return {key: _stated(answer) for key, answer in answers.items()}


def _column(name: str, point: str, part: str) -> tuple[Datapoint, Part]:
    asked = _asked().get(point)
    columns = {each.id: each for each in asked.columns} if asked else {}
    if asked is None or part not in columns:
        told = lazy_gettext("The questionnaire has no “%(name)s”; take the template's columns.")
        raise RowRefused(name, told % {"name": name})
    return asked, columns[part]


def _stated(answer: dict[str, Any]) -> dict[str, Any]:
    """Zero is a state of its own."""
    if "state" in answer:
        return answer
    amounts = [p["amount"] for p in answer["parts"].values() if isinstance(p, dict)]
    zero = bool(amounts) and all(float(each) == 0 for each in amounts)
    return {"state": "zero" if zero else "value", **answer}


def _value(part: Part, text: str, name: str) -> Any:
    """The JSON form of one cell, checked as the questionnaire checks it."""
    try:
        return write_value(read_value(part, _raw(part, text), name))
    except FactError as error:
        raise RowRefused(name, say(error.text, "zh" if language() == "zh" else "en")) from error


def _raw(part: Part, text: str) -> Any:
    if part.input in QUANTITIES:
        found = _AMOUNT.fullmatch(text)
        number = found["number"].replace(",", "") if found else text
        number = f"0{number}" if number.startswith(".") else number
        return {"amount": number, "unit": (found["unit"] if found else "") or part.unit}
    if part.input is Input.MULTI_ENUM:
        return [each for each in _SPLIT.split(text) if each]
    if part.input is Input.BOOLEAN:
        return cells.yes(text)
    if part.input is Input.INTEGER and re.fullmatch(r"-?\d{1,12}", text):
        return int(text)
    return text
