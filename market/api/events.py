"""Events in the API: list, life, registration, wishes, one's timetable, its calendar, ratings."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask import Response

from market.api.frame import After, paged, resource
from market.domain import calendars, participants, preferences, ratings
from market.domain import events as verbs
from market.domain import meetings as meeting_verbs
from market.domain.queries import events as queries
from market.domain.queries import meetings as meeting_queries
from market.permissions import (
    ANYONE,
    MARKET_MEMBER,
    MARKET_WRITER,
    ORGANISER,
    acting,
    acting_or_none,
    guarded,
)
from market.schemas.event_views import (
    AttendeeView,
    EventView,
    PlacedView,
    RatingView,
    RegistrationView,
    TimetableView,
)
from market.schemas.events import DatesSchema, EventChange, EventFilter, EventSchema, NoteSchema
from market.schemas.meetings import PlaceSchema, RatingSchema
from market.schemas.participants import RegistrationBody, WishesSchema

if TYPE_CHECKING:
    from market.models import Event, MeetingRating, Participant

_Events, _Attendees, _Placed = paged(EventView), paged(AttendeeView), paged(PlacedView)
events = resource("events", about="Matchmaking events, their participants and timetables")


@events.route("", methods=["GET"])
@guarded(ANYONE)
@events.arguments(EventFilter, location="query")
@events.response(200, _Events)
def public(wanted: dict[str, Any]) -> dict[str, Any]:
    """Public events: coming, or over."""
    page = queries.public(wanted)
    return {"items": page.rows, "next": page.next_key or None}


@events.route("", methods=["POST"])
@guarded(ORGANISER)
@events.arguments(EventSchema)
@events.response(201, EventView)
def create(data: dict[str, Any]) -> Event:
    """A new draft."""
    return verbs.create(data, by=acting())


@events.route("/mine", methods=["GET"])
@guarded(ORGANISER)
@events.arguments(After, location="query")
@events.response(200, _Events)
def mine(wanted: dict[str, Any]) -> dict[str, Any]:
    """The acting organiser's events, drafts included."""
    page = queries.of_organiser(acting(), after=wanted["after"])
    return {"items": page.rows, "next": page.next_key or None}


@events.route("/registered", methods=["GET"])
@guarded(MARKET_MEMBER)
@events.arguments(After, location="query")
@events.response(200, _Events)
def registered(wanted: dict[str, Any]) -> dict[str, Any]:
    """The events one takes part in."""
    page = queries.registered(acting(), after=wanted["after"])
    return {"items": page.rows, "next": page.next_key or None}


@events.route("/<string:event_id>", methods=["GET"])
@guarded(ANYONE)
@events.response(200, EventView)
def show(event_id: str) -> Event:
    """One event."""
    return queries.find(event_id, by=acting_or_none())


@events.route("/<string:event_id>", methods=["PUT"])
@guarded(ORGANISER)
@events.arguments(EventChange)
@events.response(200, EventView)
def change(data: dict[str, Any], event_id: str) -> Event:
    """Change an event until wishes close; give the version you read."""
    version = data.pop("version")
    return verbs.change(event_id, data, version=version, by=acting())


@events.route("/<string:event_id>/publish", methods=["POST"])
@guarded(ORGANISER)
@events.response(200, EventView)
def publish(event_id: str) -> Event:
    """Announce a draft."""
    return verbs.publish_event(event_id, by=acting())


@events.route("/<string:event_id>/postpone", methods=["POST"])
@guarded(ORGANISER)
@events.arguments(DatesSchema)
@events.response(200, EventView)
def postpone(data: dict[str, Any], event_id: str) -> Event:
    """Give an announced event other dates."""
    return verbs.postpone(event_id, data, by=acting())


@events.route("/<string:event_id>/cancel", methods=["POST"])
@guarded(ORGANISER)
@events.arguments(NoteSchema)
@events.response(200, EventView)
def cancel(data: dict[str, Any], event_id: str) -> Event:
    """Call an event off."""
    return verbs.cancel(event_id, note=data["note"], by=acting())


@events.route("/<string:event_id>/plan-again", methods=["POST"])
@guarded(ORGANISER)
@events.response(200, EventView)
def plan_again(event_id: str) -> Event:
    """Have the timetable made anew."""
    return verbs.plan_again(event_id, by=acting())


@events.route("/<string:event_id>/publish-timetable", methods=["POST"])
@guarded(ORGANISER)
@events.response(200, EventView)
def publish_timetable(event_id: str) -> Event:
    """Make the reviewed timetable public."""
    return verbs.publish_timetable(event_id, by=acting())


