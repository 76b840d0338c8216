"""Needs: the plausibility question, closing, leaving automated ranking."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from market.domain import consents, invitations, messages, ranking
from market.domain import needs as verbs
from market.enums import DisclosureStatus
from market.errors import NotFound
from market.extensions import db
from market.models import AuditRecord, Disclosure, Notification
from market.moments import now
from tests.factories import needs, organisations, people, products


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


def test_each_step_of_an_invitation_tells_the_other_side_without_the_name(firm):
    bank = organisations.institution()
    product, need = products.live(bank), needs.posted(firm)
    sent = invitations.invite(product.id, need.id, "您好", by=people.acting_for(bank))
    declined = invitations.decline(sent.id, by=people.acting_for(firm))
    lines = db.session.scalars(select(Notification).order_by(Notification.created_at)).all()
    told = {line.code: line for line in lines}
    assert told["need-invited"].person_id == firm.person_id
    assert told["invitation-declined"].person_id == bank.person_id
    name = people.acting_for(firm).organisation_name_zh
    assert name not in messages.text_of(told["invitation-declined"])
    assert declined.status == "declined"


def test_consent_given_again_after_revocation_is_the_same_row_renewed(firm):
    bank, by = organisations.institution(), people.acting_for(firm)
    need = needs.posted(firm)
    first = consents.give(need, bank.organisation_id, by=by)
    consents.revoke(first.id, by=by)
    again = consents.give(need, bank.organisation_id, by=by)
    assert (again.id, again.revoked_at) == (first.id, None)
    actions = db.session.scalars(select(AuditRecord.action)).all()
    assert actions.count("consent.given") == 2
    assert actions.count("consent.revoked") == 1


def test_closing_takes_the_need_out_of_the_ranking(firm):
    kept, closed = needs.posted(firm), needs.posted(firm)
    verbs.close(closed.id, by=people.acting_for(firm))
    assert set(ranking.served().index.needs) == {kept.id}
    with pytest.raises(verbs.AlreadyClosed):
        verbs.close(closed.id, by=people.acting_for(firm))
