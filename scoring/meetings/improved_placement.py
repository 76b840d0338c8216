"""From chosen pairs to the best board: place, then improve in ever wider neighbourhoods."""

import numpy as np

from scoring.meetings.bounds import gains
from scoring.meetings.choose import Selection
from scoring.meetings.instance import Ints
from scoring.meetings.place import Placement, raise_worth, seat
from scoring.meetings.problem import Problem

ROUNDS = 8
WIDEST = 0.15


def improved(problem: Problem, placement: Placement, selection: Selection) -> tuple[Placement, int]:
    """The selection on the board of the musts, improved, and the least bound on the worth."""
    chosen = selection.chosen[placement.board.slot[selection.chosen] < 0]
    if len(seat(placement, chosen)):
        raise_worth(placement, near_misses(problem, selection), ROUNDS)
    return placement, selection.bound


def near_misses(problem: Problem, selection: Selection) -> Ints:
    """Pairs whose price is not far above their score, dearest score first."""
    gain = gains(problem, selection.prices)
    floor = -WIDEST * problem.score.max(initial=0)
    near = np.flatnonzero(gain >= floor)
    return near[np.argsort(-problem.score[near], kind="stable")].astype(np.int64)
