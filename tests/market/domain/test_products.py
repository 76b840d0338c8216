"""Listings: states, versions, expiry, quota, audit."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from market.domain import products as verbs
from market.domain import ranking
from market.enums import ListingStatus
from market.errors import MarketError, NotFound, fact_behind
from market.extensions import db
from market.models import AuditRecord, MailMessage, Product
from market.moments import now
from tests.factories import organisations, people, products


def test_draft_goes_live_pauses_and_comes_back(app):
    owner = organisations.institution()
    by, made = people.acting_for(owner), products.draft(owner)
    assert made.status == "draft"
    steps = (verbs.publish, verbs.pause, verbs.publish)
    assert [step(made.id, by=by).status for step in steps] == ["live", "paused", "live"]


def test_live_listing_cannot_be_put_live_again(app):
    owner = organisations.institution()
    made = products.live(owner)
    with pytest.raises(verbs.NotInThisState):
        verbs.publish(made.id, by=people.acting_for(owner))


def test_foreign_listing_does_not_exist(app):
    made, stranger = products.live(), organisations.institution()
    for verb in (verbs.publish, verbs.pause, verbs.own):
        with pytest.raises(NotFound):
            verb(made.id, by=people.acting_for(stranger))


def test_each_change_after_the_draft_is_a_version_with_its_audit_record(app):
    owner = organisations.institution()
    by, made = people.acting_for(owner), products.live(owner)
    verbs.change(made.id, {"rate": Decimal("3.9")}, by=by)
    record = db.session.scalars(
        select(AuditRecord).where(AuditRecord.action == "product.changed")
    ).one()
    assert made.version == 2
    assert Decimal(record.before["rate"]) == Decimal("3.45")
    assert Decimal(record.after["rate"]) == Decimal("3.9")


def test_past_validity_expires_once_and_its_institution_is_told(app, time_machine):
    owner = organisations.institution()
    gone = products.live(owner, valid_to=verbs.today() + timedelta(days=1))
    stays = products.live(owner)
    draft = products.draft(owner, valid_to=verbs.today() + timedelta(days=1))
    db.session.flush()
    time_machine.move_to(now() + timedelta(days=3))
    assert (verbs.expire_due(), verbs.expire_due()) == (1, 0)
    states = (gone.status, stays.status, draft.status)
    assert states == (ListingStatus.EXPIRED, ListingStatus.LIVE, ListingStatus.DRAFT)
    mails = db.session.scalars(select(MailMessage.dedupe_key)).all()
    assert sum(str(key).startswith("expired:") for key in mails) == 1


def test_expired_listing_needs_a_later_last_day(app, time_machine):
    owner = organisations.institution()
    made = products.live(owner, valid_to=verbs.today() + timedelta(days=1))
    by = people.acting_for(owner)
    time_machine.move_to(now() + timedelta(days=3))
    verbs.expire_due()
    with pytest.raises(verbs.ValidityOver):
        verbs.publish(made.id, by=by)
    verbs.change(made.id, {"valid_to": verbs.today() + timedelta(days=30)}, by=by)
    assert verbs.publish(made.id, by=by).status == ListingStatus.LIVE


@pytest.mark.parametrize(("used", "reserved"), [(90, 20), (-1, 0), (0, 101)])
def test_quota_is_never_overdrawn(app, used, reserved):
    made = products.live(quota_total=Decimal(100))
    made.quota_used, made.quota_reserved = Decimal(used), Decimal(reserved)
    with pytest.raises(Exception, match="quota") as refused:
        db.session.flush()
    assert isinstance(fact_behind(refused.value, db.metadata), verbs.QuotaBelowUse)
    db.session.rollback()


def test_quota_below_what_is_used_is_refused_as_a_business_fact(app):
    owner = organisations.institution()
    made = products.live(owner)
    made.quota_used = Decimal(50_000_000)
    db.session.commit()
    with pytest.raises(Exception, match="quota") as refused:
        verbs.change(made.id, {"quota_total": Decimal(10)}, by=people.acting_for(owner))
    assert issubclass(type(fact_behind(refused.value, db.metadata)), MarketError)
    db.session.rollback()


def test_terms_keep_every_digit(app):
    owner = organisations.institution()
    made = products.draft(owner, "carbon_option")
    verbs.change(
        made.id,
        {"terms": {**made.terms, "strike": Decimal("81.2345")}},
        by=people.acting_for(owner),
    )
    db.session.commit()
    again = db.session.get_one(Product, made.id, populate_existing=True)
    assert verbs.typed_terms(again)["strike"] == Decimal("81.2345")


def test_only_live_listings_within_validity_are_ranked(app):
    owner = organisations.institution()
    live = products.live(owner)
    products.draft(owner)
    paused = products.live(owner)
    verbs.pause(paused.id, by=people.acting_for(owner))
    later = verbs.today() + timedelta(days=5)
    products.live(owner, valid_from=later)
    assert set(ranking.served().index.products) == {live.id}


def test_a_listing_is_public_from_its_first_day_only(app, client, time_machine):
    start = verbs.today() + timedelta(days=5)
    made = products.live(valid_from=start)
    assert client.get(f"/products/{made.id}").status_code == 404
    time_machine.move_to(now() + timedelta(days=6))
    assert client.get(f"/products/{made.id}").status_code == 200
