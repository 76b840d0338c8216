"""Does a plan keep every rule, and what does it prove: read from instance and plan alone."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from scoring.meetings.instance import AgreedInstance, ChooseInstance, Instance, Participant
from scoring.meetings.plan import Meeting, Plan, meeting_document
from scoring.texts import Text


@dataclass(frozen=True)
class Certificate:
    """What was proven of a plan; `plan` is the hash of its meetings, `conflicts` is empty."""

    plan: str
    score: int
    bound: int
    gap: float
    proven: bool
    conflicts: tuple[Text, ...]


def certificate_of(instance: Instance, plan: Plan) -> Certificate:
    """The certificate of a plan, its rules checked anew."""
    rows = [meeting_document(meeting) for meeting in sorted(plan.meetings)]
    canonical = json.dumps(rows, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    found = conflicts(instance, plan.meetings)
    return Certificate(digest, plan.score, plan.bound, plan.gap, plan.proven, found)


def conflicts(instance: Instance, meetings: Iterable[Meeting]) -> tuple[Text, ...]:
    """Every hard rule the meetings break, in a fixed order; empty for a timetable that holds.

    Whether all musts are there is part of it; floors are wishes and are not.
    """
    meetings = tuple(meetings)
    people = _people(instance)
    found = [*_places(instance, meetings), *_presence(people, meetings)]
    if isinstance(instance, ChooseInstance):
        found += [*_caps(people, meetings), *_choice(instance, meetings)]
    else:
        found += _agreement(instance, meetings)
    return tuple(found)


def _people(instance: Instance) -> dict[str, Participant]:
    if isinstance(instance, ChooseInstance):
        return {one.id: one for one in instance.left + instance.right}
    return {one.id: one for one in instance.participants}


def _places(instance: Instance, meetings: tuple[Meeting, ...]) -> Iterable[Text]:
    """Slots and tables exist, and no table is used twice at once."""
    used = Counter((meeting.slot, meeting.table) for meeting in meetings)
    for (slot, table), times in sorted(used.items()):
        where: dict[str, object] = {"slot": slot, "table": table}
        if not 0 <= slot < instance.slots or not 0 <= table < instance.tables[slot]:
            yield Text("no-such-table", where)
        elif times > 1:
            yield Text("table-taken-twice", where)


def _presence(people: dict[str, Participant], meetings: tuple[Meeting, ...]) -> Iterable[Text]:
    """Everyone is there, and in no more meetings at once than they have representatives."""
    busy = Counter((name, m.slot) for m in meetings for name in (m.a, m.b))
    for (name, slot), times in sorted(busy.items()):
        where: dict[str, object] = {"id": name, "slot": slot}
        if name not in people:
            yield Text("unknown-participant", where)
        elif slot in people[name].unavailable:
            yield Text("absent", where)
        elif times > people[name].parallel:
            yield Text("double-booked", where)


def _caps(people: dict[str, Participant], meetings: tuple[Meeting, ...]) -> Iterable[Text]:
    counts = Counter(name for m in meetings for name in (m.a, m.b))
    for name, times in sorted(counts.items()):
        if name in people and times > people[name].capacity:
            yield Text("over-capacity", {"id": name, "most": people[name].capacity})


def _choice(instance: ChooseInstance, meetings: tuple[Meeting, ...]) -> Iterable[Text]:
    """Pairs meet once, were listed, are not among `never`; musts are there, in their slot."""
    slots = {(m.a, m.b): m.slot for m in meetings}
    allowed = _listed(instance, set(slots))
    for a, b in sorted({pair for pair in slots if pair not in allowed}):
        yield Text("not-listed", {"a": a, "b": b})
    for (a, b), times in sorted(Counter((m.a, m.b) for m in meetings).items()):
        if times > 1:
            yield Text("met-twice", {"a": a, "b": b})
    for pair in instance.never:
        if pair in slots:
            yield Text("never-met", {"a": pair[0], "b": pair[1]})
    for must in instance.must:
        slot = slots.get((must.left, must.right))
        if slot is None or must.slot not in (None, slot):
            yield Text("must-missing", {"a": must.left, "b": must.right})


def _listed(instance: ChooseInstance, pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    columns = (instance.pairs.left.tolist(), instance.pairs.right.tolist())
    scored = {(instance.left[i].id, instance.right[j].id) for i, j in zip(*columns, strict=True)}
    return pairs & (scored | {(must.left, must.right) for must in instance.must})


def _agreement(instance: AgreedInstance, meetings: tuple[Meeting, ...]) -> Iterable[Text]:
    """Each agreed meeting is there once, where its ties allow, and in its order."""
    counts = Counter(meeting.id for meeting in meetings)
    by_id = {meeting.id: meeting for meeting in meetings}
    for agreed in instance.meetings:
        placed = by_id.get(agreed.id)
        if placed is None or counts[agreed.id] != 1 or (placed.a, placed.b) != (agreed.a, agreed.b):
            yield Text("agreed-missing", {"id": agreed.id})
        elif placed.slot not in instance.slots_open_to(agreed):
            yield Text("outside-ties", {"id": agreed.id, "slot": placed.slot})
    for first, second in instance.before:
        if first in by_id and second in by_id and by_id[first].slot >= by_id[second].slot:
            yield Text("wrong-order", {"first": first, "second": second})
    difference = instance.max_break_difference
    counted = break_counts(instance, meetings).values()
    if difference is not None and counted and max(counted) - min(counted) > difference:
        yield Text("unfair-breaks", {"most": difference})


def break_counts(instance: Instance, meetings: Iterable[Meeting]) -> dict[str, int]:
    """How many breaks each participant has."""
    busy: dict[str, set[int]] = {name: set() for name in _people(instance)}
    for meeting in meetings:
        busy.setdefault(meeting.a, set()).add(meeting.slot)
        busy.setdefault(meeting.b, set()).add(meeting.slot)
    return {
        name: max(0, sum(slot - 1 not in slots for slot in slots) - 1)
        for name, slots in busy.items()
    }
