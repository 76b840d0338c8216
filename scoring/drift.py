"""Whether the market still looks like the one a model was fitted to, on the model's own codes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from scoring.coding import FeatureTable

WARN_ABOVE = 0.1
BLOCK_ABOVE = 0.25
_LEAST_SHARE = 1e-4

Ints = npt.NDArray[np.int64]


class Drift(StrEnum):
    """What a shift means: nothing, a warning, or no promotion."""

    STEADY = "steady"
    WARN = "warn"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class ColumnDrift:
    """The population stability index of one column."""

    feature: str
    psi: float

    @property
    def drift(self) -> Drift:
        """What it means."""
        if self.psi > BLOCK_ABOVE:
            return Drift.BLOCK
        return Drift.WARN if self.psi > WARN_ABOVE else Drift.STEADY


def psi(before: Ints, after: Ints, n_codes: int) -> float:
    """The population stability index between two samples of codes."""
    if not len(before) or not len(after):
        raise ValueError("the stability index needs rows on both sides")
    then, now = (
        np.maximum(np.bincount(codes, minlength=n_codes) / len(codes), _LEAST_SHARE)
        for codes in (before, after)
    )
    return float(((now - then) * np.log(now / then)).sum())


def column_drifts(table: FeatureTable, before: Ints, after: Ints) -> tuple[ColumnDrift, ...]:
    """The drift of every column, largest first; rows are pairs, columns as in the table."""
    found = [
        ColumnDrift(name, psi(before[:, column], after[:, column], n_codes))
        for column, (name, n_codes) in enumerate(zip(table.names, table.n_codes, strict=True))
    ]
    return tuple(sorted(found, key=lambda each: (-each.psi, each.feature)))
