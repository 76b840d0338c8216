"""Events: made, announced, moved by their deadlines, published, postponed, cancelled.

The states and who moves them stand in event_states.py; every step locks the event's row, looks at
its state first and can be repeated: a late, doubled or restarted scheduler does no harm.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext

from market.domain import audits, due_work, event_notices, meetings
from market.domain import event_states as states
from market.domain.queries import events as queries
from market.domain.queries import meetings as meeting_queries
from market.enums import EventState
from market.errors import ChangedMeanwhile, MarketError
from market.extensions import db
from market.models import Event
from market.moments import now
from market.permissions import Acting
from market.texts import gettext, moment

STEP_JOB, TIMETABLE_JOB, TRAIN_JOB = "event-step", "event-timetable", "train"
_KEPT = (
    "kind", "state", "name_zh", "first_slot_at", "slots", "slot_minutes", "pause_minutes",
    "tables", "meetings_at_most", "meetings_at_least", "registration_opens_at",
    "registration_closes_at", "preferences_close_at", "version",
)  # fmt: skip
_TOLD = ("first_slot_at", "slots", "slot_minutes", "pause_minutes", "venue", "online_link")
_EDITABLE = (
    EventState.DRAFT,
    EventState.PUBLISHED,
    EventState.REGISTRATION,
    EventState.PREFERENCES,
)
_ORDER = tuple(EventState)


class DeadlinePassed(MarketError):
    """A deadline that still has work to do lies in the past."""

    field = "preferences_close_at"
    message = lazy_gettext("This must lie in the future: there would be no time for wishes.")


class BeginPassed(MarketError):
    """An event cannot begin in the past."""

    field = "first_slot_at"
    message = lazy_gettext("The event must begin in the future.")


class KindFixed(MarketError):
    """Whom an event brings together is promised once it is announced."""

    field = "kind"
    message = lazy_gettext("The kind cannot be changed once the event is announced.")


class NothingPlanned(MarketError):
    """There is no meeting to publish."""

    status = 409
    message = lazy_gettext("The timetable has no meetings. Make it again, postpone or cancel.")


def create(data: Mapping[str, Any], *, by: Acting) -> Event:
    """A draft of the acting organiser; data as EventSchema loads it."""
    event = Event(**data, organiser_id=by.organisation_id, created_at=now())
    event.state, event.version, event.certificate = EventState.DRAFT, 1, {}
    db.session.add(event)
    db.session.flush()
    audits.record("event.created", event, by=by, after=facts(event))
    return event


def change(event_id: str, data: Mapping[str, Any], *, version: int | None, by: Acting) -> Event:
    """Change an event until wishes close; `version` is the one the form was opened with."""
    event = queries.own_locked(event_id, by=by)
    states.require(event, *_EDITABLE)
    if version is not None and version != event.version:
        raise ChangedMeanwhile(who=gettext("A colleague"))
    if event.state != EventState.DRAFT and data.get("kind", event.kind) != event.kind:
        raise KindFixed
    before, told_before = facts(event), [getattr(event, name) for name in _TOLD]
    for name, value in data.items():
        setattr(event, name, value)
    event.version += 1
    if event.state != EventState.DRAFT:
        _follow_deadlines(event)
    _written("event.changed", event, before=before, by=by)
    if event.state != EventState.DRAFT and told_before != [getattr(event, n) for n in _TOLD]:
        event_notices.tell_participants(event, event_notices.CHANGED)
    return event


def publish_event(event_id: str, *, by: Acting) -> Event:
    """Announce a draft; from now on its deadlines move it."""
    event = queries.own_locked(event_id, by=by)
    before = facts(event)
    states.require(event, EventState.DRAFT)
    if event.preferences_close_at <= now():
        raise DeadlinePassed
    states.take(event, "publish")
    event.version += 1
    plan_steps(event)
    return _written("event.published", event, before=before, by=by)


def postpone(event_id: str, data: Mapping[str, Any], *, by: Acting) -> Event:
    """Give an announced event other dates; data as DatesSchema loads it.

    With a new deadline for wishes the timetable is void and made again; with only a later begin
    it stays, and everyone gets it with the new times.
    """
    event = queries.own_locked(event_id, by=by)
    states.require(event, *states.RUNNING)
    states.require_not_begun(event)
    if data["first_slot_at"] <= now():
        raise BeginPassed
    before, was_public = facts(event), event.state == EventState.SCHEDULED
    for name, value in data.items():
        setattr(event, name, value)
    event.version += 1
    void = event.preferences_close_at > now()
    days = _void_timetable(event) if void else _days(event)
    if void or event.state in _EDITABLE:
        _follow_deadlines(event)
    else:
        plan_steps(event)
    _written("event.postponed", event, before=before, by=by)
    event_notices.tell_participants(
        event, event_notices.POSTPONED, days=days if was_public else None, cancel=void
    )
    return event


def cancel(event_id: str, *, note: str = "", by: Acting) -> Event:
    """Call an event off before it begins; participants are told, their time is free again."""
    event = queries.own_locked(event_id, by=by)
    states.require_not_begun(event)
    before = facts(event)
    was_public, was_draft = event.state == EventState.SCHEDULED, event.state == EventState.DRAFT
    states.take(event, "cancel")
    event.version += 1
    due_work.cancel(key=event.id)
    days = meetings.cancel_all(event)
    _written("event.cancelled", event, before=before, by=by)
    if not was_draft:
        told = {"note": note}
        event_notices.tell_participants(
            event,
            event_notices.CANCELLED,
            values=told,
            days=days if was_public else None,
            cancel=True,
        )
    return event


def plan_again(event_id: str, *, by: Acting) -> Event:
    """Have the timetable made anew, e.g. after someone withdrew."""
    event = queries.own_locked(event_id, by=by)
    before = facts(event)
    states.take(event, "plan_again")
    event.version += 1
    plan_steps(event)
    return _written("event.plan-again", event, before=before, by=by)


def publish_timetable(event_id: str, *, by: Acting) -> Event:
    """Make the reviewed timetable public and send everyone theirs."""
    event = queries.own_locked(event_id, by=by)
    before = facts(event)
    states.require(event, EventState.REVIEW)
    days = _days(event)
    if not days:
        raise NothingPlanned
    if event.first_slot_at <= now():
        raise BeginPassed
    states.take(event, "publish_timetable")
    event.version += 1
    plan_steps(event)
    _written("event.timetable-published", event, before=before, by=by)
    event_notices.tell_participants(event, event_notices.TIMETABLE, page="/timetable", days=days)
    return event


def advance(event_id: str) -> dict[str, Any]:
    """Take every step that is due, in order; nothing happens when none is."""
    event = queries.locked(event_id)
    taken = []
    while (step := states.due_step(event)) is not None:
        before = facts(event)
        states.take(event, step.name)
        _written(f"event.{step.name}", event, before=before, by=None)
        _follow_up(event, step.name)
        taken.append(step.name)
    return {"taken": taken, "state": str(event.state)}


def timetable_made(event: Event, certificate: Mapping[str, Any]) -> None:
    """Take the step to review with a plan's certificate; the organiser is told."""
    before = facts(event)
    states.take(event, "plan")
    event.certificate = dict(certificate)
    event.version += 1
    _written("event.timetable-made", event, before=before, by=None)
    event_notices.tell_organiser(event, event_notices.REVIEW_WAITS)


