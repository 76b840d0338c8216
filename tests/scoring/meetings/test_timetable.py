"""What a timetable decides and what it says about it."""

import json
import os
from pathlib import Path

import pytest

from scoring.meetings import Infeasible, read_instance, say, timetable
from tests.scoring.meetings.events import event, person, round_table


def plan_of(document):
    return timetable(read_instance(document), seconds=0.1)


def test_best_meetings_are_chosen_and_proven():
    plan = plan_of(event())
    assert (plan.score, plan.bound, plan.proven) == (2100, 2100, True)


def test_must_beats_a_better_score_and_keeps_its_slot():
    plan = plan_of(event(must=[["i2", "e2", 2]], tables=1))
    assert ("i2", "e2", 2) in {(m.a, m.b, m.slot) for m in plan.meetings}
    assert plan.score == 1400
    assert plan.proven


def test_parallel_representatives_meet_at_once():
    left = [person("i1", 3, parallel=2)]
    scores = [["i1", "e1", 5], ["i1", "e2", 5]]
    plan = plan_of(event(slots=1, tables=2, sessions={}, left=left, scores=scores))
    assert len(plan.meetings) == 2


def test_floor_is_served_before_a_higher_score():
    right = [person("e1", 2), person("e2", 2), person("e3", 2, at_least=1)]
    plan = plan_of(event(slots=1, tables=1, sessions={}, right=right))
    assert [(m.a, m.b) for m in plan.meetings] == [("i2", "e3")]
    assert plan.proven


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"must": [["i1", "e1", None]], "never": [["i1", "e1"]]}, "must-never"),
        ({"must": [["i1", "e1", 0]], "tables": [0, 2, 2]}, "must-slot-closed"),
        ({"must": [["i1", "e1", 0], ["i1", "e2", 0]]}, "musts-clash"),
        (
            {"must": [["i1", "e1", 0]], "left": [person("i1", 0), person("i2", 3)]},
            "must-over-capacity",
        ),
        ({"must": [["i1", "e1", None]], "tables": 0}, "must-no-slot"),
    ],
)
def test_impossible_musts_are_refuted_with_the_reason(changes, code):
    answer = plan_of(event(**changes))
    assert isinstance(answer, Infeasible)
    assert answer.why.code == code
    assert say(answer.why, "zh")
    assert say(answer.why, "en")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"left": [person("i1", 3, unavailable=[0, 1, 2]), person("i2", 3)]}, "no_common_slot"),
        ({"left": [person("i1", 0), person("i2", 3)]}, "capacity"),
        ({"tables": 0}, "tables"),
    ],
)
def test_wish_not_met_says_why(changes, why):
    plan = plan_of(event(**changes))
    found = {(one.a, one.b): one.why for one in plan.unplaced}
    assert found["i1", "e1"] == why


def test_outranked_wish_names_the_better_meeting():
    scores = [["i1", "e1", 900], ["i2", "e1", 400]]
    plan = plan_of(event(right=[person("e1", 1)], scores=scores))
    (wish,) = plan.unplaced
    assert wish.why == "outranked"
    assert wish.detail.values["by"] == "i1"


def test_wish_without_a_table_says_so():
    scores = [["i1", "e1", 900], ["i2", "e2", 400]]
    plan = plan_of(event(slots=1, tables=1, sessions={}, scores=scores))
    assert [(one.a, one.b, one.why) for one in plan.unplaced] == [("i2", "e2", "tables")]


def test_round_table_is_proven_without_breaks():
    plan = plan_of(round_table())
    assert (plan.breaks, plan.bound, plan.proven) == (0, 0, True)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"tables": 1}, "too-few-tables"),
        ({"tables": [2, 2, 1]}, "too-few-tables"),
        ({"before": [["m0", "m1"], ["m1", "m0"]]}, "order-in-a-circle"),
        ({"before": [["m0", "m5"]]}, "meetings-clash"),
    ],
)
def test_impossible_round_is_refuted_with_the_reason(changes, code):
    answer = plan_of(round_table(**changes))
    assert isinstance(answer, Infeasible)
    assert answer.why.code == code
    assert say(answer.why, "zh")


@pytest.mark.real
def test_published_round_is_proven_without_breaks():
    folder = Path(os.environ.get("TANQIAO_REAL_DATA", "../shared/data"))
    path = folder / "meetings" / "tic-12.json"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    plan = timetable(read_instance(json.loads(path.read_text("utf-8"))), seconds=30)
    assert (plan.breaks, plan.proven) == (0, True)
