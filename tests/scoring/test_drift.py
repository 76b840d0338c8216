import numpy as np
import pytest

from scoring.drift import Drift, column_drifts, psi
from scoring.features import FINANCE
from scoring.prior import random_codes


def test_same_market_is_steady_and_a_moved_column_is_named():
    rng = np.random.default_rng(0)
    before, after = (random_codes(FINANCE, 4000, rng) for _ in range(2))
    assert {each.drift for each in column_drifts(FINANCE, before, after)} == {Drift.STEADY}
    after[:2500, 0] = 1
    worst = column_drifts(FINANCE, before, after)[0]
    assert (worst.feature, worst.drift) == (FINANCE.names[0], Drift.BLOCK)


def test_small_shift_only_warns():
    before = np.repeat([1, 2], [500, 500])
    after = np.repeat([1, 2], [330, 670])
    assert 0.1 < psi(before, after, 3) < 0.25
    assert psi(before, before, 3) == 0


def test_empty_side_is_refused():
    with pytest.raises(ValueError, match="rows on both sides"):
        psi(np.array([], dtype=int), np.array([1]), 3)
