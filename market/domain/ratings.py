"""Ratings: what both sides say of a meeting afterwards, and the labels made of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from market.domain import audits
from market.domain import event_states as states
from market.domain.queries import meetings as queries
from market.enums import EventState, MeetingStatus, Outcome, Side
from market.errors import NotFound
from market.extensions import db
from market.models import Event, Meeting, MeetingRating, Participant
from market.moments import now
from market.permissions import Acting


@dataclass(frozen=True)
class Label:
    """One side's word on one meeting, for training; ids are None where nothing was brought.

    `value` is 0…1: four fifths of it the stars, the last fifth whether something follows.
    """

    meeting_id: str
    event_id: str
    by_side: str
    product_id: str | None
    technology_id: str | None
    need_id: str | None
    scenario_id: str | None
    stars: int
    outcome: str
    value: float
    rated_at: datetime
    is_sample: bool


def rate(meeting_id: str, data: Mapping[str, Any], *, by: Acting) -> MeetingRating:
    """Rate a meeting one took part in (stars, outcome, comment), or change one's rating."""
    event, meeting, participant = queries.rated(meeting_id, by=by)
    states.require(event, EventState.FEEDBACK)
    if meeting.status == MeetingStatus.CANCELLED:
        raise NotFound
    rating = of(meeting.id, participant.id) or MeetingRating(
        meeting_id=meeting.id, participant_id=participant.id, created_at=now()
    )
    rating.stars, rating.outcome = data["stars"], data.get("outcome") or Outcome.NONE
    rating.comment = data.get("comment") or ""
    meeting.status = MeetingStatus.HELD
    db.session.add(rating)
    db.session.flush()
    after = {"meeting": meeting.id, "stars": rating.stars, "outcome": rating.outcome}
    audits.record("meeting.rated", rating, by=by, after=after)
    return rating


def of(meeting_id: str, participant_id: str) -> MeetingRating | None:
    """What a participant said of a meeting so far."""
    return db.session.scalars(
        select(MeetingRating).where(
            MeetingRating.meeting_id == meeting_id, MeetingRating.participant_id == participant_id
        )
    ).first()


def labels() -> list[Label]:
    """Every rating there is as a label, oldest first."""
    offers, seeks = aliased(Participant), aliased(Participant)
    rows = db.session.execute(
        select(MeetingRating, Meeting, offers, seeks, Event.is_sample)
        .join(Meeting, Meeting.id == MeetingRating.meeting_id)
        .join(offers, offers.id == Meeting.offers_id)
        .join(seeks, seeks.id == Meeting.seeks_id)
        .join(Event, Event.id == Meeting.event_id)
        .order_by(MeetingRating.created_at, MeetingRating.id)
    )
    return [_label(*row) for row in rows]


def _label(
    rating: MeetingRating,
    meeting: Meeting,
    offers: Participant,
    seeks: Participant,
    is_sample: bool,
) -> Label:
    follows = rating.outcome != Outcome.NONE
    return Label(
        meeting_id=meeting.id,
        event_id=meeting.event_id,
        by_side=Side.OFFERS if rating.participant_id == offers.id else Side.SEEKS,
        product_id=offers.product_id,
        technology_id=offers.technology_id,
        need_id=seeks.need_id,
        scenario_id=seeks.scenario_id,
        stars=rating.stars,
        outcome=rating.outcome,
        value=0.8 * (rating.stars - 1) / 4 + 0.2 * follows,
        rated_at=rating.created_at,
        is_sample=is_sample,
    )
