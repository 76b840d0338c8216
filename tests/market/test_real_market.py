"""Real disclosures in the whole loop: imported firms are ranked and meet banks at an event."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from market import moments
from market.domain import needs, organisations, participants, ranking
from market.enums import EventState, IdScheme, ListingStatus
from market.extensions import db
from market.models import Meeting, Membership, Organisation, Product
from market.work.imports.formats import import_file
from scoring.rows import Eligibility
from tests.factories import events, people, products
from tests.factories import needs as made_needs
from tests.factories import organisations as made

pytestmark = [pytest.mark.real, pytest.mark.slow]
_FIRMS, _BANKS = 30, 8


@pytest.fixture
def firms(app: Flask) -> list[Organisation]:
    """Thirty enterprises of the Taiwan sheet, as imported."""
    folder = Path(app.config["SETTINGS"]["REAL_DATA"])
    if not folder.is_dir():
        pytest.skip(f"no real data at {folder} (TANQIAO_REAL_DATA)")
    path = folder / "company_disclosure_tw" / "tw_company_disclosure.csv"
    import_file(path, "tw-disclosure", limit_mb=20)
    query = select(Organisation).where(Organisation.id_scheme == IdScheme.TW)
    return list(db.session.scalars(query.order_by(Organisation.id_value).limit(_FIRMS)))


@pytest.fixture
def banks(firms: list[Organisation]) -> list[Membership]:
    """Eight institutions, each with a live product."""
    members = [made.institution() for _ in range(_BANKS)]
    for member in members:
        products.live(member)
    return members


def test_imported_firms_are_ranked_with_reasons(
    firms: list[Organisation], banks: list[Membership]
) -> None:
    for firm in firms[:3]:
        need = needs.post_for(firm, made_needs.details())
        ranked = ranking.products_for(need.id)
        assert len(ranked.items) == _BANKS
        for row in ranked.items:
            assert row.eligibility in set(Eligibility)
            assert row.priority == 0  # unclaimed: no priority
            points = sum(part.points for part in row.contributions)
            assert abs(ranked.base + points - row.score) < 1e-9


def test_claimed_firms_and_banks_get_a_timetable_without_double_booking(
    firms: list[Organisation], banks: list[Membership]
) -> None:
    event = events.open_event(slots=10, tables=12, meetings_at_most=6)
    with moments.at(event.registration_opens_at):
        for member in [*banks, *(_claimed(firm) for firm in firms)]:
            participants.register(event.id, _brought(member), by=people.acting_for(member))
    events.moved_to(event, EventState.REVIEW)
    meetings = db.session.scalars(select(Meeting).where(Meeting.event_id == event.id)).all()
    seats = [(m.slot, each) for m in meetings for each in (m.offers_id, m.seeks_id)]
    assert len(meetings) >= _FIRMS  # the floor: everyone has a meeting
    assert len(seats) == len(set(seats))
    assert event.certificate["score"] <= event.certificate["bound"]


def _claimed(firm: Organisation) -> Membership:
    """The owner of an imported firm, after claim and grant."""
    person, operator = people.person(), people.acting_alone(people.operator())
    by = people.acting_alone(person)
    claim = organisations.claim(firm.id, {"statement": "示例：我司员工"}, by=by)
    organisations.decide_claim(claim.id, grant=True, by=operator)
    return db.session.scalars(select(Membership).where(Membership.organisation_id == firm.id)).one()


def _brought(member: Membership) -> dict[str, Any]:
    """A bank brings its product."""
    mine = Product.institution_id == member.organisation_id
    live = Product.status == ListingStatus.LIVE
    product = db.session.scalars(select(Product).where(mine, live)).first()
    return {"product_id": product.id} if product else {}
