"""The board: who sits where in which slot, and the moves that never seat anybody twice.

A person with several representatives has as many rows. In `seat[row, slot]` stands the meeting,
FREE or AWAY; `slot[meeting]` is its slot or NOWHERE.
"""

from typing import NamedTuple

import numpy as np

from scoring.meetings.compiled import compiled
from scoring.meetings.instance import Bools, Ints

FREE = -1
AWAY = -2
NOWHERE = -1


class Board(NamedTuple):
    """`ends[meeting]` are its two people, `first_row[person]` the first of a person's rows."""

    seat: Ints
    slot: Ints
    ends: Ints
    first_row: Ints
    load: Ints
    tables: Ints
    pinned: Bools


class Scratch(NamedTuple):
    """Room for one chain: meetings that change slot, their rows; `longest[0]` meetings at most."""

    meetings: Ints
    rows: Ints
    longest: Ints


def empty_board(there: Bools, parallel: Ints, ends: Ints, tables: Ints) -> Board:
    """A board with nobody seated; `there` and `parallel` are by person."""
    first_row = np.concatenate([[0], np.cumsum(parallel)]).astype(np.int64)
    seat = np.where(np.repeat(there, parallel, axis=0), FREE, AWAY).astype(np.int64)
    return Board(
        seat=seat,
        slot=np.full(len(ends), NOWHERE, np.int64),
        ends=np.ascontiguousarray(ends, np.int64),
        first_row=first_row,
        load=np.zeros(len(tables), np.int64),
        tables=tables.astype(np.int64),
        pinned=np.zeros(len(ends), np.bool_),
    )


def copy_of(board: Board) -> Board:
    """A board of its own with the same seats."""
    return Board._make(part.copy() for part in board)


def scratch_for(board: Board) -> Scratch:
    """Room for the longest chain the board can have."""
    rows = len(board.seat) + 2
    return Scratch(np.zeros(rows, np.int64), np.zeros(rows, np.int64), np.array([rows]))


@compiled
def row_with(board: Board, person: int, slot: int, what: int) -> int:
    """The person's first row in which `what` (a meeting or FREE) stands in the slot, or -1."""
    for row in range(board.first_row[person], board.first_row[person + 1]):
        if board.seat[row, slot] == what:
            return row
    return -1


@compiled
def put(board: Board, meeting: int, slot: int) -> None:
    """Seat a meeting in a slot where both people are free."""
    for side in range(2):
        row = row_with(board, board.ends[meeting, side], slot, FREE)
        board.seat[row, slot] = meeting
    board.slot[meeting] = slot
    board.load[slot] += 1


@compiled
def lift(board: Board, meeting: int) -> None:
    """Take a meeting off the board."""
    slot = board.slot[meeting]
    for side in range(2):
        row = row_with(board, board.ends[meeting, side], slot, meeting)
        board.seat[row, slot] = FREE
    board.slot[meeting] = NOWHERE
    board.load[slot] -= 1


@compiled
def chain_of(board: Board, chain: Scratch, meeting: int, other: int) -> tuple[int, int]:
    """The meetings and rows that change when `meeting` moves to slot `other`: how many of each.

    Whoever has another meeting there moves it back the opposite way, and so on (a Kempe chain).
    (0, 0) when somebody on the way is away or a meeting is pinned.
    """
    home = board.slot[meeting]
    if board.pinned[meeting] or chain.longest[0] < 1:
        return 0, 0
    chain.meetings[0] = meeting
    meetings, rows = 1, 0
    for side in range(2):
        moving, here, person = meeting, home, board.ends[meeting, side]
        while True:
            row = row_with(board, person, here, moving)
            chain.rows[rows] = row
            rows += 1
            here = home + other - here
            moving = board.seat[row, here]
            if moving == FREE:
                break
            if moving == meeting:
                return meetings, rows
            if moving == AWAY or board.pinned[moving] or meetings >= chain.longest[0]:
                return 0, 0
            chain.meetings[meetings] = moving
            meetings += 1
            person = board.ends[moving, 0] + board.ends[moving, 1] - person
    return meetings, rows


