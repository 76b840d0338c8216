"""Exposure against merit by group, and a floor that gives a group its share of every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
FAIR = (0.8, 1.25)
"""Exposure over merit within which a group is served fairly (the four-fifths rule)."""


@dataclass(frozen=True, slots=True)
class GroupShare:
    """A group's share of exposure and of merit over many rankings."""

    group: str
    exposure: float
    merit: float

    @property
    def ratio(self) -> float:
        """Exposure over merit; 1 where the group has neither."""
        if not self.merit:
            return 1.0 if not self.exposure else float("inf")
        return self.exposure / self.merit

    @property
    def fair(self) -> bool:
        """Whether the ratio lies within the fair band."""
        return FAIR[0] <= self.ratio <= FAIR[1]


def exposure(length: int) -> Floats:
    """How much each position is seen: 1 / log2(1 + position)."""
    return np.asarray(1 / np.log2(np.arange(2, length + 2)), dtype=np.float64)


def group_shares(
    rankings: Sequence[Sequence[str]], merits: Sequence[Sequence[float]]
) -> tuple[GroupShare, ...]:
    """Shares by group over rankings given as groups in rank order, with each row's merit.

    Merit is the expected relevance; each ranking counts as much as its rows are seen.
    """
    seen: dict[str, float] = {}
    earned: dict[str, float] = {}
    for groups, worth in zip(rankings, merits, strict=True):
        weights = exposure(len(groups))
        total = sum(worth) or 1.0
        for group, weight, merit in zip(groups, weights.tolist(), worth, strict=True):
            seen[group] = seen.get(group, 0.0) + weight
            earned[group] = earned.get(group, 0.0) + merit / total * float(weights.sum())
    whole = sum(seen.values()) or 1.0
    return tuple(
        GroupShare(group, seen[group] / whole, earned[group] / whole) for group in sorted(seen)
    )


def with_floor(in_group: npt.NDArray[np.bool_], share: float) -> npt.NDArray[np.intp]:
    """A new order of ranked rows in which every prefix holds the floor of its group, if it can.

    `in_group` is in rank order. Inside and outside the group the order stays; a row is lifted only
    where the group would fall below `floor(share * prefix)`.
    """
    if not 0 <= share <= 1:
        raise ValueError("share must lie between 0 and 1")
    inside, outside = np.flatnonzero(in_group).tolist(), np.flatnonzero(~in_group).tolist()
    order: list[int] = []
    placed = 0
    while inside or outside:
        short = placed < int(share * (len(order) + 1))
        take_inside = bool(inside) and (short or not outside or inside[0] < outside[0])
        order.append(inside.pop(0) if take_inside else outside.pop(0))
        placed += take_inside
    return np.array(order, dtype=np.intp)
