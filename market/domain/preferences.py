"""Wishes: whom a participant must, wants to, may or never will meet. Only it sees its own."""

from collections import Counter
from collections.abc import Mapping

from flask_babel import lazy_gettext
from sqlalchemy import select

from market.domain import audits
from market.domain import event_states as states
from market.domain.queries import events as queries
from market.enums import EventState, Wish
from market.errors import MarketError, NotFound
from market.extensions import db
from market.models import Event, Participant, Preference
from market.moments import now
from market.permissions import Acting

# How much a wish weighs: a pair's score is multiplied by the geometric mean of both sides' wishes.
# Silence counts as ok; `never` of either side rules the meeting out.
FACTOR = {Wish.MUST: 3, Wish.WANT: 2, Wish.OK: 1}


class WishesClosed(MarketError):
    """The deadline has passed, even if the scheduler has not come by yet."""

    status = 409
    message = lazy_gettext("The time for wishes is over: the timetable is being made.")


class TooManyMusts(MarketError):
    """More musts than meetings."""

    message = lazy_gettext(
        "You have %(most)s meetings at most, so at most %(most)s “must”. Change one to “want”."
    )


def of(participant_id: str) -> dict[str, str]:
    """A participant's wishes: the other's id -> wish."""
    rows = db.session.execute(
        select(Preference.other_id, Preference.wish).where(
            Preference.participant_id == participant_id
        )
    )
    return dict(rows.all())


def say(event_id: str, wishes: Mapping[str, str], *, by: Acting) -> dict[str, str]:
    """Say or change wishes about participants of the other side; returns all one's wishes.

    The audit record counts them only: nobody else reads whom they are about.
    """
    event, participant = queries.attending(event_id, by=by)
    states.require(event, EventState.PREFERENCES)
    if event.preferences_close_at <= now():
        raise WishesClosed
    _require_other_side(event, participant, set(wishes))
    known = {row.other_id: row for row in _rows(participant)}
    before = {other: row.wish for other, row in known.items()}
    said = before | {other: Wish(wish).value for other, wish in wishes.items()}
    if said == before:
        return said
    if sum(wish == Wish.MUST for wish in said.values()) > event.meetings_at_most:
        raise TooManyMusts(most=event.meetings_at_most)
    for other, wish in wishes.items():
        row = known.get(other) or Preference(
            event_id=event.id, participant_id=participant.id, other_id=other
        )
        row.wish = Wish(wish)
        db.session.add(row)
    db.session.flush()
    audits.record("preferences.said", participant, by=by, after=Counter(said.values()))
    return said


def _rows(participant: Participant) -> list[Preference]:
    query = select(Preference).where(Preference.participant_id == participant.id)
    return list(db.session.scalars(query))


def _require_other_side(event: Event, participant: Participant, others: set[str]) -> None:
    query = select(Participant.id).where(
        Participant.event_id == event.id,
        Participant.side != participant.side,
        Participant.withdrawn_at.is_(None),
        Participant.id.in_(list(others)),
    )
    if set(db.session.scalars(query)) != others:
        raise NotFound
