import os
import warnings

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.utils.estimator_checks import check_estimator

import scoring
from scoring.compiling import compile_head
from scoring.ranker import AdditiveRanker

N_CODES = (6, 9, 4, 12)
PROVE = os.environ.get("PROVE") == "1"
COMPARED, UPGRADED = (100_000, 1_750_000) if PROVE else (20_000, 20_000)


def coded(rows, seed=0):
    rng = np.random.default_rng(seed)
    return np.stack([rng.integers(0, n, rows) for n in N_CODES], axis=1).astype(float)


def relevance(codes, seed=0):
    noise = np.random.default_rng(seed).normal(size=len(codes))
    together = (codes[:, 0] > 2) & (codes[:, 1] > 4)
    return (codes[:, 0] + 0.5 * codes[:, 2] + 2 * together + noise > 5).astype(float)


@pytest.fixture(scope="module")
def fitted():
    rows = coded(3000)
    rows[:, 3][rows[:, 3] == 7] = 6  # the code 7 is never seen
    ranker = AdditiveRanker(
        n_codes=N_CODES, monotonic_cst=[1, 1, 1, 0], pairs=[(0, 1), (1, 3)], max_iter=60
    )
    return ranker.fit(rows, relevance(rows))


def test_scikit_learn_checks_pass():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the checks announce the ones they skip
        results = check_estimator(AdditiveRanker(max_iter=5), on_fail=None)
    failed = [r["check_name"] for r in results if r["status"] not in {"passed", "skipped"}]
    assert failed == []
    assert len(results) > 40


def test_package_names_the_estimator():
    assert scoring.AdditiveRanker is AdditiveRanker
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = scoring.nothing


def test_clone_and_pipeline_keep_the_parameters():
    ranker = AdditiveRanker(max_iter=7, pairs=[(0, 2)])
    pipeline = make_pipeline(FunctionTransformer(), clone(ranker))
    rows = coded(200)
    assert pipeline.fit(rows, relevance(rows)).predict_proba(rows).shape == (200, 2)
    assert pipeline[-1].get_params() == ranker.get_params()


@pytest.mark.prove
def test_compiled_tables_equal_the_model(fitted, record_property):
    head = compile_head(fitted, (1, 2, 1, 3))
    codes = coded(COMPARED, seed=5)
    raw = np.where((codes == 0) & (np.arange(COMPARED) % 2 == 0)[:, None], np.nan, codes)
    record_property("count", COMPARED)
    assert np.isnan(raw).any(axis=0).all()  # missing as such, and as its code
    assert {0.0, 7.0} <= set(codes[:, 3])
    off = np.abs(head.log_odds(codes.astype(int).T) - fitted.decision_function(raw))
    assert off.max() <= 1e-12
    assert np.ptp(head.pairs[0].values) > 0.1


@pytest.mark.prove
def test_contributions_of_a_model_with_pairs_sum_to_its_score(fitted, record_property):
    head = compile_head(fitted, (1, 2, 1, 3))
    codes = coded(COMPARED, seed=6).astype(int).T
    record_property("count", COMPARED)
    lines = [table[code] for table, code in zip(head.tables, codes, strict=True)]
    lines += [p.values[codes[p.first], codes[p.second]] for p in head.pairs]
    score = fitted.decision_function(codes.T.astype(float))
    assert np.abs(head.base + np.sum(lines, axis=0) - score).max() <= 1e-9


@pytest.mark.prove
def test_higher_codes_never_lower_the_score(fitted, record_property):
    rng = np.random.default_rng(1)
    rows = coded(UPGRADED, seed=2)
    raised = rows.copy()
    column = rng.integers(0, 3, len(rows))
    top = np.array(N_CODES)[column] - 1
    places = np.arange(len(rows))
    raised[places, column] = rng.integers(rows[places, column].astype(int), top + 1)
    upgrades = int((raised != rows).sum())
    record_property("count", upgrades)
    assert upgrades > (1_000_000 if PROVE else 5000)  # the others stood at the top already
    assert (fitted.decision_function(raised) >= fitted.decision_function(rows)).all()


