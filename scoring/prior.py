"""The expert prior: several perturbed scorecards teach two heads through pseudo-labels.

It cannot know more than its teachers; it gives the market a model of the very form that outcomes
will refine. Rows on which the teachers disagree weigh less. Everything follows from one seed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scoring import scorecard
from scoring.artefact import seal
from scoring.coding import FeatureTable
from scoring.compiling import compile_head
from scoring.features import FINANCE
from scoring.ranker import AdditiveRanker
from scoring.scorecard import Weights
from scoring.tables import FusedTables, Head, MarketModel
from scoring.technology_features import TECHNOLOGY

Floats = npt.NDArray[np.float64]
_MISSING_SHARE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorSettings:
    """How the prior is taught; `spread` is the log-normal perturbation of each weight."""

    seed: int = 0
    rows: int = 12_000
    teachers: int = 8
    spread: float = 0.25
    max_iter: int = 200


DEFAULT_PRIOR = PriorSettings()


def train_prior(settings: PriorSettings = DEFAULT_PRIOR) -> MarketModel:
    """Teach both heads of both markets and compile them."""
    rng = np.random.default_rng(settings.seed)
    finance = FusedTables(
        FINANCE,
        compile_head(taught(FINANCE, scorecard.FINANCE_WANTS, settings, rng), FINANCE.reference),
        compile_head(taught(FINANCE, scorecard.FINANCE_ACCEPTS, settings, rng), FINANCE.reference),
        scorecard.FINANCE_W,
    )
    technology = FusedTables(
        TECHNOLOGY,
        _technology_head(scorecard.TECHNOLOGY_WANTS, settings, rng),
        _technology_head(scorecard.TECHNOLOGY_ACCEPTS, settings, rng),
        scorecard.TECHNOLOGY_W,
    )
    return seal(finance, technology, origin=f"prior, seed {settings.seed}")


def _technology_head(weights: Weights, settings: PriorSettings, rng: np.random.Generator) -> Head:
    return compile_head(taught(TECHNOLOGY, weights, settings, rng), TECHNOLOGY.reference)


def taught(
    table: FeatureTable, weights: Weights, settings: PriorSettings, rng: np.random.Generator
) -> AdditiveRanker:
    """One head fitted to the mean opinion of perturbed scorecards over random pairs."""
    codes = random_codes(table, settings.rows, rng)
    opinions = np.stack(
        [
            scorecard.head(table, _perturbed(weights, settings.spread, rng)).log_odds(codes.T)
            for _ in range(settings.teachers)
        ]
    )
    ranker = AdditiveRanker(
        monotonic_cst=table.monotone,
        n_codes=table.n_codes,
        max_iter=settings.max_iter,
        label_range=(0.0, 1.0),
        random_state=settings.seed,
    )
    agreement = 1.0 / (1.0 + opinions.var(axis=0))
    chance = (1.0 / (1.0 + np.exp(-opinions))).mean(axis=0)
    return ranker.fit(codes, chance, sample_weight=agreement)


def random_codes(table: FeatureTable, rows: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Pairs with independent columns, a tenth missing: every code is seen, none is favoured."""
    codes = np.stack([rng.integers(1, n, size=rows) for n in table.n_codes], axis=1)
    codes[rng.random(codes.shape) < _MISSING_SHARE] = 0
    return codes


def _perturbed(weights: Weights, spread: float, rng: np.random.Generator) -> Weights:
    return {name: w * float(np.exp(rng.normal(0.0, spread))) for name, w in weights.items()}
