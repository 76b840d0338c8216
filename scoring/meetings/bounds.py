"""Upper bounds on the worth of any plan, from prices anybody can check with a few sums."""

from dataclasses import dataclass

import numpy as np

from scoring.meetings.instance import Ints
from scoring.meetings.problem import LeftOver, Problem, left_over


@dataclass(frozen=True, eq=False)
class Prices:
    """What one more meeting costs: of a left, of a right participant, and of any table."""

    left: Ints
    right: Ints
    table: int


def gains(problem: Problem, prices: Prices) -> Ints:
    """What each pair is worth above its prices."""
    paid = prices.left[problem.pair_left] + prices.right[problem.pair_right] + prices.table
    return problem.score - paid


def aggregate_bound(problem: Problem, prices: Prices) -> int:
    """No plan is worth more than this, whatever the prices are (linear duality, times left aside).

    Every meeting pays its prices and keeps its gain; nobody can be paid for more meetings than the
    cap, the first `floor` of them with the floor's bonus on top, and no more tables than there are.
    """
    rest = left_over(problem)
    bonus = problem.floor_bonus
    total = int(problem.score[problem.must].sum())
    total += int(np.maximum(0, gains(problem, prices)[rest.free]).sum())
    total += rest.seats * max(0, prices.table)
    for price, cap, floor in (
        (prices.left, rest.cap_left, rest.floor_left),
        (prices.right, rest.cap_right, rest.floor_right),
    ):
        total += int((floor * np.maximum(0, price + bonus)).sum())
        total += int(((cap - floor) * np.maximum(0, price)).sum())
        total -= bonus * int(floor.sum())
    return total - bonus * _lost_floors(problem, rest)


def _lost_floors(problem: Problem, rest: LeftOver) -> int:
    """Missing meetings that no choice can supply, since the cap after the musts is too small."""
    left, right = problem.degrees(problem.must)
    missing = np.maximum(0, problem.left.floor - left).sum() - rest.floor_left.sum()
    return int(missing + np.maximum(0, problem.right.floor - right).sum() - rest.floor_right.sum())


def prices_of_flow(
    problem: Problem, candidates: Ints, picked: np.typing.NDArray[np.bool_]
) -> Prices:
    """Prices that make an optimal flow optimal: lengths of shortest residual paths."""
    rest = left_over(problem)
    lefts, rights = len(rest.cap_left), len(rest.cap_right)
    source, sink = lefts + rights, lefts + rights + 1
    i, j = problem.pair_left[candidates], problem.pair_right[candidates] + lefts
    score = problem.score[candidates]
    tails, heads, costs = (
        [i[~picked], j[picked]],
        [j[~picked], i[picked]],
        [-score[~picked], score[picked]],
    )
    degree = np.bincount(np.concatenate([i[picked], j[picked]]), minlength=lefts + rights)
    cap = np.concatenate([rest.cap_left, rest.cap_right])
    floor = np.concatenate([rest.floor_left, rest.floor_right])
    outward = np.arange(lefts + rights) < lefts
    for room, used, cost in (
        (floor, np.minimum(degree, floor), -problem.floor_bonus),
        (cap - floor, np.maximum(degree - floor, 0), 0),
    ):
        for open_arc, sign in ((used < room, 1), (used > 0, -1)):
            nodes = np.flatnonzero(open_arc)
            hub = np.where(outward[nodes], source, sink)
            leaves = outward[nodes] == (sign > 0)
            tails.append(np.where(leaves, hub, nodes))
            heads.append(np.where(leaves, nodes, hub))
            costs.append(np.full(len(nodes), sign * cost))
    idle = rest.seats - int(picked.sum())
    ways = [(source, sink)] * (idle < rest.seats) + [(sink, source)] * (idle > 0)
    for tail, head in ways:
        tails.append(np.array([tail]))
        heads.append(np.array([head]))
        costs.append(np.array([0]))
    reach = _shortest(lefts + rights + 2, *(np.concatenate(part) for part in (tails, heads, costs)))
    reach -= reach[source]
    return Prices(reach[:lefts], reach[sink] - reach[lefts:source], -int(reach[sink]))


def _shortest(nodes: int, tails: Ints, heads: Ints, costs: Ints) -> Ints:
    """Length of the shortest path to each node from anywhere; there is no negative cycle."""
    reach = np.zeros(nodes, np.int64)
    while True:
        before = reach.copy()
        np.minimum.at(reach, heads, reach[tails] + costs)
        if np.array_equal(before, reach):
            return reach
