"""Meetings that have to take place, seated before all others, or the proof that they cannot be."""

import numpy as np

from scoring.meetings.board import NOWHERE, put, row_with
from scoring.meetings.instance import ChooseInstance, Must
from scoring.meetings.place import Placement, seat
from scoring.meetings.slot_proof import SlotProof
from scoring.texts import Text


def impossible_must(instance: ChooseInstance) -> Text | None:
    """A must that fails by itself: named never too, beyond a cap, or without an open slot."""
    never = set(instance.never)
    musts: dict[str, int] = {}
    for must in instance.must:
        names: dict[str, object] = {"a": must.left, "b": must.right}
        if (must.left, must.right) in never:
            return Text("must-never", names)
        if not open_slots(instance, must):
            if must.slot is None:
                return Text("must-no-slot", names)
            return Text("must-slot-closed", names | {"slot": must.slot})
        for name in (must.left, must.right):
            musts[name] = musts.get(name, 0) + 1
    for one in instance.left + instance.right:
        if musts.get(one.id, 0) > one.capacity:
            values = {"id": one.id, "musts": musts[one.id], "most": one.capacity}
            return Text("must-over-capacity", values)
    return None


def open_slots(instance: ChooseInstance, must: Must) -> tuple[int, ...]:
    """The slots in which a must could take place by itself."""
    left = instance.left[instance.left_position[must.left]]
    right = instance.right[instance.right_position[must.right]]
    away = left.unavailable | right.unavailable
    tied = range(instance.slots) if must.slot is None else (must.slot,)
    return tuple(t for t in tied if t not in away and instance.tables[t] > 0)


def seat_musts(instance: ChooseInstance, placement: Placement) -> Text | None:
    """Seat every must, those with a slot for good; the reason when no timetable has them all."""
    problem, board = placement.problem, placement.board
    tied = np.flatnonzero(problem.must_slot >= 0)
    for k in tied:
        meeting, slot = int(problem.must[k]), int(problem.must_slot[k])
        people = board.ends[meeting]
        if board.load[slot] >= board.tables[slot] or any(
            row_with(board, person, slot, -1) < 0 for person in people
        ):
            return _prove(instance, placement)
        put(board, meeting, slot)
        board.pinned[meeting] = True
    loose = problem.must[problem.must_slot < 0]
    return _prove(instance, placement) if len(seat(placement, loose)) else None


def _prove(instance: ChooseInstance, placement: Placement) -> Text | None:
    """Seat the musts where an exact search finds them a place; else name those that clash."""
    proof = SlotProof(instance.tables)
    people = {one.id: one.parallel for one in instance.left + instance.right}
    for must in instance.must:
        proof.add((must.left, must.right), open_slots(instance, must))
    for name, parallel in people.items():
        proof.at_once(name, parallel)
    proof.add_tables()
    slots = proof.solve()
    if slots is None:
        named = ["–".join(proof.meetings[k]) for k in proof.clash()]
        return Text("musts-clash", {"musts": named})
    _reseat(placement, slots)
    return None


def _reseat(placement: Placement, slots: list[int]) -> None:
    board, problem = placement.board, placement.problem
    board.seat[board.seat >= 0] = -1
    board.load[:] = 0
    board.slot[:] = NOWHERE
    board.pinned[problem.must] = problem.must_slot >= 0
    for meeting, slot in zip(problem.must.tolist(), slots, strict=True):
        put(board, meeting, slot)
