"""A fitted model as lookup tables: two heads per market, fused in log-odds.

The score is `w * wants + (1 - w) * accepts`. Both heads are additive, so their tables merge and
contributions add up. Tables are zero at the reference codes; `base` is the score of the reference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from scoring.coding import FeatureTable

Floats = npt.NDArray[np.float64]
Codes = Sequence[Any] | npt.NDArray[np.int64]
"""One entry per column: an int, or an array of codes; entries broadcast against each other."""


_GRID = 2.0**44


def on_grid(values: Any) -> Any:
    """Values rounded to multiples of 2**-44.

    Sums of such values below 256 are exact in float64: the same in any order, so that every path
    through the index agrees to the last bit and contributions add up without a remainder.
    """
    return np.round(values * _GRID) / _GRID


@dataclass(frozen=True)
class PairTable:
    """A named interaction of two columns, as a matrix over both codes."""

    first: int
    second: int
    values: Floats

    def rebased(self, reference: Sequence[int]) -> PairTable:
        """The same matrix, zero at the reference codes."""
        zero = self.values[reference[self.first], reference[self.second]]
        return PairTable(self.first, self.second, self.values - zero)


@dataclass(frozen=True)
class Calibration:
    """A non-decreasing map from log-odds to chance by straight lines between knots."""

    log_odds: Floats
    chance: Floats

    def __call__(self, log_odds: Any) -> Any:
        """The calibrated chance; flat beyond the outer knots."""
        return np.interp(log_odds, self.log_odds, self.chance)


@dataclass(frozen=True)
class Head:
    """One additive model: base, one table per column, named pairs, optional calibration."""

    base: float
    tables: tuple[Floats, ...]
    pairs: tuple[PairTable, ...] = ()
    calibration: Calibration | None = None

    def log_odds(self, codes: Codes) -> Any:
        """The sum of the tables at the codes."""
        total: Any = self.base
        for table, code in zip(self.tables, codes, strict=True):
            total = total + table[code]
        for pair in self.pairs:
            total = total + pair.values[codes[pair.first], codes[pair.second]]
        return total

    def chance(self, log_odds: Any) -> Any:
        """The chance of a yes: calibrated when a calibration was learnt, logistic otherwise."""
        if self.calibration is not None:
            return self.calibration(log_odds)
        return 1.0 / (1.0 + np.exp(-np.asarray(log_odds, dtype=np.float64)))

    def rebased(self, reference: Sequence[int]) -> Head:
        """The same model with every table zero at the reference codes."""
        base = float(self.log_odds(reference))
        tables = tuple(t - t[code] for t, code in zip(self.tables, reference, strict=True))
        pairs = tuple(
            PairTable(
                p.first, p.second, p.values - p.values[reference[p.first], reference[p.second]]
            )
            for p in self.pairs
        )
        return Head(base, tables, pairs, self.calibration)


@dataclass(frozen=True)
class FusedTables:
    """Both heads of one market and their merger at the published weight `w`."""

    table: FeatureTable
    wants: Head
    accepts: Head
    w: float = 0.5

    @cached_property
    def fused(self) -> Head:
        """The merged head the ranking sums; its pairs are those of both heads."""
        wants, accepts, w = self.wants, self.accepts, self.w
        tables = tuple(
            on_grid(w * a + (1 - w) * b) for a, b in zip(wants.tables, accepts.tables, strict=True)
        )
        base = float(on_grid(w * wants.base + (1 - w) * accepts.base))
        return Head(base, tables, _merge_pairs(wants, accepts, w))

    def mutual(self, codes: Codes) -> Any:
        """The chance that both say yes."""
        wants = self.wants.chance(self.wants.log_odds(codes))
        return wants * self.accepts.chance(self.accepts.log_odds(codes))


def _merge_pairs(wants: Head, accepts: Head, w: float) -> tuple[PairTable, ...]:
    merged: dict[tuple[int, int], Floats] = {}
    for head, weight in ((wants, w), (accepts, 1 - w)):
        for pair in head.pairs:
            key = (pair.first, pair.second)
            merged[key] = merged.get(key, np.zeros_like(pair.values)) + weight * pair.values
    return tuple(
        PairTable(first, second, on_grid(values)) for (first, second), values in merged.items()
    )


@dataclass(frozen=True)
class MarketModel:
    """The tables of both markets, where they came from, and their SHA-256."""

    finance: FusedTables
    technology: FusedTables
    origin: str
    sha256: str
