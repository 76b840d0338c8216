"""iCalendar: stable ids, rising sequence, right times in every zone."""

from datetime import UTC, datetime
from typing import Any

import icalendar
import pytest
from flask import Flask

from market.domain.calendars import Appointment, calendar, uid
from market.models import Event
from market.texts import SHANGHAI

MEETING = Appointment("left", "right", "示例银行", "Sample bank", 2, 4, "planned")


def _event(**given: Any) -> Any:
    values = {
        "id": "event",
        "name_zh": "示例会",
        "name_en": "Sample",
        "venue": "示例大厦",
        "online_link": "",
        "first_slot_at": datetime(2027, 3, 14, 1, 30, tzinfo=UTC),
        "slots": 6,
        "slot_minutes": 20,
        "pause_minutes": 5,
        "version": 3,
    }
    return Event(**values | given)


def _entry(app: Flask, event: Event, meeting: Any = MEETING, **how: Any) -> Any:
    with app.test_request_context("/", headers={"Accept-Language": "zh"}):
        parsed = icalendar.Calendar.from_ical(calendar(event, [meeting], **how))
    return parsed, parsed.walk("VEVENT")[0]


def test_times_are_shanghais_and_the_same_moment_everywhere(app: Flask) -> None:
    _, entry = _entry(app, _event())
    begins = entry.decoded("dtstart")
    assert begins.astimezone(SHANGHAI).strftime("%H:%M") == "10:20"
    assert begins.astimezone(UTC) == datetime(2027, 3, 14, 2, 20, tzinfo=UTC)
    assert (entry.decoded("dtend") - begins).total_seconds() == 20 * 60


def test_the_id_stays_when_slot_table_and_version_change(app: Flask) -> None:
    moved = Appointment("left", "right", "示例银行", "Sample bank", 5, 0, "planned")
    _, first = _entry(app, _event())
    _, second = _entry(app, _event(version=4), moved)
    assert first["uid"] == second["uid"] == uid(_event(), MEETING)
    assert (first["sequence"], second["sequence"]) == (3, 4)


@pytest.mark.parametrize(("cancel", "method"), [(False, "PUBLISH"), (True, "CANCEL")])
def test_a_cancelling_calendar_takes_the_meeting_back(
    app: Flask, cancel: bool, method: str
) -> None:
    whole, entry = _entry(app, _event(), cancel=cancel)
    assert whole["method"] == method
    assert entry["status"] == ("CANCELLED" if cancel else "CONFIRMED")


def test_a_cancelled_meeting_stays_visible_as_such(app: Flask) -> None:
    gone = Appointment("left", "right", "示例银行", "Sample bank", 2, 4, "cancelled")
    whole, entry = _entry(app, _event(), gone)
    assert (whole["method"], entry["status"]) == ("PUBLISH", "CANCELLED")


def test_names_with_commas_and_line_breaks_survive(app: Flask) -> None:
    odd = Appointment("left", "right", "示例，甲;乙,丙\n丁", "", 0, 0, "planned")
    _, entry = _entry(app, _event(venue="一楼,A厅"), odd)
    assert "示例，甲;乙,丙\n丁" in str(entry["summary"])
    assert str(entry["location"]).startswith("一楼,A厅")


def test_the_table_is_counted_from_one(app: Flask) -> None:
    _, entry = _entry(app, _event())
    assert "5" in str(entry["location"])
