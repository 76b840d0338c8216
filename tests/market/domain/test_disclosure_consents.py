"""Consents to read when several people act at once, and at the edges of their days."""

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from market.domain import disclosure_consents as consents
from market.errors import MarketError
from market.extensions import db
from market.models import AuditRecord, Disclosure, DisclosureAsk, DisclosureConsent
from market.moments import now
from market.permissions import Acting
from tests.factories import disclosures as made
from tests.factories import organisations, people


def request_data(**given: Any) -> dict[str, Any]:
    return {
        "sections": ["finance"],
        "purpose": "示例：绿色贷款审查",
        "expires_on": now() + timedelta(days=30),
        **given,
    }


def at_once(app: Flask, acts: Sequence[Callable[[], object]]) -> list[str]:
    """What became of each act when all begin together."""
    barrier, outcomes = threading.Barrier(len(acts)), list[str]()

    def run(act: Callable[[], object]) -> None:
        with app.app_context():
            barrier.wait(timeout=60)
            try:
                act()
                db.session.commit()
                outcomes.append("done")
            except MarketError as fact:
                db.session.rollback()
                outcomes.append(type(fact).__name__)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.fixture
def asked(app: Flask) -> tuple[str, Acting]:
    """A request that waits: its id, and who may answer."""
    version = made.published()
    owner = people.acting_for(made.owner_of(version))
    bank = people.acting_for(organisations.institution())
    key = consents.ask(version, request_data(), by=bank).id
    db.session.commit()
    return key, owner


def test_two_answers_at_once_give_one_consent(app: Flask, asked: tuple[str, Acting]) -> None:
    key, owner = asked
    acts = [lambda: consents.grant(key, by=owner)] * 2 + [
        lambda: consents.decline(key, "示例", by=owner)
    ]
    assert at_once(app, acts) == ["NotFound", "NotFound", "done"]
    answered = ["disclosure.consent_granted", "disclosure.consent_declined"]
    records = db.session.query(AuditRecord).filter(AuditRecord.action.in_(answered))
    assert records.count() == 1
    granted = db.session.get_one(DisclosureAsk, key).status == "granted"
    assert db.session.query(DisclosureConsent).count() == int(granted)


def test_two_who_ask_at_once_for_one_bank_ask_once(app: Flask) -> None:
    key = made.published().id
    bank = people.acting_for(organisations.institution())
    db.session.commit()

    def ask() -> None:
        consents.ask(db.session.get_one(Disclosure, key), request_data(), by=bank)

    assert at_once(app, [ask] * 4) == ["AskedAlready"] * 3 + ["done"]
