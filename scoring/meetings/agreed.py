"""Mode `agreed`: every meeting placed with the fewest breaks, proven, or refuted with a reason."""

from collections import Counter
from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any

import numpy as np
from pysat.examples.rc2 import RC2

from scoring.meetings.agreed_formula import AgreedFormula
from scoring.meetings.board import empty_board, put, scratch_for
from scoring.meetings.breaks import fewer_breaks
from scoring.meetings.certificate import break_counts
from scoring.meetings.instance import AgreedInstance, presence
from scoring.meetings.plan import Infeasible, Meeting, Plan
from scoring.meetings.tables import tables_for
from scoring.texts import Text

CONFLICTS_A_SECOND = 8_000
MOVES_A_SECOND = 50_000
MOST_MOVES = 3_000_000


class StoppedError(Exception):
    """The proof used up its conflicts, or its bound reached the best timetable known."""


class _Watched:
    """A clause solver that stops its search by conflicts, or when nothing is left to gain."""

    def __init__(self, search: RC2, conflicts: int, best: int) -> None:
        self._search, self._solver = search, search.oracle
        self._left, self._best = conflicts, best

    def __getattr__(self, name: str) -> Any:
        return getattr(self._solver, name)

    def solve_limited(self, assumptions: Sequence[int] = (), **_: object) -> bool:
        """Solve under assumptions, or raise StoppedError."""
        if self._search.cost >= self._best:
            raise StoppedError
        before = self._solver.accum_stats()["conflicts"]
        self._solver.conf_budget(max(1, self._left))
        answer = self._solver.solve_limited(assumptions=list(assumptions))
        self._left -= self._solver.accum_stats()["conflicts"] - before
        if answer is None:
            raise StoppedError
        return bool(answer)


def place_agreed(instance: AgreedInstance, *, seconds: float, seed: int) -> Plan | Infeasible:
    """The timetable of fewest breaks found, the bound proven for it, or why there is none."""
    refused = plainly_impossible(instance)
    if refused is not None:
        return Infeasible(refused)
    formula = AgreedFormula(instance)
    slots = formula.proof.solve()
    if slots is None:
        clash = [instance.meetings[k].id for k in formula.proof.clash()]
        return Infeasible(Text("meetings-clash", {"meetings": clash}))
    calm = calmed(instance, slots, moves=int(seconds * MOVES_A_SECOND), seed=seed)
    clauses = formula.with_breaks()
    if _unfair(instance, calm):
        fair = formula.proof.solve_with(clauses.hard)
        if fair is None:
            return Infeasible(Text("breaks-unfair", {"most": instance.max_break_difference}))
        calm = fair
    if not clauses.soft:
        return _plan(instance, calm, 0, seed)
    search = RC2(clauses, solver="cadical153")
    conflicts = int(seconds * CONFLICTS_A_SECOND)
    search.oracle = _Watched(search, conflicts, _breaks(instance, calm))
    try:
        best = formula.proof.slots_in(set(search.compute()))
    except StoppedError:
        best = calm
    return _plan(instance, best, search.cost, seed)


def calmed(instance: AgreedInstance, slots: list[int], *, moves: int, seed: int) -> list[int]:
    """A timetable of the same meetings with fewer breaks; tied meetings are left where they are."""
    ends = [(instance.position[m.a], instance.position[m.b]) for m in instance.meetings]
    people = instance.participants
    board = empty_board(
        presence(people, instance.slots),
        np.ones(len(people), np.int64),
        np.array(ends, np.int64).reshape(-1, 2),
        np.array(instance.tables, np.int64),
    )
    for meeting, slot in enumerate(slots):
        put(board, meeting, slot)
    ordered = {name for pair in instance.before for name in pair}
    board.pinned[:] = [
        meeting.session is not None or meeting.fixed is not None or meeting.id in ordered
        for meeting in instance.meetings
    ]
    fewer_breaks(board, scratch_for(board), min(MOST_MOVES, moves), seed)
    return [int(slot) for slot in board.slot]


def _placed(instance: AgreedInstance, slots: list[int]) -> list[Meeting]:
    rows = zip(instance.meetings, slots, strict=True)
    return [Meeting(slot, 0, meeting.a, meeting.b, meeting.id) for meeting, slot in rows]


def _breaks(instance: AgreedInstance, slots: list[int]) -> int:
    return sum(break_counts(instance, _placed(instance, slots)).values())


def _unfair(instance: AgreedInstance, slots: list[int]) -> bool:
    counts = break_counts(instance, _placed(instance, slots)).values()
    most = instance.max_break_difference
    return most is not None and bool(counts) and max(counts) - min(counts) > most


def plainly_impossible(instance: AgreedInstance) -> Text | None:
    """A reason that can be counted: no open slot, too many meetings, too few tables, a circle."""
    for meeting in instance.meetings:
        if not instance.slots_open_to(meeting):
            return Text("tied-out", {"id": meeting.id})
    counts = Counter(name for meeting in instance.meetings for name in (meeting.a, meeting.b))
    for one in instance.participants:
        slots = instance.slots - len(one.unavailable)
        if counts[one.id] > slots:
            values = {"id": one.id, "meetings": counts[one.id], "slots": slots}
            return Text("too-many-meetings", values)
    if sum(instance.tables) < len(instance.meetings):
        values = {"meetings": len(instance.meetings), "seats": sum(instance.tables)}
        return Text("too-few-tables", values)
    return _circle(instance)


def _circle(instance: AgreedInstance) -> Text | None:
    order: TopologicalSorter[str] = TopologicalSorter()
    for first, second in instance.before:
        order.add(second, first)
    try:
        order.prepare()
    except CycleError as circle:
        return Text("order-in-a-circle", {"meetings": list(circle.args[1])})
    return None


def _plan(instance: AgreedInstance, slots: list[int], bound: int, seed: int) -> Plan:
    ends = [(instance.position[m.a], instance.position[m.b]) for m in instance.meetings]
    tables = tables_for(slots, ends, np.array(instance.tables, np.int64))
    rows = zip(instance.meetings, slots, tables, strict=True)
    meetings = tuple(sorted(Meeting(t, table, m.a, m.b, m.id) for m, t, table in rows))
    breaks = sum(break_counts(instance, meetings).values())
    return Plan(
        meetings=meetings,
        score=breaks,
        bound=bound,
        gap=(breaks - bound) / max(breaks, 1),
        proven=breaks == bound,
        breaks=breaks,
        seed=seed,
    )
