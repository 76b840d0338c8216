"""Champion against challenger on a simulated log whose truth is known."""

import numpy as np
import pytest

from scoring.champion import FEWEST_SESSIONS, Comparison, compare, positions
from scoring.features import FINANCE
from scoring.feedback import Impressions, examination
from scoring.scorecard import scorecard_model
from scoring.simulator import Setting, Simulator
from scoring.tables import Head

PRIOR = scorecard_model().finance.fused
UPSIDE_DOWN = Head(PRIOR.base, tuple(-table for table in PRIOR.tables), PRIOR.pairs)


@pytest.fixture(scope="module")
def log() -> Impressions:
    return Simulator(FINANCE, PRIOR, Setting.TAUGHT, seed=4).log(1200, randomised=0.5)


@pytest.fixture(scope="module")
def upside_down(log: Impressions) -> Comparison:
    return compare(log, champion=PRIOR, challenger=UPSIDE_DOWN)


def test_a_reversed_order_is_found_worse_where_the_prior_is_the_truth(
    upside_down: Comparison,
) -> None:
    assert upside_down.worse
    assert not upside_down.better
    assert upside_down.challenger.snips < upside_down.champion.snips


def test_the_estimated_loss_is_near_the_true_loss(
    log: Impressions, upside_down: Comparison
) -> None:
    shown = log.rows(log.randomised)
    sessions, row_session = np.unique(shown.session, return_inverse=True)
    truth = PRIOR.chance(PRIOR.log_odds(shown.codes.T))  # in this setting the prior is the truth
    looked_at = examination(log)
    earned = [
        (looked_at[positions(head, shown, row_session) - 1] * truth).sum() / len(sessions)
        for head in (PRIOR, UPSIDE_DOWN)
    ]
    assert abs(upside_down.gain - (earned[1] - earned[0])) < 3 * upside_down.standard_error


def test_an_equal_challenger_gains_nothing(log: Impressions) -> None:
    equal = compare(log, champion=PRIOR, challenger=PRIOR)
    assert (equal.gain, equal.standard_error, equal.better, equal.worse) == (0, 0, False, False)
    assert equal.champion.effective_share > 0.1


def test_too_few_randomised_sessions_are_refused(log: Impressions) -> None:
    first = np.unique(log.session[log.randomised])[: FEWEST_SESSIONS - 1]
    short = log.rows(np.isin(log.session, first))
    with pytest.raises(ValueError, match=f"{FEWEST_SESSIONS} randomised sessions"):
        compare(short, champion=PRIOR, challenger=UPSIDE_DOWN)


def test_positions_count_from_one_in_every_session(log: Impressions) -> None:
    _, row_session = np.unique(log.session, return_inverse=True)
    found = positions(PRIOR, log, row_session)
    for session in range(3):
        assert sorted(found[row_session == session]) == list(range(1, 31))
