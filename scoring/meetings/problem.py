"""A choose instance as arrays: what every step of the solver works on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from scoring.meetings.instance import Bools, ChooseInstance, Ints, Participant, presence


@dataclass(frozen=True, eq=False)
class Side:
    """One side: `there` by (participant, slot), most at once, and caps and floors in meetings."""

    there: Bools
    parallel: Ints
    cap: Ints
    floor: Ints

    @staticmethod
    def of(participants: tuple[Participant, ...], slots: int) -> "Side":
        """Caps are cut to the seats of the slots in which someone is there."""
        there = presence(participants, slots)
        parallel = np.array([one.parallel for one in participants], np.int64)
        wished = np.array([one.capacity for one in participants], np.int64)
        cap = np.minimum(wished, there.sum(axis=1) * parallel)
        floor = np.array([one.at_least for one in participants], np.int64)
        return Side(there, parallel, cap, np.minimum(floor, cap))


@dataclass(frozen=True, eq=False)
class Problem:
    """Possible pairs only: a common slot, not among `never`; `must` marks and `pinned` their slot.

    `floor_bonus` outweighs any score a floor could cost.
    """

    left: Side
    right: Side
    tables: Ints
    pair_left: Ints
    pair_right: Ints
    score: Ints
    must: Ints
    must_slot: Ints
    floor_bonus: int

    @property
    def slots(self) -> int:
        """The number of slots."""
        return len(self.tables)

    @property
    def seats(self) -> int:
        """How many meetings the tables and the people there allow at most."""
        left = (self.left.there * self.left.parallel[:, None]).sum(axis=0)
        right = (self.right.there * self.right.parallel[:, None]).sum(axis=0)
        return int(np.minimum(self.tables, np.minimum(left, right)).sum())

    def degrees(self, chosen: Ints) -> tuple[Ints, Ints]:
        """How many of the chosen pairs each participant has, left and right."""
        left = np.bincount(self.pair_left[chosen], minlength=len(self.left.cap))
        right = np.bincount(self.pair_right[chosen], minlength=len(self.right.cap))
        return left, right

    def shortfall(self, chosen: Ints) -> int:
        """How many meetings are missing to everyone's floor."""
        left, right = self.degrees(chosen)
        missing = np.maximum(0, self.left.floor - left).sum()
        return int(missing + np.maximum(0, self.right.floor - right).sum())

    def worth(self, chosen: Ints) -> int:
        """Score less the floor bonus of every missing meeting: what the solver raises."""
        return int(self.score[chosen].sum()) - self.floor_bonus * self.shortfall(chosen)


@dataclass(frozen=True, eq=False)
class LeftOver:
    """What the musts leave: caps, floors, seats, and which pairs are free to be chosen."""

    cap_left: Ints
    cap_right: Ints
    floor_left: Ints
    floor_right: Ints
    seats: int
    free: Bools


def left_over(problem: Problem) -> LeftOver:
    """Caps, floors and seats less those of the musts."""
    left, right = problem.degrees(problem.must)
    cap_left = np.maximum(0, problem.left.cap - left)
    cap_right = np.maximum(0, problem.right.cap - right)
    free = (cap_left[problem.pair_left] > 0) & (cap_right[problem.pair_right] > 0)
    free[problem.must] = False
    return LeftOver(
        cap_left=cap_left,
        cap_right=cap_right,
        floor_left=np.clip(problem.left.floor - left, 0, cap_left),
        floor_right=np.clip(problem.right.floor - right, 0, cap_right),
        seats=max(0, problem.seats - len(problem.must)),
        free=free,
    )


def problem_of(instance: ChooseInstance) -> Problem:
    """The instance as arrays; pairs that can never meet are left out, musts are put in."""
    left = Side.of(instance.left, instance.slots)
    right = Side.of(instance.right, instance.slots)
    tables = np.array(instance.tables, np.int64)
    pair_left, pair_right, score, must = _listed(instance)
    forbidden = _codes(instance, instance.never)
    code = pair_left * len(instance.right) + pair_right
    keep = (must >= 0) | (~np.isin(code, forbidden) & _meetable(left, right, tables, code))
    pair_left, pair_right, score, must = (a[keep] for a in (pair_left, pair_right, score, must))
    order = np.argsort(must[must >= 0], kind="stable")
    people = len(instance.left) + len(instance.right)
    highest = int(score.max(initial=0))
    return Problem(
        left=left,
        right=right,
        tables=tables,
        pair_left=pair_left,
        pair_right=pair_right,
        score=score,
        must=np.flatnonzero(must >= 0)[order],
        must_slot=np.array([-1 if m.slot is None else m.slot for m in instance.must], np.int64),
        floor_bonus=(people + 1) * (highest + 1),
    )


def scores_of(
    instance: ChooseInstance, pairs: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], int]:
    """The scores of some pairs, 0 for those not listed."""
    asked = list(pairs)
    codes = _codes(instance, asked)
    listed = instance.pairs.left * len(instance.right) + instance.pairs.right
    rows = np.flatnonzero(np.isin(listed, codes))
    found = dict(zip(listed[rows].tolist(), instance.pairs.score[rows].tolist(), strict=True))
    return {pair: found.get(code, 0) for pair, code in zip(asked, codes.tolist(), strict=True)}


def without_floors(problem: Problem) -> Problem:
    """The same problem with nobody asking for a least number of meetings."""
    left = replace(problem.left, floor=np.zeros_like(problem.left.floor))
    right = replace(problem.right, floor=np.zeros_like(problem.right.floor))
    return replace(problem, left=left, right=right)


def _codes(instance: ChooseInstance, pairs: Iterable[tuple[str, str]]) -> Ints:
    lefts, rights = instance.left_position, instance.right_position
    rows = [lefts[a] * len(instance.right) + rights[b] for a, b in pairs]
    return np.array(rows, np.int64)


def _listed(instance: ChooseInstance) -> tuple[Ints, Ints, Ints, Ints]:
    """Scored pairs and musts not scored: left, right, score, number of the must or -1."""
    pairs, width = instance.pairs, max(1, len(instance.right))
    musts = _codes(instance, tuple((must.left, must.right) for must in instance.must))
    codes = pairs.left * width + pairs.right
    extra = musts[~np.isin(musts, codes)]
    codes = np.concatenate([codes, extra])
    score = np.concatenate([pairs.score, np.zeros(len(extra), np.int64)])
    order = np.argsort(codes, kind="stable")
    must = np.full(len(codes), -1, np.int64)
    must[order[np.searchsorted(codes, musts, sorter=order)]] = np.arange(len(musts))
    return codes // width, codes % width, score, must


def _meetable(left: Side, right: Side, tables: Ints, code: Ints) -> Bools:
    """Whether a pair shares a slot that has a table."""
    open_left = (left.there & (tables > 0)).astype(np.float32)
    common = open_left @ right.there.T.astype(np.float32) > 0
    return common.ravel()[code]
