"""Learning from what was shown: who was looked at, who was chosen, and what follows from it.

A choice is examination x relevance. Examination by position is estimated on the randomised slice;
whether a row that nobody chose was looked at at all is a hidden fact, estimated in turns with the
model (expectation-maximisation). The prior takes part as pseudo-observations; how many is chosen
on sessions held out, and where the prior explains those best, nothing is learnt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.isotonic import IsotonicRegression

from scoring.coding import FeatureTable
from scoring.compiling import compile_head
from scoring.ranker import AdditiveRanker
from scoring.tables import Calibration, Head

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_LEAST_EXAMINED = 0.01
_OWN_WEIGHT = 100.0
_SURE = 2.0
"""Standard errors by which held-out sessions must favour a new head over the prior."""


@dataclass(frozen=True)
class Impressions:
    """Rows that were shown, as logged at serve time; equal lengths, positions from 1."""

    session: Ints
    codes: Ints
    position: Ints
    chosen: npt.NDArray[np.bool_]
    randomised: npt.NDArray[np.bool_]

    def __post_init__(self) -> None:
        """Refuse rows of unequal length or positions below 1."""
        columns = (self.session, self.position, self.chosen, self.randomised)
        if {len(column) for column in columns} != {len(self.codes)}:
            raise ValueError("the columns of a log must be equally long")
        if len(self.codes) and self.position.min() < 1:
            raise ValueError("positions count from 1")

    def rows(self, kept: npt.NDArray[np.bool_]) -> Impressions:
        """Only the rows kept."""
        return Impressions(
            self.session[kept],
            self.codes[kept],
            self.position[kept],
            self.chosen[kept],
            self.randomised[kept],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningSettings:
    """`prior_weights` are how many observations the prior may count for; the rest is the fit's."""

    prior_weights: Sequence[float] = (50.0, 500.0, 5000.0)
    folds: int = 4
    turns: int = 3
    max_iter: int = 100
    learning_rate: float = 0.1
    max_leaf_nodes: int = 8
    min_samples_leaf: int = 40
    pairs: Sequence[tuple[int, int]] = ()
    seed: int = 0


DEFAULT_LEARNING = LearningSettings()


def examination(log: Impressions) -> Floats:
    """The chance that a position is looked at (index 0 is position 1), relative to the first.

    A power of the position, fitted by likelihood to the choices on the randomised slice, where
    position does not depend on relevance: one number, because young markets have few choices.
    """
    slice_ = log.rows(log.randomised)
    if not slice_.chosen.any():
        raise ValueError("examination needs choices on the randomised slice")
    last = int(log.position.max())
    shown = np.bincount(slice_.position, minlength=last + 1)[1:]
    chosen = np.bincount(slice_.position, weights=slice_.chosen, minlength=last + 1)[1:]
    place = np.log(np.arange(1, last + 1))
    powers = np.arange(0.0, 3.0, 0.01)
    seen = np.exp(-powers[:, None] * place)
    likelihood = -powers * (chosen @ place) - chosen.sum() * np.log(seen @ shown)
    return _by_power(float(powers[int(likelihood.argmax())]), last)


@dataclass(frozen=True, slots=True)
class Learnt:
    """A calibrated head and how it was chosen: mean log-likelihood of held-out sessions."""

    head: Head
    likelihood: float
    likelihood_of_prior: float
    prior_weight: float | None
    """None where the prior explained the held-out choices best and was kept."""


def learn(
    table: FeatureTable,
    prior: Head,
    log: Impressions,
    settings: LearningSettings = DEFAULT_LEARNING,
) -> Learnt:
    """A head refitted to the log where that helps, compiled and calibrated.

    The prior's weight is chosen on one fold; whether to learn at all, and the calibration, are
    judged on every session by a head that was not fitted to it.
    """
    looked_at = examination(log)
    folds = _folds(log, settings)
    weight, first = _chosen_weight(table, prior, log, looked_at, folds, settings)
    log_odds = np.empty(len(log.codes))
    for fold in range(settings.folds):
        outside, fit = folds == fold, first
        if fold:
            inside = log.rows(~outside)
            fit = _taught_by(
                table, prior, inside, looked_at, prior_weight=weight, settings=settings
            )
        log_odds[outside] = fit.log_odds(log.codes[outside].T)
    of_prior = np.asarray(prior.log_odds(log.codes.T), dtype=np.float64)
    before, after = (_likelihoods(each, log, looked_at) for each in (of_prior, log_odds))
    gain = after - before
    if gain.mean() <= _SURE * gain.std(ddof=1) / np.sqrt(len(gain)):
        kept = _with(prior, calibrate(of_prior, log, looked_at))
        return Learnt(kept, float(before.mean()), float(before.mean()), None)
    final = _taught_by(table, prior, log, looked_at, prior_weight=weight, settings=settings)
    calibrated = _with(final, calibrate(log_odds, log, looked_at))
    return Learnt(calibrated, float(after.mean()), float(before.mean()), weight)


