"""After a change: fewest moves, nobody's confirmed meeting dropped, freed seats filled again."""

from collections import Counter
from dataclasses import replace
from operator import attrgetter

import numpy as np

from scoring.meetings.board import FREE, NOWHERE, put, row_with, seat_meeting
from scoring.meetings.breaks import breaks_by_person, rhythm_of
from scoring.meetings.choose import bound_on_score, select
from scoring.meetings.day import Day, day_after, gone
from scoring.meetings.instance import AgreedInstance, Bools, ChooseInstance, Instance
from scoring.meetings.plan import Change, Meeting, Move, Plan, Replanned, Unplaced
from scoring.meetings.problem import problem_of, scores_of
from scoring.meetings.why import below_floors
from scoring.texts import Text


def replan(instance: Instance, plan: Plan, change: Change) -> Replanned:
    """The plan after a change: what is over stays, at most `max_moves` meetings move.

    Meetings of those who cancelled or did not come are removed; of those who are late, moved to
    a later slot or, failing that, removed; freed people meet the best partner who has room.
    """
    day = day_after(instance, plan.meetings, change)
    dropped = [k for k in day.displaced if not _seat_again(day, k)]
    with_room = (day.degree < day.cap)[day.board.ends[len(day.old) :]].all(axis=1)
    for k in np.flatnonzero(with_room).tolist():
        _seat_fresh(day, len(day.old) + k)
    return _answer(day, plan, {*day.removed, *dropped})


def _seat_again(day: Day, meeting: int) -> bool:
    """Give a displaced meeting another slot, if the moves left allow it."""
    left = day.change.max_moves - _moved(day) - 1
    if left < 0:
        return False
    if isinstance(day.instance, AgreedInstance):
        return _seat_agreed(day, day.instance, meeting)
    return _seat(day, meeting, left)


def _seat_fresh(day: Day, meeting: int) -> None:
    a, b = day.board.ends[meeting]
    if day.degree[a] < day.cap[a] and day.degree[b] < day.cap[b]:
        _seat(day, meeting, day.change.max_moves - _moved(day))


def _seat(day: Day, meeting: int, moves: int) -> bool:
    """Seat a meeting with a chain of at most `moves` others, a direct seat first."""
    day.chain.longest[0] = moves
    if not seat_meeting(day.board, day.chain, meeting):
        return False
    day.degree[day.board.ends[meeting]] += 1
    return True


def _seat_agreed(day: Day, instance: AgreedInstance, meeting: int) -> bool:
    """Seat an agreed meeting where its ties and its order allow, moving nobody else."""
    board, agreed = day.board, {one.id: one for one in instance.meetings}
    name = day.old[meeting].id or ""
    slots = {one.id: int(board.slot[k]) for k, one in enumerate(day.old)}
    after = [slots[a] for a, b in instance.before if b == name and slots.get(a, -1) >= 0]
    before = [slots[b] for a, b in instance.before if a == name and slots.get(b, -1) >= 0]
    a, b = (int(person) for person in board.ends[meeting])
    for slot in instance.slots_open_to(agreed[name]):
        fits = board.load[slot] < board.tables[slot]
        fits = fits and max(after, default=-1) < slot < min(before, default=instance.slots)
        if fits and row_with(board, a, slot, FREE) >= 0 and row_with(board, b, slot, FREE) >= 0:
            put(board, meeting, slot)
            return True
    return False


def _moved(day: Day) -> int:
    """How many old meetings now have another slot."""
    now = day.board.slot[: len(day.old)]
    return int(np.count_nonzero((now != day.was) & (now != NOWHERE)))


