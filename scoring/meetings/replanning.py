"""After a change: fewest moves, nobody's confirmed meeting dropped, freed seats filled again."""

from collections import Counter
from dataclasses import replace

import numpy as np

from scoring.meetings.board import FREE, NOWHERE, put, row_with, seat_meeting
from scoring.meetings.certificate import break_counts
from scoring.meetings.choose import bound_on_score, select
from scoring.meetings.day import Day, day_after, gone
from scoring.meetings.instance import AgreedInstance, ChooseInstance, Instance
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
    for k in range(len(day.old), len(day.old) + len(day.fresh)):
        _seat_fresh(day, k)
    return _answer(day, plan, {*day.removed, *dropped})


def _seat_again(day: Day, meeting: int) -> bool:
    """Give a displaced meeting another slot, if the moves left allow it."""
    left = day.change.max_moves - len(_moved(day)) - 1
    if left < 0:
        return False
    if isinstance(day.instance, AgreedInstance):
        return _seat_agreed(day, day.instance, meeting)
    return _seat(day, meeting, left)


def _seat_fresh(day: Day, meeting: int) -> None:
    a, b = day.board.ends[meeting]
    if day.degree[a] < day.cap[a] and day.degree[b] < day.cap[b]:
        _seat(day, meeting, day.change.max_moves - len(_moved(day)))


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


def _moved(day: Day) -> list[int]:
    """Old meetings that now have another slot."""
    was = np.array([meeting.slot for meeting in day.old], np.int64)
    now = day.board.slot[: len(day.old)]
    return np.flatnonzero((now != was) & (now != NOWHERE)).tolist()


def _answer(day: Day, plan: Plan, removed: set[int]) -> Replanned:
    """What changed, and the plan it leads to."""
    tables = _tables(day)
    board = day.board
    kept, moves, added = [], [], []
    for k, meeting in enumerate(day.old):
        if k in removed:
            continue
        now = replace(meeting, slot=int(board.slot[k]), table=tables[k])
        if now == meeting:
            kept.append(meeting)
        else:
            was = (meeting.slot, meeting.table)
            moves.append((Move(meeting.a, meeting.b, was, (now.slot, now.table)), now))
    for k, (a, b) in enumerate(day.fresh, len(day.old)):
        if board.slot[k] != NOWHERE:
            added.append(Meeting(int(board.slot[k]), tables[k], a, b))
    meetings = tuple(sorted([*kept, *(now for _, now in moves), *added]))
    return Replanned(
        plan=_plan(day, plan, meetings),
        kept=len(kept),
        moved=tuple(move for move, _ in moves),
        added=tuple(added),
        removed=tuple(day.old[k] for k in sorted(removed)),
    )


def _tables(day: Day) -> dict[int, int]:
    """Meetings that stay in their slot keep their table; the others take the lowest free one."""
    tables: dict[int, int] = {}
    taken: set[tuple[int, int]] = set()
    wandering = []
    for k in np.flatnonzero(day.board.slot != NOWHERE).tolist():
        slot = int(day.board.slot[k])
        if k < len(day.old) and day.old[k].slot == slot:
            tables[k] = day.old[k].table
            taken.add((slot, tables[k]))
        else:
            wandering.append((k, slot))
    for k, slot in wandering:
        usual = day.old[k].table if k < len(day.old) else 0
        choice = [usual, *range(day.instance.tables[slot])]
        tables[k] = next(
            table
            for table in choice
            if table < day.instance.tables[slot] and (slot, table) not in taken
        )
        taken.add((slot, tables[k]))
    return tables


def _plan(day: Day, plan: Plan, meetings: tuple[Meeting, ...]) -> Plan:
    """The new plan's figures and reasons."""
    instance = day.instance
    breaks = sum(break_counts(instance, meetings).values())
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