@events.route("/<string:event_id>/participants", methods=["GET"])
@guarded(MARKET_MEMBER)
@events.arguments(After, location="query")
@events.response(200, _Attendees)
def attendees(wanted: dict[str, Any], event_id: str) -> dict[str, Any]:
    """Who comes, for the organiser and the participants only."""
    queries.require_insider(event_id, by=acting())
    page = queries.attendees(event_id, after=wanted["after"])
    return {"items": page.rows, "next": page.next_key or None}


@events.route("/<string:event_id>/registration", methods=["PUT"])
@guarded(MARKET_WRITER)
@events.arguments(RegistrationBody)
@events.response(200, RegistrationView)
def register(data: dict[str, Any], event_id: str) -> Participant:
    """Register, or change one's registration."""
    return participants.register(event_id, data, by=acting())


@events.route("/<string:event_id>/registration", methods=["DELETE"])
@guarded(MARKET_WRITER)
@events.response(204)
def withdraw(event_id: str) -> None:
    """Leave the event."""
    participants.withdraw(event_id, by=acting())


@events.route("/<string:event_id>/wishes", methods=["GET"])
@guarded(MARKET_MEMBER)
@events.response(200, WishesSchema)
def wishes(event_id: str) -> dict[str, Any]:
    """One's own wishes."""
    _, participant = queries.attending(event_id, by=acting())
    return {"wishes": preferences.of(participant.id)}


@events.route("/<string:event_id>/wishes", methods=["PUT"])
@guarded(MARKET_WRITER)
@events.arguments(WishesSchema)
@events.response(200, WishesSchema)
def say(data: dict[str, Any], event_id: str) -> dict[str, Any]:
    """Say or change wishes; those not named stay."""
    return {"wishes": preferences.say(event_id, data["wishes"], by=acting())}


@events.route("/<string:event_id>/timetable", methods=["GET"])
@guarded(MARKET_MEMBER)
@events.response(200, TimetableView)
def timetable(event_id: str) -> dict[str, Any]:
    """One's own day; empty until it is published."""
    event, participant = queries.attending(event_id, by=acting())
    entries = meeting_queries.day_of(event, participant)
    lines = [_line(event, entry) for entry in entries]
    return {"online_link": event.online_link, "meetings": lines}


@events.route("/<string:event_id>/timetable.ics", methods=["GET"])
@guarded(MARKET_MEMBER)
@events.response(200, content_type="text/calendar")
def ics(event_id: str) -> Response:
    """One's own day as a calendar file."""
    event, participant = queries.attending(event_id, by=acting())
    entries = meeting_queries.day_of(event, participant)
    text = calendars.calendar(event, meeting_queries.appointments(entries))
    return Response(text, content_type="text/calendar; charset=utf-8")


@events.route("/<string:event_id>/meetings", methods=["GET"])
@guarded(ORGANISER)
@events.arguments(After, location="query")
@events.response(200, _Placed)
def meetings(wanted: dict[str, Any], event_id: str) -> dict[str, Any]:
    """The whole timetable, for the organiser."""
    event = queries.own(event_id, by=acting())
    page = meeting_queries.page_of(event.id, after=wanted["after"])
    return {"items": page.rows, "next": page.next_key or None}


@events.route("/<string:event_id>/meetings/<string:meeting_id>", methods=["PUT"])
@guarded(ORGANISER)
@events.arguments(PlaceSchema)
@events.response(200, PlacedView)
def move(data: dict[str, Any], event_id: str, meeting_id: str) -> Any:
    """Move a meeting; conflicts are refused with 409."""
    return meeting_verbs.move(event_id, meeting_id, data, by=acting())


@events.route("/<string:event_id>/meetings/<string:meeting_id>", methods=["DELETE"])
@guarded(ORGANISER)
@events.response(204)
def remove(event_id: str, meeting_id: str) -> None:
    """Take a meeting out of the timetable."""
    meeting_verbs.remove(event_id, meeting_id, by=acting())


@events.route("/<string:event_id>/meetings/<string:meeting_id>/rating", methods=["PUT"])
@guarded(MARKET_WRITER)
@events.arguments(RatingSchema)
@events.response(200, RatingView)
def rate(data: dict[str, Any], event_id: str, meeting_id: str) -> MeetingRating:
    """Rate a meeting one was in, or change one's rating."""
    meeting_queries.rated(meeting_id, event_id=event_id, by=acting())
    return ratings.rate(meeting_id, data, by=acting())


def _line(event: Event, entry: meeting_queries.Entry) -> dict[str, Any]:
    """What MeetingView shows of one meeting of the day."""
    begins = event.slot_at(entry.meeting.slot)
    return {
        "id": entry.meeting.id,
        "with_id": entry.other.id,
        "with_zh": entry.firm.name_zh,
        "with_en": entry.firm.name_en,
        "slot": entry.meeting.slot,
        "table": entry.meeting.table_no,
        "begins_at": begins,
        "ends_at": begins + timedelta(minutes=event.slot_minutes),
        "status": entry.meeting.status,
        "rating": entry.rating,
    }
