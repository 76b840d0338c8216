"""A change of the priority rule, simulated before it is made: who gains and who loses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scoring.facts import Need, Product
from scoring.market_index import MarketIndex
from scoring.priority import PriorityRule, priority
from scoring.ranking import RankOptions, rank_needs

_ALL = RankOptions(top=None, explained=0, moved=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """What a new rule does to one enterprise: its mean rank before and after, over products."""

    enterprise_id: str
    rank_before: float
    rank_after: float

    @property
    def gained(self) -> float:
        """Places gained; negative where lost."""
        return self.rank_before - self.rank_after


def simulate(
    index: MarketIndex, rule: PriorityRule, products: Iterable[Product]
) -> tuple[Shift, ...]:
    """Mean ranks under the index's rule and under another, largest gain first, ties by id."""
    changed = MarketIndex.build(index.model, needs=index.need_columns.facts, rule=rule)
    before: dict[str, list[int]] = {}
    after: dict[str, list[int]] = {}
    for product in products:
        _collect(before, index, product)
        _collect(after, changed, product)
    shifts = [
        Shift(
            enterprise_id=enterprise,
            rank_before=sum(ranks) / len(ranks),
            rank_after=sum(after[enterprise]) / len(after[enterprise]),
        )
        for enterprise, ranks in before.items()
    ]
    return tuple(sorted(shifts, key=lambda shift: (-shift.gained, shift.enterprise_id)))


def tier_counts(needs: Iterable[Need], rule: PriorityRule) -> dict[str, int]:
    """How many needs stand in each tier under a rule."""
    tiers = [priority(need.standing, rule).tier for need in needs]
    return {f"P{tier}": tiers.count(tier) for tier in (1, 2, 3)}


def _collect(found: dict[str, list[int]], index: MarketIndex, product: Product) -> None:
    for row in rank_needs(index, product, options=_ALL).items:
        found.setdefault(row.enterprise or "", []).append(row.rank or 0)
