"""Registering and withdrawing: sides, what is brought, one place at a time."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from market import moments
from market.domain import events, participants
from market.domain.queries import events as queries
from market.errors import NotFound
from market.extensions import db
from market.models import MailMessage, Meeting, Membership
from tests.factories import events as factory
from tests.factories import organisations, people


def test_an_institution_offers_and_an_enterprise_seeks(app: Flask) -> None:
    event = factory.open_event()
    bank, firm = organisations.institution(), organisations.enterprise()
    assert factory.registered(event, bank).side == "offers"
    assert factory.registered(event, firm).side == "seeks"


@pytest.mark.parametrize(
    ("kind", "who", "may"),
    [
        ("financing", organisations.provider, False),
        ("technology", organisations.provider, True),
        ("technology", organisations.institution, False),
        ("mixed", organisations.provider, True),
        ("mixed", organisations.institution, True),
        ("mixed", organisations.organiser, False),
    ],
)
def test_each_kind_of_event_is_for_its_kinds_of_organisation(
    app: Flask, kind: str, who: Callable[..., Membership], may: bool
) -> None:
    event, member = factory.open_event(kind=kind), who()
    if may:
        assert factory.registered(event, member).side == "offers"
    else:
        with pytest.raises(participants.NotForYou):
            factory.registered(event, member)


def test_an_organisation_of_both_kinds_says_on_which_side_it_sits(app: Flask) -> None:
    event, both = factory.open_event(), organisations.owner_of("enterprise", "institution")
    with pytest.raises(participants.SideNeeded):
        factory.registered(event, both)
    assert factory.registered(event, both, side="seeks").side == "seeks"


def test_registering_again_changes_the_registration(app: Flask) -> None:
    event, firm = factory.open_event(), organisations.enterprise()
    first = factory.registered(event, firm, unavailable=[0])
    second = factory.registered(event, firm, unavailable=[1, 2], representatives=2)
    assert first.id == second.id
    assert (second.unavailable, second.representatives) == ([1, 2], 2)


def test_overlapping_events_are_refused_by_name(app: Flask) -> None:
    event, firm = factory.open_event(name_zh="示例甲会"), organisations.enterprise()
    other = factory.open_event(begin=event.first_slot_at + timedelta(minutes=30))
    factory.registered(event, firm)
    with pytest.raises(participants.EventsOverlap, match="示例甲会"):
        factory.registered(other, firm)


def test_events_one_after_the_other_do_not_overlap(app: Flask) -> None:
    event, firm = factory.open_event(), organisations.enterprise()
    later = factory.open_event(begin=event.ends_at)
    factory.registered(event, firm)
    assert factory.registered(later, firm).event_id == later.id


def test_who_withdrew_may_go_elsewhere_at_that_time(app: Flask) -> None:
    event, firm = factory.open_event(), organisations.enterprise()
    other = factory.open_event(begin=event.first_slot_at)
    factory.registered(event, firm)
    participants.withdraw(event.id, by=people.acting_for(firm))
    assert factory.registered(other, firm).event_id == other.id


def test_a_cancelled_event_takes_nobodys_time(app: Flask) -> None:
    organiser, firm = organisations.organiser(), organisations.enterprise()
    event = factory.open_event(organiser)
    other = factory.open_event(begin=event.first_slot_at)
    factory.registered(event, firm)
    events.cancel(event.id, by=people.acting_for(organiser))
    assert factory.registered(other, firm).event_id == other.id


def test_registration_ends_with_the_deadline_even_if_no_scheduler_came(app: Flask) -> None:
    event = factory.open_event()
    with moments.at(event.registration_closes_at), pytest.raises(participants.RegistrationClosed):
        factory.registered(event)


def test_slots_outside_the_event_and_no_slot_at_all_are_refused(app: Flask) -> None:
    event = factory.open_event(slots=3)
    with pytest.raises(participants.NoSuchSlot, match="3"):
        factory.registered(event, unavailable=[3])
    with pytest.raises(participants.NeverThere):
        factory.registered(event, unavailable=[0, 1, 2])


def test_nothing_foreign_or_unknown_is_brought(app: Flask) -> None:
    event = factory.open_event()
    with pytest.raises(participants.NotYoursToBring):
        factory.registered(event, need_id="unknownneed12")


def test_who_takes_part_is_listed_without_those_who_left(app: Flask) -> None:
    event, noise = factory.open_event(), factory.open_event()
    stays, leaves = factory.registered_side(event, "seeks", 2)
    factory.registered_side(noise, "seeks", 1)
    participants.withdraw(event.id, by=people.acting_for(leaves))
    listed = queries.attendees(event.id).rows
    assert [one.organisation_id for one in listed] == [stays.organisation_id]
    assert queries.counts(event.id) == {"offers": 0, "seeks": 1}


def test_only_participants_attend(app: Flask) -> None:
    event, firm = factory.open_event(), organisations.enterprise()
    with pytest.raises(NotFound):
        queries.attending(event.id, by=people.acting_for(firm))
    with pytest.raises(NotFound):
        participants.withdraw(event.id, by=people.acting_for(firm))


def test_withdrawing_from_a_published_timetable_cancels_its_meetings_and_tells_the_others(
    app: Flask,
) -> None:
    event, left, _ = factory.scheduled()
    leaving = factory.participant_of(event, left[0])
    theirs = [m for m in factory.meetings_of(event) if leaving.id == m.offers_id]
    participants.withdraw(event.id, by=people.acting_for(left[0]))
    assert not [m for m in factory.meetings_of(event) if leaving.id == m.offers_id]
    cancelled = db.session.scalars(select(Meeting).where(Meeting.status == "cancelled")).all()
    assert {m.id for m in cancelled} == {m.id for m in theirs}
    mails = db.session.scalars(
        select(MailMessage).where(MailMessage.attachment.contains("METHOD:CANCEL"))
    ).all()
    assert len(mails) == len(theirs) + 1
