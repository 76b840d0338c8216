"""What is malformed is refused by path and reason."""

import pytest

from scoring.meetings import MalformedError, read_change, read_instance, read_plan
from tests.scoring.meetings.events import event, person, round_table


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"mode": "both"}, "$.mode"),
        ({"slots": 0}, "$.slots"),
        ({"slots": True}, "$.slots"),
        ({"tables": [2, 2]}, "$.tables"),
        ({"tables": [2, -1, 2]}, "$.tables[1]"),
        ({"sessions": {"am": [3]}}, "$.sessions.am[0]"),
        ({"left": [person("i1", 3), person("i1", 3)]}, "$.left[1].id"),
        ({"right": [person("i1", 3)]}, "$.right[0].id"),
        ({"left": [{"id": "i1"}]}, "$.left[0].capacity"),
        ({"left": [person("i1", 3, at_leest=1)]}, "$.left[0].at_leest"),
        ({"left": [person("i1", 3, unavailable=[1, 1])]}, "$.left[0].unavailable"),
        ({"scores": [["i1", "e9", 5]]}, "$.scores[0][1]"),
        ({"scores": [["i1", "e1", -5]]}, "$.scores[0][2]"),
        ({"scores": [["i1", "e1", 5], ["i1", "e1", 6]]}, "$.scores[1]"),
        ({"scores": [["i1", "e1"]]}, "$.scores[0]"),
        ({"must": [["i1", "e1", 3]]}, "$.must[0][2]"),
        ({"never": "none"}, "$.never"),
        ({"seats": 2}, "$.seats"),
    ],
)
def test_malformed_event_is_refused_by_path(changes, path):
    with pytest.raises(MalformedError) as refused:
        read_instance(event(**changes))
    assert refused.value.path == path


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"meetings": [{"id": "m1", "a": "p1", "b": "p1"}]}, "$.meetings[0]"),
        ({"meetings": [{"id": "m1", "a": "p1", "b": "p9"}]}, "$.meetings[0].b"),
        (
            {"meetings": [{"id": "m1", "a": "p1", "b": "p2", "session": "x"}]},
            "$.meetings[0].session",
        ),
        ({"before": [["m0", "m0"]]}, "$.before[0]"),
        ({"before": [["m0", "m77"]]}, "$.before[0][1]"),
        ({"max_break_difference": -1}, "$.max_break_difference"),
    ],
)
def test_malformed_round_is_refused_by_path(changes, path):
    with pytest.raises(MalformedError) as refused:
        read_instance(round_table(**changes))
    assert refused.value.path == path


def test_key_that_is_missing_is_named():
    document = event()
    del document["scores"]
    with pytest.raises(MalformedError, match=r"\$\.scores: this key is missing"):
        read_instance(document)


def test_plan_that_double_books_is_refused_with_the_rule():
    meetings = [
        {"a": "i1", "b": "e1", "slot": 0, "table": 0},
        {"a": "i1", "b": "e2", "slot": 0, "table": 1},
    ]
    with pytest.raises(MalformedError, match="i1 is booked twice in slot 0"):
        read_plan({"meetings": meetings}, read_instance(event()))


def test_change_of_somebody_unknown_is_refused():
    with pytest.raises(MalformedError, match=r"\$\.cancelled\[0\]"):
        read_change({"cancelled": ["e9"]}, read_instance(event()))
