"""Boards built slot by slot under prices: each slot takes what is worth more than it costs."""

import numpy as np

from scoring.meetings.board import NOWHERE
from scoring.meetings.grid import Grid, best_of_slot
from scoring.meetings.instance import Ints
from scoring.meetings.slot_prices import SlotPrices


def guided_slots(grid: Grid, prices: SlotPrices, musts: Ints, order: Ints) -> Ints:
    """The slot of each pair, or NOWHERE; `musts` holds the slots musts already have.

    Slots are taken in the given order; the people a slot uses up are not offered to the next.
    """
    problem = grid.problem
    number = np.full(grid.score.shape, -1, np.int64)
    number[problem.pair_left, problem.pair_right] = np.arange(len(problem.score))
    weight = grid.score - prices.left[:, None] - prices.right - prices.pair
    weight[~grid.listed | grid.must] = -1.0
    slots = musts.copy()
    degree_left, degree_right = problem.degrees(np.flatnonzero(slots != NOWHERE))
    for slot in order.tolist():
        here = np.flatnonzero(musts == slot)
        rows = _left_over(grid.rows[slot], problem.pair_left[here], degree_left < problem.left.cap)
        columns = _left_over(
            grid.columns[slot], problem.pair_right[here], degree_right < problem.right.cap
        )
        (i, j), worth = best_of_slot(weight, rows, columns, float(prices.table[slot]))
        kept = np.argsort(-worth, kind="stable")[: problem.tables[slot] - len(here)]
        taken = np.unique(number[i[kept], j[kept]])
        taken = _within_caps(grid, taken, degree_left, degree_right)
        slots[taken] = slot
        more_left, more_right = problem.degrees(taken)
        degree_left, degree_right = degree_left + more_left, degree_right + more_right
        weight[problem.pair_left[taken], problem.pair_right[taken]] = -1.0
    return slots


def _left_over(seats: Ints, used: Ints, open_people: np.typing.NDArray[np.bool_]) -> Ints:
    """The seats of a slot less those in use, of people below their cap."""
    free = np.bincount(seats, minlength=len(open_people)) - np.bincount(
        used, minlength=len(open_people)
    )
    return np.repeat(np.arange(len(open_people)), np.where(open_people, free, 0))


def _within_caps(grid: Grid, taken: Ints, degree_left: Ints, degree_right: Ints) -> Ints:
    """Of several meetings of one person in a slot no more than the cap allows, best first."""
    problem = grid.problem
    if problem.left.parallel.max(initial=1) == problem.right.parallel.max(initial=1) == 1:
        return taken
    room_left = problem.left.cap - degree_left
    room_right = problem.right.cap - degree_right
    kept = []
    for pair in taken[np.argsort(-problem.score[taken], kind="stable")].tolist():
        i, j = problem.pair_left[pair], problem.pair_right[pair]
        if room_left[i] > 0 and room_right[j] > 0:
            room_left[i] -= 1
            room_right[j] -= 1
            kept.append(pair)
    return np.array(kept, np.int64)
