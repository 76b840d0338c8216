"""The serving functions: one per direction, each from a snapshot to frozen rows."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.facts import Need, Product, Scenario
from scoring.market_index import MarketIndex
from scoring.priority import DEFAULT_RULE, PriorityRule
from scoring.rows import Ranking


@dataclass(frozen=True, slots=True, kw_only=True)
class RankOptions:
    """How many rows, how deeply explained.

    `top` None means all; `everything` lists the ineligible too (rank None); the first `explained`
    rows carry contributions, the first `moved` rows carry moves.
    """

    top: int | None = 50
    everything: bool = False
    explained: int | None = None
    moved: int = 10
    rule: PriorityRule = DEFAULT_RULE


DEFAULT_OPTIONS = RankOptions()


def rank_products(
    index: MarketIndex, need: Need, *, options: RankOptions = DEFAULT_OPTIONS
) -> Ranking:
    """Rank the products for a need, with reasons and what would raise each rank."""
    raise NotImplementedError


def rank_needs(
    index: MarketIndex, product: Product, *, options: RankOptions = DEFAULT_OPTIONS
) -> Ranking:
    """Rank the needs for a product; an enterprise appears once, with its best need."""
    raise NotImplementedError


def rank_technologies(
    index: MarketIndex, scenario: Scenario, *, options: RankOptions = DEFAULT_OPTIONS
) -> Ranking:
    """Rank the technologies for a scenario."""
    raise NotImplementedError
