"""Wishes: said, changed, private, and closed in time."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from market import moments
from market.domain import preferences
from market.domain.event_states import WrongState
from market.errors import NotFound
from market.extensions import db
from market.models import AuditRecord, Preference
from tests.factories import events as factory
from tests.factories import organisations, people


@pytest.fixture
def wishes(app: Flask) -> Any:
    """An event with open wishes, two banks, two firms, and the ids of the banks."""
    event = factory.open_event()
    banks = factory.registered_side(event, "offers", 2)
    firms = factory.registered_side(event, "seeks", 2)
    ids = [factory.participant_of(event, bank).id for bank in banks]
    return factory.moved_to(event, "preferences"), firms, ids


def test_wishes_are_said_and_changed(wishes: Any) -> None:
    event, (firm, other), (bank, second) = wishes
    factory.say(event, firm, **{bank: "must", second: "never"})
    factory.say(event, other, **{bank: "ok"})
    factory.say(event, firm, **{bank: "want"})
    mine = preferences.of(factory.participant_of(event, firm).id)
    assert mine == {bank: "want", second: "never"}


def test_wishes_are_about_the_other_side_of_the_same_event(wishes: Any) -> None:
    event, (firm, other), _ = wishes
    stranger = factory.registered(factory.open_event(), organisations.institution())
    for someone in (factory.participant_of(event, other).id, stranger.id, "nobody"):
        with pytest.raises(NotFound):
            factory.say(event, firm, **{someone: "want"})


def test_there_are_no_more_musts_than_meetings(app: Flask) -> None:
    event = factory.open_event(meetings_at_most=1)
    banks = factory.registered_side(event, "offers", 2)
    firm = factory.registered_side(event, "seeks", 1)[0]
    factory.moved_to(event, "preferences")
    both = {factory.participant_of(event, bank).id: "must" for bank in banks}
    with pytest.raises(preferences.TooManyMusts):
        factory.say(event, firm, **both)


def test_wishes_close_with_their_deadline(wishes: Any) -> None:
    event, (firm, _), (bank, _) = wishes
    with moments.at(event.preferences_close_at), pytest.raises(preferences.WishesClosed):
        factory.say(event, firm, **{bank: "want"})
    factory.moved_to(event, "planning")
    with pytest.raises(WrongState):
        factory.say(event, firm, **{bank: "want"})


def test_who_does_not_take_part_says_nothing(wishes: Any) -> None:
    event, _, (bank, _) = wishes
    with pytest.raises(NotFound):
        preferences.say(event.id, {bank: "want"}, by=people.acting_for(organisations.enterprise()))


def test_the_audit_trail_counts_wishes_and_names_nobody(wishes: Any) -> None:
    event, (firm, _), (bank, _) = wishes
    factory.say(event, firm, **{bank: "never"})
    record = db.session.scalars(
        select(AuditRecord).where(AuditRecord.action == "preferences.said")
    ).one()
    assert record.after == {"never": 1}
    assert db.session.scalars(select(Preference.wish)).all() == ["never"]
