"""Mode `agreed`: every meeting placed with the fewest breaks, proven, or refuted with a reason."""

from collections import Counter
from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any

import numpy as np
from pysat.examples.rc2 import RC2Stratified

from scoring.meetings.agreed_formula import AgreedFormula
from scoring.meetings.certificate import break_counts
from scoring.meetings.instance import AgreedInstance
from scoring.meetings.plan import Infeasible, Meeting, Plan
from scoring.meetings.tables import tables_for
from scoring.texts import Text

CONFLICTS_A_SECOND = 10_000


class OutOfWorkError(Exception):
    """The proof used up its conflicts."""


class _Counted:
    """A clause solver that counts conflicts and stops when they are used up."""

    def __init__(self, solver: Any, conflicts: int) -> None:
        self._solver = solver
        self._left = conflicts

    def __getattr__(self, name: str) -> Any:
        return getattr(self._solver, name)

    def solve(self, assumptions: Sequence[int] = ()) -> bool:
        """Solve under assumptions, or raise OutOfWorkError."""
        before = self._solver.accum_stats()["conflicts"]
        self._solver.conf_budget(max(1, self._left))
        answer = self._solver.solve_limited(assumptions=list(assumptions))
        self._left -= self._solver.accum_stats()["conflicts"] - before
        if answer is None:
            raise OutOfWorkError
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
    budget = int(seconds * CONFLICTS_A_SECOND)
    clauses = formula.with_breaks()
    if not clauses.soft:
        return _plan(instance, slots, 0, seed)
    search = RC2Stratified(clauses, solver="g4", adapt=True, exhaust=True, minz=True)
    search.oracle = _Counted(search.oracle, budget)
    try:
        model = search.compute()
        if model is None:
            return Infeasible(Text("breaks-unfair", {"most": instance.max_break_difference}))
        return _plan(instance, formula.proof.slots_in(set(model)), search.cost, seed)
    except OutOfWorkError:
        return _plan(instance, slots, search.cost, seed)


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
