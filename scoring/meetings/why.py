"""Why a wish was not met and why someone stays below the floor, read off the finished plan."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.meetings.instance import ChooseInstance, Ints
from scoring.meetings.plan import BelowFloor, Meeting, Unplaced
from scoring.meetings.problem import problem_of, scores_of
from scoring.texts import Text


@dataclass(frozen=True)
class _Seen:
    """A plan from one person's side: partner and score by slot, how many, and the cap."""

    id: str
    cap: int
    parallel: int
    there: frozenset[int]
    partners: dict[int, list[tuple[str, int]]]

    @property
    def meetings(self) -> int:
        """How many meetings the person has."""
        return sum(len(there) for there in self.partners.values())

    @property
    def full(self) -> bool:
        """Whether the cap is reached."""
        return self.meetings >= self.cap

    def free_in(self, slot: int) -> bool:
        """Whether one more meeting fits into the slot."""
        return slot in self.there and len(self.partners.get(slot, ())) < self.parallel

    def weakest(self, slots: Iterable[int]) -> tuple[str, int]:
        """The partner of lowest score in these slots."""
        held = [one for slot in slots for one in self.partners.get(slot, ())]
        return min(held, key=lambda one: (one[1], one[0]))


def why_not(
    instance: ChooseInstance, meetings: Sequence[Meeting], wishes: Iterable[tuple[str, str]]
) -> tuple[Unplaced, ...]:
    """The reason for each wish (left id, right id) among `wishes` that no meeting meets."""
    met = {(meeting.a, meeting.b) for meeting in meetings}
    wishes = [pair for pair in wishes if pair not in met]
    scores = scores_of(instance, [*met, *wishes])
    left, right = _seen(instance, meetings, scores)
    load = np.bincount([m.slot for m in meetings], minlength=instance.slots)
    open_slots = frozenset(np.flatnonzero(load < np.array(instance.tables)).tolist())
    used = frozenset(slot for slot, tables in enumerate(instance.tables) if tables > 0)
    return tuple(_unplaced(left[a], right[b], scores[a, b], used, open_slots) for a, b in wishes)


def strongest_wishes(instance: ChooseInstance) -> list[tuple[str, str]]:
    """Pairs among the best `capacity` of either side: those a reader would look for first."""
    pairs = instance.pairs
    never = set(instance.never)
    kept = np.zeros(len(pairs), np.bool_)
    for group, people in ((pairs.left, instance.left), (pairs.right, instance.right)):
        cap = np.array([min(one.capacity, len(pairs)) for one in people], np.int64)
        order = np.lexsort((-pairs.score, group))
        sizes = np.bincount(group, minlength=len(people))
        rank = np.arange(len(group)) - (np.cumsum(sizes) - sizes)[group[order]]
        kept[order] |= rank < cap[group[order]]
    left = [instance.left[i].id for i in pairs.left[kept].tolist()]
    right = [instance.right[j].id for j in pairs.right[kept].tolist()]
    return [pair for pair in zip(left, right, strict=True) if pair not in never]


def below_floors(instance: ChooseInstance, meetings: Sequence[Meeting]) -> tuple[BelowFloor, ...]:
    """Everyone with fewer meetings than `at_least`, and why."""
    if not any(one.at_least for one in instance.left + instance.right):
        return ()
    has = Counter(name for meeting in meetings for name in (meeting.a, meeting.b))
    if all(has[one.id] >= one.at_least for one in instance.left + instance.right):
        return ()
    partners = _partners(instance)
    load = np.bincount([m.slot for m in meetings], minlength=instance.slots)
    found = []
    for one in instance.left + instance.right:
        if has[one.id] < one.at_least:
            seats = (instance.slots - len(one.unavailable)) * one.parallel
            limits = (one.capacity, seats, partners[one.id])
            free = _free_table(instance, one.unavailable, load)
            why = _floor_reason(one.id, one.at_least, limits, free)
            found.append(BelowFloor(one.id, has[one.id], one.at_least, why))
    return tuple(found)