def _by_power(power: float, positions: int) -> Floats:
    seen = np.arange(1, positions + 1) ** -power
    return np.asarray(np.maximum(seen, _LEAST_EXAMINED), dtype=np.float64)


def _folds(log: Impressions, settings: LearningSettings) -> Ints:
    """A fold for every row; a session lies whole in one."""
    sessions, place = np.unique(log.session, return_inverse=True)
    rng = np.random.default_rng(settings.seed)
    return np.asarray(rng.permutation(len(sessions)) % settings.folds)[place]


def _chosen_weight(
    table: FeatureTable,
    prior: Head,
    log: Impressions,
    looked_at: Floats,
    folds: Ints,
    settings: LearningSettings,
) -> tuple[float, Head]:
    """The prior's weight that foretells the first fold best, and the head fitted with it."""
    train, test = log.rows(folds != 0), log.rows(folds == 0)
    tried = [
        (weight, _taught_by(table, prior, train, looked_at, prior_weight=weight, settings=settings))
        for weight in settings.prior_weights
    ]

    def foretells(candidate: tuple[float, Head]) -> float:
        log_odds = np.asarray(candidate[1].log_odds(test.codes.T), dtype=np.float64)
        return float(_likelihoods(log_odds, test, looked_at).mean())

    return max(tried, key=foretells)


def _with(head: Head, calibration: Calibration) -> Head:
    return Head(head.base, head.tables, head.pairs, calibration)


def _likelihoods(log_odds: Floats, log: Impressions, looked_at: Floats) -> Floats:
    """The log-likelihood of each session's choices, given the log-odds of its rows."""
    chance = looked_at[log.position - 1] / (1 + np.exp(-log_odds))
    chance = np.clip(chance, 1e-9, 1 - 1e-9)
    terms = np.where(log.chosen, np.log(chance), np.log(1 - chance))
    _, session = np.unique(log.session, return_inverse=True)
    return np.asarray(np.bincount(session, weights=terms), dtype=np.float64)


def _taught_by(
    table: FeatureTable,
    prior: Head,
    log: Impressions,
    looked_at: Floats,
    *,
    prior_weight: float,
    settings: LearningSettings,
) -> Head:
    """Turns of estimating what was looked at and refitting, from the prior on."""
    expected = prior.chance(prior.log_odds(log.codes.T))
    seen, head = looked_at[log.position - 1], prior
    for _ in range(settings.turns):
        chance = head.chance(head.log_odds(log.codes.T))
        label, weight = _soft(log, seen, (expected, chance), prior_weight)
        head = _fitted(table, log.codes, (label, weight), settings)
    return head


def _soft(
    log: Impressions, seen: Floats, chances: tuple[Floats, Floats], prior_weight: float
) -> tuple[Floats, Floats]:
    """Labels and weights: a row counts as much as it was probably looked at, plus the prior."""
    expected, chance = chances
    observed = np.where(log.chosen, 1.0, seen * (1 - chance) / (1 - seen * chance))
    from_prior = np.full(len(log.codes), prior_weight / len(log.codes))
    weight = observed + from_prior
    return (observed * log.chosen + from_prior * expected) / weight, weight


def _fitted(
    table: FeatureTable, codes: Ints, taught: tuple[Floats, Floats], settings: LearningSettings
) -> Head:
    label, weight = taught
    ranker = AdditiveRanker(
        monotonic_cst=table.monotone,
        n_codes=table.n_codes,
        pairs=settings.pairs,
        max_iter=settings.max_iter,
        learning_rate=settings.learning_rate,
        max_leaf_nodes=settings.max_leaf_nodes,
        min_samples_leaf=settings.min_samples_leaf,
        label_range=(0.0, 1.0),
        random_state=settings.seed,
    )
    return compile_head(ranker.fit(codes, label, sample_weight=weight), table.reference)


def calibrate(log_odds: Floats, log: Impressions, looked_at: Floats) -> Calibration:
    """A rising map from log-odds to the chance of a yes, for rows the head was not fitted to.

    Only sessions drawn by lot count: elsewhere the rows on top are those the shown order favoured,
    better than their log-odds tell. The head's own chances take part with a hundred observations,
    which steadies sparse ends.
    """
    log_odds, log = log_odds[log.randomised], log.rows(log.randomised)
    seen = looked_at[log.position - 1]
    own = np.full(len(seen), _OWN_WEIGHT / len(seen))
    targets = np.concatenate([log.chosen / seen, 1 / (1 + np.exp(-log_odds))])
    model = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip")
    model.fit(np.tile(log_odds, 2), targets, sample_weight=np.concatenate([seen, own]))
    return Calibration(
        np.asarray(model.X_thresholds_, dtype=np.float64),
        np.asarray(model.y_thresholds_, dtype=np.float64),
    )
