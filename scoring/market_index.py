"""The market as one immutable snapshot: columns of codes, ready to be ranked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from scoring.columns import Columns
from scoring.eligibility import tiers
from scoring.facts import Need, Product, Technology
from scoring.markets import FINANCE_MARKET, TECHNOLOGY_MARKET, Market
from scoring.priority import DEFAULT_RULE, PriorityRule, priority
from scoring.tables import FusedTables, MarketModel

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Scored:
    """One side's columns scored against one asker, before cutting and sorting."""

    market: Market
    tables: FusedTables
    columns: Columns
    asker: Any
    score: Floats
    priority: Floats
    tier: npt.NDArray[np.int8]

    @cached_property
    def order(self) -> Floats:
        """What the rows are sorted by: score + priority."""
        return self.score + self.priority

    def sorted_places(self, places: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
        """Places by tier, then order descending, then id."""
        return places[np.lexsort((places, -self.order[places], self.tier[places]))]

    def first(self, count: int | None, *, everything: bool = False) -> npt.NDArray[np.intp]:
        """The first places exactly, ties by id; the ineligible only with `everything`."""
        places = np.flatnonzero(self.tier <= (2 if everything else 1))
        if count is None or count >= len(places):
            return self.sorted_places(places)
        chosen: list[npt.NDArray[np.intp]] = []
        left = count
        for tier in (0, 1, 2):
            inside = places[self.tier[places] == tier]
            chosen.append(self._best_of(inside, left))
            left -= len(chosen[-1])
            if left <= 0:
                break
        return np.concatenate(chosen)

    def _best_of(self, places: npt.NDArray[np.intp], count: int) -> npt.NDArray[np.intp]:
        """The best of one tier: cut at the border's value first, so that ties are all kept."""
        if 0 < count < len(places):
            order = self.order[places]
            border = np.partition(order, len(order) - count)[len(order) - count]
            places = places[order >= border]
        return self.sorted_places(places)[:count]

    def pair_at(self, place: int) -> tuple[Any, Any]:
        """The need (or scenario) and the listing that meet at one place."""
        fact = self.columns.facts[place]
        return (fact, self.asker) if isinstance(self.asker, Product) else (self.asker, fact)


@dataclass(frozen=True)
class MarketIndex:
    """One consistent view; `updated` makes the next one and leaves this as it is.

    A reader keeps the snapshot it began with; a writer swaps one reference.
    """

    model: MarketModel
    rule: PriorityRule
    product_columns: Columns
    need_columns: Columns
    technology_columns: Columns

    @classmethod
    def build(
        cls,
        model: MarketModel,
        *,
        products: Iterable[Product] = (),
        needs: Iterable[Need] = (),
        technologies: Iterable[Technology] = (),
        rule: PriorityRule = DEFAULT_RULE,
    ) -> Self:
        """Index whole lists under a model and a priority rule."""
        needs_layout = FINANCE_MARKET.need_layout(
            lambda need: (priority(need.standing, rule).effect,)
        )
        return cls(
            model,
            rule,
            Columns.build(FINANCE_MARKET.listing_layout, products),
            Columns.build(needs_layout, needs),
            Columns.build(TECHNOLOGY_MARKET.listing_layout, technologies),
        )

    def updated(
        self,
        *,
        products: Iterable[Product] = (),
        needs: Iterable[Need] = (),
        technologies: Iterable[Technology] = (),
        removed: Iterable[str] = (),
    ) -> Self:
        """Return a snapshot with these added or replaced, and the ids `removed` gone."""
        gone = tuple(removed)
        return replace(
            self,
            product_columns=self.product_columns.edited(products, gone),
            need_columns=self.need_columns.edited(needs, gone),
            technology_columns=self.technology_columns.edited(technologies, gone),
        )

    def with_model(self, model: MarketModel) -> Self:
        """The same market under another model."""
        return replace(self, model=model)

    @cached_property
    def products(self) -> Mapping[str, Product]:
        """The products by id."""
        return {product.id: product for product in self.product_columns.facts}

    @cached_property
    def needs(self) -> Mapping[str, Need]:
        """The needs by id."""
        return {need.id: need for need in self.need_columns.facts}

    @cached_property
    def technologies(self) -> Mapping[str, Technology]:
        """The technologies by id."""
        return {technology.id: technology for technology in self.technology_columns.facts}

    @cached_property
    def _products_own(self) -> Floats:
        return FINANCE_MARKET.own_scores(self.model.finance.fused, self.product_columns)

    @cached_property
    def _technologies_own(self) -> Floats:
        return TECHNOLOGY_MARKET.own_scores(self.model.technology.fused, self.technology_columns)

    def score_products(self, need: Need) -> Scored:
        """Every product scored for a need; its priority is the same on every line."""
        effect = priority(need.standing, self.rule).effect
        columns, tables, own = self.product_columns, self.model.finance, self._products_own
        return _scored(FINANCE_MARKET, tables, need, columns, own=own, effect=effect)

    def score_technologies(self, scenario: Any) -> Scored:
        """Every technology scored for a scenario; technologies carry no priority."""
        columns, tables = self.technology_columns, self.model.technology
        own = self._technologies_own
        return _scored(TECHNOLOGY_MARKET, tables, scenario, columns, own=own, effect=0.0)

    def score_needs(self, product: Product) -> Scored:
        """Every need scored for a product, each with its own priority."""
        market, tables, columns = FINANCE_MARKET, self.model.finance, self.need_columns
        score = market.need_scores(tables.fused, product, columns)
        tier = tiers(market.need_gaps(product, columns))
        effects = columns.floats[0] if len(columns) else np.zeros(0)
        return Scored(market, tables, columns, product, score, effects, tier)


def _scored(
    market: Market, tables: FusedTables, need: Any, columns: Columns, *, own: Floats, effect: float
) -> Scored:
    score = market.listing_scores(tables.fused, need, columns, own)
    tier = tiers(market.listing_gaps(need, columns))
    return Scored(market, tables, columns, need, score, np.full(len(columns), effect), tier)