@pytest.mark.parametrize("column", [0, 1, 2])
def test_no_table_difference_is_negative_with_its_pairs_at_their_worst(fitted, column):
    """A proof for every row there can be: one step up, each partner at its worst code.

    The steps are differences of floating-point sums, so rounding is allowed for.
    """
    head = compile_head(fitted)
    steps, spread = np.diff(head.tables[column]), np.ptp(head.tables[column])
    for pair in head.pairs:
        if column in (pair.first, pair.second):
            axis = 0 if pair.first == column else 1
            steps = steps + np.diff(pair.values, axis=axis).min(axis=1 - axis)
            spread += np.ptp(pair.values)
    assert steps.min() >= -1e-12
    assert spread > 0.1


def test_raw_columns_are_binned_with_missing_least_favourable():
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(2000, 2))
    y = rows[:, 0] - rows[:, 1] + rng.normal(size=2000)
    rows[::7, 1] = np.nan
    ranker = AdditiveRanker(monotonic_cst=[1, -1]).fit(rows, y)
    probes = np.array([[0.0, np.nan], [0.0, 3.0], [0.0, -3.0]])
    missing, worst, best = ranker.decision_function(probes)
    assert missing <= worst < best
    assert max(ranker.n_codes_) <= 256


def test_additive_model_without_pairs_has_no_interaction():
    rows = coded(3000)
    ranker = AdditiveRanker(n_codes=N_CODES, max_iter=30).fit(rows, relevance(rows))
    head = compile_head(ranker)
    new = coded(500, seed=3)
    assert head.pairs == ()
    assert np.abs(head.log_odds(new.astype(int).T) - ranker.decision_function(new)).max() < 1e-12


def test_grades_are_learnt_as_soft_labels():
    rows = coded(3000)
    grades = rows[:, 0] - 1.0
    predicted = AdditiveRanker(n_codes=N_CODES).fit(rows, grades).predict(rows)
    assert predicted.min() >= -1
    assert predicted.max() <= 4
    assert np.abs(predicted - grades).mean() < 0.1


def test_groups_weigh_the_same_whatever_their_size():
    rows = np.repeat([[0.0], [1.0]], [300, 300], axis=0)
    y = np.r_[np.ones(150), np.zeros(150), np.ones(300)]
    y[300:320] = 0
    groups = np.r_[np.zeros(150), np.ones(150), np.ones(300)]
    plain = AdditiveRanker(n_codes=(2,)).fit(rows, y).predict(np.array([[0.0]]))
    grouped = AdditiveRanker(n_codes=(2,)).fit(rows, y, groups=groups).predict(np.array([[0.0]]))
    assert plain[0] == pytest.approx(0.5, abs=0.01)
    assert grouped[0] == pytest.approx(0.75, abs=0.01)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"monotonic_cst": [1]}, "monotonic_cst must hold"),
        ({"pairs": [(0, 9)]}, "pairs must name two different columns"),
        ({"pairs": [(1, 1)]}, "pairs must name two different columns"),
        ({"n_codes": (6,)}, "n_codes must hold"),
        ({"n_codes": (2, 2, 2, 2)}, "whole codes"),
        ({"n_codes": N_CODES, "monotonic_cst": [-1, 0, 0, 0]}, "up is better"),
        ({"max_bins": 1}, "max_bins must lie"),
        ({"label_range": (0.2, 1.0)}, "inside label_range"),
    ],
)
def test_bad_settings_are_refused_by_name(settings, message):
    rows = coded(100)
    with pytest.raises(ValueError, match=message):
        AdditiveRanker(**settings).fit(rows, relevance(rows))


def test_bad_weights_and_labels_are_refused_by_name():
    rows = coded(100)
    with pytest.raises(ValueError, match="sample_weight"):
        AdditiveRanker().fit(rows, relevance(rows), sample_weight=-np.ones(100))
    with pytest.raises(ValueError, match="one value only"):
        AdditiveRanker().fit(rows, np.ones(100))
    with pytest.raises(ValueError, match="inconsistent"):
        AdditiveRanker().fit(rows, relevance(rows), groups=np.ones(5))
