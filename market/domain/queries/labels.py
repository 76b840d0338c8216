"""What the ranking learns from: how both sides rated the meetings of a need with a product."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from market.enums import MeetingStatus, Outcome, Side
from market.extensions import db
from market.models import Meeting, MeetingRating, Participant

_OUTCOMES = {Outcome.NONE: 0.0, Outcome.FOLLOW_UP: 0.6, Outcome.INQUIRY: 1.0}
_MOST_STARS = 5


@dataclass(frozen=True, slots=True)
class Label:
    """One side's word about one pair; `relevance` runs 0 (never again) to 1 (led to an inquiry)."""

    need_id: str
    product_id: str
    side: Side
    relevance: float


def meeting_labels() -> list[Label]:
    """Every rating of a held meeting between a need and a product, in a stable order."""
    offers, seeks = aliased(Participant), aliased(Participant)
    rows = db.session.execute(
        select(
            seeks.need_id,
            offers.product_id,
            MeetingRating.participant_id == offers.id,
            MeetingRating.stars,
            MeetingRating.outcome,
        )
        .join(Meeting, Meeting.id == MeetingRating.meeting_id)
        .join(offers, offers.id == Meeting.offers_id)
        .join(seeks, seeks.id == Meeting.seeks_id)
        .where(
            Meeting.status == MeetingStatus.HELD,
            seeks.need_id.is_not(None),
            offers.product_id.is_not(None),
        )
        .order_by(MeetingRating.id)
    )
    return [
        Label(
            str(need),
            str(product),
            Side.OFFERS if by_offers else Side.SEEKS,
            relevance(stars, outcome),
        )
        for need, product, by_offers, stars, outcome in rows
    ]


def relevance(stars: int, outcome: str) -> float:
    """Stars as a share, or what came of the meeting where that says more."""
    return max((stars - 1) / (_MOST_STARS - 1), _OUTCOMES[Outcome(outcome)])


def of_side(labels: Iterable[Label], side: Side) -> list[Label]:
    """The labels one side gave."""
    return [label for label in labels if label.side is side]