@compiled
def flip(board: Board, chain: Scratch, size: tuple[int, int], pair: tuple[int, int]) -> None:
    """Exchange a pair of slots along a chain; done twice, it is undone."""
    slot, other = pair
    for k in range(size[1]):
        row = chain.rows[k]
        board.seat[row, slot], board.seat[row, other] = (
            board.seat[row, other],
            board.seat[row, slot],
        )
    for k in range(size[0]):
        meeting = chain.meetings[k]
        board.load[board.slot[meeting]] -= 1
        board.slot[meeting] = slot + other - board.slot[meeting]
        board.load[board.slot[meeting]] += 1


@compiled
def seat_meeting(board: Board, chain: Scratch, meeting: int) -> bool:
    """Seat a meeting, moving others if need be; false, and nothing changed, when it cannot be."""
    a, b = board.ends[meeting, 0], board.ends[meeting, 1]
    best, room = -1, 0
    for slot in range(len(board.tables)):
        spare = board.tables[slot] - board.load[slot]
        free = row_with(board, a, slot, FREE) >= 0 and row_with(board, b, slot, FREE) >= 0
        if free and spare > room:
            best, room = slot, spare
    if best < 0:
        best = _slot_by_chain(board, chain, a, b)
    if best < 0:
        best = _slot_by_chain(board, chain, b, a)
    if best < 0:
        best = _slot_by_relief(board, chain, a, b)
    if best < 0:
        return False
    put(board, meeting, best)
    return True


@compiled
def _slot_by_chain(board: Board, chain: Scratch, a: int, b: int) -> int:
    """Where `a` is free, free `b` too by moving b's meeting elsewhere; that slot, or -1."""
    slots = len(board.tables)
    for slot in range(slots):
        if row_with(board, a, slot, FREE) < 0:
            continue
        for row in range(board.first_row[b], board.first_row[b + 1]):
            if board.seat[row, slot] < 0:
                continue
            for other in range(slots):
                if board.seat[row, other] != FREE:
                    continue
                if _moves_on(board, chain, (row, slot, other), (a, a)):
                    return slot
    return -1


@compiled
def _moves_on(
    board: Board, chain: Scratch, change: tuple[int, int, int], guests: tuple[int, int]
) -> bool:
    """Move what a row has in a slot to another if tables allow it and both guests stay free."""
    row, slot, other = change
    size = chain_of(board, chain, board.seat[row, slot], other)
    if size[0] == 0:
        return False
    flip(board, chain, size, (slot, other))
    fits = board.load[slot] < board.tables[slot] and board.load[other] <= board.tables[other]
    for guest in guests:
        fits = fits and row_with(board, guest, slot, FREE) >= 0
    if fits:
        return True
    flip(board, chain, size, (slot, other))
    return False


@compiled
def _slot_by_relief(board: Board, chain: Scratch, a: int, b: int) -> int:
    """Where both are free but no table is, move one meeting to a slot with tables; or -1."""
    slots = len(board.tables)
    for slot in range(slots):
        if row_with(board, a, slot, FREE) < 0 or row_with(board, b, slot, FREE) < 0:
            continue
        for other in range(slots):
            if board.load[other] >= board.tables[other]:
                continue
            for row in range(len(board.seat)):
                if board.seat[row, slot] < 0:
                    continue
                if _moves_on(board, chain, (row, slot, other), (a, b)):
                    return slot
    return -1


@compiled
def seat_all(board: Board, chain: Scratch, meetings: Ints) -> int:
    """Seat the meetings in the given order; how many found a seat."""
    seated = 0
    for k in range(len(meetings)):
        if board.slot[meetings[k]] < 0 and seat_meeting(board, chain, meetings[k]):
            seated += 1
    return seated
