"""The words of the closed lists of events, and what a new event begins with."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext

from market.domain.event_states import STATE_NAMES
from market.moments import now
from market.schemas.events import KINDS, WHEN
from market.schemas.meetings import OUTCOMES, STARS
from market.schemas.participants import WISHES
from market.texts import SHANGHAI

if TYPE_CHECKING:
    from market.models import Event

STEP_NAMES = {
    "open_registration": lazy_gettext("Registration opens"),
    "close_registration": lazy_gettext("Registration closes, wishes open"),
    "close_preferences": lazy_gettext("Wishes close, the timetable is made"),
    "open_feedback": lazy_gettext("The last slot ends, feedback opens"),
    "close": lazy_gettext("Feedback closes"),
}
# Why a wish was not met, told to the one who wished without telling about others.
WHY = {
    "no_common_slot": lazy_gettext("You two have no free slot in common."),
    "capacity": lazy_gettext("One of you has no meetings left."),
    "tables": lazy_gettext("No table was free when both of you were."),
    "outranked": lazy_gettext("Other meetings fitted better, for one of you or on the whole."),
}
REASONS = {
    "no_common_slot": lazy_gettext("no common slot"),
    "capacity": lazy_gettext("capacity"),
    "tables": lazy_gettext("tables"),
    "outranked": lazy_gettext("outranked"),
}
_FIRST_SLOT = timedelta(hours=9, minutes=30)


def for_templates() -> dict[str, Any]:
    """Names by code, and how slots are written."""
    return {
        "kind_names": dict(KINDS),
        "state_names": STATE_NAMES,
        "step_names": STEP_NAMES,
        "wish_names": dict(WISHES),
        "outcome_names": dict(OUTCOMES),
        "star_names": dict(STARS),
        "when_names": dict(WHEN),
        "why_names": WHY,
        "reason_names": REASONS,
        "slot_time": slot_time,
        "now": now(),
    }


def slot_time(event: Event, slot: int) -> str:
    """A slot as people in Shanghai read it: 09:30–09:50."""
    begins = event.slot_at(slot).astimezone(SHANGHAI)
    ends = begins + timedelta(minutes=event.slot_minutes)
    return f"{begins:%H:%M}–{ends:%H:%M}"


def suggested() -> dict[str, Any]:
    """A morning in four weeks with the usual calendar, as a starting point."""
    today = datetime.combine(now().astimezone(SHANGHAI).date(), datetime.min.time(), SHANGHAI)
    begin = today + timedelta(days=28) + _FIRST_SLOT
    return {
        "registration_opens_at": today + timedelta(days=1) + _FIRST_SLOT,
        "registration_closes_at": begin - timedelta(days=14),
        "preferences_close_at": begin - timedelta(days=6),
        "first_slot_at": begin,
        "slots": 8,
        "slot_minutes": 20,
        "pause_minutes": 5,
        "tables": 10,
        "meetings_at_most": 8,
        "meetings_at_least": 1,
    }
