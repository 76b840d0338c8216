"""Needs: the plausibility question, closing, leaving automated ranking."""

from decimal import Decimal

import pytest

from market.domain import needs as verbs
from market.domain import ranking
from market.enums import DisclosureStatus
from market.errors import NotFound
from market.extensions import db
from market.models import Disclosure
from market.moments import now
from tests.factories import needs, organisations, people


@pytest.fixture
def firm(app):
    """An enterprise with a published yearly revenue of ten million."""
    owner = organisations.enterprise()
    db.session.add(
        Disclosure(
            organisation_id=owner.organisation_id,
            year=2025,
            status=DisclosureStatus.PUBLISHED,
            content={},
            revenue=Decimal(1000),
            created_at=now(),
            updated_at=now(),
        )
    )
    db.session.flush()
    return owner


def test_an_amount_far_above_revenue_is_asked_about(firm):
    with pytest.raises(verbs.AmountFarAboveRevenue) as asked:
        needs.posted(firm, amount=Decimal(50_000_000))
    assert asked.value.values == {"times": "5", "year": 2025, "revenue": "1,000"}


def test_a_confirmed_or_plausible_amount_is_taken(firm):
    needs.posted(firm, amount=Decimal(50_000_000), amount_confirmed=True)
    needs.posted(firm, amount=Decimal(30_000_000))


def test_foreign_need_does_not_exist(firm):
    need, stranger = needs.posted(firm), organisations.enterprise()
    for verb in (verbs.close, verbs.own):
        with pytest.raises(NotFound):
            verb(need.id, by=people.acting_for(stranger))


def test_needs_belong_to_enterprises(app):
    bank = organisations.institution()
    organisation = db.session.get_one(
        type(bank).organisation.property.mapper.class_, bank.organisation_id
    )
    with pytest.raises(verbs.NoEnterprise):
        verbs.post_for(organisation, needs.details())


@pytest.mark.parametrize(
    ("investment", "reduction", "told"),
    [(10_000_000, 1_200, None), (10_000_000, 10, 1), (1_000, 1_200, 1_200_000), (None, 5, None)],
)
def test_an_unusual_reduction_is_noticed(app, investment, reduction, told):
    need = needs.posted(
        project_investment=investment and Decimal(investment), project_reduction=Decimal(reduction)
    )
    assert verbs.unusual_reduction(need) == told


def test_closing_takes_the_need_out_of_the_ranking(firm):
    kept, closed = needs.posted(firm), needs.posted(firm)
    verbs.close(closed.id, by=people.acting_for(firm))
    assert set(ranking.served().index.needs) == {kept.id}
    with pytest.raises(verbs.AlreadyClosed):
        verbs.close(closed.id, by=people.acting_for(firm))
