"""What people are told about an event, in their inbox and by mail."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import select

from market.domain import messages
from market.domain.calendars import Appointment, calendar
from market.extensions import db
from market.models import Event, MailMessage, Membership, Participant, Person
from market.texts import in_language, local, moment

Days = Mapping[str, list[Appointment]]  # participant id -> what its calendar should hold
_KEYS_AT_ONCE = 500


def _say(code: str, text: Any) -> str:
    return messages.sentence(code, "event", text)


WISHES_OPEN = _say(
    "event-wishes-open",
    lazy_gettext("“%(event)s”: say by %(until)s whom you must, want or never meet."),
)
REVIEW_WAITS = _say(
    "event-review-waits",
    lazy_gettext("“%(event)s”: the timetable is ready for your review."),
)
TIMETABLE = _say(
    "event-timetable",
    lazy_gettext("“%(event)s”: your timetable is published. The event begins at %(begins)s."),
)
MEETING_CHANGED = _say(
    "event-meeting-changed",
    lazy_gettext("“%(event)s”: a meeting of yours was moved. See your timetable."),
)
MEETING_CANCELLED = _say(
    "event-meeting-cancelled",
    lazy_gettext("“%(event)s”: a meeting of yours was cancelled. See your timetable."),
)
CHANGED = _say(
    "event-changed",
    lazy_gettext("“%(event)s” was changed: it begins at %(begins)s. Please look at its page."),
)
POSTPONED = _say(
    "event-postponed",
    lazy_gettext("“%(event)s” was postponed: it now begins at %(begins)s."),
)
CANCELLED = _say(
    "event-cancelled",
    lazy_gettext("“%(event)s” was cancelled. %(note)s"),
)
FEEDBACK_OPEN = _say(
    "event-feedback-open",
    lazy_gettext("“%(event)s”: please rate your meetings by %(until)s."),
)


def tell_organiser(event: Event, code: str) -> None:
    """Tell the organiser's members."""
    people = messages.members_of(event.organiser_id)
    _tell(people, event, code, values={}, url=f"/events/{event.id}", dedupe_key=None)


def tell_participants(
    event: Event,
    code: str,
    *,
    values: Mapping[str, Any] | None = None,
    page: str = "",
    only: Iterable[str] | None = None,
    days: Days | None = None,
    cancel: bool = False,
) -> None:
    """Tell everyone who acts for a participant (or for those named), each with its calendar.

    A mail is written once per participant and event version, however often the step is retried.
    """
    url = f"/events/{event.id}{page}"
    calendars: dict[str, str] = {}
    for participant_id, people in _people(event.id, only).items():
        key = f"event:{event.id}:{event.version}:{code}:{participant_id}"
        _tell(people, event, code, values=values or {}, url=url, dedupe_key=key)
        day = (days or {}).get(participant_id)
        for person in people if day else ():
            with in_language(person.locale):
                calendars[f"{key}:{person.id}"] = calendar(event, day or (), cancel=cancel)
    _attach(calendars)


def _people(event_id: str, only: Iterable[str] | None) -> dict[str, list[Person]]:
    query = (
        select(Participant.id, Person)
        .join(Membership, Membership.organisation_id == Participant.organisation_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Participant.event_id == event_id, Person.active)
        .order_by(Participant.id, Person.id)
    )
    if only is None:
        query = query.where(Participant.withdrawn_at.is_(None))
    else:
        query = query.where(Participant.id.in_(list(only)))
    people: dict[str, list[Person]] = {}
    for participant_id, person in db.session.execute(query):
        people.setdefault(participant_id, []).append(person)
    return people


def _tell(
    people: Iterable[Person],
    event: Event,
    code: str,
    *,
    values: Mapping[str, Any],
    url: str,
    dedupe_key: str | None,
) -> None:
    """Each person reads the event's name in the language of their mails."""
    for person in people:
        with in_language(person.locale):
            named = {"event": local(event), "begins": moment(event.first_slot_at)}
        messages.tell([person], code, values=named | dict(values), url=url, dedupe_key=dedupe_key)


def _attach(calendars: Mapping[str, str]) -> None:
    """Put each calendar into the mail of its key, where a mail was written at all."""
    db.session.flush()
    keys = list(calendars)
    for start in range(0, len(keys), _KEYS_AT_ONCE):
        some = keys[start : start + _KEYS_AT_ONCE]
        for mail in db.session.scalars(select(MailMessage).where(MailMessage.dedupe_key.in_(some))):
            mail.attachment_name, mail.attachment_type = "meetings.ics", "text/calendar"
            mail.attachment = calendars[str(mail.dedupe_key)]
    db.session.flush()