def plan_steps(event: Event) -> None:
    """Plan the event's due work anew; rows of an older version no longer wait."""
    due_work.cancel(key=event.id)
    for name, due_at in states.deadlines(event):
        period = f"{event.version}:{name}"
        due_work.schedule(STEP_JOB, key=event.id, period=period, due_at=due_at)
    if event.state == EventState.PLANNING:
        due_work.schedule(TIMETABLE_JOB, key=event.id, period=str(event.version))


def facts(event: Event) -> dict[str, Any]:
    """What the audit trail keeps of an event."""
    return {name: getattr(event, name) for name in _KEPT}


def _follow_up(event: Event, step: str) -> None:
    """What a step of the scheduler brings with it; too late to act on, it is not told."""
    if step == "close_registration" and event.preferences_close_at > now():
        _tell_until(event, event_notices.WISHES_OPEN, event.preferences_close_at, "/wishes")
    elif step == "close_preferences":
        due_work.schedule(TIMETABLE_JOB, key=event.id, period=str(event.version))
    elif step == "open_feedback":
        until = event.ends_at + states.FEEDBACK_OPEN_FOR
        if until > now():
            _tell_until(event, event_notices.FEEDBACK_OPEN, until, "/timetable")
    elif step == "close":  # its ratings are complete: the ranking learns from them
        due_work.schedule(TRAIN_JOB, period=event.id)


def _tell_until(event: Event, code: str, until: datetime, page: str) -> None:
    event_notices.tell_participants(event, code, values={"until": moment(until)}, page=page)


def _follow_deadlines(event: Event) -> None:
    """Step back to where the new deadlines put the event; forward is the scheduler's way."""
    if event.preferences_close_at <= now():
        raise DeadlinePassed
    if event.registration_opens_at > now():
        target, step = EventState.PUBLISHED, "reopen_announcement"
    elif event.registration_closes_at > now():
        target, step = EventState.REGISTRATION, "reopen_registration"
    else:
        target, step = EventState.PREFERENCES, "reopen_preferences"
    if _ORDER.index(target) < _ORDER.index(EventState(event.state)):
        states.take(event, step)
    plan_steps(event)


def _void_timetable(event: Event) -> event_notices.Days:
    days = _days(event)
    meetings.drop(event)
    event.certificate = {}
    return days


def _days(event: Event) -> event_notices.Days:
    return meeting_queries.calendars_of(meeting_queries.of_event(event.id))


def _written(action: str, event: Event, *, before: Mapping[str, Any], by: Acting | None) -> Event:
    db.session.flush()
    audits.record(action, event, by=by, before=before, after=facts(event))
    return event
