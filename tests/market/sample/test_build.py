"""The whole sample market is made by the verbs and holds together."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from market import sample
from market.domain import audits
from market.enums import EventState, ListingStatus
from market.extensions import db
from market.models import Disclosure, Meeting, MeetingRating, Organisation, Product
from market.moments import now

pytestmark = pytest.mark.slow


@pytest.fixture
def made(app: Flask) -> sample.SampleMarket:
    """A sample market with fewer firms."""
    return sample.build(enterprises=42)


def test_the_market_holds_what_it_promises(made: sample.SampleMarket) -> None:
    assert (len(made.products), len(made.needs)) == (50, 40)
    assert (len(made.technologies), len(made.scenarios)) == (20, 20)
    assert made.past.state == EventState.FEEDBACK
    assert made.upcoming.state == EventState.REGISTRATION
    live = select(func.count()).where(Product.status == ListingStatus.LIVE)
    assert db.session.scalar(live) == 50
    assert db.session.scalar(select(func.count()).select_from(Disclosure)) == made.disclosures


def test_the_latest_disclosures_are_of_last_year(made: sample.SampleMarket) -> None:
    assert db.session.scalar(select(func.max(Disclosure.year))) == now().year - 1


def test_every_organisation_is_marked_as_a_sample(made: sample.SampleMarket) -> None:
    rows = db.session.scalars(select(Organisation)).all()
    assert all(row.is_sample and ("示例" in row.name_zh) for row in rows)


def test_the_past_event_is_proven_and_rated_by_both_sides(made: sample.SampleMarket) -> None:
    meetings = db.session.scalar(select(func.count()).select_from(Meeting))
    ratings = db.session.scalar(select(func.count()).select_from(MeetingRating))
    assert meetings
    assert ratings == 2 * meetings
    assert made.past.certificate["score"] <= made.past.certificate["bound"]


def test_its_audit_trail_is_whole(made: sample.SampleMarket) -> None:
    while audits.seal():
        pass
    assert audits.first_broken_record() is None


def test_a_second_market_is_refused(made: sample.SampleMarket) -> None:
    with pytest.raises(sample.NotEmpty):
        sample.build(enterprises=7)
