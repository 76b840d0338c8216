"""The life of an event in one table: from which states a step leads where, who takes it, when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from flask_babel import LazyString, lazy_gettext

from market.enums import EventState as State
from market.errors import MarketError
from market.models import Event
from market.moments import now

FEEDBACK_OPEN_FOR = timedelta(days=14)

STATE_NAMES: dict[str, LazyString] = {
    State.DRAFT: lazy_gettext("draft"),
    State.PUBLISHED: lazy_gettext("announced"),
    State.REGISTRATION: lazy_gettext("registration open"),
    State.PREFERENCES: lazy_gettext("wishes open"),
    State.PLANNING: lazy_gettext("timetable in the making"),
    State.REVIEW: lazy_gettext("timetable under review"),
    State.SCHEDULED: lazy_gettext("timetable published"),
    State.FEEDBACK: lazy_gettext("feedback open"),
    State.CLOSED: lazy_gettext("closed"),
    State.CANCELLED: lazy_gettext("cancelled"),
}


class Who(StrEnum):
    """Who takes a step."""

    ORGANISER = "organiser"
    SCHEDULER = "scheduler"


@dataclass(frozen=True)
class Step:
    """One row of the table; steps of the scheduler say when they fall due (None: at once)."""

    name: str
    come_from: frozenset[State]
    to: State
    who: Who
    due: Callable[[Event], datetime] | None = None


def _step(
    name: str,
    come_from: set[State],
    to: State,
    who: Who,
    due: Callable[[Event], datetime] | None = None,
) -> Step:
    return Step(name, frozenset(come_from), to, who, due)


_BEFORE_WISHES_CLOSE = {State.PUBLISHED, State.REGISTRATION, State.PREFERENCES}
_WITH_TIMETABLE = {State.PLANNING, State.REVIEW, State.SCHEDULED}
BEFORE_LIVE = frozenset({State.DRAFT} | _BEFORE_WISHES_CLOSE | _WITH_TIMETABLE)
RUNNING = BEFORE_LIVE - {State.DRAFT}  # states in which an organisation's time is promised

# `reopen_*` are taken by changing or postponing: a deadline moved back into the future.
STEPS = (
    _step("publish", {State.DRAFT}, State.PUBLISHED, Who.ORGANISER),
    _step(
        "open_registration", {State.PUBLISHED}, State.REGISTRATION, Who.SCHEDULER,
        lambda event: event.registration_opens_at,
    ),
    _step(
        "close_registration", {State.REGISTRATION}, State.PREFERENCES, Who.SCHEDULER,
        lambda event: event.registration_closes_at,
    ),
    _step(
        "close_preferences", {State.PREFERENCES}, State.PLANNING, Who.SCHEDULER,
        lambda event: event.preferences_close_at,
    ),
    _step("plan", {State.PLANNING}, State.REVIEW, Who.SCHEDULER),
    _step("plan_again", {State.REVIEW}, State.PLANNING, Who.ORGANISER),
    _step("publish_timetable", {State.REVIEW}, State.SCHEDULED, Who.ORGANISER),
    _step(
        "open_feedback", {State.SCHEDULED}, State.FEEDBACK, Who.SCHEDULER,
        lambda event: event.ends_at,
    ),
    _step(
        "close", {State.FEEDBACK}, State.CLOSED, Who.SCHEDULER,
        lambda event: event.ends_at + FEEDBACK_OPEN_FOR,
    ),
    _step("change", {State.DRAFT}, State.DRAFT, Who.ORGANISER),
    _step("reopen_announcement", set(RUNNING), State.PUBLISHED, Who.ORGANISER),
    _step("reopen_registration", set(RUNNING), State.REGISTRATION, Who.ORGANISER),
    _step("reopen_preferences", set(RUNNING), State.PREFERENCES, Who.ORGANISER),
    _step("cancel", set(BEFORE_LIVE), State.CANCELLED, Who.ORGANISER),
)  # fmt: skip
_BY_NAME = {step.name: step for step in STEPS}


class WrongState(MarketError):
    """The step does not start where the event is."""

    status = 409
    message = lazy_gettext(
        "This is not possible now: the event is in the state “%(state)s”. Look at its page again."
    )


class UnderWay(MarketError):
    """The first slot has begun."""

    status = 409
    message = lazy_gettext("The event has begun: this is not possible any more.")


def take(event: Event, name: str) -> None:
    """Move the event by a step of the table, or say why not."""
    step = _BY_NAME[name]
    require(event, *step.come_from)
    event.state = step.to


def require(event: Event, *states: State) -> None:
    """Refuse unless the event is in one of these states."""
    if event.state not in states:
        raise WrongState(state=str(STATE_NAMES[event.state]))


def require_not_begun(event: Event) -> None:
    """Refuse once the first slot of a published timetable has begun."""
    if event.state == State.SCHEDULED and event.first_slot_at <= now():
        raise UnderWay


def due_step(event: Event) -> Step | None:
    """The scheduler's next step from here when its time has come (`plan` is long: not here)."""
    for step in STEPS:
        timed = step.who == Who.SCHEDULER and step.due is not None
        if timed and event.state in step.come_from and step.due and step.due(event) <= now():
            return step
    return None


def deadlines(event: Event) -> list[tuple[str, datetime]]:
    """Every step that falls due by time, and when."""
    return [(step.name, step.due(event)) for step in STEPS if step.due is not None]
