"""Which pairs meet, times left aside: the b-matching worth most, as a minimum-cost flow."""

from dataclasses import dataclass

import numpy as np
from ortools.graph.python import min_cost_flow

from scoring.meetings.bounds import Prices, aggregate_bound, gains, prices_of_flow
from scoring.meetings.instance import Bools, Ints
from scoring.meetings.problem import LeftOver, Problem, left_over, without_floors

KEPT_PER_SEAT = 4


@dataclass(frozen=True, eq=False)
class Selection:
    """The chosen pairs (musts among them) and an upper bound on what any plan is worth."""

    chosen: Ints
    prices: Prices
    bound: int


def select(problem: Problem) -> Selection:
    """The pairs of greatest worth under caps, floors, musts and the number of tables.

    Only promising pairs enter the flow; the prices of its optimum then either prove that no other
    pair would help, or name those that would, and the flow runs again with them.
    """
    rest = left_over(problem)
    inside = _promising(problem, rest) & rest.free
    while True:
        candidates = np.flatnonzero(inside)
        picked = _flow(problem, rest, candidates)
        prices = prices_of_flow(problem, candidates, picked)
        missed = (gains(problem, prices) > 0) & rest.free & ~inside
        if not missed.any():
            break
        inside |= missed
    chosen = np.concatenate([problem.must, candidates[picked]])
    return Selection(chosen, prices, aggregate_bound(problem, prices))


def bound_on_score(problem: Problem, selection: Selection, bound: int, short: int) -> int:
    """The score no plan exceeds with the same musts and `short` meetings missing to floors.

    `bound` is one on the worth; it is loose when floors fail that the selection had met.
    """
    best = bound + problem.floor_bonus * short
    if short > problem.shortfall(selection.chosen):
        best = min(best, select(without_floors(problem)).bound)
    return best


def _promising(problem: Problem, rest: LeftOver) -> Bools:
    """Pairs among the best few of either side."""
    width = KEPT_PER_SEAT
    left = _rank_within(problem.pair_left, problem.score)
    right = _rank_within(problem.pair_right, problem.score)
    by_left = left < width * rest.cap_left[problem.pair_left]
    by_right = right < width * rest.cap_right[problem.pair_right]
    return by_left | by_right


def _rank_within(group: Ints, score: Ints) -> Ints:
    """The place of each pair in its group, best score first."""
    order = np.lexsort((-score, group))
    sizes = np.bincount(group)
    starts = np.cumsum(sizes) - sizes
    rank = np.empty(len(group), np.int64)
    rank[order] = np.arange(len(group)) - starts[group[order]]
    return rank


def _flow(problem: Problem, rest: LeftOver, candidates: Ints) -> Bools:
    """Which candidates the optimal flow uses."""
    lefts, rights = len(rest.cap_left), len(rest.cap_right)
    source, sink = lefts + rights, lefts + rights + 1
    flow = min_cost_flow.SimpleMinCostFlow()
    add = flow.add_arcs_with_capacity_and_unit_cost
    i, j = problem.pair_left[candidates], problem.pair_right[candidates] + lefts
    arcs = add(i, j, np.ones(len(i), np.int64), -problem.score[candidates])
    for hub, first, cap, floor in (
        (source, 0, rest.cap_left, rest.floor_left),
        (sink, lefts, rest.cap_right, rest.floor_right),
    ):
        people, hubs = np.arange(first, first + len(cap)), np.full(len(cap), hub)
        tails, heads = (hubs, people) if hub == source else (people, hubs)
        add(tails, heads, floor, np.full(len(cap), -problem.floor_bonus))
        add(tails, heads, cap - floor, np.zeros(len(cap), np.int64))
    flow.add_arc_with_capacity_and_unit_cost(source, sink, rest.seats, 0)
    flow.set_node_supply(source, rest.seats)
    flow.set_node_supply(sink, -rest.seats)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise ArithmeticError(f"the flow ended with status {status}")
    return np.asarray(flow.flows(arcs) > 0)
