"""No check takes a traceback, whatever careless or hostile hands make of a disclosure."""

import copy
import json
import os
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from benchmarks import findings as real
from disclosure.calculated import with_calculated
from disclosure.checks import RULES, Context, check
from disclosure.facts import Disclosure, FactError
from disclosure.grade import grade
from disclosure.texts import LANGUAGES, say
from tests.disclosure.samples import SAMPLE, TODAY, sample

PROVE = os.environ.get("PROVE") == "1"
TIMES = 2000 if PROVE else 150
AMOUNTS = (
    "0", "-1", "1", "999999999999999999", "-999999999999999999.999999999999", "0.000000000001",
    "NaN", "Infinity", "1e9", "", "１２", "#DIV/0!", "12,000", "1" * 19,
)  # fmt: skip
UNITS = (
    "tCO2e",
    "ktCO2e",
    "kWh",
    "万kWh",
    "MJ",
    "tce",
    "%",
    "1",
    "TWD",
    "万元",
    "t",
    "km",
    "x",
    "",
)
ODD: tuple[Any, ...] = (
    None,
    True,
    0,
    -5,
    10**30,
    1.5,
    "",
    "x" * 6000,
    [],
    {},
    ["c01"],
    "\x00",
    "碳",
)
STATES = ("value", "zero", "not_applicable", "not_available", "confidential", "nothing")
Change = Callable[[dict[str, Any], random.Random], None]


def parts_of(answer: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    """The parts, or one row, of an answer."""
    rows = answer.get("rows")
    parts = draw.choice(rows) if isinstance(rows, list) and rows else answer.get("parts")
    return parts if isinstance(parts, dict) else {}


def amount(answer: dict[str, Any], draw: random.Random) -> None:
    for value in parts_of(answer, draw).values():
        if isinstance(value, dict) and "amount" in value:
            value["amount"] = draw.choice(AMOUNTS)


def unit(answer: dict[str, Any], draw: random.Random) -> None:
    for value in parts_of(answer, draw).values():
        if isinstance(value, dict) and "unit" in value:
            value["unit"] = draw.choice(UNITS)


def kind(answer: dict[str, Any], draw: random.Random) -> None:
    parts = parts_of(answer, draw)
    if parts:
        parts[draw.choice(sorted(parts))] = draw.choice(ODD)


def missing(answer: dict[str, Any], draw: random.Random) -> None:
    parts = parts_of(answer, draw)
    if parts:
        del parts[draw.choice(sorted(parts))]


def rows(answer: dict[str, Any], draw: random.Random) -> None:
    given = answer.get("rows")
    if isinstance(given, list) and given:
        given.extend(copy.deepcopy(draw.choices(given, k=draw.choice((1, 3, 40)))))


def state(answer: dict[str, Any], draw: random.Random) -> None:
    answer["state"] = draw.choice(STATES)
    if draw.random() < 0.7:
        for key in ("parts", "rows"):
            answer.pop(key, None)
        answer["reason"] = "因故"


def number(answer: dict[str, Any], draw: random.Random) -> None:
    for key, value in parts_of(answer, draw).items():
        if isinstance(value, int) and not isinstance(value, bool):
            parts_of(answer, draw)[key] = draw.choice((0, -1, 1900, 2300, 10**12))


CHANGES: tuple[Change, ...] = (amount, unit, kind, missing, rows, state, number)


def mutated(raw: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    """The content with one to six changes."""
    made = copy.deepcopy(raw)
    answers = made["answers"]
    for _ in range(draw.randint(1, 6)):
        if answers:
            draw.choice(CHANGES)(answers[draw.choice(sorted(answers))], draw)
    for key in draw.sample(sorted(answers), k=draw.choice((0, 0, 1, 3)) % (len(answers) + 1)):
        del answers[key]
    if draw.random() < 0.1:
        made["year"] = draw.choice((1990, 2199, made["year"] + 1, "2025", None))
    return made


def try_all(
    contents: list[dict[str, Any]], others: list[Disclosure], *, seed: int
) -> tuple[int, int]:
    """How many were refused with a reason, and how many were checked in full."""
    draw, refused, checked = random.Random(seed), 0, 0
    for _ in range(TIMES):
        try:
            made = Disclosure.from_dict(mutated(draw.choice(contents), draw))
        except FactError as told:
            refused += all(say(told.text, lang) for lang in LANGUAGES)
            continue
        before = replace(draw.choice(others), year=made.year - 1)
        found = check(with_calculated(made), context=Context(today=TODAY, earlier=(before,)))
        assert {each.code for each in found} == {rule.code for rule in RULES}
        assert all(say(each.text, lang) for each in found for lang in LANGUAGES)
        json.dumps([each.to_dict() for each in found])
        assert 0 <= grade(made, found).level <= 4
        checked += 1
    return refused, checked


@pytest.mark.prove
def test_no_check_takes_a_traceback_from_a_mutated_disclosure(
    record_property: Callable[[str, object], None],
) -> None:
    record_property("count", TIMES)
    refused, checked = try_all([json.loads(SAMPLE.read_text("utf-8"))], [sample()], seed=1)
    assert refused + checked == TIMES
    assert min(refused, checked) > TIMES // 20


@pytest.mark.prove
@pytest.mark.real
def test_no_check_takes_a_traceback_from_a_mutated_real_disclosure(
    record_property: Callable[[str, object], None],
) -> None:
    where = real.folder()
    if not where.is_dir():
        pytest.skip(f"no real data at {where} (TANQIAO_REAL_DATA)")
    record_property("count", TIMES)
    years = [each for firm in real.firms(where) for each in firm.years.values()]
    contents = [json.loads(json.dumps(each.to_dict())) for each in years]
    refused, checked = try_all(contents, years, seed=2)
    assert refused + checked == TIMES
    assert min(refused, checked) > TIMES // 20
