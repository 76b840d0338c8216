"""The catalogue: every question as data, complete enough to generate a form from it.

Questions live in `catalogue/<folder>/*.toml`, the mapping to other standards in `crosswalk.csv`
beside them, versions and questionnaires in `versions.toml`; adding a question is a table of data
(docs/questionnaires.md). What a question is made of stands in `disclosure.questions`.
"""

import csv
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from disclosure.questions import (
    GRADED,
    NUMERIC,
    QUANTITIES,
    REQUIRED,
    SHORT_ROUTE,
    Catalogue,
    Column,
    Datapoint,
    Input,
    Level,
    Option,
    Questionnaire,
    Section,
)
from disclosure.texts import Bilingual

__all__ = [
    "GRADED", "NUMERIC", "QUANTITIES", "REQUIRED", "SHORT_ROUTE", "Catalogue", "Column",
    "Datapoint", "Input", "Level", "Option", "Questionnaire", "Section", "catalogue", "catalogues",
    "climate", "current", "load",
]  # fmt: skip
FOLDER = files("disclosure") / "catalogue"


@cache
def catalogues() -> Mapping[str, Catalogue]:
    """Return every version this release carries, oldest first."""
    return load(FOLDER)


def catalogue(version: str) -> Catalogue:
    """Return the catalogue of a version; KeyError when this release does not carry it."""
    return catalogues()[version]


def current() -> Catalogue:
    """Return the newest version: what new disclosures answer."""
    return tuple(catalogues().values())[-1]


def climate() -> Catalogue:
    """Return the first version: the climate questionnaire of 77 datapoints alone."""
    return catalogues()["climate-2026.1"]


def load(folder: Traversable) -> Mapping[str, Catalogue]:
    """Read a catalogue folder: every version, oldest first.

    A datapoint or column may say `since` (the first version that asks it) and `until` (the last).
    """
    head = _toml(folder / "versions.toml")
    parts = {name: folder / name for each in head["versions"].values() for name in each["folders"]}
    options = {
        name: tuple(Option(code, _both(label)) for code, label in labels.items())
        for part in parts.values()
        for name, labels in _toml(part / "options.toml").items()
    }
    read = {name: _part(part, options) for name, part in parts.items()}
    order = tuple(head["versions"])
    return MappingProxyType({each: _version(each, order, head, read) for each in order})


@dataclass(frozen=True, slots=True)
class _Span:
    since: str = ""
    until: str = ""

    def covers(self, version: str, order: tuple[str, ...]) -> bool:
        at = order.index(version)
        late_enough = not self.since or order.index(self.since) <= at
        return late_enough and (not self.until or at <= order.index(self.until))


@dataclass(frozen=True)
class _Part:
    """One folder: its sections, its datapoints, and in which versions each of them is asked."""

    sections: tuple[Section, ...]
    datapoints: Mapping[str, Datapoint]
    spans: Mapping[str, _Span]


def _part(folder: Traversable, options: Mapping[str, tuple[Option, ...]]) -> _Part:
    titles = _toml(folder / "catalogue.toml")["sections"]
    sections = tuple(Section(key, _both(title)) for key, title in titles.items())
    crosswalk = _crosswalk(folder / "crosswalk.csv")
    points: dict[str, Datapoint] = {}
    spans: dict[str, _Span] = {}
    for section in sections:
        for key, raw in _toml(folder / f"{section.id}.toml").items():
            points[key] = _datapoint(key, section.id, raw, options=options, crosswalk=crosswalk)
            spans[key] = _span(raw)
            spans |= {f"{key}.{each.get('id', 'value')}": _span(each) for each in _columns(raw)}
    return _Part(sections, points, spans)


def _version(
    version: str, order: tuple[str, ...], head: dict[str, Any], read: Mapping[str, _Part]
) -> Catalogue:
    raw = head["versions"][version]
    parts = [read[name] for name in raw["folders"]]
    spans = {key: each.covers(version, order) for part in parts for key, each in part.spans.items()}
    datapoints = {
        key: replace(each, columns=tuple(c for c in each.columns if spans[f"{key}.{c.id}"]))
        for part in parts
        for key, each in part.datapoints.items()
        if spans[key]
    }
    questionnaires = {
        key: _questionnaire(key, each, read, datapoints)
        for key, each in head["questionnaires"].items()
        if set(each["folders"]) & set(raw["folders"])
    }
    sections = tuple(section for part in parts for section in part.sections)
    return Catalogue(
        version, _both(raw["title"]), sections, MappingProxyType(datapoints), questionnaires
    )


def _questionnaire(
    key: str, raw: dict[str, Any], read: Mapping[str, _Part], asked: Iterable[str]
) -> Questionnaire:
    whole = {point for name in raw["folders"] for point in read[name].datapoints}
    asks = (whole | set(raw.get("datapoints", ()))) & set(asked)
    return Questionnaire(key, _both(raw["title"]), _both(raw["about"]), frozenset(asks))


def _datapoint(
    key: str,
    section: str,
    raw: dict[str, Any],
    *,
    options: Mapping[str, tuple[Option, ...]],
    crosswalk: Mapping[str, Mapping[str, str]],
) -> Datapoint:
    columns = _columns(raw)
    question = _both(raw["question"])
    return Datapoint(
        id=key,
        section=section,
        question=question,
        help=_both(raw["help"]),
        level=Level(raw["level"]),
        columns=tuple(_column(each, question, options) for each in columns),
        table="columns" in raw,
        max_rows=raw.get("max_rows", 200) if "columns" in raw else 0,
        calculated=raw.get("calculated", False),
        header=raw.get("header", False),
        crosswalk=MappingProxyType(crosswalk.get(key, {})),
    )


def _columns(raw: dict[str, Any]) -> list[dict[str, Any]]:
    return raw.get("columns") or raw.get("parts") or [raw["value"]]


def _span(raw: dict[str, Any]) -> _Span:
    return _Span(raw.get("since", ""), raw.get("until", ""))


def _column(
    raw: dict[str, Any], question: Bilingual, options: Mapping[str, tuple[Option, ...]]
) -> Column:
    kind = Input(raw["type"])
    family, unit = {Input.PERCENT: ("share", "%"), Input.MONEY: ("money", "万元")}.get(
        kind, ("", "")
    )
    return Column(
        id=raw.get("id", "value"),
        label=_both(raw) if "zh" in raw else question,
        input=kind,
        required=raw.get("required", True),
        key=raw.get("key", False),
        family=raw.get("family", family or ("pure" if kind is Input.NUMBER else "")),
        unit=raw.get("unit", unit or ("1" if kind is Input.NUMBER else "")),
        options=options[raw["options"]] if "options" in raw else (),
        minimum=_bound(raw, "minimum", "0" if kind in NUMERIC else None),
        maximum=_bound(raw, "maximum", "100" if kind is Input.PERCENT else None),
        max_length=raw.get("max_length", 5000 if kind is Input.LONG_TEXT else 200),
    )


def _bound(raw: dict[str, Any], key: str, default: str | None) -> Decimal | None:
    given = raw.get(key, default)
    return None if given in (None, "") else Decimal(str(given))


def _both(raw: Mapping[str, str]) -> Bilingual:
    return Bilingual(raw["zh"], raw["en"])


def _toml(path: Traversable) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def _crosswalk(path: Traversable) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(path.read_text("utf-8").splitlines())
    return {
        row.pop("id"): {name: text for name, text in row.items() if text != "-"} for row in rows
    }
