"""Chosen pairs into slots, moving others along chains where two have no free slot in common."""

from dataclasses import dataclass

import numpy as np

from scoring.meetings.board import NOWHERE, Board, Scratch, empty_board, put, scratch_for, seat_all
from scoring.meetings.instance import Ints
from scoring.meetings.problem import Problem


@dataclass(frozen=True, eq=False)
class Placement:
    """A board in the making."""

    problem: Problem
    board: Board
    chain: Scratch

    @property
    def met(self) -> Ints:
        """The seated pairs."""
        met: Ints = np.flatnonzero(self.board.slot != NOWHERE)
        return met


def new_placement(problem: Problem) -> Placement:
    """Nobody seated yet."""
    left, right = problem.left, problem.right
    board = empty_board(
        np.concatenate([left.there, right.there]),
        np.concatenate([left.parallel, right.parallel]),
        np.stack([problem.pair_left, problem.pair_right + len(left.cap)], axis=1),
        problem.tables,
    )
    return Placement(problem, board, scratch_for(board))


def seated(problem: Problem, slots: Ints) -> Placement:
    """Every pair in its slot; musts tied to a slot are pinned."""
    placement = new_placement(problem)
    for pair in np.flatnonzero(slots != NOWHERE).tolist():
        put(placement.board, pair, int(slots[pair]))
    placement.board.pinned[problem.must] = problem.must_slot >= 0
    return placement


def seat(placement: Placement, meetings: Ints) -> Ints:
    """Seat the meetings, those with the least room first; those left over are returned."""
    seat_all(placement.board, placement.chain, hardest_first(placement.problem, meetings))
    left: Ints = meetings[placement.board.slot[meetings] == NOWHERE]
    return left


def hardest_first(problem: Problem, meetings: Ints) -> Ints:
    """Meetings by how few slots both have, then by how little room their people have."""
    i, j = problem.pair_left[meetings], problem.pair_right[meetings]
    common = (problem.left.there[i] & problem.right.there[j]).sum(axis=1)
    left, right = problem.degrees(meetings)
    room_left = problem.left.there.sum(axis=1) * problem.left.parallel - left
    room_right = problem.right.there.sum(axis=1) * problem.right.parallel - right
    order = np.lexsort((meetings, room_left[i] + room_right[j], common))
    return np.asarray(meetings[order])
