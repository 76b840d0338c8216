"""NDCG@10 of our ranker beside the usual ones on a LETOR/SVMlight file, same folds for all.

    python -m benchmarks.ranking FILE --query-column qid --json
    python -m benchmarks.ranking FILE [FILE ...] --query-column FILE.query [FILE.query ...]

`qid` reads the queries from the lines; a file holds one group size a line. Absent features are
zero, constant columns are dropped, and queries whose rows are all equally relevant are left out
of the mean. Folds are cut by query; every model has the same budget of 100 rounds.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.datasets import load_svmlight_file
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

from benchmarks.ranking_models import MODELS, Missing

Floats = npt.NDArray[np.float64]
FOLDS = 5
_AT = 10
_MOST_CELLS = 400_000_000


class BadFile(ValueError):
    """The file cannot be measured on; the message says where and why."""


@dataclass(frozen=True)
class Letor:
    """Rows, labels, and the query number of each row, queries contiguous."""

    features: Floats
    y: Floats
    query: npt.NDArray[np.intp]

    @property
    def n_queries(self) -> int:
        """How many queries there are."""
        return int(self.query[-1]) + 1


def main(arguments: list[str] | None = None) -> int:
    """Read, measure, print; 2 with one line on bad input."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ranking")
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--query-column", nargs="+", required=True, metavar="qid|FILE.query")
    parser.add_argument("--seeds", type=int, default=5, help="fold seeds (default 5)")
    parser.add_argument("--seconds", type=float, default=540, help="stop after about this long")
    parser.add_argument("--models", nargs="+", choices=[*MODELS], default=[*MODELS])
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    options = parser.parse_args(arguments)
    try:
        data = read(options.files, options.query_column)
        with threadpool_limits(1):
            answer = measure(data, options.models, seeds=options.seeds, seconds=options.seconds)
    except (BadFile, OSError) as error:
        print(f"benchmarks.ranking: {error}", file=sys.stderr)
        return 2
    print(json.dumps(answer) if options.json else table(answer))
    return 0


def read(files: list[str], queries: list[str]) -> Letor:
    """Read the files as one data set; BadFile names the file at fault."""
    if queries != ["qid"] and len(queries) != len(files):
        raise BadFile("--query-column needs qid, or one group file per FILE")
    parts, sizes = [], []
    for place, file in enumerate(files):
        cells, y, qid = _svmlight(file, with_qid=queries == ["qid"])
        groups = _runs(qid, file) if queries == ["qid"] else _group_file(queries[place])
        if groups.sum() != len(y):
            raise BadFile(
                f"{queries[place]}: sizes sum to {groups.sum()}, {file} has {len(y)} rows"
            )
        parts.append((cells, y))
        sizes.append(groups)
    width = max(cells.shape[1] for cells, _ in parts)
    if sum(cells.shape[0] for cells, _ in parts) * width > _MOST_CELLS:
        raise BadFile(f"{files[0]}: {width} features over these rows do not fit in memory")
    dense = np.zeros((sum(cells.shape[0] for cells, _ in parts), width))
    start = 0
    for cells, _ in parts:
        dense[start : start + cells.shape[0], : cells.shape[1]] = cells.toarray()
        start += cells.shape[0]
    groups = np.concatenate(sizes)
    varying = np.ptp(dense, axis=0) > 0
    labels = np.concatenate([y for _, y in parts])
    return Letor(dense[:, varying], labels, np.repeat(np.arange(len(groups)), groups))


def _svmlight(file: str, *, with_qid: bool) -> tuple[Any, Floats, Any]:
    if not Path(file).is_file():
        raise BadFile(f"{file}: no such file")
    try:
        cells, y, qid = load_svmlight_file(file, query_id=True, zero_based="auto")
    except (ValueError, TypeError, OverflowError, UnicodeDecodeError) as error:
        raise BadFile(f"{file}: not an SVMlight file: {error}") from error
    if not len(y) or not np.isfinite(y).all() or not np.isfinite(cells.data).all():
        raise BadFile(f"{file}: no rows, or a value that is not finite")
    if (y < 0).any() or (y > 30).any() or (y != np.floor(y)).any():
        raise BadFile(f"{file}: relevance labels must be whole numbers from 0 to 30")
    if with_qid and len(qid) != len(y):
        raise BadFile(f"{file}: lines carry no qid; name a group file with --query-column")
    return cells, y, qid


def _runs(qid: npt.NDArray[Any], file: str) -> npt.NDArray[np.intp]:
    """Sizes of the runs of equal qid; a qid that comes back later is refused."""
    starts = np.flatnonzero(np.r_[True, qid[1:] != qid[:-1]])
    if len(np.unique(qid)) != len(starts):
        raise BadFile(f"{file}: the rows of a qid must stand together")
    return np.diff(np.r_[starts, len(qid)])


