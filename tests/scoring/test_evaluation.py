import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.evaluation import brier, calibration_error, ndcg, policy_value, reliability


def test_ndcg_knows_the_best_order_from_the_worst():
    grades = np.array([0.0, 1.0, 3.0, 0.0])
    assert ndcg(grades, grades) == pytest.approx(1.0)
    assert ndcg(grades, -grades) < 0.7
    assert ndcg(grades, np.array([0, 9, 8, 0.0]), at=1) == pytest.approx(1 / 7)
    assert np.isnan(ndcg(np.zeros(3), np.arange(3.0)))


@given(st.lists(st.floats(0, 1), min_size=10, max_size=60))
def test_perfect_chances_have_no_error(chances):
    chance = np.array(chances)
    assert calibration_error(chance, chance) == pytest.approx(0)
    assert brier(chance, chance) == 0
    assert sum(part.count for part in reliability(chance, chance)) == len(chance)


def test_shifted_chances_err_by_the_shift():
    chance = np.linspace(0.1, 0.8, 200)
    assert calibration_error(chance + 0.1, chance) == pytest.approx(0.1)


def logged(seed, n=4000, actions=5):
    """A log of a known policy, and what another would truly earn."""
    rng = np.random.default_rng(seed)
    chance = rng.random((n, actions))
    logging = rng.dirichlet(np.ones(actions) * 3, size=n) * 0.8 + 0.2 / actions
    target = np.exp(2 * chance) / np.exp(2 * chance).sum(axis=1, keepdims=True)
    action = (rng.random(n)[:, None] > logging.cumsum(axis=1)).sum(axis=1).clip(0, actions - 1)
    rows = np.arange(n)
    model = np.full((n, actions), 0.4)
    value = policy_value(
        (rng.random(n) < chance[rows, action]).astype(float),
        logging[rows, action],
        target=target[rows, action],
        expected=model[rows, action],
        expected_under_target=(target * model).sum(axis=1),
    )
    return value, float((target * chance).sum(axis=1).mean())


def test_estimates_without_a_good_model_find_the_truth():
    hits = 0
    for seed in range(20):
        value, truth = logged(seed)
        hits += abs(value.doubly_robust - truth) <= 2 * value.standard_error
        assert abs(value.direct - truth) > 3 * value.standard_error
        assert 0.1 < value.effective_share < 1
    assert hits >= 17


def test_own_policy_is_worth_what_it_earned():
    reward, ones = np.array([1.0, 0.0, 1.0, 1.0]), np.full(4, 0.5)
    value = policy_value(
        reward, ones, target=ones, expected=np.zeros(4), expected_under_target=np.zeros(4)
    )
    assert (value.ips, value.snips, value.doubly_robust) == (0.75, 0.75, 0.75)
    assert value.effective_share == 1


def test_action_that_could_not_be_logged_is_refused():
    with pytest.raises(ValueError, match="propensity"):
        policy_value(
            np.ones(1),
            np.zeros(1),
            target=np.ones(1),
            expected=np.ones(1),
            expected_under_target=np.ones(1),
        )
