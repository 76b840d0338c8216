"""A seeded market for what cannot be measured yet. Everything it says is simulated.

The truth lies outside the model's family: a fifth of the signal is interactions, one feature is
hidden from the model, and after half of the sessions the truth drifts. In the setting `TAUGHT` the
prior is the truth, so learning must not help.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from scoring.coding import AnyFeature, FeatureTable, Side
from scoring.feedback import Impressions
from scoring.tables import Head

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

SHOWN = 30
"""Listings of one session."""
_INTERACTIONS = 0.2
_HIDDEN = 0.1
_SIGNAL = 1.6
_GRADE_SHARES = (0.5, 0.75, 0.9, 0.97)


class Setting(StrEnum):
    """What the truth does: differ from the prior, differ and drift, or be the prior."""

    APART = "apart"
    DRIFTING = "drifting"
    TAUGHT = "taught"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sessions:
    """What was offered in each session: codes and true chances, [session, row] or with columns."""

    codes: Ints
    chance: Floats

    @property
    def count(self) -> int:
        """How many sessions."""
        return len(self.codes)


@dataclass(frozen=True)
class _Truth:
    """Additive part, interactions and the hidden feature, each scaled to its share of signal."""

    tables: tuple[Floats, ...]
    pairs: tuple[tuple[int, int], ...]
    scales: tuple[float, float, float]
    base: float

    def log_odds(self, codes: Ints, hidden: Floats, sizes: Ints) -> Floats:
        additive = sum(t[codes[..., j]] for j, t in enumerate(self.tables))
        share = codes / (sizes - 1) - 0.5
        mixed = sum(share[..., a] * share[..., b] for a, b in self.pairs)
        one, two, three = self.scales
        return np.asarray(self.base + one * additive + two * mixed + three * hidden)


class Simulator:
    """One market from one seed: draws sessions, shows rankings, logs choices."""

    def __init__(self, table: FeatureTable, prior: Head, setting: Setting, seed: int) -> None:
        self.table, self.prior, self.setting = table, prior, setting
        self._rng = np.random.default_rng(seed)
        self._sizes = np.array(table.n_codes)
        self._listings = self._random(200, Side.LISTING)
        self._hidden = self._rng.normal(size=200)
        self._before = self._truth()
        self._after = self._drifted(self._before) if setting is Setting.DRIFTING else self._before

    def sessions(self, count: int, *, late: bool = True) -> Sessions:
        """Needs that each meet thirty listings; `late` sessions follow the drift."""
        codes = self._random(count * SHOWN, Side.PAIR).reshape(count, SHOWN, -1)
        codes += np.repeat(self._random(count, Side.NEED)[:, None, :], SHOWN, axis=1)
        shown = np.stack([self._rng.choice(200, SHOWN, replace=False) for _ in range(count)])
        codes += self._listings[shown]
        if self.setting is Setting.TAUGHT:
            log_odds = np.asarray(self.prior.log_odds(np.moveaxis(codes, -1, 0)))
        else:
            truth = self._after if late else self._before
            log_odds = truth.log_odds(codes, self._hidden[shown], self._sizes)
        return Sessions(codes=codes, chance=1 / (1 + np.exp(-log_odds)))

    def log(self, count: int, *, randomised: float = 0.2) -> Impressions:
        """Show `count` sessions in the prior's order, a share shuffled, and log the choices."""
        early, late = self.sessions(count // 2, late=False), self.sessions(count - count // 2)
        codes = np.concatenate([early.codes, late.codes])
        chance = np.concatenate([early.chance, late.chance])
        score = np.asarray(self.prior.log_odds(np.moveaxis(codes, -1, 0)))
        shuffled = self._rng.random(count) < randomised
        noise = self._rng.gumbel(size=score.shape)
        keys = np.where(shuffled[:, None], noise, score + 0.2 * noise)
        position = np.argsort(np.argsort(-keys, axis=1), axis=1) + 1
        looked_at = self._rng.random(score.shape) < 1.0 / position
        chosen = looked_at & (self._rng.random(score.shape) < chance)
        return Impressions(
            np.repeat(np.arange(count), SHOWN),
            codes.reshape(-1, codes.shape[-1]),
            position.ravel(),
            chosen.ravel(),
            np.repeat(shuffled, SHOWN),
        )

    def _random(self, rows: int, side: Side) -> Ints:
        """Codes of the columns of one side, zero elsewhere, a tenth missing."""
        codes = np.zeros((rows, len(self._sizes)), dtype=np.int64)
        for column, feature in enumerate(self.table.features):
            if feature.side is side:
                codes[:, column] = self._column(feature, rows)
        return codes

    def _column(self, feature: AnyFeature, rows: int) -> Ints:
        codes = self._rng.integers(1, feature.n_codes, rows)
        if feature.side is not Side.PAIR:
            codes[self._rng.random(rows) < 0.1] = 0
        return codes

    def _truth(self) -> _Truth:
        """Curves of their own weight and bend; scales that give each part its share of signal."""
        rng = self._rng
        spans = np.array([np.ptp(table) for table in self.prior.tables])
        spans = spans * np.exp(rng.normal(0, 0.9, len(spans)))
        tables = tuple(
            span * np.linspace(0, 1, size) ** np.exp(rng.normal(0, 0.5))
            for span, size in zip(spans, self._sizes, strict=True)
        )
        several = [j for j, size in enumerate(self._sizes) if size > 3]
        pairs = tuple(
            (int(a), int(b)) for a, b in (rng.choice(several, 2, replace=False) for _ in range(6))
        )
        raw = _Truth(tables, pairs, (1.0, 1.0, 1.0), 0.0)
        return self._scaled(raw)

    def _scaled(self, raw: _Truth) -> _Truth:
        """Signal parts by variance: the rest additive, a fifth interactions, a tenth hidden."""
        codes = (
            np.concatenate([self._random(4000, Side.PAIR) + self._random(4000, Side.NEED)])
            + self._listings[self._rng.integers(0, 200, 4000)]
        )
        none = np.zeros(4000)
        additive = _Truth(raw.tables, (), (1.0, 0.0, 0.0), 0.0).log_odds(codes, none, self._sizes)
        mixed = _Truth(raw.tables, raw.pairs, (0.0, 1.0, 0.0), 0.0).log_odds(
            codes, none, self._sizes
        )
        scales = (
            _SIGNAL * np.sqrt(1 - _INTERACTIONS - _HIDDEN) / additive.std(),
            _SIGNAL * np.sqrt(_INTERACTIONS) / mixed.std(),
            _SIGNAL * np.sqrt(_HIDDEN),
        )
        base = -1.5 - scales[0] * additive.mean() - scales[1] * mixed.mean()
        return _Truth(raw.tables, raw.pairs, scales, float(base))

    def _drifted(self, truth: _Truth) -> _Truth:
        """A third of the columns change their weight."""
        changed = self._rng.random(len(truth.tables)) < 1 / 3
        factors = np.where(changed, np.exp(self._rng.normal(0, 0.7, len(changed))), 1.0)
        tables = tuple(t * f for t, f in zip(truth.tables, factors, strict=True))
        return self._scaled(_Truth(tables, truth.pairs, (1.0, 1.0, 1.0), 0.0))


def grades(chance: Floats) -> Floats:
    """True chances as relevance 0-4 by their place in the market."""
    cuts = np.quantile(chance, _GRADE_SHARES)
    return np.asarray(np.searchsorted(cuts, chance, side="right"), dtype=np.float64)