def _partners(instance: ChooseInstance) -> dict[str, int]:
    """With how many each could meet."""
    problem = problem_of(instance)
    left = np.bincount(problem.pair_left, minlength=len(instance.left))
    right = np.bincount(problem.pair_right, minlength=len(instance.right))
    names = (one.id for one in instance.left + instance.right)
    return dict(zip(names, [*left.tolist(), *right.tolist()], strict=True))


def _free_table(instance: ChooseInstance, away: frozenset[int], load: Ints) -> bool:
    return any(
        slot not in away and load[slot] < tables for slot, tables in enumerate(instance.tables)
    )


def _floor_reason(name: str, floor: int, limits: tuple[int, int, int], free: bool) -> Text:
    codes = ("floor-over-capacity", "floor-over-presence", "floor-over-partners")
    for code, limit in zip(codes, limits, strict=True):
        if limit < floor:
            return Text(code, {"id": name, "floor": floor, "most": limit})
    return Text("floor-outranked" if free else "floor-no-table", {"id": name, "floor": floor})


def _seen(
    instance: ChooseInstance, meetings: Sequence[Meeting], scores: dict[tuple[str, str], int]
) -> tuple[dict[str, _Seen], dict[str, _Seen]]:
    every = range(instance.slots)
    sides = tuple(
        {
            one.id: _Seen(
                one.id, one.capacity, one.parallel, frozenset(every) - one.unavailable, {}
            )
            for one in people
        }
        for people in (instance.left, instance.right)
    )
    for meeting in meetings:
        score = scores[meeting.a, meeting.b]
        sides[0][meeting.a].partners.setdefault(meeting.slot, []).append((meeting.b, score))
        sides[1][meeting.b].partners.setdefault(meeting.slot, []).append((meeting.a, score))
    return sides[0], sides[1]


def _unplaced(
    a: _Seen, b: _Seen, score: int, used: frozenset[int], open_slots: frozenset[int]
) -> Unplaced:
    why, detail = _reason(a, b, score, used, open_slots)
    return Unplaced(a.id, b.id, why, detail)


def _reason(
    a: _Seen, b: _Seen, score: int, used: frozenset[int], open_slots: frozenset[int]
) -> tuple[str, Text]:
    names: dict[str, object] = {"a": a.id, "b": b.id, "score": score}
    if not a.there & b.there:
        return "no_common_slot", Text("no-common-slot", names)
    common = a.there & b.there & used
    if not common:
        return "tables", Text("tables-none", names)
    for one in (a, b):
        if one.full:
            return _full_reason(one, score, names)
    free = [slot for slot in common if a.free_in(slot) and b.free_in(slot)]
    if free and not open_slots.intersection(free):
        return "tables", Text("tables-taken", names | {"slots": len(free)})
    for one in (a, b):
        held = [slot for slot in sorted(common) if not one.free_in(slot)]
        if held:
            return _held_reason(one, held, score, names)
    return "outranked", Text("outranked-together", names)


def _full_reason(one: _Seen, score: int, names: dict[str, object]) -> tuple[str, Text]:
    """The person's cap is used up: by better meetings, or to the plan's greater good."""
    names = names | {"id": one.id, "cap": one.cap}
    if one.cap == 0:
        return "capacity", Text("capacity-none", names)
    partner, least = one.weakest(one.there)
    if least >= score:
        return "outranked", Text("outranked", names | {"by": partner, "by_score": least})
    return "capacity", Text("capacity-used", names)


def _held_reason(
    one: _Seen, held: list[int], score: int, names: dict[str, object]
) -> tuple[str, Text]:
    """The person is taken in the slots both share: by better meetings, or to the greater good."""
    partner, least = one.weakest(held)
    names = names | {"id": one.id, "by": partner, "by_score": least, "slots": len(held)}
    if least >= score:
        return "outranked", Text("outranked-in-slots", names)
    return "no_common_slot", Text("no-free-slot", names)
