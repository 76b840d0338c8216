"""Ratings by both sides, and the labels made of them."""

from typing import Any

import pytest
from flask import Flask

from market.domain import ratings
from market.domain.event_states import WrongState
from market.errors import NotFound
from tests.factories import events as factory
from tests.factories import organisations


@pytest.fixture
def over(app: Flask) -> Any:
    """An event with open feedback, one bank and one firm, and their meeting."""
    event, (bank,), (firm,) = factory.scheduled(offers=1, seeks=1)
    factory.moved_to(event, "feedback")
    return event, bank, firm, factory.meetings_of(event)[0]


def test_both_sides_rate_and_may_change_their_word(over: Any) -> None:
    _, bank, firm, meeting = over
    factory.rated(meeting, bank, stars=5)
    factory.rated(meeting, firm, stars=2, outcome="none")
    factory.rated(meeting, firm, stars=3, outcome="none")
    assert [(label.by_side, label.stars) for label in ratings.labels()] == [
        ("offers", 5),
        ("seeks", 3),
    ]
    assert meeting.status == "held"


@pytest.mark.parametrize(
    ("stars", "outcome", "value"), [(1, "none", 0.0), (3, "inquiry", 0.6), (5, "follow_up", 1.0)]
)
def test_a_label_grows_with_stars_and_with_what_follows(
    over: Any, stars: int, outcome: str, value: float
) -> None:
    _, bank, _, meeting = over
    factory.rated(meeting, bank, stars=stars, outcome=outcome)
    assert ratings.labels()[0].value == pytest.approx(value)


def test_who_was_not_there_does_not_rate(over: Any) -> None:
    *_, meeting = over
    with pytest.raises(NotFound):
        factory.rated(meeting, organisations.enterprise())


def test_nobody_rates_before_the_event_is_over(app: Flask) -> None:
    event, (bank,), _ = factory.scheduled(offers=1, seeks=1)
    with pytest.raises(WrongState):
        factory.rated(factory.meetings_of(event)[0], bank)


def test_nobody_rates_once_feedback_is_closed(over: Any) -> None:
    event, bank, _, meeting = over
    factory.moved_to(event, "closed")
    with pytest.raises(WrongState):
        factory.rated(meeting, bank)
