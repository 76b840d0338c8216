"""The serving functions: one per direction, each from a snapshot to frozen rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from scoring.explain import contributions
from scoring.facts import Need, Product, Scenario
from scoring.market_index import MarketIndex, Scored
from scoring.moves import Moves
from scoring.rows import Eligibility, RankedRow, Ranking

_TIERS = (Eligibility.ELIGIBLE, Eligibility.NEARLY, Eligibility.NO)
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankOptions:
    """How many rows, how deeply explained.

    `top` None means all; `everything` lists the ineligible too (rank None); the first `explained`
    rows carry contributions (None: all), the first `moved` rows carry moves.
    """

    top: int | None = 50
    everything: bool = False
    explained: int | None = None
    moved: int = 10


DEFAULT_OPTIONS = RankOptions()


def rank_products(
    index: MarketIndex, need: Need, *, options: RankOptions = DEFAULT_OPTIONS
) -> Ranking:
    """Rank the products for a need, with reasons and what would raise each rank."""
    scored = index.score_products(need)
    if need.left_out_of_ranking:
        allowed = np.flatnonzero(scored.tier < 2)
        return _answer(
            scored, index, "products", (), by_date=_by_date(scored, allowed, "listed_on")
        )
    places = scored.first(options.top, everything=options.everything)
    moves = Moves(index, need, scored) if options.moved and len(places) else None
    rows = _rows(scored, places, options, moves=moves)
    return _answer(scored, index, "products", rows)


def rank_needs(
    index: MarketIndex, product: Product, *, options: RankOptions = DEFAULT_OPTIONS
) -> Ranking:
    """Rank the needs for a product; an enterprise appears once, with its best need.

    Needs left out of automated ranking stand in `by_date` and take nobody's rank.
    """
    scored = index.score_needs(product)
    facts = scored.columns.facts
    left_out = np.array([need.left_out_of_ranking for need in facts], dtype=bool)
    allowed = np.flatnonzero(left_out & (scored.tier < 2))
    places = _best_per_enterprise(scored, left_out, everything=options.everything)
    rows = _rows(scored, places[: options.top], options)
    by_date = _by_date(scored, allowed, "posted_on")
    return _answer(scored, index, "needs", rows, by_date=by_date)


def enterprise_ranks(index: MarketIndex, product: Product) -> dict[str, int]:
    """The rank of each enterprise that is ranked for a product, and nothing else: quick."""
    scored = index.score_needs(product)
    facts = scored.columns.facts
    left_out = np.array([need.left_out_of_ranking for need in facts], dtype=bool)
    places = _best_per_enterprise(scored, left_out, everything=False)
    return {facts[place].enterprise_id: rank for rank, place in enumerate(places, start=1)}


def rank_technologies(
    index: MarketIndex, scenario: Scenario, *, options: RankOptions = DEFAULT_OPTIONS
) -> Ranking:
    """Rank the technologies for a scenario."""
    scored = index.score_technologies(scenario)
    if scenario.left_out_of_ranking:
        by_date = _by_date(scored, np.flatnonzero(scored.tier < 2), "listed_on")
        return _answer(scored, index, "technologies", (), by_date=by_date)
    places = scored.first(options.top, everything=options.everything)
    return _answer(scored, index, "technologies", _rows(scored, places, options))


def _best_per_enterprise(
    scored: Scored, left_out: npt.NDArray[np.bool_], *, everything: bool
) -> Places:
    shown = np.flatnonzero(~left_out & (scored.tier <= (2 if everything else 1)))
    seen: set[str] = set()
    kept = []
    for place in scored.sorted_places(shown):
        enterprise = scored.columns.facts[place].enterprise_id
        if enterprise not in seen:
            seen.add(enterprise)
            kept.append(place)
    return np.array(kept, dtype=np.intp)


def _by_date(scored: Scored, places: Places, field: str) -> tuple[str, ...]:
    """Ids by date, newest first, undated last, ties by id."""

    def key(fact: Any) -> tuple[int, str]:
        day: date | None = getattr(fact, field)
        return (-day.toordinal() if day else 0, fact.id)

    facts = sorted((scored.columns.facts[place] for place in places), key=key)
    return tuple(fact.id for fact in facts)


def _rows(
    scored: Scored,
    places: Places,
    options: RankOptions,
    *,
    moves: Moves | None = None,
) -> tuple[RankedRow, ...]:
    explained = len(places) if options.explained is None else options.explained
    rows = []
    for number, place in enumerate(places.tolist(), start=1):
        need, listing = scored.pair_at(place)
        fact = scored.columns.facts[place]
        codes = scored.market.table.codes(need, listing)
        tier = _TIERS[scored.tier[place]]
        rows.append(
            RankedRow(
                id=fact.id,
                rank=None if tier is Eligibility.NO else number,
                eligibility=tier,
                missing=scored.market.judge(need, listing).missing if scored.tier[place] else (),
                score=float(scored.score[place]),
                priority=float(scored.priority[place]),
                order=float(scored.order[place]),
                mutual=float(scored.tables.mutual(codes)),
                contributions=contributions(scored.tables, codes, need=need, listing=listing)
                if number <= explained
                else (),
                moves=moves.of(place) if moves is not None and number <= options.moved else (),
                enterprise=fact.enterprise_id if isinstance(fact, Need) else None,
            )
        )
    return tuple(rows)


def _answer(
    scored: Scored,
    index: MarketIndex,
    direction: str,
    rows: tuple[RankedRow, ...],
    *,
    by_date: tuple[str, ...] = (),
) -> Ranking:
    return Ranking(
        model=index.model.sha256,
        direction=direction,
        base=scored.tables.fused.base,
        items=rows,
        by_date=by_date,
    )
