"""Mode `choose`: select, place, improve, calm; the steps in their order."""

import numpy as np

from scoring.meetings.breaks import breaks_by_person, fewer_breaks, rhythm_of
from scoring.meetings.choose import bound_on_score, select
from scoring.meetings.improved_placement import improved
from scoring.meetings.instance import ChooseInstance
from scoring.meetings.musts import impossible_must, seat_musts
from scoring.meetings.place import Placement, new_placement
from scoring.meetings.plan import Infeasible, Meeting, Plan
from scoring.meetings.problem import problem_of
from scoring.meetings.tables import tables_for
from scoring.meetings.why import below_floors, strongest_wishes, why_not

BREAK_MOVES_A_SECOND, BREAK_MOVES_A_MEETING = 320_000, 500


def choose_and_place(instance: ChooseInstance, *, seconds: float, seed: int) -> Plan | Infeasible:
    """The best plan found, with its bound; `seconds` is left to timetable's caller to fill in.

    The work done follows from `seconds` by fixed rates and not from the clock, so that the same
    input, seed and seconds give the same plan on every machine.
    """
    refused = impossible_must(instance)
    if refused is not None:
        return Infeasible(refused)
    problem = problem_of(instance)
    musts = new_placement(problem)
    refused = seat_musts(instance, musts)
    if refused is not None:
        return Infeasible(refused)
    selection = select(problem)
    placement, bound = improved(problem, musts, selection, seconds=seconds, seed=seed)
    short = problem.shortfall(placement.met)
    moves = int(seconds * BREAK_MOVES_A_SECOND)
    moves = min(moves, BREAK_MOVES_A_MEETING * len(placement.met))
    fewer_breaks(placement.board, placement.chain, moves, seed)
    return finished(instance, placement, bound_on_score(problem, selection, bound, short), seed)


def finished(instance: ChooseInstance, placement: Placement, bound: int, seed: int) -> Plan:
    """The board as a plan, with tables, reasons and certificate figures."""
    problem, met = placement.problem, placement.met
    meetings = _meetings(instance, placement)
    score = int(problem.score[met].sum())
    wishes = strongest_wishes(instance)
    return Plan(
        meetings=meetings,
        score=score,
        bound=bound,
        gap=(bound - score) / bound if bound else 0.0,
        proven=bound == score,
        breaks=int(breaks_by_person(rhythm_of(placement.board).busy).sum()),
        unplaced=why_not(instance, meetings, wishes),
        below_floor=below_floors(instance, meetings),
        seed=seed,
    )


def _meetings(instance: ChooseInstance, placement: Placement) -> tuple[Meeting, ...]:
    problem, met = placement.problem, placement.met
    slots = placement.board.slot[met]
    order = np.lexsort((met, slots))
    met, slots = met[order], slots[order]
    ends = [(int(a), int(b)) for a, b in placement.board.ends[met]]
    tables = tables_for(slots.tolist(), ends, problem.tables)
    left, right = problem.pair_left[met].tolist(), problem.pair_right[met].tolist()
    rows = zip(slots.tolist(), tables, left, right, strict=True)
    return tuple(
        sorted(
            Meeting(t, table, instance.left[i].id, instance.right[j].id) for t, table, i, j in rows
        )
    )
