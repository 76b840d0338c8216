"""From chosen pairs to the best board: place, recombine with proposals, then follow prices."""

from dataclasses import dataclass

import numpy as np

from scoring.meetings.board import NOWHERE
from scoring.meetings.bounds import gains
from scoring.meetings.choose import Selection
from scoring.meetings.grid import Grid
from scoring.meetings.guided import guided_slots
from scoring.meetings.instance import Ints
from scoring.meetings.place import Placement, seat, seated
from scoring.meetings.problem import Problem
from scoring.meetings.recombine import Ground, recombined
from scoring.meetings.slot_prices import slot_prices

NEAR_PER_MEETING = 10
STUBBORN = 3
CELLS_A_SECOND = 15_000_000
ARCS_A_SECOND = 300_000
SETTLING, PRICING, BUILDING = 0.2, 0.4, 0.25
MOST_SETTLING, MOST_SWEEPS, MOST_BOARDS, FEWEST_SWEEPS = 20, 150, 24, 12
GOOD_ENOUGH = 0.0005


@dataclass(frozen=True)
class Effort:
    """How often to recombine, to sweep for prices and to build boards under them."""

    settling: int
    sweeps: int
    boards: int

    @staticmethod
    def of(seconds: float, ground: Ground, grid: Grid) -> "Effort":
        """What fits into `seconds` at the usual speed of one processor."""
        flow = max(1, len(ground.near)) / ARCS_A_SECOND
        sweep = max(1, grid.cells) / CELLS_A_SECOND
        return Effort(
            settling=min(MOST_SETTLING, 1 + int(SETTLING * seconds / flow)),
            sweeps=min(MOST_SWEEPS, int(PRICING * seconds / sweep)),
            boards=min(MOST_BOARDS, int(BUILDING * seconds / (sweep + 5 * flow))),
        )


def improved(
    problem: Problem, musts: Placement, selection: Selection, *, seconds: float, seed: int
) -> tuple[Placement, int]:
    """The selection on the board of the musts, improved, and the least bound on the worth."""
    fixed = musts.board.slot.copy()
    chosen = selection.chosen[fixed[selection.chosen] == NOWHERE]
    if len(seat(musts, chosen)) == 0:
        return musts, selection.bound
    random = np.random.default_rng(seed)
    ground = Ground.of(problem, near_misses(problem, selection))
    grid = Grid.of(problem)
    effort = Effort.of(seconds, ground, grid)
    slots = _settled(ground, musts.board.slot, effort.settling, random)
    bound = selection.bound
    good = bound - _worth(problem, slots) <= GOOD_ENOUGH * abs(bound)
    if not good and effort.sweeps >= FEWEST_SWEEPS:
        prices, tighter = slot_prices(grid, selection.prices, effort.sweeps)
        bound = min(bound, tighter)
        for _ in range(effort.boards):
            order = random.permutation(problem.slots)
            other = _settled(ground, guided_slots(grid, prices, fixed, order), STUBBORN, random)
            if _worth(problem, other) > _worth(problem, slots):
                slots, other = other, slots
            slots = _better(problem, slots, recombined(ground, slots, other, random))
    return seated(problem, slots), bound


def near_misses(problem: Problem, selection: Selection) -> Ints:
    """The pairs that gain most at the selection's prices, several for each chosen one."""
    gain = gains(problem, selection.prices)
    near = np.argsort(-gain, kind="stable")[: NEAR_PER_MEETING * len(selection.chosen)]
    return np.sort(near)


def _settled(ground: Ground, slots: Ints, rounds: int, random: np.random.Generator) -> Ints:
    """The slots after recombining with proposals, until that stops paying."""
    nothing = np.full(len(slots), NOWHERE, np.int64)
    idle = 0
    for _ in range(rounds):
        after = _better(ground.problem, slots, recombined(ground, slots, nothing, random))
        gained = _worth(ground.problem, after) - _worth(ground.problem, slots)
        slots = after
        idle = idle + 1 if gained <= 0 else 0
        if idle >= STUBBORN:
            break
    return slots


def _better(problem: Problem, slots: Ints, after: Ints) -> Ints:
    return after if _worth(problem, after) >= _worth(problem, slots) else slots


def _worth(problem: Problem, slots: Ints) -> int:
    return problem.worth(np.flatnonzero(slots != NOWHERE))
