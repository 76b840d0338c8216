"""Fewer breaks at the same meetings: slots exchanged along chains, hot at first, then cold.

A break is a maximal run of slots without a meeting between two meetings of one person.
"""

from typing import NamedTuple

import numpy as np

from scoring.meetings.board import NOWHERE, Board, Scratch, chain_of, flip
from scoring.meetings.compiled import compiled
from scoring.meetings.instance import Ints

STEEPEST = 12
LEVELS = 60
HOTTEST, COLDEST = 0.35, 0.15
LUCK = 1 << 30


class Rhythm(NamedTuple):
    """`busy[person, slot]`: how many meetings; `row_person[row]`: whose row it is."""

    busy: Ints
    row_person: Ints


class Course(NamedTuple):
    """Which meetings to try, the chance to accept by level and breaks added, moves, the seed."""

    meetings: Ints
    chance: Ints
    moves: int
    luck: int


def rhythm_of(board: Board) -> Rhythm:
    """Who is busy when, as the board stands."""
    per_person = np.diff(board.first_row)
    busy = np.add.reduceat((board.seat >= 0).astype(np.int64), board.first_row[:-1], axis=0)
    return Rhythm(busy, np.repeat(np.arange(len(per_person)), per_person))


def breaks_by_person(busy: Ints) -> Ints:
    """How many breaks each person has, given `busy[person, slot]`."""
    met = busy > 0
    starts = met.sum(axis=1) - (met[:, 1:] & met[:, :-1]).sum(axis=1)
    return np.asarray(np.maximum(0, starts - 1))


def fewer_breaks(board: Board, chain: Scratch, moves: int, seed: int) -> None:
    """Try so many random exchanges of two slots along a chain; the meetings stay the same."""
    meetings = np.flatnonzero((board.slot != NOWHERE) & ~board.pinned)
    if len(meetings) == 0 or len(board.tables) < 2:
        return
    heat = np.geomspace(HOTTEST, COLDEST, LEVELS)
    chance = (LUCK * np.exp(-np.arange(STEEPEST) / heat[:, None])).astype(np.int64)
    chance[-1, 1:] = 0
    _anneal(board, chain, rhythm_of(board), Course(meetings, chance, moves, seed + 1))


@compiled
def _anneal(board: Board, chain: Scratch, rhythm: Rhythm, course: Course) -> None:
    """Take every exchange that adds no break, and worse ones by chance, ever more rarely."""
    meetings, chance, moves, luck = course
    levels, slots = len(chance), len(board.tables)
    for move in range(moves):
        luck = _next(luck)
        meeting = meetings[(luck >> 8) % len(meetings)]
        luck = _next(luck)
        other = (luck >> 8) % slots
        slot = board.slot[meeting]
        if slot == other:
            continue
        size = chain_of(board, chain, meeting, other)
        if size[0] == 0 or not _tables_allow(board, chain, size[0], (slot, other)):
            continue
        added = _added_breaks(board, chain, rhythm, size[1], (slot, other, 1))
        luck = _next(luck)
        if added > 0:
            level = move * levels // moves
            if added >= chance.shape[1] or luck >> 1 >= chance[level, added]:
                _added_breaks(board, chain, rhythm, size[1], (slot, other, -1))
                continue
        flip(board, chain, size, (slot, other))


@compiled
def _next(luck: int) -> int:
    """The next number of a linear congruential row, below 2**31."""
    return (luck * 1103515245 + 12345) & 0x7FFFFFFF


@compiled
def _tables_allow(board: Board, chain: Scratch, meetings: int, pair: tuple[int, int]) -> bool:
    """Whether both slots have tables enough after the exchange."""
    slot, other = pair
    if meetings % 2 == 0:
        return True
    leaving = 0
    for k in range(meetings):
        leaving += 1 if board.slot[chain.meetings[k]] == slot else -1
    if leaving > 0:
        return bool(board.load[other] < board.tables[other])
    return bool(board.load[slot] < board.tables[slot])


@compiled
def _added_breaks(
    board: Board, chain: Scratch, rhythm: Rhythm, rows: int, change: tuple[int, int, int]
) -> int:
    """Note the exchange of two slots (1) or take it back (-1); how many runs that adds."""
    slot, other, by = change
    added = 0
    for k in range(rows):
        row = chain.rows[k]
        person = rhythm.row_person[row]
        here, there = board.seat[row, slot] >= 0, board.seat[row, other] >= 0
        if here == there:
            continue
        sign = by if here else -by
        added += _toggle(rhythm.busy, person, slot, -sign)
        added += _toggle(rhythm.busy, person, other, sign)
    return added


@compiled
def _toggle(busy: Ints, person: int, slot: int, by: int) -> int:
    """Count one meeting more or less; how the number of runs changes."""
    before = busy[person, slot] > 0
    busy[person, slot] += by
    if before == (busy[person, slot] > 0):
        return 0
    near = 0
    if slot > 0 and busy[person, slot - 1] > 0:
        near += 1
    if slot + 1 < busy.shape[1] and busy[person, slot + 1] > 0:
        near += 1
    return (1 - near) if by > 0 else (near - 1)
