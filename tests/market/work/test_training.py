"""Training: the prior alone, labels of both sides, tables served by hash, a broken artefact."""

import numpy as np
import pytest
from sqlalchemy import select

from market.domain import ranking
from market.domain.queries import labels
from market.enums import Side
from market.extensions import db
from market.models import Artefact, RankingState
from market.work import training
from scoring.feedback import LearningSettings
from scoring.prior import PriorSettings, train_prior
from tests.factories import models, needs, organisations, products

SMALL = PriorSettings(rows=600, teachers=2, max_iter=20)


@pytest.fixture
def quick(monkeypatch):
    """A prior that is taught in a moment."""
    monkeypatch.setattr(training, "PriorSettings", lambda seed: SMALL)


def test_without_ratings_the_prior_is_a_candidate_and_ranks_once_promoted(app, quick):
    need = needs.posted()
    products.live()
    report = training.train()
    assert ranking.served().by_prior
    stored = db.session.scalars(select(Artefact)).one()
    models.promoted(stored)
    served = ranking.served()
    assert stored.digest == report["model"] == served.model == served.index.model.sha256
    assert not served.by_prior
    assert ranking.products_for(need.id).model == stored.digest


def test_enough_choices_by_lot_are_learnt_from_and_compared(app, quick, monkeypatch):
    monkeypatch.setattr(
        training, "_LEARNING", LearningSettings(prior_weights=(50.0,), turns=1, max_iter=10)
    )
    firm = organisations.enterprise().organisation_id
    for number in range(40):
        models.shown(firm, rows=12, opened=2 + number % 3)
    report = training.train()
    assert report["learnt"]["wants"]["choices"] >= training.FEWEST_CHOICES
    assert report["learnt"]["wants"]["likelihood_of_prior"] < 0
    assert report["learnt"]["accepts"]["learnt"] is False
    assert report["comparison"]["sessions"] == 40
    assert training.train()["model"] == report["model"]  # the same inputs, the same bits


def test_training_again_stores_the_same_bytes_once(app, quick):
    assert training.train()["model"] == training.train()["model"]
    assert len(db.session.scalars(select(Artefact)).all()) == 1


def test_a_broken_artefact_is_refused_and_the_scorecard_serves(app, quick):
    training.train()
    stored = db.session.scalars(select(Artefact)).one()
    models.promoted(stored)
    assert not ranking.served().by_prior
    stored.data = stored.data[:-1] + bytes([stored.data[-1] ^ 1])
    db.session.flush()
    assert ranking.served().by_prior


def test_an_unknown_model_serves_the_scorecard(app):
    ranking.serve_model("0" * 64)
    assert db.session.scalar(select(RankingState.model)) == "0" * 64
    assert ranking.served().by_prior


def test_ratings_that_foretell_better_move_the_head_and_keep_it_monotone():
    prior = train_prior(SMALL).finance.accepts
    codes = training.random_codes(training.FINANCE, 300, np.random.default_rng(3))
    rated = np.full(300, 0.95)
    head, report = training._refined(prior, codes, rated, SMALL)
    assert report.refined
    assert report.loss_of_refined < report.loss_of_prior
    monotone = zip(head.tables, training.FINANCE.monotone, strict=True)
    assert all((np.diff(table) >= -1e-12).all() for table, sign in monotone if sign)


def test_too_few_ratings_leave_the_prior():
    prior = train_prior(SMALL).finance.wants
    codes = training.random_codes(training.FINANCE, 5, np.random.default_rng(0))
    head, report = training._refined(prior, codes, np.ones(5), SMALL)
    assert head is prior
    assert (report.labels, report.refined) == (5, False)


@pytest.mark.parametrize(
    ("stars", "outcome", "expected"),
    [(1, "none", 0.0), (5, "none", 1.0), (3, "follow_up", 0.6), (1, "inquiry", 1.0)],
)
def test_relevance_is_stars_or_what_came_of_it(stars, outcome, expected):
    assert labels.relevance(stars, outcome) == expected


def test_labels_of_one_side_are_told_apart():
    both = [labels.Label("n", "p", Side.OFFERS, 1.0), labels.Label("n", "p", Side.SEEKS, 0.0)]
    assert labels.of_side(both, Side.OFFERS) == both[:1]
