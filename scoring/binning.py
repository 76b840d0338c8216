"""Our own binner: real columns to codes, 0 for missing, up is better, at most 254 bins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from scoring.coding import MAX_CODES

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Bins:
    """The edges of every column, and which columns are better when lower."""

    edges: tuple[npt.NDArray[np.float64], ...]
    less_is_better: tuple[bool, ...]

    @property
    def n_codes(self) -> tuple[int, ...]:
        """Codes per column, the missing code included."""
        return tuple(len(edges) + 2 for edges in self.edges)

    def codes(self, X: Matrix) -> npt.NDArray[np.float64]:
        """The codes of a matrix, as floats that a tree can be fitted to."""
        found = np.empty(X.shape, dtype=np.float64)
        for column, (edges, less) in enumerate(zip(self.edges, self.less_is_better, strict=True)):
            bins = np.searchsorted(edges, X[:, column], side="right")
            codes = len(edges) + 1 - bins if less else bins + 1
            found[:, column] = np.where(np.isnan(X[:, column]), 0, codes)
        return found


def fit_bins(X: Matrix, less_is_better: tuple[bool, ...], max_bins: int) -> Bins:
    """Edges between the values where they are few, at quantiles where they are many."""
    if not 2 <= max_bins <= MAX_CODES:
        raise ValueError(f"max_bins must lie between 2 and {MAX_CODES}")
    return Bins(tuple(_edges(column, max_bins) for column in X.T), less_is_better)


def _edges(column: npt.NDArray[Any], max_bins: int) -> npt.NDArray[np.float64]:
    values = np.unique(column[~np.isnan(column)])
    if len(values) <= 1:
        return np.zeros(0)
    middles = values[:-1] + np.diff(values) / 2
    if len(values) <= max_bins:
        return np.asarray(middles, dtype=np.float64)
    shares = np.linspace(0, 1, max_bins + 1)[1:-1]
    cuts = np.quantile(column[~np.isnan(column)], shares, method="inverted_cdf")
    return np.asarray(np.unique(middles[np.searchsorted(values[1:-1], cuts)]), dtype=np.float64)
