"""A full sample disclosure, small changes of it, and strategies for arbitrary ones."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from disclosure.answers import Answer, State
from disclosure.checks import Context, Finding, Result, check
from disclosure.datapoints import QUANTITIES, Column, Datapoint, Input, current
from disclosure.facts import Disclosure, Organisation, Period
from disclosure.values import Evidence, Parts, Quantity

SAMPLE = Path(__file__).parent / "data" / "sample-2025.json"
TODAY = date(2026, 6, 1)
UNITS = ("tCO2e", "kgCO2e", "MWh", "tce", "万元", "USD", "%", "1", "t", "Nm3", "tCO2e/万元", "km")


def sample() -> Disclosure:
    return Disclosure.from_dict(json.loads(SAMPLE.read_text("utf-8")))


def q(amount: str, unit: str) -> Quantity:
    return Quantity(Decimal(amount), unit)


def stating(disclosure: Disclosure, datapoint: str, **parts: Any) -> Disclosure:
    answer = Answer.of(current()[datapoint], parts)
    return replace(disclosure, answers={**disclosure.answers, datapoint: answer})


def tabling(disclosure: Disclosure, datapoint: str, *rows: Mapping[str, Any]) -> Disclosure:
    answer = Answer.of(current()[datapoint], rows=rows)
    return replace(disclosure, answers={**disclosure.answers, datapoint: answer})


def giving(
    disclosure: Disclosure, datapoint: str, state: State, reason: str = "因故"
) -> Disclosure:
    answer = Answer(state, reason=reason)
    return replace(disclosure, answers={**disclosure.answers, datapoint: answer})


def without(disclosure: Disclosure, *datapoints: str) -> Disclosure:
    kept = {key: each for key, each in disclosure.answers.items() if key not in datapoints}
    return replace(disclosure, answers=kept)


def findings(disclosure: Disclosure, code: str, **context: Any) -> list[Finding]:
    known = Context(**{"today": TODAY, **context})
    return [each for each in check(disclosure, context=known) if each.code == code]


def results(disclosure: Disclosure, code: str, **context: Any) -> set[Result]:
    return {each.result for each in findings(disclosure, code, **context)}


def keys(disclosure: Disclosure, code: str, **context: Any) -> list[str]:
    return [each.text.code.partition(".")[2] for each in findings(disclosure, code, **context)]


amounts = st.decimals(-(10**9), 10**15, places=3) | st.sampled_from([Decimal(0), Decimal("1e-12")])
quantities = st.builds(
    Quantity, amounts.map(lambda each: each if each else Decimal(0)), st.sampled_from(UNITS)
)
words = st.text("碳abc123 \n", min_size=1, max_size=20).filter(str.strip)


def value_of(column: Column) -> st.SearchStrategy[Any]:
    if column.input in QUANTITIES:
        return quantities
    codes = st.sampled_from(sorted(column.codes)) if column.codes else words
    return {
        Input.BOOLEAN: st.booleans(),
        Input.INTEGER: st.integers(-10, 3000),
        Input.DATE: st.dates(date(1900, 1, 1), date(2199, 12, 31)),
        Input.FILE: st.builds(Evidence, words, st.just("0" * 64)),
        Input.URL: st.just("https://example.com/x"),
        Input.MULTI_ENUM: st.lists(codes, min_size=1, max_size=3, unique=True).map(tuple),
    }.get(column.input, codes)


def parts_of(datapoint: Datapoint) -> st.SearchStrategy[Parts]:
    each = {column.id: value_of(column) for column in datapoint.columns}
    return st.fixed_dictionaries({}, optional=each)


@st.composite
def any_answer(draw: st.DrawFn, datapoint: Datapoint) -> Answer:
    state = draw(st.sampled_from(State))
    if state not in (State.VALUE, State.ZERO):
        return Answer(state, reason=draw(st.sampled_from(["", "因故"])))
    if datapoint.table:
        return Answer.of(datapoint, rows=tuple(draw(st.lists(parts_of(datapoint), max_size=3))))
    return Answer.of(datapoint, draw(parts_of(datapoint)))


@st.composite
def any_disclosure(draw: st.DrawFn) -> Disclosure:
    chosen = draw(st.lists(st.sampled_from(sorted(current().datapoints)), unique=True))
    points = [current()[key] for key in chosen if not current()[key].header]
    base = sample().answers if draw(st.booleans()) else {}
    changed = {each.id: draw(any_answer(each)) for each in points}
    days = st.dates(date(2019, 1, 1), date(2027, 12, 31))
    return Disclosure(
        organisation=Organisation("o", draw(words), draw(st.sampled_from(["USCC", "TW", "LEI"]))),
        year=draw(st.integers(2019, 2027)),
        period=Period(draw(days), draw(days)),
        answers={**base, **changed},
    )
