"""JSON documents to instances and changes; what is malformed is refused by path and reason."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from scoring.meetings.fields import (
    known_word,
    list_at,
    needed,
    object_at,
    only,
    row_at,
    slots_at,
    whole,
    word,
)
from scoring.meetings.instance import (
    AgreedInstance,
    AgreedMeeting,
    ChooseInstance,
    Instance,
    MalformedError,
    Must,
    Pairs,
    Participant,
)
from scoring.meetings.plan import Change, Late

MOST_SLOTS = 1000
COMMON_KEYS = ("mode", "slots", "tables", "sessions")
CHOOSE_KEYS = (*COMMON_KEYS, "left", "right", "scores", "must", "never")
AGREED_KEYS = (*COMMON_KEYS, "participants", "meetings", "before", "max_break_difference")
CHANGE_KEYS = ("frozen_before_slot", "cancelled", "late", "no_show", "standby", "max_moves")


def read_instance(document: Any) -> Instance:
    """The instance a JSON document describes, or MalformedError."""
    document = object_at(document, "$")
    mode = needed(document, "mode", "$")
    if mode == "choose":
        return _choose(document)
    if mode == "agreed":
        return _agreed(document)
    raise MalformedError("$.mode", 'must be "choose" or "agreed"')


def read_change(document: Any, instance: Instance) -> Change:
    """The change a JSON document describes, its ids checked against the instance."""
    document = object_at(document, "$")
    only(document, CHANGE_KEYS, "$")
    names = {one.id: one for one in everyone(instance)}

    def ids(key: str) -> tuple[str, ...]:
        rows = list_at(document.get(key, []), f"$.{key}")
        return tuple(
            known_word(row, names, f"$.{key}[{i}]", "participant") for i, row in enumerate(rows)
        )

    late = []
    for i, row in enumerate(list_at(document.get("late", []), "$.late")):
        path = f"$.late[{i}]"
        only(object_at(row, path), ("id", "until_slot"), path)
        name = known_word(needed(row, "id", path), names, f"{path}.id", "participant")
        until = needed(row, "until_slot", path)
        late.append(Late(name, whole(until, f"{path}.until_slot", most=instance.slots)))
    frozen = document.get("frozen_before_slot", 0)
    return Change(
        frozen_before_slot=whole(frozen, "$.frozen_before_slot", most=instance.slots),
        cancelled=ids("cancelled"),
        late=tuple(late),
        no_show=ids("no_show"),
        standby=ids("standby"),
        max_moves=whole(document.get("max_moves", 6), "$.max_moves"),
    )


def everyone(instance: Instance) -> tuple[Participant, ...]:
    """All participants, left before right."""
    if isinstance(instance, ChooseInstance):
        return instance.left + instance.right
    return instance.participants


def _choose(document: Mapping[str, Any]) -> ChooseInstance:
    only(document, CHOOSE_KEYS, "$")
    tables, sessions = _frame(document)
    slots = len(tables)
    seen: set[str] = set()
    left = _side(document, "left", slots, seen)
    right = _side(document, "right", slots, seen)
    lefts = {one.id: i for i, one in enumerate(left)}
    rights = {one.id: i for i, one in enumerate(right)}
    return ChooseInstance(
        tables=tables,
        left=left,
        right=right,
        pairs=_pairs(document, lefts, rights),
        must=_musts(document, lefts, rights, slots),
        never=_nevers(document, lefts, rights),
        sessions=sessions,
    )


def _frame(
    document: Mapping[str, Any],
) -> tuple[tuple[int, ...], dict[str, tuple[int, ...]]]:
    slots = whole(needed(document, "slots", "$"), "$.slots", least=1, most=MOST_SLOTS)
    tables = needed(document, "tables", "$")
    if isinstance(tables, list | tuple):
        row = row_at(tables, slots, "$.tables")
        counts = tuple(whole(count, f"$.tables[{t}]") for t, count in enumerate(row))
    else:
        counts = (whole(tables, "$.tables"),) * slots
    named = object_at(document.get("sessions", {}), "$.sessions")
    sessions = {
        name: slots_at(listed, slots, f"$.sessions.{name}") for name, listed in named.items()
    }
    return counts, sessions


def _side(
    document: Mapping[str, Any], key: str, slots: int, seen: set[str]
) -> tuple[Participant, ...]:
    rows = list_at(needed(document, key, "$"), f"$.{key}")
    return tuple(_participant(row, slots, f"$.{key}[{i}]", seen) for i, row in enumerate(rows))


def _participant(row: Any, slots: int, path: str, seen: set[str]) -> Participant:
    row = object_at(row, path)
    only(row, ("id", "capacity", "at_least", "parallel", "unavailable"), path)
    parallel = whole(row.get("parallel", 1), f"{path}.parallel", least=1, most=1000)
    return Participant(
        id=_new_id(row, path, seen),
        capacity=whole(needed(row, "capacity", path), f"{path}.capacity"),
        at_least=whole(row.get("at_least", 0), f"{path}.at_least"),
        parallel=parallel,
        unavailable=frozenset(slots_at(row.get("unavailable", []), slots, f"{path}.unavailable")),
    )


def _new_id(row: Mapping[str, Any], path: str, seen: set[str]) -> str:
    name = word(needed(row, "id", path), f"{path}.id")
    if name in seen:
        raise MalformedError(f"{path}.id", f"{name!r} is used twice")
    seen.add(name)
    return name


def _two(
    row: Any, lefts: Mapping[str, int], rights: Mapping[str, int], path: str
) -> tuple[str, str]:
    a = known_word(row[0], lefts, f"{path}[0]", "left participant")
    b = known_word(row[1], rights, f"{path}[1]", "right participant")
    return a, b


def _pairs(
    document: Mapping[str, Any], lefts: Mapping[str, int], rights: Mapping[str, int]
) -> Pairs:
    rows = list_at(needed(document, "scores", "$"), "$.scores")
    table = np.zeros((len(rows), 3), np.int64)
    seen: set[tuple[str, str]] = set()
    for i, row in enumerate(rows):
        path = f"$.scores[{i}]"
        pair = _two(row_at(row, 3, path), lefts, rights, path)
        if pair in seen:
            raise MalformedError(path, f"{pair[0]} and {pair[1]} are scored twice")
        seen.add(pair)
        table[i] = lefts[pair[0]], rights[pair[1]], whole(row[2], f"{path}[2]")
    return Pairs(*(np.ascontiguousarray(column) for column in table.T))


def _musts(
    document: Mapping[str, Any], lefts: Mapping[str, int], rights: Mapping[str, int], slots: int
) -> tuple[Must, ...]:
    musts, seen = [], set()
    for i, row in enumerate(list_at(document.get("must", []), "$.must")):
        path = f"$.must[{i}]"
        pair = _two(row_at(row, 3, path), lefts, rights, path)
        slot = None if row[2] is None else whole(row[2], f"{path}[2]", most=slots - 1)
        if pair in seen:
            raise MalformedError(path, f"{pair[0]} and {pair[1]} are named twice")
        seen.add(pair)
        musts.append(Must(*pair, slot))
    return tuple(musts)


def _nevers(
    document: Mapping[str, Any], lefts: Mapping[str, int], rights: Mapping[str, int]
) -> tuple[tuple[str, str], ...]:
    rows = list_at(document.get("never", []), "$.never")
    return tuple(
        _two(row_at(row, 2, f"$.never[{i}]"), lefts, rights, f"$.never[{i}]")
        for i, row in enumerate(rows)
    )


def _agreed(document: Mapping[str, Any]) -> AgreedInstance:
    only(document, AGREED_KEYS, "$")
    tables, sessions = _frame(document)
    slots = len(tables)
    seen: set[str] = set()
    participants = []
    for i, row in enumerate(list_at(needed(document, "participants", "$"), "$.participants")):
        path = f"$.participants[{i}]"
        only(object_at(row, path), ("id", "unavailable"), path)
        away = slots_at(row.get("unavailable", []), slots, f"{path}.unavailable")
        name = _new_id(row, path, seen)
        participants.append(Participant(name, capacity=slots, unavailable=frozenset(away)))
    meetings = _agreed_meetings(document, seen, sessions, slots)
    difference = document.get("max_break_difference")
    if difference is not None:
        difference = whole(difference, "$.max_break_difference")
    return AgreedInstance(
        tables=tables,
        participants=tuple(participants),
        meetings=meetings,
        before=_before(document, meetings),
        max_break_difference=difference,
        sessions=sessions,
    )


def _agreed_meetings(
    document: Mapping[str, Any],
    participants: set[str],
    sessions: Mapping[str, tuple[int, ...]],
    slots: int,
) -> tuple[AgreedMeeting, ...]:
    known, seen, meetings = dict.fromkeys(participants), set[str](), []
    for i, row in enumerate(list_at(needed(document, "meetings", "$"), "$.meetings")):
        path = f"$.meetings[{i}]"
        only(object_at(row, path), ("id", "a", "b", "session", "fixed"), path)
        name = _new_id(row, path, seen)
        a = known_word(needed(row, "a", path), known, f"{path}.a", "participant")
        b = known_word(needed(row, "b", path), known, f"{path}.b", "participant")
        if a == b:
            raise MalformedError(path, f"{a} cannot meet itself")
        session, fixed = row.get("session"), row.get("fixed")
        if session is not None:
            session = known_word(session, sessions, f"{path}.session", "session")
        if fixed is not None:
            fixed = whole(fixed, f"{path}.fixed", most=slots - 1)
        meetings.append(AgreedMeeting(name, a, b, session, fixed))
    return tuple(meetings)


def _before(
    document: Mapping[str, Any], meetings: tuple[AgreedMeeting, ...]
) -> tuple[tuple[str, str], ...]:
    known = {one.id: one for one in meetings}
    order = []
    for i, row in enumerate(list_at(document.get("before", []), "$.before")):
        path = f"$.before[{i}]"
        first, second = (
            known_word(name, known, f"{path}[{j}]", "meeting")
            for j, name in enumerate(row_at(row, 2, path))
        )
        if first == second:
            raise MalformedError(path, f"{first} cannot come before itself")
        order.append((first, second))
    return tuple(order)
