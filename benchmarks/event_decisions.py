"""Which pairs both say yes: our fused order against one-sided and other two-sided orders.

    python -m benchmarks.event_decisions [--data FOLDER]

A public record of fifteen meeting events of people (not of firms; never committed, the folder is
TANQIAO_REAL_DATA). The first twelve teach, the last three are judged. The fused order ranks lists,
the geometric one scores meetings of an event. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.metrics import roc_auc_score
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

from benchmarks.loans import default_folder
from benchmarks.real_events import COLUMNS, RECEIVED, Meetings, read
from scoring.ranker import AdditiveRanker

Floats = npt.NDArray[np.float64]
LAST_TAUGHT = 12
_DRAWS = 400
_RISING = {"own yes so far", *(f"other: {name} so far" for name in RECEIVED)}


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; 2 where the data is absent."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.event_decisions")
    parser.add_argument("--data", type=Path, default=default_folder())
    options = parser.parse_args(arguments)
    try:
        meetings = read(options.data)
    except (OSError, KeyError, ValueError) as error:
        print(f"benchmarks.event_decisions: {error}", file=sys.stderr)
        return 2
    with threadpool_limits(1):
        print(json.dumps(measure(meetings)))
    return 0


def measure(meetings: Meetings) -> dict[str, Any]:
    """The match AUC of every order over the meetings of the last events, each pair once."""
    chance = decisions(meetings)
    judged = np.flatnonzero(
        (meetings.event > LAST_TAUGHT) & (np.arange(len(meetings.yes)) < meetings.other)
    )
    p, q = chance[judged], chance[meetings.other[judged]]
    match = meetings.yes[judged] & meetings.yes[meetings.other[judged]]
    orders = orders_of(p, q)
    aucs = {name: round(float(roc_auc_score(match, order)), 4) for name, order in orders.items()}
    best_one = max(("first side", "second side"), key=lambda name: aucs[name])
    late = meetings.event > LAST_TAUGHT
    return {
        "benchmark": "event_decisions",
        "data": "people at fifteen meeting events, not firms",
        "meetings": [int((~late).sum()) // 2, len(judged)],
        "match_share": round(float(match.mean()), 4),
        "decision_auc": round(float(roc_auc_score(meetings.yes[late], chance[late])), 4),
        "match_auc": aucs,
        "fused_minus": {
            name: _difference(match, orders["fused"], orders[name])
            for name in (best_one, "harmonic", "geometric", "product")
        },
        "geometric_minus_one_sided": _difference(match, orders["geometric"], orders[best_one]),
    }


def decisions(meetings: Meetings) -> Floats:
    """The chance that a person says yes, taught by the first events only."""
    taught = meetings.event <= LAST_TAUGHT
    model = AdditiveRanker(
        monotonic_cst=[int(name in _RISING) for name in COLUMNS], max_bins=32, max_iter=80,
        learning_rate=0.08, max_leaf_nodes=6, min_samples_leaf=60, label_range=(0.0, 1.0),
        random_state=0,
    )  # fmt: skip
    model.fit(meetings.columns[taught], meetings.yes[taught].astype(float))
    return np.asarray(model.predict_proba(meetings.columns)[:, 1], dtype=np.float64)


def orders_of(p: Floats, q: Floats) -> dict[str, Floats]:
    """Scores of a pair from both chances; fused is the mean of the log-odds."""
    return {
        "fused": (np.log(p / (1 - p)) + np.log(q / (1 - q))) / 2,
        "first side": p,
        "second side": q,
        "harmonic": 2 * p * q / (p + q),
        "geometric": np.sqrt(p * q),
        "product": p * q,
    }


def _difference(match: npt.NDArray[np.bool_], ours: Floats, other: Floats) -> dict[str, float]:
    """AUC of ours minus the other's, with a 95 % interval over redrawn meetings."""
    rng = np.random.default_rng(0)
    draws = []
    for _ in range(_DRAWS):
        rows = rng.integers(0, len(match), len(match))
        draws.append(
            roc_auc_score(match[rows], ours[rows]) - roc_auc_score(match[rows], other[rows])
        )
    low, high = np.percentile(draws, [2.5, 97.5])
    difference = roc_auc_score(match, ours) - roc_auc_score(match, other)
    return {name: round(float(value), 4) for name, value in
            (("auc", difference), ("low", low), ("high", high))}  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
