from dataclasses import replace

import numpy as np
import pytest

from scoring.evaluation import ndcg
from scoring.features import FINANCE
from scoring.feedback import LearningSettings, examination, learn
from scoring.scorecard import scorecard_model
from scoring.simulator import Setting, Simulator, grades

PRIOR = scorecard_model().finance.fused
QUICK = LearningSettings(prior_weights=(50.0,), turns=2, max_iter=40, learning_rate=0.2)


@pytest.fixture(scope="module")
def market():
    simulator = Simulator(FINANCE, PRIOR, Setting.APART, seed=1)
    log = simulator.log(800, randomised=0.15)
    return simulator, log, learn(FINANCE, PRIOR, log, QUICK)


def quality(head, sessions):
    scores = head.log_odds(np.moveaxis(sessions.codes, -1, 0))
    found = [ndcg(*row) for row in zip(grades(sessions.chance), scores, strict=True)]
    return float(np.nanmean(found))


def test_examination_is_found_on_the_randomised_slice(market):
    _, log, _ = market
    seen = examination(log)
    assert seen[0] == 1
    assert (np.diff(seen) <= 0).all()
    assert seen[1:5] == pytest.approx(1 / np.arange(2, 6), abs=0.12)


def test_learning_lifts_a_ranking_that_was_wrong(market):
    simulator, _, learnt = market
    sessions = simulator.sessions(100)
    assert learnt.likelihood > learnt.likelihood_of_prior
    assert quality(learnt.head, sessions) > quality(PRIOR, sessions) + 0.05


def test_learnt_tables_still_never_fall(market):
    head = market[2].head
    rising = [t for t, up in zip(head.tables, FINANCE.monotone, strict=True) if up]
    assert min(np.diff(table).min() for table in rising) >= 0
    assert (np.diff(head.calibration.chance) >= 0).all()


def test_prior_that_is_right_is_kept():
    simulator = Simulator(FINANCE, PRIOR, Setting.TAUGHT, seed=0)
    learnt = learn(FINANCE, PRIOR, simulator.log(400, randomised=0.3), QUICK)
    assert learnt.prior_weight is None
    assert learnt.head.tables is PRIOR.tables


def test_learning_again_gives_the_same_bits(market):
    one, other = market[2].head, learn(FINANCE, PRIOR, market[1], QUICK).head
    assert all((a == b).all() for a, b in zip(one.tables, other.tables, strict=True))
    assert (one.calibration.chance == other.calibration.chance).all()


def test_log_without_a_randomised_choice_is_refused(market):
    log = market[1]
    with pytest.raises(ValueError, match="randomised slice"):
        examination(log.rows(~log.randomised))
    with pytest.raises(ValueError, match="equally long"):
        replace(log, position=log.position[:-1])
    with pytest.raises(ValueError, match="count from 1"):
        replace(log, position=log.position - 1)


def test_simulated_market_follows_its_seed_alone():
    one, other = (Simulator(FINANCE, PRIOR, Setting.DRIFTING, seed=3).log(40) for _ in range(2))
    third = Simulator(FINANCE, PRIOR, Setting.DRIFTING, seed=4).log(40)
    assert (one.codes == other.codes).all()
    assert (one.chosen == other.chosen).all()
    assert (one.codes != third.codes).any()
