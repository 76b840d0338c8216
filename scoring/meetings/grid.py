"""The time-indexed view: scores as a matrix, and who could sit in each slot."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from scoring.meetings.instance import Bools, Ints
from scoring.meetings.problem import Problem, Side

Floats = npt.NDArray[np.float64]
Picked = tuple[Ints, Ints]


@dataclass(frozen=True, eq=False)
class Grid:
    """`score` and `listed` are (left, right); a must with a slot is barred from all others."""

    problem: Problem
    score: Floats
    listed: Bools

    @staticmethod
    def of(problem: Problem) -> "Grid":
        """The matrices of a problem."""
        shape = len(problem.left.cap), len(problem.right.cap)
        score, listed = np.zeros(shape), np.zeros(shape, np.bool_)
        score[problem.pair_left, problem.pair_right] = problem.score
        listed[problem.pair_left, problem.pair_right] = True
        return Grid(problem, score, listed)

    @cached_property
    def rows(self) -> list[Ints]:
        """For each slot the left people there, once for each representative."""
        return _seats(self.problem.left)

    @cached_property
    def columns(self) -> list[Ints]:
        """For each slot the right people there, once for each representative."""
        return _seats(self.problem.right)

    @cached_property
    def room(self) -> Ints:
        """How many meetings each slot can hold: tables, or people where they are fewer."""
        people = [min(len(a), len(b)) for a, b in zip(self.rows, self.columns, strict=True)]
        return np.minimum(self.problem.tables, people)

    @cached_property
    def cells(self) -> int:
        """The sizes of all assignments of one sweep over the slots, added up."""
        return sum(len(a) * len(b) for a, b in zip(self.rows, self.columns, strict=True))

    @cached_property
    def must(self) -> Bools:
        """Which pairs are musts."""
        problem, must = self.problem, np.zeros_like(self.listed)
        must[problem.pair_left[problem.must], problem.pair_right[problem.must]] = True
        return must

    @cached_property
    def pinned(self) -> list[Picked]:
        """For each slot the musts that are tied to another one."""
        problem = self.problem
        tied = problem.must[problem.must_slot >= 0]
        slots = problem.must_slot[problem.must_slot >= 0]
        others = [tied[slots != slot] for slot in range(problem.slots)]
        return [(problem.pair_left[one], problem.pair_right[one]) for one in others]


def best_of_slot(weight: Floats, rows: Ints, columns: Ints, price: float) -> tuple[Picked, Floats]:
    """The assignment worth most above the price, and what each pair is worth above it."""
    here = np.maximum(0, weight[np.ix_(rows, columns)] - price)
    i, j = linear_sum_assignment(here, maximize=True)
    worth = here[i, j]
    kept = worth > 0
    return (rows[i[kept]], columns[j[kept]]), worth[kept]


def _seats(side: Side) -> list[Ints]:
    people = np.arange(len(side.cap))
    return [
        np.repeat(people, np.where(side.there[:, slot], side.parallel, 0))
        for slot in range(side.there.shape[1])
    ]
