"""Published versions when several people step at once."""

from flask import Flask

from market.domain import disclosures as verbs
from market.extensions import db
from market.models import AuditRecord, Disclosure, LogLeaf
from tests.factories import disclosures as made
from tests.factories import people
from tests.market.domain.test_disclosure_consents import at_once


def test_two_who_withdraw_at_once_withdraw_once(app: Flask) -> None:
    version = made.published()
    key, by = version.id, people.acting_for(made.owner_of(version))
    db.session.commit()

    def withdraw() -> None:
        verbs.withdraw(db.session.get_one(Disclosure, key), "示例", by=by)

    assert at_once(app, [withdraw] * 3) == ["NotADraft", "NotADraft", "done"]
    assert db.session.query(AuditRecord).filter_by(action="disclosure.withdrawn").count() == 1
    assert db.session.query(LogLeaf).filter_by(subject_id=key, kind="withdrawn").count() == 1
