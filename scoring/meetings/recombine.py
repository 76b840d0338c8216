"""One slot proposed for every pair, then the best choice among all proposals, by one flow.

What is seated keeps its slot as its proposal, so the answer is never worth less than the board; two
boards recombine when one proposes and the other is seated.
"""

from dataclasses import dataclass

import numpy as np
from ortools.graph.python import min_cost_flow

from scoring.meetings.board import NOWHERE
from scoring.meetings.instance import Bools, Ints
from scoring.meetings.problem import Problem

TAKEN = 1 << 40
SPREAD = 0.1


@dataclass(frozen=True, eq=False)
class Ground:
    """The pairs worth proposing, and the slots each of them has in common."""

    problem: Problem
    near: Ints
    common: Bools

    @staticmethod
    def of(problem: Problem, near: Ints) -> "Ground":
        """Pairs without a common slot that has tables are left out."""
        left, right = problem.pair_left[near], problem.pair_right[near]
        open_slots = problem.tables > 0
        common = problem.left.there[left] & problem.right.there[right] & open_slots
        return Ground(problem, near[common.any(axis=1)], common[common.any(axis=1)])


@dataclass(frozen=True, eq=False)
class _Room:
    """What the musts leave: seats by person and slot, caps and floors of the right, tables."""

    left: Ints
    right: Ints
    cap: Ints
    floor: Ints
    tables: Ints


def recombined(ground: Ground, slots: Ints, other: Ints, random: np.random.Generator) -> Ints:
    """The slot of each pair after a flow over the slots of two boards and cheap proposals.

    `slots` and `other` hold a slot or NOWHERE for every pair; `slots` stays in reach, so unless
    floors of the left are lost the answer is worth at least as much. Musts keep their slots.
    """
    problem = ground.problem
    proposed = np.full(len(slots), NOWHERE, np.int64)
    proposed[ground.near] = _cheapest_slots(ground, slots, random)
    proposed = np.where(other != NOWHERE, other, proposed)
    proposed = np.where(slots != NOWHERE, slots, proposed)
    proposed[problem.must] = NOWHERE
    pairs = np.flatnonzero(proposed != NOWHERE)
    room = _room_beside_musts(problem, slots, random)
    after = np.full(len(slots), NOWHERE, np.int64)
    picked = pairs[_best_of(problem, pairs, proposed[pairs], room)]
    after[picked] = proposed[picked]
    after[problem.must] = slots[problem.must]
    return after


def _cheapest_slots(ground: Ground, slots: Ints, random: np.random.Generator) -> Ints:
    """For each near pair the common slot in which it would displace least, a little by chance."""
    problem = ground.problem
    met = np.flatnonzero(slots != NOWHERE)
    held = problem.score[met].astype(np.float64)
    left = _held_scores(problem.left.there.shape, problem.pair_left[met], slots[met], held)
    right = _held_scores(problem.right.there.shape, problem.pair_right[met], slots[met], held)
    people = problem.pair_right[met]
    full = np.bincount(people, minlength=len(right)) >= problem.right.cap
    least = np.full(len(right), np.inf)
    np.minimum.at(least, people, held)
    right = np.where((right == 0) & full[:, None], np.minimum(least, TAKEN)[:, None], right)
    i, j = problem.pair_left[ground.near], problem.pair_right[ground.near]
    chance = SPREAD * problem.score.max(initial=0)
    cost = left[i] + right[j] + chance * random.random(ground.common.shape)
    slots_of_least: Ints = np.argmin(np.where(ground.common, cost, np.inf), axis=1)
    return slots_of_least


def _held_scores(
    shape: tuple[int, ...], people: Ints, slots: Ints, scores: np.typing.NDArray[np.float64]
) -> np.typing.NDArray[np.float64]:
    held = np.zeros(shape)
    np.add.at(held, (people, slots), scores)
    return held


def _room_beside_musts(problem: Problem, slots: Ints, random: np.random.Generator) -> _Room:
    """Seats, caps and tables less those of the musts."""
    must = problem.must
    right = np.where(problem.right.there, problem.right.parallel[:, None], 0)
    np.subtract.at(right, (problem.pair_right[must], slots[must]), 1)
    left = _open_seats(problem, slots, random)
    np.subtract.at(left, (problem.pair_left[must], slots[must]), 1)
    degree = np.bincount(problem.pair_right[must], minlength=len(right))
    cap = np.maximum(0, problem.right.cap - degree)
    return _Room(
        left=left,
        right=right,
        cap=cap,
        floor=np.clip(problem.right.floor - degree, 0, cap),
        tables=problem.tables - np.bincount(slots[must], minlength=problem.slots),
    )


def _open_seats(problem: Problem, slots: Ints, random: np.random.Generator) -> Ints:
    """Seats of the left by slot: those in use, and idle ones by chance as far as the cap goes."""
    side = problem.left
    used = np.zeros(side.there.shape, np.int64)
    met = np.flatnonzero(slots != NOWHERE)
    np.add.at(used, (problem.pair_left[met], slots[met]), 1)
    seats = np.where(side.there, side.parallel[:, None], 0)
    for person in np.flatnonzero(seats.sum(axis=1) > side.cap):
        idle = np.repeat(np.arange(problem.slots), seats[person] - used[person])
        spare = int(side.cap[person] - used[person].sum())
        opened = random.permutation(idle)[:spare]
        seats[person] = used[person] + np.bincount(opened, minlength=problem.slots)
    return seats


def _best_of(problem: Problem, pairs: Ints, slots: Ints, room: _Room) -> Bools:
    """Which proposals to take: a flow from slots over seats of the left to those of the right."""
    (lefts, every), rights = room.left.shape, len(room.cap)
    first_right = every + lefts * every
    person = first_right + rights * every
    source, sink = person + rights, person + rights + 1
    flow = min_cost_flow.SimpleMinCostFlow()
    add = flow.add_arcs_with_capacity_and_unit_cost

    def connect(tails: Ints, heads: Ints, seats: Ints, cost: int = 0) -> None:
        add(tails, heads, seats, np.full(len(seats), cost, np.int64))

    tails = every + problem.pair_left[pairs] * every + slots
    heads = first_right + problem.pair_right[pairs] * every + slots
    arcs = add(tails, heads, np.ones(len(pairs), np.int64), -problem.score[pairs])
    connect(np.full(every, source), np.arange(every), room.tables)
    i, slot = np.nonzero(room.left)
    connect(slot, every + i * every + slot, room.left[i, slot])
    j, slot = np.nonzero(room.right)
    connect(first_right + j * every + slot, person + j, room.right[j, slot])
    people = np.arange(rights) + person
    connect(people, np.full(rights, sink), room.floor, -problem.floor_bonus)
    connect(people, np.full(rights, sink), room.cap - room.floor)
    supply = int(room.tables.sum())
    connect(np.array([source]), np.array([sink]), np.array([supply]))
    flow.set_node_supply(source, supply)
    flow.set_node_supply(sink, -supply)
    if flow.solve() != flow.OPTIMAL:
        raise ArithmeticError("the flow over slots has no optimum")
    return np.asarray(flow.flows(arcs) > 0)
