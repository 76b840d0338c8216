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
    held_out: float = 0.25
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
    best = np.maximum(seen[int(likelihood.argmax())], _LEAST_EXAMINED)
    return np.asarray(best, dtype=np.float64)


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
    """A head refitted to the log where that helps, compiled and calibrated."""
    held = _held_out(log, settings)
    train, test = log.rows(~held), log.rows(held)
    looked_at = examination(log)
    candidates = [
        (weight, _taught_by(table, prior, train, looked_at, prior_weight=weight, settings=settings))
        for weight in settings.prior_weights
    ]
    own = _likelihoods(prior, test, looked_at)
    gains = [_likelihoods(head, test, looked_at) - own for _, head in candidates]
    chosen = int(np.argmax([gain.mean() for gain in gains]))
    (weight, head), gain = candidates[chosen], gains[chosen]
    before, after = float(own.mean()), float((own + gain).mean())
    if gain.mean() <= _SURE * gain.std(ddof=1) / np.sqrt(len(gain)):
        return Learnt(_calibrated(prior, prior, log, looked_at), before, before, None)
    calibration_rows = log.rows(held | log.randomised)
    final = _taught_by(table, prior, log, looked_at, prior_weight=weight, settings=settings)
    calibrated = _calibrated(final, head, calibration_rows, looked_at)
    return Learnt(calibrated, after, before, weight)


def _held_out(log: Impressions, settings: LearningSettings) -> npt.NDArray[np.bool_]:
    """Whole sessions, drawn once."""
    sessions = np.unique(log.session)
    rng = np.random.default_rng(settings.seed)
    drawn = sessions[rng.random(len(sessions)) < settings.held_out]
    return np.isin(log.session, drawn)


def _likelihoods(head: Head, log: Impressions, looked_at: Floats) -> Floats:
    """The log-likelihood of each session's choices."""
    chance = looked_at[log.position - 1] * head.chance(head.log_odds(log.codes.T))
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


def _calibrated(head: Head, judged: Head, log: Impressions, looked_at: Floats) -> Head:
    return Head(head.base, head.tables, head.pairs, calibrate(judged, log, looked_at))


def calibrate(head: Head, log: Impressions, looked_at: Floats) -> Calibration:
    """A rising map from log-odds to the chance of a yes, from rows the head was not fitted to.

    The head's own chances take part with a hundred observations, which steadies sparse ends.
    """
    seen = looked_at[log.position - 1]
    log_odds = np.asarray(head.log_odds(log.codes.T), dtype=np.float64)
    own = np.full(len(seen), _OWN_WEIGHT / len(seen))
    targets = np.concatenate([log.chosen / seen, 1 / (1 + np.exp(-log_odds))])
    model = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip")
    model.fit(np.tile(log_odds, 2), targets, sample_weight=np.concatenate([seen, own]))
    return Calibration(
        np.asarray(model.X_thresholds_, dtype=np.float64),
        np.asarray(model.y_thresholds_, dtype=np.float64),
    )
