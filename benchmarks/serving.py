"""Ranking a market with tables against scikit-learn's `predict_proba`, in one run.

    python -m benchmarks.serving [--quick]

Both rank the same random market (sample data) under the same fitted model on one core with threads
pinned: ours sums compiled tables and selects an exact top 50; scikit-learn predicts ready rows of
codes (building its rows and selecting are not even counted). Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

from benchmarks.serving_market import random_needs, random_products
from scoring import scorecard
from scoring.artefact import seal
from scoring.compiling import compile_head
from scoring.facts import Need
from scoring.features import FINANCE
from scoring.market_index import MarketIndex
from scoring.market_wide import Blocks
from scoring.markets import FINANCE_MARKET
from scoring.prior import PriorSettings, taught
from scoring.ranker import AdditiveRanker
from scoring.ranking import RankOptions, rank_products
from scoring.tables import FusedTables, Head

TOP = 50
Matrix = npt.NDArray[np.float64]


def main(arguments: list[str] | None = None) -> int:
    """Run and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.serving")
    parser.add_argument("--quick", action="store_true", help="seconds instead of a minute")
    parser.add_argument("--products", type=int, default=5000)
    parser.add_argument("--needs", type=int, default=100_000)
    options = parser.parse_args(arguments)
    if options.products < TOP or options.needs < 1:
        print(f"--products must be at least {TOP} and --needs at least 1", file=sys.stderr)
        return 2
    needs = min(options.needs, 4000) if options.quick else options.needs
    with threadpool_limits(1):
        print(json.dumps(measure(options.products, needs, quick=options.quick)))
    return 0


def measure(n_products: int, n_needs: int, *, quick: bool) -> dict[str, Any]:
    """All figures of one market; seconds are CPU-seconds of this process."""
    heads = [_taught(weights) for weights in (scorecard.FINANCE_WANTS, scorecard.FINANCE_ACCEPTS)]
    index = _index(heads, n_products, n_needs)
    blocks, building = _timed(partial(_blocks, index))
    wide, sweeping = _timed(partial(blocks.top, TOP))
    rows = _rows(index, 20 if quick else 60)
    by_head = [_timed(partial(head.predict_proba, rows))[1] for head in heads]
    pairs = n_products * n_needs
    ours_rate, sklearn_rate = pairs / sweeping, len(rows) / sum(by_head)
    plain_rate = len(rows) / by_head[0]
    return {
        "benchmark": "serving",
        "products": n_products,
        "needs": n_needs,
        "top": TOP,
        "cpu_seconds_building": round(building, 3),
        "cpu_seconds_sweeping": round(sweeping, 3),
        "blocks": [len(rows) for rows in blocks.rows],
        "pairs_per_cpu_second": round(ours_rate),
        "sklearn_two_heads_pairs_per_cpu_second": round(sklearn_rate),
        "sklearn_one_head_pairs_per_cpu_second": round(plain_rate),
        "ratio": round(ours_rate / sklearn_rate, 1),
        "ratio_one_head": round(ours_rate / plain_rate, 1),
        "eligible_per_need_in_top": round(float((wide.places >= 0).sum(axis=1).mean()), 1),
        "max_difference_from_sklearn": _difference(index, heads, rows),
        "top_equal_to_sklearn": _agreement(index, heads, wide, 50 if quick else 1000),
        "one_need_milliseconds": _one_need(index),
        "peak_rss_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _taught(weights: scorecard.Weights) -> AdditiveRanker:
    """A head of the size a market would serve: 200 trees of up to 15 leaves."""
    settings = PriorSettings(rows=12_000, max_iter=200)
    return taught(FINANCE, weights, settings, np.random.default_rng(0))


def _index(heads: list[AdditiveRanker], n_products: int, n_needs: int) -> MarketIndex:
    wants, accepts = (compile_head(head, FINANCE.reference) for head in heads)
    finance = FusedTables(FINANCE, wants, accepts)
    model = seal(finance, scorecard.scorecard_model().technology, origin="benchmark")
    rng = np.random.default_rng(1)
    return MarketIndex.build(
        model, products=random_products(n_products, rng), needs=random_needs(n_needs, rng)
    )


def _blocks(index: MarketIndex) -> Blocks:
    needs, products = index.need_columns, index.product_columns
    return Blocks.build(FINANCE_MARKET, index.model.finance, needs, products)


def _rows(index: MarketIndex, n_needs: int) -> Matrix:
    """Ready rows of codes: every product for some needs."""
    needs = index.need_columns.facts[:n_needs]
    return np.concatenate([_rows_of(index, need) for need in needs])


def _rows_of(index: MarketIndex, need: Need) -> Matrix:
    """Ready rows of codes: every product for one need."""
    coded = FINANCE_MARKET.seen_by_need(need, index.product_columns)
    return np.stack(np.broadcast_arrays(*(each.all() for each in coded)), axis=1).astype(float)


def _difference(index: MarketIndex, heads: list[AdditiveRanker], rows: Any) -> float:
    """The largest gap between a compiled head and its model."""
    finance = index.model.finance
    codes = rows.astype(np.int64).T
    compiled: tuple[Head, ...] = (finance.wants, finance.accepts)
    gaps = [
        np.abs(head.log_odds(codes) - ranker.decision_function(rows)).max()
        for head, ranker in zip(compiled, heads, strict=True)
    ]
    return float(max(gaps))


def _agreement(index: MarketIndex, heads: list[AdditiveRanker], wide: Any, n_needs: int) -> str:
    """For how many needs the top set is what float64 scikit-learn gives, ties by id.

    scikit-learn's sums carry rounding of the last bits; values equal to 1e-11 count as a tie.
    """
    w, equal = index.model.finance.w, 0
    chosen = range(0, len(index.need_columns), max(1, len(index.need_columns) // n_needs))
    for place in list(chosen)[:n_needs]:
        scored = index.score_products(index.need_columns.facts[place])
        eligible = np.flatnonzero(scored.tier == 0)
        if not len(eligible):
            equal += bool((wide.places[place] < 0).all())
            continue
        rows = _rows_of(index, index.need_columns.facts[place])
        wants, accepts = (head.decision_function(rows[eligible]) for head in heads)
        score = np.round(w * wants + (1 - w) * accepts, 11)
        best = eligible[np.lexsort((eligible, -score))][:TOP]
        found = wide.places[place][wide.places[place] >= 0]
        equal += set(best.tolist()) == set(found.tolist())
    return f"{equal}/{min(n_needs, len(list(chosen)))}"


def _one_need(index: MarketIndex) -> dict[str, float]:
    """Wall time of one need in process: scored and cut to 50, and with a page of explanations."""
    needs = index.need_columns.facts[:300]
    page = RankOptions(top=20, moved=5)
    core = [_wall(partial(_first, index, need)) for need in needs]
    full = [_wall(partial(rank_products, index, need, options=page)) for need in needs[:50]]
    return {
        "p50": round(float(np.percentile(core, 50)), 3),
        "p99": round(float(np.percentile(core, 99)), 3),
        "explained_page_p50": round(float(np.percentile(full, 50)), 3),
    }


def _first(index: MarketIndex, need: Need) -> Any:
    return index.score_products(need).first(TOP)


def _wall(call: Callable[[], Any]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def _timed(call: Callable[[], Any]) -> tuple[Any, float]:
    start = time.process_time()
    result = call()
    return result, time.process_time() - start


if __name__ == "__main__":
    raise SystemExit(main())
