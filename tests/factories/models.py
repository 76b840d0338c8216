"""Models and shown lists, made quickly."""

from typing import Any

import numpy as np

from market.database import new_id
from market.domain import model_promotions
from market.extensions import db
from market.models import Artefact, Impression, ModelPromotion, Opening, Person
from market.moments import now
from market.permissions import Acting
from scoring.artefact import save, seal
from scoring.features import FINANCE
from scoring.scorecard import scorecard_model
from scoring.tables import MarketModel
from tests.factories import people

REASON = "示例：报告显示增益为正。"


def stored(origin: str = "示例模型", **report: Any) -> Artefact:
    """A candidate: the scorecard's tables under a name of their own."""
    prior = scorecard_model()
    model: MarketModel = seal(prior.finance, prior.technology, origin=origin)
    artefact = Artefact(
        digest=model.sha256,
        kind="tables",
        data=save(model),
        report={"origin": origin, "heads": {}, "learnt": {}, **report},
        created_at=now(),
    )
    db.session.add(artefact)
    db.session.flush()
    return artefact


def acting_operator(person: Person | None = None) -> Acting:
    """An operator who decides."""
    someone = person or people.operator()
    return Acting(person_id=someone.id, name=someone.name, platform_roles=frozenset({"operator"}))


def promoted(artefact: Artefact, by: Acting | None = None) -> ModelPromotion:
    """A model that ranks."""
    return model_promotions.promote(artefact.digest, REASON, by=by or acting_operator())


def shown(organisation_id: str, *, rows: int = 10, opened: int = 0, by_lot: bool = True) -> None:
    """A shown list of products with random codes, its first rows opened."""
    rng = np.random.default_rng(rows + opened)
    codes = np.stack([rng.integers(0, n, rows) for n in FINANCE.n_codes], axis=1)
    listed = [new_id() for _ in range(rows)]
    impression = Impression(
        direction="products",
        asker_id=new_id(),
        organisation_id=organisation_id,
        model="0" * 64,
        randomised=by_lot,
        listed=listed,
        codes=codes.astype(np.uint8).tobytes(),
        shown_at=now(),
    )
    db.session.add(impression)
    db.session.flush()
    for each in listed[:opened]:
        db.session.add(Opening(impression_id=impression.id, listed_id=each, opened_at=now()))
    db.session.flush()
