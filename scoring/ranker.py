"""`AdditiveRanker`: monotone, additive gradient boosting on codes, through public API only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.utils.validation import check_consistent_length, check_is_fitted, validate_data

from scoring.binning import Bins, Matrix, fit_bins
from scoring.coding import MAX_CODES

Floats = npt.NDArray[np.float64]


class AdditiveRanker(BaseEstimator):
    """A ranker whose score is a sum of one function per column and per named pair.

    X is binned to codes (missing is a code of its own, the least favourable of a monotone column),
    or holds codes already when `n_codes` names how many each column has. y is a relevance: two
    classes, grades, or any real numbers; it is scaled to 0-1 by its range (or `label_range`, as
    (0, 1) for chances) and fitted as a soft label, so `predict_proba` is the expected relevance
    and `decision_function` its log-odds.

    Parameters
    ----------
    monotonic_cst : sequence of -1, 0, 1 per column; -1 where lower raw values are better.
    pairs : pairs of column numbers (or names, when X has them) that may interact.
    n_codes : codes per column when X holds codes.
    max_bins : bins per column otherwise.
    """

    def __init__(
        self,
        *,
        monotonic_cst: Sequence[int] | None = None,
        pairs: Sequence[tuple[Any, Any]] = (),
        n_codes: Sequence[int] | None = None,
        max_bins: int = MAX_CODES,
        max_iter: int = 100,
        learning_rate: float = 0.1,
        max_leaf_nodes: int = 15,
        min_samples_leaf: int = 20,
        l2_regularization: float = 0.0,
        label_range: tuple[float, float] | None = None,
        random_state: int | None = None,
    ) -> None:
        self.monotonic_cst = monotonic_cst
        self.pairs = pairs
        self.n_codes = n_codes
        self.max_bins = max_bins
        self.max_iter = max_iter
        self.learning_rate = learning_rate
        self.max_leaf_nodes = max_leaf_nodes
        self.min_samples_leaf = min_samples_leaf
        self.l2_regularization = l2_regularization
        self.label_range = label_range
        self.random_state = random_state

    def fit(self, X: Any, y: Any, *, groups: Any = None, sample_weight: Any = None) -> Self:
        """Fit to relevances; with `groups` (one id per row) every group weighs the same."""
        X, y = validate_data(
            self, X, y, dtype=np.float64, ensure_all_finite="allow-nan", y_numeric=True
        )
        signs = self._signs(X.shape[1])
        self.bins_: Bins | None = None
        if self.n_codes is None:
            self.bins_ = fit_bins(X, tuple(sign < 0 for sign in signs), self.max_bins)
        self.n_codes_ = self._column_codes(X.shape[1])
        self.pairs_ = self._pair_columns(X.shape[1])
        weight = _weights(X, sample_weight, groups)
        self.label_range_ = _label_range(y, self.label_range)
        rows, labels, weight = _soft_labels(self.codes(X), y, weight, self.label_range_)
        self.model_ = HistGradientBoostingClassifier(
            max_iter=self.max_iter,
            learning_rate=self.learning_rate,
            max_leaf_nodes=self.max_leaf_nodes,
            min_samples_leaf=self.min_samples_leaf,
            l2_regularization=self.l2_regularization,
            monotonic_cst=[abs(sign) for sign in signs],
            interaction_cst=[{column} for column in range(X.shape[1])]
            + [set(pair) for pair in self.pairs_],
            max_bins=255,
            early_stopping=False,
            random_state=self.random_state,
        ).fit(rows, labels, sample_weight=weight)
        return self

    def codes(self, X: Matrix) -> Floats:
        """The codes of raw columns (NaN is 0); codes given as such pass through."""
        if self.bins_ is not None:
            return self.bins_.codes(X)
        codes = np.where(np.isnan(X), 0.0, X)
        limits = np.asarray(self.n_codes_) - 1
        if ((codes < 0) | (codes > limits) | (codes != np.floor(codes))).any():
            raise ValueError("X must hold whole codes from 0 to n_codes - 1 of its column")
        return codes

    def decision_function(self, X: Any) -> Floats:
        """The score in log-odds."""
        check_is_fitted(self)
        X = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan", reset=False)
        return self.score_codes(self.codes(X))

    def score_codes(self, codes: Floats) -> Floats:
        """The score of rows that hold codes already; what the compiler probes."""
        return np.asarray(self.model_.decision_function(codes), dtype=np.float64)

    def predict_proba(self, X: Any) -> Floats:
        """Columns 1 - p and p, p the expected relevance on 0-1."""
        chance = 1.0 / (1.0 + np.exp(-self.decision_function(X)))
        return np.column_stack([1.0 - chance, chance])

    def predict(self, X: Any) -> Floats:
        """The expected relevance on the scale of the labels."""
        chance = self.predict_proba(X)[:, 1]
        low, high = self.label_range_
        return np.asarray(low + (high - low) * chance, dtype=np.float64)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.target_tags.required = True
        return tags

    def _signs(self, n_columns: int) -> list[int]:
        signs = [0] * n_columns if self.monotonic_cst is None else list(self.monotonic_cst)
        if len(signs) != n_columns or not set(signs) <= {-1, 0, 1}:
            raise ValueError("monotonic_cst must hold -1, 0 or 1 for each column")
        if self.n_codes is not None and -1 in signs:
            raise ValueError("columns of codes are stored so that up is better; use 0 or 1")
        return signs

    def _column_codes(self, n_columns: int) -> tuple[int, ...]:
        if self.bins_ is not None:
            return self.bins_.n_codes
        codes = tuple(self.n_codes or ())
        if len(codes) != n_columns or not all(1 <= n <= MAX_CODES + 1 for n in codes):
            raise ValueError(f"n_codes must hold 1 to {MAX_CODES + 1} for each column")
        return codes

    def _pair_columns(self, n_columns: int) -> tuple[tuple[int, int], ...]:
        names = list(getattr(self, "feature_names_in_", []))
        found = []
        for pair in self.pairs:
            first, second = (names.index(p) if isinstance(p, str) else int(p) for p in pair)
            if first == second or not (0 <= first < n_columns and 0 <= second < n_columns):
                raise ValueError(f"pairs must name two different columns of X, not {pair!r}")
            found.append((min(first, second), max(first, second)))
        return tuple(dict.fromkeys(found))


def _weights(X: Matrix, sample_weight: Any, groups: Any) -> Floats:
    weight = np.ones(len(X)) if sample_weight is None else np.asarray(sample_weight, np.float64)
    if weight.ndim != 1 or not np.isfinite(weight).all() or (weight < 0).any():
        raise ValueError("sample_weight must be a row of finite numbers, none negative")
    check_consistent_length(X, weight, groups)
    if groups is None:
        return weight
    _, places, sizes = np.unique(np.asarray(groups), return_inverse=True, return_counts=True)
    return np.asarray(weight * (sizes.mean() / sizes[places]), dtype=np.float64)


def _label_range(y: Floats, given: tuple[float, float] | None) -> tuple[float, float]:
    low, high = (float(y.min()), float(y.max()))
    if high == low:
        raise ValueError("y holds one value only; a ranker needs at least two, not one class")
    if given is None:
        return low, high
    if low < given[0] or high > given[1]:
        raise ValueError(f"y must lie inside label_range {given}")
    return float(given[0]), float(given[1])


def _soft_labels(
    codes: Floats, y: Floats, weight: Floats, label_range: tuple[float, float]
) -> tuple[Floats, Floats, Floats]:
    """Each row as a yes with weight y and a no with weight 1 - y, zero weights dropped."""
    low, high = label_range
    share = (y - low) / (high - low)
    yes, no = share > 0, share < 1
    rows = np.concatenate([codes[yes], codes[no]])
    labels = np.concatenate([np.ones(int(yes.sum())), np.zeros(int(no.sum()))])
    weights = np.concatenate([(weight * share)[yes], (weight * (1 - share))[no]])
    return rows, labels, weights
