"""A candidate ranks only after a person's decision; one step leads back."""

import pytest
from flask import Flask

from market.domain import model_promotions as verbs
from market.domain import ranking
from market.domain.queries import models as queries
from market.extensions import db
from market.models import AuditRecord
from tests.factories import models


def test_a_trained_candidate_does_not_rank_by_itself(app: Flask) -> None:
    models.stored()
    assert ranking.served().by_prior
    assert queries.serving_digest() == ""


def test_a_promoted_model_ranks_and_the_decision_is_kept(app: Flask) -> None:
    artefact = models.stored()
    models.promoted(artefact)
    assert ranking.served().model == artefact.digest
    [decision] = queries.decisions()
    assert (decision.promotion.replaced, decision.promotion.reason) == ("", models.REASON)
    assert db.session.query(AuditRecord).filter_by(action="model.promoted").count() == 1


def test_one_step_leads_back_to_the_model_before(app: Flask) -> None:
    first, second = models.stored("示例甲"), models.stored("示例乙")
    operator = models.acting_operator()
    models.promoted(first, operator)
    models.promoted(second, operator)
    verbs.roll_back("示例：点击下降。", by=operator)
    assert queries.serving_digest() == first.digest
    assert queries.latest_promotion().rollback  # type: ignore[union-attr]  # there is one


def test_there_is_nothing_before_the_first_model(app: Flask) -> None:
    with pytest.raises(verbs.NothingBefore):
        verbs.roll_back("示例", by=models.acting_operator())
    models.promoted(models.stored())
    with pytest.raises(verbs.NothingBefore):
        verbs.roll_back("示例", by=models.acting_operator())


def test_the_model_that_serves_is_not_promoted_again(app: Flask) -> None:
    artefact = models.stored()
    models.promoted(artefact)
    with pytest.raises(verbs.ServesAlready):
        models.promoted(artefact)


def test_drift_beyond_the_limit_blocks_promotion_and_names_the_feature(app: Flask) -> None:
    drifted = [
        {"feature": "grade", "psi": 0.4, "state": "block", "blocks": True},
        {"feature": "rate", "psi": 0.2, "state": "warn", "blocks": False},
    ]
    with pytest.raises(verbs.TooMuchDrift, match="grade") as refused:
        models.promoted(models.stored(drift=drifted))
    assert "rate" not in str(refused.value)
    assert queries.serving_digest() == ""


def test_a_broken_model_is_not_promoted(app: Flask) -> None:
    artefact = models.stored()
    artefact.data = artefact.data[:-1] + bytes([artefact.data[-1] ^ 1])
    with pytest.raises(verbs.BrokenModel):
        models.promoted(artefact)
    assert ranking.served().by_prior
