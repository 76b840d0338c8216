"""JSON documents to plans; a plan that breaks a rule of its instance is refused with the rule."""

from typing import Any

from scoring.meetings.certificate import break_counts, conflicts
from scoring.meetings.fields import known_word, list_at, needed, object_at, only, whole
from scoring.meetings.instance import ChooseInstance, Instance, MalformedError
from scoring.meetings.plan import Meeting, Plan
from scoring.meetings.problem import scores_of
from scoring.meetings.texts import say

LOST_BY_CHANGE = ("must-missing", "agreed-missing", "unfair-breaks")
MEETING_KEYS = ("id", "a", "b", "slot", "table")


def read_plan(document: Any, instance: Instance) -> Plan:
    """The plan a JSON document describes, checked against the instance it belongs to."""
    document = object_at(document, "$")
    rows = list_at(needed(document, "meetings", "$"), "$.meetings")
    meetings = tuple(
        sorted(_meeting(row, instance, f"$.meetings[{i}]") for i, row in enumerate(rows))
    )
    broken = [one for one in conflicts(instance, meetings) if one.code not in LOST_BY_CHANGE]
    if broken:
        raise MalformedError("$.meetings", say(broken[0], "en"))
    breaks = sum(break_counts(instance, meetings).values())
    score = breaks
    if isinstance(instance, ChooseInstance):
        score = sum(scores_of(instance, [(m.a, m.b) for m in meetings]).values())
    bound = whole(document.get("bound", score), "$.bound", most=10**18)
    better = bound - score if isinstance(instance, ChooseInstance) else score - bound
    if better < 0:
        raise MalformedError("$.bound", f"{bound} does not bound the score of {score}")
    share = better / (max(bound, 1) if isinstance(instance, ChooseInstance) else max(score, 1))
    return Plan(meetings, score, bound, share, bound == score, breaks)


def _meeting(row: Any, instance: Instance, path: str) -> Meeting:
    row = object_at(row, path)
    only(row, MEETING_KEYS, path)
    if isinstance(instance, ChooseInstance):
        lefts, rights = instance.left_position, instance.right_position
        name = None
    else:
        lefts = rights = instance.position
        named = {meeting.id: 0 for meeting in instance.meetings}
        name = known_word(needed(row, "id", path), named, f"{path}.id", "meeting")
    return Meeting(
        slot=whole(needed(row, "slot", path), f"{path}.slot", most=instance.slots - 1),
        table=whole(needed(row, "table", path), f"{path}.table"),
        a=known_word(needed(row, "a", path), lefts, f"{path}.a", "participant"),
        b=known_word(needed(row, "b", path), rights, f"{path}.b", "participant"),
        id=name,
    )
