"""Meetings as iCalendar: a stable UID per pair, a rising SEQUENCE, times of Shanghai."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import icalendar

from market.enums import MeetingStatus
from market.models import Event
from market.moments import now
from market.texts import SHANGHAI, gettext, local

_HOST = "tanqiao"


@dataclass(frozen=True)
class Appointment:
    """A meeting as one participant's calendar needs it: with whom, when, where."""

    offers_id: str
    seeks_id: str
    with_zh: str
    with_en: str
    slot: int
    table_no: int
    status: str


def calendar(event: Event, appointments: Iterable[Appointment], *, cancel: bool = False) -> str:
    """The text of an .ics file; `cancel` takes every appointment back."""
    made = icalendar.Calendar()
    made.add("prodid", "-//Tanqiao//Events 1//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "CANCEL" if cancel else "PUBLISH")
    made.add("x-wr-calname", local(event))
    made.add("x-wr-timezone", SHANGHAI.key)
    for appointment in appointments:
        made.add_component(_entry(event, appointment, cancel=cancel))
    made.add_missing_timezones()
    text: str = made.to_ical().decode()
    return text


def _entry(event: Event, appointment: Appointment, *, cancel: bool) -> icalendar.Event:
    begins = event.slot_at(appointment.slot).astimezone(SHANGHAI)
    table = gettext("table %(number)s", number=appointment.table_no + 1)
    cancelled = cancel or appointment.status == MeetingStatus.CANCELLED
    other = local(appointment, "with")
    entry = icalendar.Event()
    entry.add("uid", uid(event, appointment))
    entry.add("sequence", event.version)
    entry.add("dtstamp", now())
    entry.add("dtstart", begins)
    entry.add("dtend", _end(event, begins))
    entry.add("summary", gettext("Meeting with %(name)s", name=other))
    entry.add("location", ", ".join(part for part in (event.venue, table) if part))
    entry.add("description", "\n".join(part for part in (local(event), event.online_link) if part))
    entry.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    return entry


def uid(event: Event, appointment: Appointment) -> str:
    """The same for both sides and after every change of slot, table or timetable."""
    return f"{event.id}-{appointment.offers_id}-{appointment.seeks_id}@{_HOST}"


def _end(event: Event, begins: datetime) -> datetime:
    return begins + timedelta(minutes=event.slot_minutes)
