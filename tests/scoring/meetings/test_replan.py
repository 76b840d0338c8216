"""After a change nobody else's meeting is lost, and little moves."""

import os

from hypothesis import given, reject, settings
from hypothesis import strategies as st

from scoring.meetings import Infeasible, read_change, read_instance, read_plan, replan, timetable
from scoring.meetings.plan import plan_document, replanned_document
from tests.scoring.meetings.checking import complaints
from tests.scoring.meetings.events import event, person, round_table
from tests.scoring.meetings.instances import agreed_instances, choose_instances

COUNT = 2000 if os.environ.get("PROVE") else 60
QUICK = settings(max_examples=COUNT, deadline=None)


def changed(document, change):
    instance = read_instance(document)
    plan = timetable(instance, seconds=0.01)
    if isinstance(plan, Infeasible):
        reject()
    before = plan_document(plan)
    after = replan(instance, read_plan(before, instance), read_change(change, instance))
    return before, replanned_document(after)


def changes_of(document):
    if document["mode"] == "choose":
        people = document["left"] + document["right"]
    else:
        people = document["participants"]
    names = st.lists(st.sampled_from([one["id"] for one in people]), unique=True, max_size=2)
    slot = st.integers(0, document["slots"])
    late = st.builds(
        lambda one, until: {"id": one, "until_slot": until}, st.sampled_from(people), slot
    )
    return st.fixed_dictionaries(
        {
            "frozen_before_slot": slot,
            "cancelled": names,
            "late": st.lists(late.map(lambda row: row | {"id": row["id"]["id"]}), max_size=1),
            "no_show": names,
            "standby": names,
            "max_moves": st.integers(0, 6),
        }
    )


def broken(document, change, before, after):
    """Rules of a change: the past stays, the gone are gone, others keep their meetings."""
    gone = {*change["cancelled"], *change["no_show"]}
    until = {row["id"]: row["until_slot"] for row in change["late"]}
    frozen = change["frozen_before_slot"]
    found = [] if len(after["moved"]) <= change["max_moves"] else ["too many moves"]
    now = {(m["a"], m["b"], m.get("id")): m for m in after["meetings"]}
    for was in before["meetings"]:
        still = now.get((was["a"], was["b"], was.get("id")))
        touched = {was["a"], was["b"]} & (gone | set(until))
        if was["slot"] < frozen and still != was:
            found.append("the past changed")
        elif not touched and still is None:
            found.append("a confirmed meeting was dropped")
    for m in after["meetings"]:
        people = {m["a"], m["b"]}
        early = m["slot"] < max(until.get(name, 0) for name in people)
        if m["slot"] >= frozen and (people & gone or early):
            found.append("somebody away is booked")
    return found


HARD = ("away", "double", "twice", "no table", "capacity", "never", "listed", "miscounted")


def hard_complaints(document, after):
    return [one for one in complaints(document, after) if any(word in one for word in HARD)]


@QUICK
@given(st.data())
def test_change_of_a_chosen_timetable_keeps_every_rule(data):
    document = data.draw(choose_instances())
    change = data.draw(changes_of(document))
    before, after = changed(document, change)
    assert broken(document, change, before, after) == []
    assert hard_complaints(document, after) == []


@QUICK
@given(st.data())
def test_change_of_an_agreed_timetable_keeps_every_rule(data):
    document = data.draw(agreed_instances())
    change = data.draw(changes_of(document))
    before, after = changed(document, change)
    assert broken(document, change, before, after) == []
    tied = document | {"meetings": [m for m in document["meetings"] if m["id"] in ids(after)]}
    order = [pair for pair in document["before"] if set(pair) <= ids(after)]
    assert complaints(tied | {"before": order, "max_break_difference": None}, after) == []


def ids(plan):
    return {meeting["id"] for meeting in plan["meetings"]}


def test_freed_seat_goes_to_the_best_partner_with_room():
    scores = [["i1", "e1", 900], ["i1", "e2", 500], ["i1", "e3", 600]]
    document = event(left=[person("i1", 1)], scores=scores)
    _, after = changed(document, {"cancelled": ["e1"]})
    assert [(row["a"], row["b"]) for row in after["added"]] == [("i1", "e3")]


def test_standby_is_served_first():
    scores = [["i1", "e1", 900], ["i1", "e2", 500], ["i1", "e3", 600]]
    document = event(left=[person("i1", 1)], scores=scores)
    _, after = changed(document, {"no_show": ["e1"], "standby": ["e2"]})
    assert [row["b"] for row in after["added"]] == ["e2"]


def test_late_participant_meets_later():
    document = event(scores=[["i1", "e1", 900]], right=[person("e1", 1), person("e2", 1)])
    _, after = changed(document, {"late": [{"id": "e1", "until_slot": 2}]})
    assert [row["slot"] for row in after["meetings"]] == [2]
    assert after["removed"] == []


def test_agreed_meetings_of_the_late_that_fit_nowhere_are_removed():
    _, after = changed(round_table(), {"late": [{"id": "p1", "until_slot": 3}]})
    assert len(after["removed"]) == 3
    assert len(after["unplaced"]) == 0
