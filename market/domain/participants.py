"""Taking part in an event: registering an organisation with what it brings, and withdrawing."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import delete, select

from market.domain import audits, meetings
from market.domain import event_states as states
from market.domain.queries import events as queries
from market.enums import (
    EventKind,
    EventState,
    ListingStatus,
    OrganisationKind,
    PostingStatus,
    Side,
)
from market.errors import MarketError
from market.extensions import db
from market.models import (
    Event,
    Need,
    Organisation,
    Participant,
    Preference,
    Product,
    Scenario,
    Technology,
)
from market.moments import now
from market.permissions import Acting
from market.texts import local

# Which kinds of organisation offer something at which kind of event; enterprises always seek.
_OFFERING = {
    EventKind.FINANCING: {OrganisationKind.INSTITUTION},
    EventKind.TECHNOLOGY: {OrganisationKind.PROVIDER},
    EventKind.MIXED: {OrganisationKind.INSTITUTION, OrganisationKind.PROVIDER},
}
# field of the form: (model, column of its owner, the state it must be in, the side that brings it)
_BROUGHT: dict[str, tuple[Any, str, str, Side]] = {
    "product_id": (Product, "institution_id", ListingStatus.LIVE, Side.OFFERS),
    "technology_id": (Technology, "provider_id", ListingStatus.LIVE, Side.OFFERS),
    "need_id": (Need, "enterprise_id", PostingStatus.OPEN, Side.SEEKS),
    "scenario_id": (Scenario, "enterprise_id", PostingStatus.OPEN, Side.SEEKS),
}
# What can be ranked against each other at which kind of event.
_FITTING = {
    EventKind.FINANCING: {"product_id", "need_id"},
    EventKind.TECHNOLOGY: {"technology_id", "scenario_id"},
    EventKind.MIXED: set(_BROUGHT),
}


class EventsOverlap(MarketError):
    """The organisation promised the same hours to another event."""

    status = 409
    message = lazy_gettext(
        "Your organisation takes part in “%(other)s” at the same time."
        " Withdraw there first, or choose another event."
    )


class RegistrationClosed(MarketError):
    """The deadline has passed, even if the scheduler has not come by yet."""

    status = 409
    message = lazy_gettext("Registration for this event is closed.")


class NotForYou(MarketError):
    """The event brings other kinds of organisation together."""

    message = lazy_gettext("This event is for other kinds of organisation than yours.")


class SideNeeded(MarketError):
    """The organisation could sit on either side."""

    field = "side"
    message = lazy_gettext("Choose whether you offer or seek at this event.")


class NotYoursToBring(MarketError):
    """What is brought must be the organisation's own, open, and fit the event and the side."""

    message = lazy_gettext("What you bring must be your own, open now, and fit this event.")


class NeverThere(MarketError):
    """Away in every slot."""

    field = "unavailable"
    message = lazy_gettext("Keep at least one slot free for meetings.")


class NoSuchSlot(MarketError):
    """A slot outside the event."""

    field = "unavailable"
    message = lazy_gettext("The event has the slots 1 to %(slots)s.")


def sides_open_to(event: Event, kinds: frozenset[str]) -> list[Side]:
    """On which sides of an event an organisation of these kinds may sit."""
    offers = bool(kinds & _OFFERING[EventKind(event.kind)])
    seeks = OrganisationKind.ENTERPRISE in kinds
    return [side for side, may in ((Side.OFFERS, offers), (Side.SEEKS, seeks)) if may]


def bringable(event: Event, *, by: Acting) -> dict[str, list[tuple[str, str]]]:
    """What the organisation acted for could bring: form field -> (id, name) pairs."""
    sides = sides_open_to(event, by.kinds)
    found = {}
    for field, (model, owner, status, side) in _BROUGHT.items():
        if side in sides and field in _FITTING[EventKind(event.kind)]:
            query = select(model).where(
                getattr(model, owner) == by.organisation_id, model.status == status
            )
            rows = db.session.scalars(query.order_by(model.created_at.desc()).limit(100))
            found[field] = [(row.id, _named(row)) for row in rows]
    return found


