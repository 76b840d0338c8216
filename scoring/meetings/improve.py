"""Fill what is free and exchange what is worth less: moves that only ever raise the worth."""

from typing import NamedTuple

from scoring.meetings.board import FREE, NOWHERE, Board, Scratch, lift, put, row_with, seat_meeting
from scoring.meetings.compiled import compiled
from scoring.meetings.instance import Bools, Ints

NOBODY = -2


class Worth(NamedTuple):
    """What meetings are worth: scores, and by person degree, cap, floor and the floor's bonus."""

    score: Ints
    kept: Bools
    degree: Ints
    cap: Ints
    floor: Ints
    bonus: int


@compiled
def gain_of(board: Board, worth: Worth, meeting: int) -> int:
    """What one more meeting would add."""
    gain = worth.score[meeting]
    for side in range(2):
        person = board.ends[meeting, side]
        if worth.degree[person] < worth.floor[person]:
            gain += worth.bonus
    return int(gain)


@compiled
def loss_of(board: Board, worth: Worth, meeting: int, person: int) -> int:
    """What it costs when `person` gives up a meeting for another: score, and far end's floor."""
    far = board.ends[meeting, 0] + board.ends[meeting, 1] - person
    if worth.degree[far] <= worth.floor[far]:
        return int(worth.score[meeting] + worth.bonus)
    return int(worth.score[meeting])


@compiled
def count(board: Board, worth: Worth, meeting: int, by: int) -> None:
    """Note that both people of a meeting have one more, or one less."""
    for side in range(2):
        worth.degree[board.ends[meeting, side]] += by


@compiled
def open_to(board: Board, worth: Worth, meeting: int) -> bool:
    """Whether a meeting is not seated and both people may have one more."""
    if board.slot[meeting] != NOWHERE:
        return False
    a, b = board.ends[meeting, 0], board.ends[meeting, 1]
    return bool(worth.degree[a] < worth.cap[a] and worth.degree[b] < worth.cap[b])


@compiled
def fill(board: Board, chain: Scratch, worth: Worth, order: Ints) -> int:
    """Seat every meeting of `order` that caps and seats still allow; how many were."""
    seated = 0
    for k in range(len(order)):
        meeting = order[k]
        if open_to(board, worth, meeting) and seat_meeting(board, chain, meeting):
            count(board, worth, meeting, 1)
            seated += 1
    return seated


@compiled
def exchange(board: Board, chain: Scratch, worth: Worth, order: Ints) -> int:
    """Seat meetings of `order` in place of those worth less; what was won in all."""
    won = 0
    for k in range(len(order)):
        meeting = order[k]
        if board.slot[meeting] == NOWHERE:
            won += _exchange_one(board, chain, worth, meeting)
    return won


@compiled
def _exchange_one(board: Board, chain: Scratch, worth: Worth, meeting: int) -> int:
    """Seat one meeting where it displaces least, and seat the displaced again if possible."""
    a, b = board.ends[meeting, 0], board.ends[meeting, 1]
    spare_a, spare_b = cheapest(board, worth, a), cheapest(board, worth, b)
    best, best_slot, best_x, best_y = 0, -1, -1, -1
    for slot in range(len(board.tables)):
        x = displaced(board, worth, a, slot, spare_a)
        y = displaced(board, worth, b, slot, spare_b)
        if x == NOBODY or y == NOBODY:
            continue
        freed = (x >= 0 and board.slot[x] == slot) or (y >= 0 and board.slot[y] == slot)
        if not freed and board.load[slot] >= board.tables[slot]:
            continue
        net = worth.score[meeting] - _cost(board, worth, a, x) - _cost(board, worth, b, y)
        if net > best:
            best, best_slot, best_x, best_y = net, slot, x, y
    if best_slot < 0:
        return 0
    return _displace(board, chain, worth, meeting, (best_slot, best_x, best_y)) + best


@compiled
def _cost(board: Board, worth: Worth, person: int, old: int) -> int:
    """What the person pays for a new meeting: the old one's loss, or less than nothing."""
    if old >= 0:
        return loss_of(board, worth, old, person)
    if worth.degree[person] < worth.floor[person]:
        return -worth.bonus
    return 0


@compiled
def cheapest(board: Board, worth: Worth, person: int) -> int:
    """The meeting a person at the cap would give up first, NOBODY if there is none."""
    found = NOBODY
    if worth.degree[person] < worth.cap[person]:
        return found
    for row in range(board.first_row[person], board.first_row[person + 1]):
        for slot in range(len(board.tables)):
            found = _cheaper(board, worth, person, board.seat[row, slot], found)
    return found


@compiled
def _cheaper(board: Board, worth: Worth, person: int, meeting: int, found: int) -> int:
    if meeting < 0 or worth.kept[meeting]:
        return found
    if found == NOBODY:
        return meeting
    loss = loss_of(board, worth, meeting, person)
    return meeting if loss < loss_of(board, worth, found, person) else found


@compiled
def displaced(board: Board, worth: Worth, person: int, slot: int, spare: int) -> int:
    """Whom a person would give up for a slot: a meeting, FREE for none, NOBODY for no way."""
    if row_with(board, person, slot, FREE) >= 0:
        return FREE if worth.degree[person] < worth.cap[person] else spare
    found = NOBODY
    for row in range(board.first_row[person], board.first_row[person + 1]):
        found = _cheaper(board, worth, person, board.seat[row, slot], found)
    return found


@compiled
def _displace(
    board: Board, chain: Scratch, worth: Worth, meeting: int, where: tuple[int, int, int]
) -> int:
    """Seat `meeting` in place of two others; what seating those anew wins back."""
    slot, x, y = where
    for old in (x, y):
        if old >= 0:
            lift(board, old)
            count(board, worth, old, -1)
    put(board, meeting, slot)
    count(board, worth, meeting, 1)
    back = 0
    for old in (x, y):
        if old >= 0 and open_to(board, worth, old):
            gain = gain_of(board, worth, old)
            if seat_meeting(board, chain, old):
                count(board, worth, old, 1)
                back += gain
    return back