def _group_file(file: str) -> npt.NDArray[np.intp]:
    try:
        sizes = np.array([int(line) for line in Path(file).read_text("utf-8").split()])
    except (OSError, ValueError) as error:
        raise BadFile(f"{file}: one group size a line expected: {error}") from error
    if not len(sizes) or (sizes < 1).any():
        raise BadFile(f"{file}: group sizes must be at least 1")
    return sizes


def ndcg(labels: Floats, scores: Floats) -> float:
    """NDCG@10 with gains 2**label - 1; ties keep the file's order; NaN where labels are equal."""
    if labels.min() == labels.max():
        return float("nan")
    gains, discounts = 2.0**labels - 1, 1 / np.log2(np.arange(2, _AT + 2))
    best = np.sort(gains)[::-1][:_AT]
    found = gains[np.argsort(-scores, kind="stable")[:_AT]]
    return float((found * discounts[: len(found)]).sum() / (best * discounts[: len(best)]).sum())


def measure(data: Letor, names: list[str], *, seeds: int, seconds: float) -> dict[str, Any]:
    """Every model on the same folds of every seed, within the time.

    On the first seed a model may take half of the time left, or it is left out, saying so.
    """
    if data.n_queries < 2 * FOLDS:
        raise BadFile(f"at least {2 * FOLDS} queries are needed, the file has {data.n_queries}")
    started = time.monotonic()
    scores: dict[str, list[Floats]] = {name: [] for name in names}
    left_out: dict[str, str] = {}
    for seed in range(seeds):
        before = time.monotonic()
        folds = np.random.default_rng(seed).permutation(data.n_queries) % FOLDS
        for name in [name for name in names if name not in left_out]:
            left = seconds - (time.monotonic() - started)
            limit = left / (2 * FOLDS) if seed == 0 else seconds
            try:
                scores[name].append(_cross_validated(data, folds, name, limit))
            except Missing as why:
                left_out[name] = str(why)
        if time.monotonic() - started + (time.monotonic() - before) > seconds:
            break
    kept = {name: np.array(rows) for name, rows in scores.items() if rows}
    return _answer(data, kept, left_out, time.monotonic() - started)


def _cross_validated(data: Letor, folds: npt.NDArray[np.intp], name: str, limit: float) -> Floats:
    """NDCG@10 of each query when its fold was held out."""
    found = np.full(data.n_queries, np.nan)
    bounds = np.searchsorted(data.query, np.arange(data.n_queries + 1))
    for fold in range(FOLDS):
        train = folds[data.query] != fold
        started = time.monotonic()
        score = MODELS[name](data.features[train], data.y[train], data.query[train])
        if time.monotonic() - started > limit:
            raise Missing(f"one fit took over {limit:.0f} s")
        for query in np.flatnonzero(folds == fold):
            rows = slice(bounds[query], bounds[query + 1])
            found[query] = ndcg(data.y[rows], score(data.features[rows]))
    return found


def _answer(
    data: Letor, kept: dict[str, Floats], left_out: dict[str, str], seconds: float
) -> dict[str, Any]:
    valid = ~np.isnan(next(iter(kept.values()))[0])
    means = {name: float(rows[:, valid].mean()) for name, rows in kept.items()}
    answer: dict[str, Any] = {
        "benchmark": "ranking",
        "rows": len(data.y),
        "features": data.features.shape[1],
        "queries": data.n_queries,
        "queries_measured": int(valid.sum()),
        "fold_seeds": min(len(rows) for rows in kept.values()),
        "ndcg@10": {name: round(mean, 4) for name, mean in means.items()},
        "left_out": left_out,
        "seconds": round(seconds, 1),
    }
    if "ours" in kept:
        versus = {
            name: _against(kept["ours"], rows, valid)
            for name, rows in kept.items()
            if name != "ours"
        }
        answer["ours_against"] = versus
    return answer


def _against(ours: Floats, other: Floats, valid: npt.NDArray[np.bool_]) -> dict[str, float]:
    """The ratio of means, and t of the per-query differences averaged over the shared seeds."""
    seeds = min(len(ours), len(other))
    mine, theirs = (rows[:seeds, valid].mean(axis=0) for rows in (ours, other))
    difference = mine - theirs
    spread = difference.std(ddof=1) / np.sqrt(len(difference))
    t = float(difference.mean() / spread) if spread else 0.0
    return {"ratio": round(float(mine.mean() / theirs.mean()), 4), "paired_t": round(t, 2)}


def table(answer: dict[str, Any]) -> str:
    """The answer for people."""
    lines = [f"{answer['queries_measured']} queries, {answer['fold_seeds']} fold seeds"]
    for name, mean in answer["ndcg@10"].items():
        against = answer.get("ours_against", {}).get(name)
        beside = f"  ours/{name} {against['ratio']} (t {against['paired_t']})" if against else ""
        lines.append(f"{name:20} NDCG@10 {mean:.4f}{beside}")
    lines += [f"{name:20} left out: {why}" for name, why in answer["left_out"].items()]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
