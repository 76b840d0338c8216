"""Models: candidates wait with their report until a person lets one serve; one step leads back."""

from flask_babel import lazy_gettext
from sqlalchemy import select

from market.domain import audits, ranking
from market.domain.queries import models as queries
from market.errors import MarketError, NotFound
from market.extensions import db
from market.models import Artefact, ModelPromotion
from market.moments import now
from market.permissions import Acting
from scoring.artefact import ArtefactError, load

LEAST_REASON = 10


class ServesAlready(MarketError):
    """The model named is the one that serves."""

    status = 409
    message = lazy_gettext("This model serves already.")


class TooMuchDrift(MarketError):
    """The market no longer looks like the one the model was fitted to."""

    status = 409
    message = lazy_gettext(
        "Not promoted: the market has drifted too far from what this model was fitted to"
        " (%(features)s). Train anew and judge that candidate."
    )


class BrokenModel(MarketError):
    """The stored bytes are not a model this version can serve."""

    status = 409
    message = lazy_gettext("Not promoted: the stored model cannot be read (%(why)s). Train anew.")


class NothingBefore(MarketError):
    """There is no earlier model to go back to."""

    status = 409
    message = lazy_gettext("No model served before this one; there is nothing to go back to.")


def promote(digest: str, reason: str, *, by: Acting) -> ModelPromotion:
    """Let a stored model rank from the commit on; drift beyond the limit is refused."""
    artefact = db.session.scalars(select(Artefact).where(Artefact.digest == digest)).first()
    if artefact is None or artefact.kind != "tables":
        raise NotFound
    blocking = [each["feature"] for each in artefact.report.get("drift", ()) if each["blocks"]]
    if blocking:
        raise TooMuchDrift(features=", ".join(blocking))
    return _served(artefact, reason, rollback=False, by=by)


def roll_back(reason: str, *, by: Acting) -> ModelPromotion:
    """Let the model serve again that the latest decision replaced."""
    queries.locked_serving_digest()  # two at once: the second sees the first's decision
    latest = queries.latest_promotion()
    if latest is None or not latest.replaced:
        raise NothingBefore
    asked = select(Artefact).where(Artefact.digest == latest.replaced)
    return _served(db.session.scalars(asked).one(), reason, rollback=True, by=by)


def _served(artefact: Artefact, reason: str, *, rollback: bool, by: Acting) -> ModelPromotion:
    serving = queries.locked_serving_digest()
    if artefact.digest == serving:
        raise ServesAlready
    try:
        load(artefact.data, sha256=artefact.digest)
    except ArtefactError as refused:
        raise BrokenModel(why=str(refused)) from refused
    promotion = ModelPromotion(
        digest=artefact.digest,
        replaced=serving,
        reason=reason,
        rollback=rollback,
        decided_by=by.person_id,
        decided_at=now(),
    )
    db.session.add(promotion)
    db.session.flush()
    ranking.serve_model(artefact.digest)
    action = "model.rolled-back" if rollback else "model.promoted"
    audits.record(
        action,
        promotion,
        by=by,
        before={"digest": serving},
        after={"digest": artefact.digest, "reason": reason},
    )
    return promotion
