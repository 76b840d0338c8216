"""The rankers that are compared: each fits and returns a scoring function.

LightGBM, XGBoost and EBM are development libraries; where one is absent it is reported so.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from scoring.ranker import AdditiveRanker

Floats = npt.NDArray[np.float64]
Score = Callable[[Floats], Floats]
Fit = Callable[[Floats, Floats, npt.NDArray[np.intp]], Score]

ROUNDS, RATE, LEAVES, LEAST = 100, 0.1, 15, 20


class Missing(RuntimeError):
    """A model cannot be measured here; the message says why."""


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise Missing(f"{name} is not installed (requirements/bench.txt)") from error


def _sizes(query: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Group sizes of contiguous queries."""
    return np.unique(query, return_counts=True)[1]


def ours(features: Floats, y: Floats, query: npt.NDArray[np.intp]) -> Score:
    """Additive, pointwise, every query weighing the same."""
    ranker = AdditiveRanker(
        max_iter=ROUNDS, learning_rate=RATE, max_leaf_nodes=LEAVES, min_samples_leaf=LEAST
    )
    return ranker.fit(features, y, groups=query).decision_function


def lightgbm_lambdamart(features: Floats, y: Floats, query: npt.NDArray[np.intp]) -> Score:
    """LightGBM's LambdaMART."""
    ranker = (
        _library("lightgbm")
        .LGBMRanker(
            n_estimators=ROUNDS,
            learning_rate=RATE,
            num_leaves=LEAVES,
            min_child_samples=LEAST,
            n_jobs=1,
            verbose=-1,
        )
        .fit(features, y.astype(int), group=_sizes(query))
    )
    return lambda rows: np.asarray(ranker.booster_.predict(rows), dtype=np.float64)


def xgboost_ndcg(features: Floats, y: Floats, query: npt.NDArray[np.intp]) -> Score:
    """XGBoost's rank:ndcg."""
    ranker = (
        _library("xgboost")
        .XGBRanker(
            objective="rank:ndcg",
            n_estimators=ROUNDS,
            learning_rate=RATE,
            max_leaves=LEAVES,
            grow_policy="lossguide",
            tree_method="hist",
            n_jobs=1,
        )
        .fit(features, y, qid=query)
    )
    return lambda rows: np.asarray(ranker.predict(rows), dtype=np.float64)


def ebm(features: Floats, y: Floats, _query: npt.NDArray[np.intp]) -> Score:
    """An explainable boosting machine, additive, one bag."""
    glassbox = _library("interpret.glassbox")
    model = glassbox.ExplainableBoostingRegressor(
        interactions=0, outer_bags=1, n_jobs=1, random_state=0
    ).fit(features, y)
    return lambda rows: np.asarray(model.predict(rows), dtype=np.float64)


def ridge(features: Floats, y: Floats, _query: npt.NDArray[np.intp]) -> Score:
    """A standardised linear model."""
    model = make_pipeline(StandardScaler(), Ridge(alpha=1.0)).fit(features, y)
    return lambda rows: np.asarray(model.predict(rows), dtype=np.float64)


MODELS: Mapping[str, Fit] = {
    "ours": ours,
    "lightgbm": lightgbm_lambdamart,
    "xgboost": xgboost_ndcg,
    "ebm": ebm,
    "ridge": ridge,
}
"""The models by the name they are reported under."""
