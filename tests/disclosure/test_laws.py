"""Laws that hold for every disclosure, tried on arbitrary ones."""

import os
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from disclosure.answers import State
from disclosure.calculated import with_calculated
from disclosure.checks import RULES, Context, Result, check
from disclosure.facts import Disclosure
from disclosure.grade import Grade, grade, grade_at
from disclosure.quality import data_quality
from disclosure.texts import LANGUAGES, say
from tests.disclosure.samples import (
    TODAY,
    any_disclosure,
    giving,
    q,
    sample,
    stating,
    tabling,
    without,
)  # fmt: skip

PROVE = os.environ.get("PROVE") == "1"
KEYS = sorted(sample().answers)
ASSURED = sample().rows("VER-01")[0]


def graded(disclosure: Disclosure) -> Grade:
    return grade(disclosure, check(disclosure, context=Context(today=TODAY)))


@pytest.mark.prove
@pytest.mark.slow
@settings(max_examples=2000 if PROVE else 500, deadline=None)
@given(any_disclosure(), any_disclosure())
def test_checks_never_raise_and_every_rule_speaks(one: Disclosure, other: Disclosure) -> None:
    context = Context(today=TODAY, earlier=(replace(other, year=one.year - 1),))
    found = check(with_calculated(one), context=context)
    assert {each.code for each in found} == {rule.code for rule in RULES}
    assert all(say(each.text, lang) for each in found for lang in LANGUAGES)
    assert 0 <= grade(one, found).level <= 4


@settings(max_examples=150, deadline=None)
@given(st.sets(st.sampled_from(KEYS)), st.sampled_from(KEYS), st.booleans())
def test_answering_never_lowers_the_grade(missing: set[str], answered: str, reasoned: bool) -> None:
    before = without(sample(), *missing, answered)
    if reasoned:
        before = giving(before, answered, State.NOT_AVAILABLE)
    after = replace(before, answers={**before.answers, answered: sample().answers[answered]})
    now, then = graded(after), graded(before)
    assume(not now.blocked_by or set(now.blocked_by) <= set(then.blocked_by))
    assert (now.level, now.points) >= (then.level, then.points)


@settings(max_examples=100, deadline=None)
@given(
    st.sets(st.sampled_from(KEYS), max_size=5),
    st.integers(0, 100),
    st.integers(0, 100),
    st.sampled_from([("limited", "limited"), ("limited", "reasonable")]),
)
def test_rising_assurance_never_lowers_the_grade(
    missing: set[str], cover: int, more: int, levels: tuple[str, str]
) -> None:
    low, high = sorted((cover, more))
    base = without(sample(), *missing)
    before, after = (
        tabling(base, "VER-01", {**ASSURED, "coverage": q(str(share), "%"), "level": level})
        for share, level in zip((low, high), levels, strict=True)
    )
    now, then = graded(after), graded(before)
    assert (now.level, now.points) >= (then.level, then.points)
    assert data_quality(after).score <= data_quality(before).score


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 6434), st.integers(0, 1530), st.sets(st.sampled_from(KEYS), max_size=4))
def test_falling_emissions_never_lower_the_grade(
    scope_2: int, scope_1: int, missing: set[str]
) -> None:
    derived = ("EMS-02", "EMS-03", "EMS-07", "EMS-11", "EMS-12", "EMS-14", "TGT-05")
    before = without(sample(), *derived, *missing)
    after = stating(before, "EMS-05", value=q(str(scope_2), "tCO2e"))
    after = stating(after, "EMS-01", value=q(str(scope_1), "tCO2e"))
    now, then = graded(after), graded(before)
    assume(not now.blocked_by or set(now.blocked_by) <= set(then.blocked_by))
    assert (now.level, now.points) >= (then.level, then.points)


@given(st.integers(0, 4), st.dates(date(2015, 1, 1), date(2030, 1, 1)), st.integers(0, 2000))
def test_newer_period_never_lowers_the_grade(level: int, end: date, later: int) -> None:
    newer = date.fromordinal(end.toordinal() + later)
    old, new = (
        grade_at(Grade(level, 0), period_end=each, on=date(2030, 1, 1)) for each in (end, newer)
    )
    assert new.level >= old.level


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from(KEYS)))
def test_filling_in_what_is_missing_opens_the_next_grade(gone: set[str]) -> None:
    before = without(sample(), *gone)
    result = graded(before)
    asked = [key for key in result.missing if key in sample().answers]
    filled = {key: sample().answers[key] for key in asked}
    after = graded(replace(before, answers={**before.answers, **filled}))
    assume(result.level < 3 and not set(after.blocked_by) - {"DQ-07"})
    assert after.level > result.level


def test_every_blocking_finding_names_a_datapoint() -> None:
    empty = without(sample(), *KEYS)
    blocking = [each for each in check(empty) if each.blocks]
    assert blocking
    assert all(each.datapoints for each in blocking)
    assert all(each.result is not Result.PASS for each in blocking)
