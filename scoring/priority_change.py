"""A change of the priority rule, simulated before it is made: who gains and who loses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scoring.facts import Need, Product
from scoring.market_index import MarketIndex
from scoring.priority import PriorityRule, priority
from scoring.ranking import enterprise_ranks


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
    before: MarketIndex, after: MarketIndex, products: Iterable[Product]
) -> tuple[Shift, ...]:
    """Mean ranks under one index's rule and another's, largest gain first, ties by id."""
    ranks: dict[str, list[tuple[int, int]]] = {}
    for product in products:
        old, new = enterprise_ranks(before, product), enterprise_ranks(after, product)
        for enterprise, rank in old.items():
            ranks.setdefault(enterprise, []).append((rank, new[enterprise]))
    shifts = [
        Shift(
            enterprise_id=enterprise,
            rank_before=sum(old for old, _ in pairs) / len(pairs),
            rank_after=sum(new for _, new in pairs) / len(pairs),
        )
        for enterprise, pairs in ranks.items()
    ]
    return tuple(sorted(shifts, key=lambda shift: (-shift.gained, shift.enterprise_id)))


def tier_counts(needs: Iterable[Need], rule: PriorityRule) -> dict[str, int]:
    """How many needs stand in each tier under a rule."""
    tiers = [priority(need.standing, rule).tier for need in needs]
    return {f"P{tier}": tiers.count(tier) for tier in (1, 2, 3)}