def register(event_id: str, data: Mapping[str, Any], *, by: Acting) -> Participant:
    """Register the organisation acted for, or change its registration; data as the schema loads."""
    event = queries.find(event_id, by=by)
    states.require(event, EventState.REGISTRATION)
    if event.registration_closes_at <= now():
        raise RegistrationClosed
    side = _side(event, data.get("side") or "", by)
    values = {
        "side": side,
        "representatives": data.get("representatives", 1),
        "unavailable": _unavailable(event, data.get("unavailable") or []),
        "person_id": by.person_id,
        **{field: _own(event, side, field, data.get(field), by) for field in _BROUGHT},
    }
    _refuse_overlap(event, by)
    participant = _row(event, by)
    if participant.side is not None and participant.side != side:
        _forget_wishes(participant)
    for name, value in values.items():
        setattr(participant, name, value)
    participant.withdrawn_at = None
    db.session.add(participant)
    db.session.flush()
    audits.record("participant.registered", participant, by=by, after={**values, "event": event.id})
    return participant


def withdraw(event_id: str, *, by: Acting) -> Participant:
    """Leave an event before it begins; meetings that stood are taken out, the others are told."""
    event, participant = queries.attending(event_id, by=by)
    event = queries.locked(event.id)
    states.require(event, *states.RUNNING)
    states.require_not_begun(event)
    participant.withdrawn_at = now()
    db.session.flush()
    dropped = meetings.take_out_of(event, participant)
    _forget_wishes(participant)
    after = {"event": event.id, "meetings": dropped}
    audits.record("participant.withdrawn", participant, by=by, after=after)
    return participant


def _side(event: Event, wanted: str, by: Acting) -> Side:
    sides = sides_open_to(event, by.kinds)
    if not sides:
        raise NotForYou
    if len(sides) == 1:
        return sides[0]
    if wanted not in sides:
        raise SideNeeded
    return Side(wanted)


def _unavailable(event: Event, slots: list[int]) -> list[int]:
    if any(not 0 <= slot < event.slots for slot in slots):
        raise NoSuchSlot(slots=event.slots)
    if len(set(slots)) == event.slots:
        raise NeverThere
    return sorted(set(slots))


def _own(event: Event, side: Side, field: str, id_: str | None, by: Acting) -> str | None:
    """The id of something the organisation may bring on this side, checked."""
    if not id_:
        return None
    model, owner, status, of_side = _BROUGHT[field]
    row = db.session.get(model, id_)
    mine = row is not None and getattr(row, owner) == by.organisation_id and row.status == status
    if not mine or of_side != side or field not in _FITTING[EventKind(event.kind)]:
        raise NotYoursToBring
    return id_


def _refuse_overlap(event: Event, by: Acting) -> None:
    """One place at a time; the organisation's row is locked so that two requests queue up."""
    db.session.scalars(
        select(Organisation).where(Organisation.id == by.organisation_id).with_for_update()
    ).one()
    others = db.session.scalars(
        select(Event)
        .join(Participant, Participant.event_id == Event.id)
        .where(
            Participant.organisation_id == by.organisation_id,
            Participant.withdrawn_at.is_(None),
            Event.id != event.id,
            Event.state.in_(states.RUNNING),
            Event.first_slot_at < event.ends_at,
        )
        .order_by(Event.first_slot_at)
    )
    for other in others:
        if other.ends_at > event.first_slot_at:
            raise EventsOverlap(other=local(other))


def _row(event: Event, by: Acting) -> Participant:
    """The organisation's row, whether it withdrew before or never registered."""
    known = db.session.scalars(
        select(Participant).where(
            Participant.event_id == event.id, Participant.organisation_id == by.organisation_id
        )
    ).first()
    return known or Participant(
        event_id=event.id, organisation_id=by.organisation_id, created_at=now()
    )


def _forget_wishes(participant: Participant) -> None:
    db.session.execute(
        delete(Preference).where(
            (Preference.participant_id == participant.id) | (Preference.other_id == participant.id)
        )
    )


def _named(row: Any) -> str:
    return local(row) if hasattr(row, "name_zh") else str(row.title)
