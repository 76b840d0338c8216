"""Events with participants, wishes, timetables and ratings, made through the verbs."""

from datetime import datetime, timedelta
from typing import Any

from market import moments
from market.domain import event_states as states
from market.domain import events, participants, preferences, ratings
from market.domain.queries import meetings as meeting_queries
from market.enums import EventState
from market.extensions import db
from market.models import Event, Meeting, Membership, Participant
from market.work import timetables
from tests.factories import organisations, people


def dates(begin: datetime | None = None) -> dict[str, datetime]:
    """Four dates in order; registration opens tomorrow unless the begin is given."""
    begin = begin or (moments.now() + timedelta(days=28)).replace(microsecond=0)
    return {
        "registration_opens_at": begin - timedelta(days=27),
        "registration_closes_at": begin - timedelta(days=14),
        "preferences_close_at": begin - timedelta(days=6),
        "first_slot_at": begin,
    }


def details(**given: Any) -> dict[str, Any]:
    """What EventSchema loads."""
    return {
        "kind": "financing",
        "name_zh": "示例对接会",
        "name_en": "Sample meeting",
        "about_zh": "",
        "about_en": "",
        "venue": "示例大厦",
        "online_link": "",
        "slots": 6,
        "slot_minutes": 20,
        "pause_minutes": 5,
        "tables": 4,
        "meetings_at_most": 4,
        "meetings_at_least": 1,
        **dates(given.pop("begin", None)),
        **given,
    }


def draft(organiser: Membership | None = None, **given: Any) -> Event:
    """A draft of an organiser."""
    by = people.acting_for(organiser or organisations.organiser())
    return events.create(details(**given), by=by)


def announced(organiser: Membership | None = None, **given: Any) -> Event:
    """An event whose deadlines move it from now on."""
    organiser = organiser or organisations.organiser()
    made = draft(organiser, **given)
    return events.publish_event(made.id, by=people.acting_for(organiser))


def moved_to(event: Event, state: str) -> Event:
    """The event after its deadlines (and the solver) brought it into this state."""
    while event.state != state:
        if event.state == EventState.PLANNING:
            timetables.make(event.id)
            continue
        due = {step.come_from: step.due for step in states.STEPS if step.due}
        at = next(when for come_from, when in due.items() if event.state in come_from)
        with moments.at(at(event)):
            events.advance(event.id)
    return event


def open_event(organiser: Membership | None = None, **given: Any) -> Event:
    """An event whose registration is open."""
    return moved_to(announced(organiser, **given), EventState.REGISTRATION)


def registered(event: Event, member: Membership | None = None, **given: Any) -> Participant:
    """A participant: an enterprise, or the member's organisation."""
    by = people.acting_for(member or organisations.enterprise())
    return participants.register(event.id, given, by=by)


def registered_side(event: Event, side: str, number: int, **given: Any) -> list[Membership]:
    """Owners of so many new organisations registered on a side."""
    make = {"offers": organisations.institution, "seeks": organisations.enterprise}[side]
    members = [make() for _ in range(number)]
    for member in members:
        registered(event, member, **given)
    return members


def say(event: Event, member: Membership, **wishes: str) -> None:
    """Say wishes; the keywords are participant ids."""
    preferences.say(event.id, wishes, by=people.acting_for(member))


def participant_of(event: Event, member: Membership) -> Participant:
    """How a member's organisation takes part."""
    found = db.session.query(Participant).filter_by(
        event_id=event.id, organisation_id=member.organisation_id
    )
    return found.one()


def with_timetable(
    organiser: Membership, *, offers: int = 2, seeks: int = 3, **given: Any
) -> tuple[Event, list[Membership], list[Membership]]:
    """An event under review: its offering and its seeking members."""
    event = open_event(organiser, **given)
    left = registered_side(event, "offers", offers)
    right = registered_side(event, "seeks", seeks)
    return moved_to(event, EventState.REVIEW), left, right


def scheduled(
    organiser: Membership | None = None, **given: Any
) -> tuple[Event, list[Membership], list[Membership]]:
    """An event with a published timetable."""
    organiser = organiser or organisations.organiser()
    event, left, right = with_timetable(organiser, **given)
    events.publish_timetable(event.id, by=people.acting_for(organiser))
    return event, left, right


def meetings_of(event: Event) -> list[Meeting]:
    """Its standing meetings, both sides loaded."""
    return meeting_queries.of_event(event.id)


def rated(meeting: Meeting, member: Membership, **given: Any) -> None:
    """One side's word on a meeting."""
    data = {"stars": 4, "outcome": "follow_up", "comment": "示例", **given}
    ratings.rate(meeting.id, data, by=people.acting_for(member))
