"""A bound that knows the slots: prices on people, tables of a slot and pairs, raised where short.

With caps, tables and "a pair meets once" priced, every slot is an assignment of its own; the sum of
their optima and of what the prices could fetch bounds the worth of every plan, whatever the prices.
Falling prices where seats stay empty, rising ones where too many are taken, make the bound tight.
"""

from dataclasses import dataclass

import numpy as np

from scoring.meetings.bounds import Prices
from scoring.meetings.grid import Floats, Grid, best_of_slot
from scoring.meetings.problem import Side

FIRST_AIM, LEAST_AIM = 0.03, 1e-6
PATIENCE, CAUTION = 4, 0.6
MEMORY = 0.7
PACE = (1.0, 6.0, 2.0, 1.0)
START = 0.9
GRAIN = 64


@dataclass(frozen=True, eq=False)
class SlotPrices:
    """Prices of a meeting: for its left and right person, a table of its slot, and the pair."""

    left: Floats
    right: Floats
    table: Floats
    pair: Floats

    def parts(self) -> tuple[Floats, Floats, Floats, Floats]:
        """The four kinds of prices in their order."""
        return self.left, self.right, self.table, self.pair

    def rounded(self) -> "SlotPrices":
        """The same in steps small enough, and coarse enough to be added without error."""
        return SlotPrices(*(np.round(part * GRAIN) / GRAIN for part in self.parts()))


def slot_prices(grid: Grid, start: Prices, sweeps: int) -> tuple[SlotPrices, int]:
    """The best prices of so many sweeps over the slots, and the bound on the worth they prove."""
    prices = best = _opening(grid, start)
    lowest, aim, waited = np.inf, FIRST_AIM, 0
    drift = [np.zeros_like(part) for part in prices.parts()]
    for _ in range(sweeps):
        value, slopes = _sweep(grid, prices)
        waited = 0 if value < lowest * (1 - aim / 10) else waited + 1
        if value < lowest:
            lowest, best = value, prices
        if waited >= PATIENCE:
            aim, waited = max(LEAST_AIM, aim * CAUTION), 0
        drift = [slope + MEMORY * old for slope, old in zip(slopes, drift, strict=True)]
        steep = sum(pace * float((one**2).sum()) for pace, one in zip(PACE, drift, strict=True))
        if steep == 0:
            break
        step = (value - lowest + abs(lowest) * aim) / steep
        prices = _moved(grid, prices, drift, step)
    exact, _ = _sweep(grid, best.rounded())
    return best, int(np.floor(exact))


def _opening(grid: Grid, start: Prices) -> SlotPrices:
    """The prices of the choice without slots; most of a pair's gain becomes the pair's price."""
    left, right = start.left.astype(np.float64), start.right.astype(np.float64)
    gain = grid.score - left[:, None] - right - start.table
    pair = np.where(grid.listed, np.maximum(0, START * gain), 0.0)
    table = np.full(grid.problem.slots, float(max(0, start.table)))
    return _moved(grid, SlotPrices(left, right, table, pair), None, 0.0)


def _sweep(grid: Grid, prices: SlotPrices) -> tuple[float, tuple[Floats, Floats, Floats, Floats]]:
    """The bound under these prices and its slope along each of them."""
    problem = grid.problem
    weight = grid.score - prices.left[:, None] - prices.right - prices.pair
    weight[~grid.listed] = -1.0
    met = np.zeros_like(weight)
    full = np.zeros(problem.slots)
    total = float(prices.pair.sum() + prices.table @ grid.room)
    for slot, (rows, columns) in enumerate(zip(grid.rows, grid.columns, strict=True)):
        barred = grid.pinned[slot]
        kept = weight[barred]
        weight[barred] = -1.0
        picked, worth = best_of_slot(weight, rows, columns, float(prices.table[slot]))
        weight[barred] = kept
        total += float(worth.sum())
        np.add.at(met, picked, 1)
        full[slot] = len(worth)
    sides = [
        _side(side, price, degree, problem.floor_bonus)
        for side, price, degree in (
            (problem.left, prices.left, met.sum(axis=1)),
            (problem.right, prices.right, met.sum(axis=0)),
        )
    ]
    total += sides[0][0] + sides[1][0]
    table = np.where((prices.table > 0) | (full > grid.room), full - grid.room, 0)
    once = np.where((prices.pair > 0) | (met > 1) | grid.must, met - 1, 0)
    once[~grid.listed] = 0
    return total, (sides[0][1], sides[1][1], table, once)


def _side(side: Side, price: Floats, degree: Floats, bonus: int) -> tuple[float, Floats]:
    """What one side's prices could fetch at most, and how far it is from that."""
    fetched = (side.cap - side.floor) * np.maximum(0, price)
    fetched += side.floor * np.maximum(0, price + bonus) - bonus * side.floor
    wanted = np.where(price > 0, side.cap, np.where(price < 0, side.floor, degree))
    wanted = np.where(price == 0, np.clip(degree, side.floor, side.cap), wanted)
    return float(fetched.sum()), degree - wanted


def _moved(grid: Grid, prices: SlotPrices, drift: list[Floats] | None, step: float) -> SlotPrices:
    """Prices after a step, none below its least: 0, less the floor's bonus, none for musts."""
    problem = grid.problem
    left, right, table, pair = prices.parts()
    if drift is not None:
        left, right, table, pair = (
            part + pace * step * move
            for part, pace, move in zip(prices.parts(), PACE, drift, strict=True)
        )
    least_left = np.where(problem.left.floor > 0, -problem.floor_bonus, 0)
    least_right = np.where(problem.right.floor > 0, -problem.floor_bonus, 0)
    return SlotPrices(
        left=np.maximum(least_left, left),
        right=np.maximum(least_right, right),
        table=np.maximum(0, table),
        pair=np.where(grid.must, pair, np.maximum(0.0, pair)),
    )
