"""What the enterprise can change, cheapest first; each is verified by ranking again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from scoring.facts import Assurance, DisclosureStanding, Need, Product
from scoring.market_index import MarketIndex, Scored
from scoring.rows import Move
from scoring.texts import Text

_STANDARD_AMBITION = 4.2
"""Percent a year: the linear pace of the 1.5 °C pathway."""
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to do; `cost` only orders them, from a form filled to a year's work."""

    cost: int
    do: Text
    apply: Callable[[DisclosureStanding], DisclosureStanding]


def _refresh(standing: DisclosureStanding) -> DisclosureStanding:
    return replace(standing, age_months=0) if standing.grade else standing


def _reach(grade: int, assurance: Assurance) -> Callable[[DisclosureStanding], DisclosureStanding]:
    """Publish a new disclosure that passes the gate of a grade."""

    def applied(standing: DisclosureStanding) -> DisclosureStanding:
        if standing.grade >= grade:
            return standing
        return replace(
            standing,
            grade=grade,
            assurance=max(standing.assurance, assurance),
            age_months=0,
            points=standing.points or 0.0,
        )

    return applied


def _complete(share: float) -> Callable[[DisclosureStanding], DisclosureStanding]:
    def applied(standing: DisclosureStanding) -> DisclosureStanding:
        if not standing.grade or (standing.completeness or 0.0) >= share:
            return standing
        return replace(standing, completeness=share)

    return applied


def _measure(standing: DisclosureStanding) -> DisclosureStanding:
    """Report from own measured energy data: data-quality score 2."""
    if not standing.grade or (standing.data_quality or 5) <= 2:
        return standing
    return replace(standing, data_quality=2)


def _verify(assurance: Assurance) -> Callable[[DisclosureStanding], DisclosureStanding]:
    """Have scopes 1 and 2 assured: data-quality score 1."""

    def applied(standing: DisclosureStanding) -> DisclosureStanding:
        if not standing.grade or standing.assurance >= assurance:
            return standing
        return replace(standing, assurance=assurance, data_quality=1)

    return applied


def _promise(standing: DisclosureStanding) -> DisclosureStanding:
    if not standing.grade or (standing.target_ambition or 0.0) >= _STANDARD_AMBITION:
        return standing
    return replace(standing, target_ambition=_STANDARD_AMBITION)


CHANGES: tuple[Change, ...] = (
    Change(1, Text("move-refresh"), _refresh),
    Change(2, Text("move-grade-1"), _reach(1, Assurance.NONE)),
    Change(3, Text("move-complete", {"percent": 80}), _complete(0.8)),
    Change(4, Text("move-measure"), _measure),
    Change(5, Text("move-target"), _promise),
    Change(6, Text("move-grade-2"), _reach(2, Assurance.NONE)),
    Change(7, Text("move-limited"), _verify(Assurance.LIMITED)),
    Change(8, Text("move-grade-3"), _reach(3, Assurance.LIMITED)),
    Change(9, Text("move-reasonable"), _verify(Assurance.REASONABLE)),
    Change(10, Text("move-grade-4"), _reach(4, Assurance.REASONABLE)),
)
"""The moves on offer, cheapest first."""


class Moves:
    """The moves of one need, each ranked once and then read for any listing."""

    def __init__(self, index: MarketIndex, need: Need, now: Scored) -> None:
        self._index, self._need, self._now = index, need, now
        self._after = [_Rescored(do, index, changed, now) for do, changed in alternatives(need)]

    def of(self, place: int) -> tuple[Move, ...]:
        """The moves that help one listing, cheapest first, a few at most."""
        product = self._now.columns.facts[place]
        fitting = [
            _Rescored(do, self._index, changed, self._now)
            for do, changed in _refitted(self._need, product)
        ]
        found = [each.move(place) for each in fitting + self._after if self._helps(each, place)]
        return tuple(found[:_SHOWN])

    def _helps(self, after: _Rescored, place: int) -> bool:
        """Whether it scores higher, ranks higher, or opens the listing."""
        tier_now, tier_after = self._now.tier[place], after.scored.tier[place]
        if tier_after != tier_now:
            return bool(tier_after < tier_now)
        return bool(after.scored.score[place] > self._now.score[place])


class _Rescored:
    """The ranking with one thing changed."""

    def __init__(self, do: Text, index: MarketIndex, need: Need, now: Scored) -> None:
        self.do = do
        self.scored = index.score_products(need)
        self.ranks = ranks(self.scored)
        self.unlocks = int(((self.scored.tier == 0) & (now.tier != 0)).sum())

    def move(self, place: int) -> Move:
        """The move as seen from one listing."""
        rank = int(self.ranks[place])
        return Move(
            do=self.do,
            score_after=float(self.scored.score[place]),
            rank_after=rank or None,
            unlocks=self.unlocks,
        )


def alternatives(need: Need) -> Iterator[tuple[Text, Need]]:
    """The need under each move that changes something."""
    for change in CHANGES:
        standing = change.apply(need.standing)
        if standing != need.standing:
            yield change.do, replace(need, standing=standing)


def _refitted(need: Need, product: Product) -> Iterator[tuple[Text, Need]]:
    """The need with amount, tenor or suitability fitted to one product, where it misses."""
    amount = min(max(need.amount, product.amount_min), product.amount_max)
    if amount != need.amount:
        yield Text("move-amount", {"amount": amount}), replace(need, amount=amount)
    tenor = min(max(need.tenor_months, product.tenor_min), product.tenor_max)
    if tenor != need.tenor_months:
        yield Text("move-tenor", {"months": tenor}), replace(need, tenor_months=tenor)
    if product.suitability_required and not need.suitability_confirmed:
        yield Text("move-suitability"), replace(need, suitability_confirmed=True)


def ranks(scored: Scored) -> npt.NDArray[np.int64]:
    """The rank of every place, 0 for those that may not meet."""
    places = scored.first(None)
    found = np.zeros(len(scored.columns), dtype=np.int64)
    found[places] = np.arange(1, len(places) + 1)
    return found
