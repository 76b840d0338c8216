"""The life of an event under random verbs, clocks and schedulers: nothing is ever booked twice."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from market import moments
from market.domain import due_work, event_states, events, meetings, participants
from market.enums import EventState, WorkState
from market.errors import MarketError
from market.extensions import db
from market.models import DueWork, Event, MailMessage, Meeting, MeetingSeat, Membership, Participant
from market.permissions import Acting
from market.work import timetables
from tests.factories import events as factory
from tests.factories import organisations, people

_PROVE = os.environ.get("PROVE") == "1"
WHO = st.integers(0, 4)
DAYS = st.integers(1, 30)
_JOBS: dict[str, Callable[[str], dict[str, Any]]] = {
    events.STEP_JOB: events.advance,
    events.TIMETABLE_JOB: timetables.make,
}
_STEPS = (events.publish_timetable, events.publish_timetable, events.plan_again)


class Life(RuleBasedStateMachine):
    """One event, five organisations, a clock that only these rules move."""

    def __init__(self) -> None:
        """Open registration; two banks and three firms are in."""
        super().__init__()
        self.organiser = organisations.organiser()
        makers = (organisations.institution,) * 2 + (organisations.enterprise,) * 3
        self.members: list[Membership] = [make() for make in makers]
        self.event: Event = factory.open_event(self.organiser, slots=4, tables=2)
        for member in self.members:
            factory.registered(self.event, member)
        self.clock = self.event.registration_opens_at
        db.session.commit()

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A verb at the machine's time; a refusal leaves no trace, like in a request."""
        with moments.at(self.clock):
            try:
                yield
                db.session.commit()
            except MarketError:
                db.session.rollback()

    @rule(hours=st.integers(1, 24))
    def time_passes(self, hours: int) -> None:
        """Nobody looks meanwhile: the schedulers are down."""
        self.clock += timedelta(hours=hours)

    @rule(times=st.integers(0, 2), late=st.sampled_from([0, 1, 3600]))
    def a_deadline_comes(self, times: int, late: int) -> None:
        """No scheduler comes by, or one, or two after each other, in time or late."""
        coming = [at for _, at in event_states.deadlines(self.event) if at > self.clock]
        self.clock = min(coming, default=self.clock) + timedelta(seconds=late)
        for _ in range(times):
            while self._do_one():
                pass

    def _do_one(self) -> bool:
        with moments.at(self.clock):
            row = due_work.claim(worker="示例")
            if row is None:
                db.session.rollback()
                return False
            job = _JOBS.get(row.kind)  # the ranking's own work is not of this life
            due_work.finish(row, result=job(row.key) if job else None)
            db.session.commit()
            return True

    @rule(who=WHO, away=st.sets(st.integers(0, 3), max_size=3), number=st.integers(1, 2))
    def somebody_registers(self, who: int, away: set[int], number: int) -> None:
        """Register or register anew."""
        with self.attempt():
            factory.registered(
                self.event, self.members[who], unavailable=sorted(away), representatives=number
            )

    @rule(who=WHO)
    def somebody_withdraws(self, who: int) -> None:
        """Leave."""
        with self.attempt():
            participants.withdraw(self.event.id, by=people.acting_for(self.members[who]))

    @rule(who=WHO, about=WHO, wish=st.sampled_from(["must", "want", "ok", "never"]))
    def somebody_wishes(self, who: int, about: int, wish: str) -> None:
        """Say a wish about another."""
        other = db.session.scalar(
            select(Participant.id).where(
                Participant.event_id == self.event.id,
                Participant.organisation_id == self.members[about].organisation_id,
            )
        )
        with self.attempt():
            factory.say(self.event, self.members[who], **{other or "nobody": wish})

    @rule(which=st.integers(0, 9), slot=st.integers(0, 3), table=st.integers(0, 1))
    def organiser_moves(self, which: int, slot: int, table: int) -> None:
        """Move some meeting anywhere."""
        held = factory.meetings_of(self.event)
        place = {"slot": slot, "table": table}
        with self.attempt():
            if held:
                meetings.move(self.event.id, held[which % len(held)].id, place, by=self.by)

    @rule(which=st.integers(0, 9))
    def organiser_removes(self, which: int) -> None:
        """Take some meeting out."""
        held = factory.meetings_of(self.event)
        with self.attempt():
            if held:
                meetings.remove(self.event.id, held[which % len(held)].id, by=self.by)

    @rule(verb=st.sampled_from(_STEPS))
    def organiser_steps(self, verb: Callable[..., Event]) -> None:
        """Publish, or have it made again."""
        with self.attempt():
            verb(self.event.id, by=self.by)

    @precondition(lambda self: self.event.state in (EventState.REVIEW, EventState.SCHEDULED))
    @rule(days=DAYS, wishes_too=st.booleans())
    def organiser_postpones(self, days: int, wishes_too: bool) -> None:
        """Move the begin alone, or all dates."""
        begin = self.clock + timedelta(days=days)
        dates = factory.dates(begin) if wishes_too else self._dates(begin)
        with self.attempt():
            if sorted(dates.values()) == list(dates.values()) and len(set(dates.values())) == 4:
                events.postpone(self.event.id, dates, by=self.by)

    def _dates(self, begin: datetime) -> dict[str, datetime]:
        return {name: getattr(self.event, name) for name in factory.dates()} | {
            "first_slot_at": begin
        }

    @property
    def by(self) -> Acting:
        """The organiser acting."""
        return people.acting_for(self.organiser)

    @invariant()
    def nobody_is_booked_twice(self) -> None:
        """Tables, seats and meetings agree."""
        held = factory.meetings_of(self.event)
        assert len({(m.slot, m.table_no) for m in held}) == len(held)
        of_event = select(MeetingSeat).where(MeetingSeat.event_id == self.event.id)
        seats = db.session.scalars(of_event).all()
        assert len({(s.participant_id, s.seat, s.slot) for s in seats}) == len(seats)
        wanted = Counter((m.id, m.slot) for m in held for _ in range(2))
        assert Counter((s.meeting_id, s.slot) for s in seats) == wanted
        for meeting in held:
            for one in (meeting.offers, meeting.seeks):
                assert one.withdrawn_at is None
                assert meeting.slot not in one.unavailable

    @invariant()
    def every_future_step_waits(self) -> None:
        """Whatever happened, each deadline to come has its due work, of this version."""
        event = db.session.get_one(Event, self.event.id)
        if event.state not in event_states.RUNNING:
            return
        query = select(DueWork.due_at).where(
            DueWork.key == event.id, DueWork.state == WorkState.WAITING
        )
        waiting = set(db.session.scalars(query))
        coming = {at for _, at in event_states.deadlines(event) if at > self.clock}
        assert coming <= waiting

    @invariant()
    def a_draft_timetable_is_told_to_nobody(self) -> None:
        """Calendars leave with the publication only, and no mail twice."""
        keys = db.session.scalars(select(MailMessage.dedupe_key)).all()
        told = [key for key in keys if key]
        assert len(set(told)) == len(told)
        number = db.session.scalar(select(func.count()).where(Meeting.event_id == self.event.id))
        if self.event.state in (EventState.REGISTRATION, EventState.PUBLISHED):
            assert number == 0


@pytest.mark.prove
def test_no_life_of_an_event_books_anybody_twice(app: Flask) -> None:
    examples = 200 if _PROVE else 5
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=examples,
            stateful_step_count=50 if _PROVE else 30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
