"""Answers of an older catalogue version carried into a newer one; what cannot be is listed.

What keeps its id and its parts comes over unchanged; `catalogue/changes.toml` says what was
renamed, split or retired between two versions. Nothing is dropped silently.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any

from disclosure import datapoints
from disclosure.answers import WITH_REASON, Answer
from disclosure.datapoints import Catalogue, Datapoint
from disclosure.facts import Disclosure
from disclosure.texts import Bilingual, Text
from disclosure.values import FactError, Parts

__all__ = ["Carried", "Changes", "Left", "carried_over", "changes"]


@dataclass(frozen=True, slots=True)
class Left:
    """An answer, or a part of one, that did not come over, and why."""

    datapoint: str
    part: str
    why: Text | Bilingual


@dataclass(frozen=True)
class Carried:
    """The disclosure under the newer version, and what was left behind."""

    disclosure: Disclosure
    left: tuple[Left, ...] = ()


@dataclass(frozen=True)
class Changes:
    """What changed between a version and the one before it.

    `moved`: datapoint or `datapoint.part` -> its new place; `retired`: datapoint -> why.
    """

    moved: Mapping[str, str]
    retired: Mapping[str, Bilingual]


@cache
def changes() -> Mapping[str, Changes]:
    """Return the changes of every version this release carries."""
    return read_changes(datapoints.FOLDER)


def read_changes(folder: Traversable) -> Mapping[str, Changes]:
    """Read `changes.toml` of a catalogue folder."""
    raw = tomllib.loads((folder / "changes.toml").read_text("utf-8"))
    return {version: _changes(each) for version, each in raw.items()}


def _changes(raw: dict[str, Any]) -> Changes:
    return Changes(
        moved={each["from"]: each["to"] for each in raw.get("moved", ())},
        retired={each["id"]: Bilingual(each["zh"], each["en"]) for each in raw.get("retired", ())},
    )


def carried_over(
    disclosure: Disclosure,
    *,
    versions: Mapping[str, Catalogue] | None = None,
    steps: Mapping[str, Changes] | None = None,
) -> Carried:
    """Carry a disclosure into the newest version, step by step.

    `versions` and `steps` stand for the release's own (`datapoints.catalogues`, `changes`).
    """
    known = datapoints.catalogues() if versions is None else versions
    listed = changes() if steps is None else steps
    order = list(known)
    carried = Carried(disclosure)
    for version in order[order.index(disclosure.catalogue_version) + 1 :]:
        step = listed.get(version, Changes({}, {}))
        answers, left = _step(carried.disclosure.answers, known[version], step)
        newer = replace(carried.disclosure, answers=answers, catalogue_version=version)
        carried = Carried(newer, (*carried.left, *left))
    return carried


def _step(
    answers: Mapping[str, Answer], catalogue: Catalogue, step: Changes
) -> tuple[dict[str, Answer], list[Left]]:
    found: dict[str, Answer] = {}
    left: list[Left] = []
    for key, answer in answers.items():
        if key in step.retired:
            left.append(Left(key, "", step.retired[key]))
            continue
        for target, piece in _pieces(key, answer, step.moved):
            asked = catalogue.datapoints.get(target)
            if asked is None:
                left.append(Left(key, "", Text("carry.not_asked", {"datapoint": target})))
                continue
            fitting, lost = _fitting(key, piece, asked)
            left += lost
            if fitting is not None:
                found[target] = _joined(found.get(target), fitting)
    return found, left


def _pieces(key: str, answer: Answer, moved: Mapping[str, str]) -> Iterator[tuple[str, Answer]]:
    """Split an answer by where its parts go; what is not moved keeps its place."""
    home = moved.get(key, key)
    places = {
        place.partition(".")[2]: to for place, to in moved.items() if place.startswith(f"{key}.")
    }
    targets = dict.fromkeys((home, *(to.partition(".")[0] for to in places.values())))
    if not places:
        yield home, answer
        return
    for target in targets:
        names = {
            part: to.partition(".")[2] or part
            for part, to in places.items()
            if to.partition(".")[0] == target
        }
        if target == home:
            names |= {part: part for part in _parts_of(answer) if part not in places}
        piece = replace(
            answer,
            parts=_renamed(answer.parts, names),
            rows=tuple(_renamed(row, names) for row in answer.rows),
        )
        if piece.parts or piece.rows or not (answer.parts or answer.rows):
            yield target, piece


def _parts_of(answer: Answer) -> dict[str, None]:
    return dict.fromkeys(part for parts in (answer.parts, *answer.rows) for part in parts)


def _renamed(parts: Parts, names: Mapping[str, str]) -> Parts:
    return {names[part]: value for part, value in parts.items() if part in names}


def _fitting(key: str, answer: Answer, asked: Datapoint) -> tuple[Answer | None, list[Left]]:
    """Leave out parts that are no longer asked, then read the rest as the new question does."""
    known = {column.id: column.id for column in asked.columns}
    gone = [part for part in _parts_of(answer) if part not in known]
    left = [Left(key, part, Text("carry.part_not_asked", {"datapoint": asked.id})) for part in gone]
    kept = replace(
        answer,
        parts=_renamed(answer.parts, known),
        rows=tuple(_renamed(row, known) for row in answer.rows),
    )
    empty = gone and not kept.parts and not any(kept.rows)
    if empty and answer.state not in WITH_REASON:
        return None, left
    try:
        return Answer.from_dict(asked, kept.to_dict()), left
    except FactError as error:
        return None, [*left, Left(key, "", error.text)]


def _joined(one: Answer | None, other: Answer) -> Answer:
    """Join what two datapoints bring into one: parts side by side, rows one after the other."""
    if one is None or one.state in WITH_REASON:
        return other
    if other.state in WITH_REASON:
        return one
    state = one.state if one.state == other.state else type(one.state).VALUE
    notes: Sequence[str] = [each for each in (one.note, other.note) if each]
    return replace(
        one,
        state=state,
        parts={**one.parts, **other.parts},
        rows=(*one.rows, *other.rows),
        note="\n".join(dict.fromkeys(notes)),
        evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence))),
    )
