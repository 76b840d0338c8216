"""Reads of models: candidates with their reports, the one that serves, and the decisions."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import defer

from market.errors import NotFound
from market.extensions import db
from market.models import Artefact, ModelPromotion, Person, RankingState

_SHOWN = 50


@dataclass(frozen=True)
class Decision:
    """A promotion with the name of who decided."""

    promotion: ModelPromotion
    person: str


def serving_digest() -> str:
    """The digest of the model that serves; "" while the expert scorecard does."""
    return str(db.session.scalar(select(RankingState.model)) or "")


def locked_serving_digest() -> str:
    """The same, and nobody else decides until this transaction ends."""
    return str(db.session.scalar(select(RankingState.model).with_for_update()) or "")


def latest_promotion() -> ModelPromotion | None:
    """The latest decision."""
    order = (ModelPromotion.decided_at.desc(), ModelPromotion.id.desc())
    return db.session.scalars(select(ModelPromotion).order_by(*order).limit(1)).first()


def decisions() -> list[Decision]:
    """The latest decisions, newest first, with who made them."""
    rows = db.session.execute(
        select(ModelPromotion, Person.name)
        .join(Person, Person.id == ModelPromotion.decided_by)
        .order_by(ModelPromotion.decided_at.desc(), ModelPromotion.id.desc())
        .limit(_SHOWN)
    )
    return [Decision(promotion, name) for promotion, name in rows]


def models() -> Sequence[Artefact]:
    """The latest models with their reports, without their bytes."""
    asked = select(Artefact).options(defer(Artefact.data)).where(Artefact.kind == "tables")
    return db.session.scalars(asked.order_by(Artefact.created_at.desc()).limit(_SHOWN)).all()


def model(digest: str) -> Artefact:
    """One model with its report, without its bytes."""
    asked = select(Artefact).options(defer(Artefact.data)).where(Artefact.digest == digest)
    found = db.session.scalars(asked).first()
    if found is None or found.kind != "tables":
        raise NotFound
    return found


def fairness() -> Artefact | None:
    """The latest fairness report."""
    asked = select(Artefact).options(defer(Artefact.data)).where(Artefact.kind == "fairness")
    return db.session.scalars(asked.order_by(Artefact.created_at.desc()).limit(1)).first()
