"""From a fitted `AdditiveRanker` to tables, exactly, by asking it about single codes.

`f_j(c) = F(x0 with column j at c) - F(x0)`; a pair's matrix follows by inclusion and exclusion.
Only the public decision function is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from scoring.ranker import AdditiveRanker
from scoring.tables import Head, PairTable

Floats = npt.NDArray[np.float64]
Score = Callable[[Floats], Floats]


def compile_head(ranker: AdditiveRanker, reference: Sequence[int] | None = None) -> Head:
    """The ranker as a head, zero at the reference codes (all missing when not given)."""
    start = np.asarray(reference or [0] * len(ranker.n_codes_), dtype=np.float64)
    sizes = ranker.n_codes_
    base = float(ranker.score_codes(start[None, :])[0])
    tables = tuple(
        ranker.score_codes(_varied(start, {column: np.arange(size)})) - base
        for column, size in enumerate(sizes)
    )
    pairs = tuple(
        _pair(ranker.score_codes, start, (first, second), tables=tables, base=base)
        for first, second in ranker.pairs_
    )
    return Head(base, tables, pairs)


def _varied(start: Floats, columns: dict[int, npt.NDArray[np.int64]]) -> Floats:
    """Rows equal to `start` but for these columns."""
    rows = np.repeat(start[None, :], len(next(iter(columns.values()))), axis=0)
    for column, codes in columns.items():
        rows[:, column] = codes
    return rows


def _pair(
    score: Score,
    start: Floats,
    columns: tuple[int, int],
    *,
    tables: Sequence[Floats],
    base: float,
) -> PairTable:
    first, second = columns
    shape = (len(tables[first]), len(tables[second]))
    a, b = (grid.ravel() for grid in np.indices(shape))
    together = score(_varied(start, {first: a, second: b}))
    alone = base + tables[first][a] + tables[second][b]
    return PairTable(first, second, (together - alone).reshape(shape))