def _answer(day: Day, plan: Plan, removed: set[int]) -> Replanned:
    """What changed, and the plan it leads to."""
    now, olds = day.board.slot, len(day.old)
    stays = now[:olds] == day.was
    wandering = [k for k in np.flatnonzero(~stays).tolist() if k not in removed]
    fresh = (olds + np.flatnonzero(now[olds:] != NOWHERE)).tolist()
    tables = _tables(day, stays, wandering + fresh)
    kept = [day.old[k] for k in np.flatnonzero(stays).tolist()]
    placed = {k: replace(day.old[k], slot=int(now[k]), table=tables[k]) for k in wandering} | {
        k: Meeting(int(now[k]), tables[k], *day.fresh[k - olds]) for k in fresh
    }
    moves = [
        Move(m.a, m.b, (m.slot, m.table), (placed[k].slot, placed[k].table))
        for k, m in ((k, day.old[k]) for k in wandering)
    ]
    meetings = tuple(sorted([*kept, *placed.values()], key=attrgetter("slot", "table")))
    return Replanned(
        plan=_plan(day, plan, meetings),
        kept=len(kept),
        moved=tuple(moves),
        added=tuple(placed[k] for k in fresh),
        removed=tuple(day.old[k] for k in sorted(removed)),
    )


def _tables(day: Day, stays: Bools, meetings: list[int]) -> dict[int, int]:
    """Tables for meetings that are new in their slot: their old one or the lowest free one."""
    tables: dict[int, int] = {}
    taken = {
        slot: {day.old[k].table for k in np.flatnonzero(stays & (day.was == slot)).tolist()}
        for slot in {int(day.board.slot[k]) for k in meetings}
    }
    for k in meetings:
        slot = int(day.board.slot[k])
        usual = day.old[k].table if k < len(day.old) else 0
        choice = (usual, *range(day.instance.tables[slot]))
        most = day.instance.tables[slot]
        tables[k] = next(t for t in choice if t < most and t not in taken[slot])
        taken[slot].add(tables[k])
    return tables


def _plan(day: Day, plan: Plan, meetings: tuple[Meeting, ...]) -> Plan:
    """The new plan's figures and reasons."""
    instance = day.instance
    breaks = int(breaks_by_person(rhythm_of(day.board).busy).sum())
    if isinstance(instance, AgreedInstance):
        gap = float(breaks > 0)
        return Plan(meetings, breaks, 0, gap, proven=breaks == 0, breaks=breaks, seed=plan.seed)
    met = {(m.a, m.b) for m in meetings}
    before = {(m.a, m.b) for m in day.old}
    scores = scores_of(instance, met ^ before)
    score = plan.score + sum(s if pair in met else -s for pair, s in scores.items())
    bound = _bound(instance, plan, meetings)
    away = gone(day.change)
    wishes = [one for one in plan.unplaced if (one.a, one.b) not in met]
    wishes = [one for one in wishes if away.isdisjoint((one.a, one.b))]
    lost = sorted(pair for pair in before - met if away.isdisjoint(pair))
    left = Text("no-slot-left", {})
    return Plan(
        meetings=meetings,
        score=score,
        bound=bound,
        gap=(bound - score) / bound if bound else 0.0,
        proven=bound == score,
        breaks=breaks,
        unplaced=(*wishes, *(Unplaced(a, b, "no_common_slot", left) for a, b in lost)),
        below_floor=tuple(one for one in below_floors(instance, meetings) if one.id not in away),
        seed=plan.seed,
    )


def _bound(instance: ChooseInstance, plan: Plan, meetings: tuple[Meeting, ...]) -> int:
    """The old bound holds, for a change only takes away; unless musts or floors were given up."""
    met = {(m.a, m.b) for m in meetings}
    musts = tuple(must for must in instance.must if (must.left, must.right) in met)
    floors = any(one.at_least for one in instance.left + instance.right)
    if len(musts) == len(instance.must) and not floors:
        return plan.bound
    problem = problem_of(replace(instance, must=musts))
    selection = select(problem)
    counts = Counter(name for meeting in meetings for name in (meeting.a, meeting.b))
    people = zip(
        instance.left + instance.right,
        np.concatenate([problem.left.floor, problem.right.floor]).tolist(),
        strict=True,
    )
    short = sum(max(0, floor - counts[one.id]) for one, floor in people)
    return bound_on_score(problem, selection, selection.bound, short)
