"""Chosen pairs into slots: chains first, then fill and exchange until nothing is won."""

from dataclasses import dataclass

import numpy as np

from scoring.meetings.board import NOWHERE, Board, Scratch, empty_board, scratch_for, seat_all
from scoring.meetings.improve import Worth, count, exchange, fill
from scoring.meetings.instance import Ints
from scoring.meetings.problem import Problem


@dataclass(frozen=True, eq=False)
class Placement:
    """A board in the making with the worth of its meetings."""

    problem: Problem
    board: Board
    worth: Worth
    chain: Scratch

    @property
    def met(self) -> Ints:
        """The seated pairs."""
        met: Ints = np.flatnonzero(self.board.slot != NOWHERE)
        return met

    @property
    def value(self) -> int:
        """Score less missing floors."""
        return self.problem.worth(self.met)


def new_placement(problem: Problem) -> Placement:
    """Nobody seated yet."""
    left, right = problem.left, problem.right
    lefts = len(left.cap)
    board = empty_board(
        np.concatenate([left.there, right.there]),
        np.concatenate([left.parallel, right.parallel]),
        np.stack([problem.pair_left, problem.pair_right + lefts], axis=1),
        problem.tables,
    )
    kept = np.zeros(len(problem.score), np.bool_)
    kept[problem.must] = True
    worth = Worth(
        score=problem.score,
        kept=kept,
        degree=np.zeros(lefts + len(right.cap), np.int64),
        cap=np.concatenate([left.cap, right.cap]),
        floor=np.concatenate([left.floor, right.floor]),
        bonus=problem.floor_bonus,
    )
    return Placement(problem, board, worth, scratch_for(board))


def seat(placement: Placement, meetings: Ints) -> Ints:
    """Seat the meetings, those with the least room first; those left over are returned."""
    seat_all(placement.board, placement.chain, hardest_first(placement.problem, meetings))
    seated = meetings[placement.board.slot[meetings] != NOWHERE]
    for meeting in seated:
        count(placement.board, placement.worth, meeting, 1)
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


def raise_worth(placement: Placement, order: Ints, rounds: int) -> None:
    """Fill and exchange over `order` until a round wins nothing."""
    board, chain, worth = placement.board, placement.chain, placement.worth
    for _ in range(rounds):
        filled = fill(board, chain, worth, order)
        won = exchange(board, chain, worth, order)
        if filled == 0 and won == 0:
            return


def best_first(problem: Problem) -> Ints:
    """All pairs, highest score first."""
    return np.argsort(-problem.score, kind="stable")
