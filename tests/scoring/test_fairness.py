import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.fairness import exposure, group_shares, with_floor


def test_equal_merit_with_unequal_places_is_seen():
    shares = group_shares([["large"] * 5 + ["small"] * 5], [[1.0] * 10])
    large, small = shares
    assert (large.merit, small.merit) == pytest.approx((0.5, 0.5))
    assert large.ratio > 1 > small.ratio
    assert not small.fair
    assert large.exposure + small.exposure == pytest.approx(1)


def test_mixed_order_of_equal_merit_is_fair():
    shares = group_shares([["large", "small"] * 5, ["small", "large"] * 5], [[1.0] * 10] * 2)
    assert all(share.fair for share in shares)
    assert shares[0].ratio == pytest.approx(1)


def test_group_without_merit_but_with_exposure_is_not_fair():
    shares = {s.group: s for s in group_shares([["a", "b"]], [[1.0, 0.0]])}
    assert shares["b"].ratio == float("inf")
    assert not shares["b"].fair


@given(st.lists(st.booleans(), max_size=40), st.floats(0, 1))
def test_every_prefix_holds_the_floor_while_the_group_lasts(members, share):
    in_group = np.array(members, dtype=bool)
    order = with_floor(in_group, share)
    assert sorted(order.tolist()) == list(range(len(members)))
    held = np.cumsum(in_group[order])
    for length in range(1, len(members) + 1):
        assert held[length - 1] >= min(int(share * length), in_group.sum())
    for side in (True, False):
        kept = [place for place in order if in_group[place] == side]
        assert kept == sorted(kept)


def test_no_floor_changes_nothing():
    in_group = np.array([False, True, False, True])
    assert with_floor(in_group, 0.0).tolist() == [0, 1, 2, 3]
    assert with_floor(in_group, 0.5).tolist() == [0, 1, 2, 3]
    assert with_floor(in_group[::-1], 1.0).tolist() == [0, 2, 1, 3]
    with pytest.raises(ValueError, match="share"):
        with_floor(in_group, 1.5)


def test_exposure_halves_slowly():
    assert exposure(3).tolist() == pytest.approx([1, 0.6309, 0.5], abs=1e-4)
