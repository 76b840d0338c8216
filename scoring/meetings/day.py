"""The day as it stands after a change: who is gone, what is over, what may still move."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.meetings.board import AWAY, Board, Scratch, empty_board, put, scratch_for
from scoring.meetings.instance import ChooseInstance, Instance, Ints, presence
from scoring.meetings.plan import Change, Meeting
from scoring.meetings.reading import everyone


@dataclass(frozen=True, eq=False)
class Day:
    """`old` meetings, in slots `was`, come first on the board, then `fresh` pairs to add.

    `displaced` and `removed` are numbers of old meetings: to be seated anew, or given up.
    """

    instance: Instance
    change: Change
    old: tuple[Meeting, ...]
    was: Ints
    fresh: tuple[tuple[str, str], ...]
    score: Ints
    board: Board
    chain: Scratch
    degree: Ints
    cap: Ints
    displaced: tuple[int, ...]
    removed: tuple[int, ...]


def day_after(instance: Instance, meetings: Sequence[Meeting], change: Change) -> Day:
    """The board with everything seated that the change leaves where it was."""
    people = everyone(instance)
    position = {one.id: k for k, one in enumerate(people)}
    old = tuple(meetings)
    removed, displaced = _touched(old, change)
    fresh, score = _fresh(instance, old, change, removed)
    ends = [(position[m.a], position[m.b]) for m in old]
    ends += [(position[a], position[b]) for a, b in fresh]
    there = presence(people, instance.slots)
    parallel = np.array([one.parallel for one in people], np.int64)
    board = empty_board(
        there, parallel, np.array(ends, np.int64).reshape(-1, 2), np.array(instance.tables)
    )
    left_out = {*removed, *displaced}
    staying = [k for k in range(len(old)) if k not in left_out]
    was = np.array([meeting.slot for meeting in old], np.int64)
    _seat_all(board, np.array(staying, np.int64), was)
    _close(instance, board, old, change)
    counted = np.array([ends[k] for k in staying], np.int64).ravel()
    return Day(
        instance=instance,
        change=change,
        old=old,
        was=was,
        fresh=fresh,
        score=score,
        board=board,
        chain=scratch_for(board),
        degree=np.bincount(counted, minlength=len(people)),
        cap=np.array([one.capacity for one in people], np.int64),
        displaced=displaced,
        removed=removed,
    )


def _seat_all(board: Board, meetings: Ints, slots: Ints) -> None:
    """Seat meetings at once where everyone has one row, one by one where somebody has several."""
    single = np.diff(board.first_row) == 1
    plain = single[board.ends[meetings]].all(axis=1)
    for meeting in meetings[~plain].tolist():
        put(board, meeting, int(slots[meeting]))
    quick = meetings[plain]
    for side in range(2):
        board.seat[board.first_row[board.ends[quick, side]], slots[quick]] = quick
    board.slot[quick] = slots[quick]
    np.add.at(board.load, slots[quick], 1)


def gone(change: Change) -> set[str]:
    """Those who will not come any more."""
    return {*change.cancelled, *change.no_show}


def _touched(old: Sequence[Meeting], change: Change) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Numbers of the meetings given up, and of those to be seated later."""
    away, until = gone(change), {late.id: late.until_slot for late in change.late}
    removed, displaced = [], []
    for k, meeting in enumerate(old):
        if meeting.slot < change.frozen_before_slot:
            continue
        if meeting.a in away or meeting.b in away:
            removed.append(k)
        elif meeting.slot < max(until.get(meeting.a, 0), until.get(meeting.b, 0)):
            displaced.append(k)
    return tuple(removed), tuple(displaced)


def _fresh(
    instance: Instance, old: Sequence[Meeting], change: Change, removed: Sequence[int]
) -> tuple[tuple[tuple[str, str], ...], Ints]:
    """Pairs that may be added, best first, those with somebody on standby before all others."""
    if not isinstance(instance, ChooseInstance):
        return (), np.zeros(0, np.int64)
    freed = {name for k in removed for name in (old[k].a, old[k].b)} - gone(change)
    freed |= set(change.standby) - gone(change)
    pairs = instance.pairs
    left = np.array([one.id in freed for one in instance.left], np.bool_)
    right = np.array([one.id in freed for one in instance.right], np.bool_)
    near = np.flatnonzero(left[pairs.left] | right[pairs.right])
    barred = {(m.a, m.b) for m in old} | set(instance.never)
    standby, away = set(change.standby), gone(change)
    rows = []
    for i, j, score in zip(
        *(column[near].tolist() for column in (pairs.left, pairs.right, pairs.score)), strict=True
    ):
        pair = (instance.left[i].id, instance.right[j].id)
        if pair not in barred and away.isdisjoint(pair):
            rows.append((standby.isdisjoint(pair), -score, pair))
    rows.sort()
    return tuple(row[2] for row in rows), np.array([-row[1] for row in rows], np.int64)


def _close(instance: Instance, board: Board, old: Sequence[Meeting], change: Change) -> None:
    """What is over cannot change, tied musts stay, and nobody is seated while away."""
    frozen = change.frozen_before_slot
    over = board.seat[:, :frozen]
    over[over < 0] = AWAY
    board.pinned[: len(old)] = [meeting.slot < frozen for meeting in old]
    if isinstance(instance, ChooseInstance):
        tied = {(must.left, must.right) for must in instance.must if must.slot is not None}
        board.pinned[: len(old)] |= np.array([(m.a, m.b) in tied for m in old], np.bool_)
    away, until = gone(change), {late.id: late.until_slot for late in change.late}
    for person, one in enumerate(everyone(instance)):
        last = instance.slots if one.id in away else until.get(one.id, 0)
        rows = board.seat[board.first_row[person] : board.first_row[person + 1], :last]
        rows[rows < 0] = AWAY
