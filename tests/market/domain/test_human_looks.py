"""Either side of a pair may have a person look at its place; nobody else."""

from datetime import timedelta

import pytest
from flask import Flask

from market.domain import human_looks as verbs
from market.errors import NotFound
from market.extensions import db
from market.models import AuditRecord, Membership, Need, Notification, Product
from market.moments import now
from tests.factories import models, needs, organisations, people, products

Market = tuple[Membership, Membership, Product, Need]


@pytest.fixture
def market(app: Flask) -> Market:
    """A bank's product and an enterprise's need."""
    bank, firm = organisations.institution(), organisations.enterprise()
    return bank, firm, products.live(bank), needs.posted(firm)


def test_both_sides_may_ask_once_and_wait_fifteen_days(market: Market) -> None:
    bank, firm, product, need = market
    for side in (bank, firm):
        look = verbs.ask(need.id, product.id, "示例：为何第三？", by=people.acting_for(side))
        assert abs(look.due_at - now() - timedelta(days=15)) < timedelta(minutes=1)
        with pytest.raises(verbs.AskedAlready):
            verbs.ask(need.id, product.id, "再问", by=people.acting_for(side))
    assert len(verbs.waiting()) == 2


def test_for_anybody_else_the_pair_does_not_exist(market: Market) -> None:
    _bank, _firm, product, need = market
    for stranger in (organisations.enterprise(), organisations.institution()):
        with pytest.raises(NotFound):
            verbs.ask(need.id, product.id, "示例", by=people.acting_for(stranger))
    assert verbs.waiting() == []


def test_a_draft_of_the_other_side_does_not_exist(market: Market) -> None:
    bank, firm, _product, need = market
    draft = products.draft(bank)
    with pytest.raises(NotFound):
        verbs.ask(need.id, draft.id, "示例", by=people.acting_for(firm))


def test_an_answer_reaches_the_members_and_is_final(market: Market) -> None:
    _bank, firm, product, need = market
    look = verbs.ask(need.id, product.id, "示例", by=people.acting_for(firm))
    verbs.answer(look.id, "示例：抵押品不符。", by=models.acting_operator())
    told = db.session.query(Notification).filter_by(person_id=firm.person_id).all()
    assert any("抵押品不符" in str(each.values) for each in told)
    with pytest.raises(verbs.LookedAlready):
        verbs.answer(look.id, "改口", by=models.acting_operator())
    assert verbs.waiting() == []
    assert db.session.query(AuditRecord).filter_by(action="human-look.answered").count() == 1
