"""Attestations: asked, signed, declined, revoked; maker is never checker."""

import threading
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from disclosure.ledger.canonical import parse
from market.domain import attestation_rules as rules
from market.domain import attestations as verbs
from market.domain import disclosures, messages
from market.domain.organisations import VerifierNeedsApproval, change
from market.domain.queries import attestations as queries
from market.errors import NotFound
from market.extensions import db
from market.models import (
    Attestation,
    AuditRecord,
    Disclosure,
    LogLeaf,
    Membership,
    Notification,
)
from market.permissions import Acting
from tests.factories import attestations as made
from tests.factories import disclosures as published
from tests.factories import organisations, people


def enterprise_of(given: Attestation) -> Membership:
    return published.owner_of(db.session.get_one(Disclosure, given.disclosure_id))


def told(member: Membership) -> set[str]:
    lines = db.session.query(Notification).filter_by(person_id=member.person_id)
    return {line.code for line in lines}


def test_asking_tells_the_verifier_and_the_trail(app: Flask) -> None:
    verifier = made.verifier()
    request = made.asked(of=verifier)
    assert (request.status, request.scopes) == ("requested", ["scope_1", "scope_2_location"])
    assert verbs.ASKED in told(verifier)
    assert db.session.query(AuditRecord).filter_by(action="attestation.asked").count() == 1


def test_signing_raises_grade_assurance_and_data_quality(app: Flask) -> None:
    version = published.published()
    assert (version.grade, version.assurance, version.data_quality) == (2, 0, 2)
    given = made.attested(version)
    assert (version.grade, version.assurance, version.data_quality) == (3, 1, 1)
    assert (given.status, given.level, given.coverage) == ("attested", "limited", Decimal(100))
    assert verbs.SIGNED in told(enterprise_of(given))


def test_reasonable_assurance_opens_grade_4(app: Flask) -> None:
    version = published.published()
    made.attested(version, level="reasonable")
    assert (version.grade, version.assurance) == (4, 2)


@pytest.mark.parametrize(
    ("given", "grade", "quality"),
    [
        ({"coverage": Decimal("94.99")}, 2, 1),
        ({"scopes": ["scope_1"]}, 2, 2),
        ({"scopes": ["scope_3", "energy"]}, 2, 2),
        ({"scopes": ["scope_1", "scope_2_market"]}, 3, 1),
    ],
)
def test_it_counts_only_as_far_as_it_covers(
    app: Flask, given: dict[str, Any], grade: int, quality: int
) -> None:
    version = published.published()
    made.attested(version, **given)
    assert (version.grade, version.data_quality) == (grade, quality)


def test_two_verifiers_together_cover_both_scopes(app: Flask) -> None:
    version = published.published()
    made.attested(version, scopes=["scope_1"])
    made.attested(version, scopes=["scope_2_location"], level="reasonable")
    assert (version.grade, version.assurance) == (3, 1)


def test_revoking_takes_everything_back_with_a_reason(app: Flask) -> None:
    version = published.published()
    given = made.attested(version)
    verbs.revoke(given.id, "发现样本差错", by=people.acting_for(made.signer_of(given)))
    assert (version.grade, version.assurance, version.data_quality) == (2, 0, 2)
    assert (given.status, given.reason) == ("revoked", "发现样本差错")
    assert verbs.REVOKED in told(enterprise_of(given))


@pytest.mark.parametrize("status", ["suspended", "rejected"])
def test_a_suspended_verifier_counts_for_nothing_until_it_is_back(app: Flask, status: str) -> None:
    version = published.published()
    given = made.attested(version)
    organisations.decided(made.signer_of(given), status)
    assert (version.grade, version.assurance, version.data_quality) == (2, 0, 2)
    assert "attestation-recounted" in told(enterprise_of(given))
    organisations.decided(made.signer_of(given), "approved")
    assert (version.grade, version.assurance, version.data_quality) == (3, 1, 1)


def test_a_restated_version_needs_an_attestation_of_its_own(app: Flask) -> None:
    first = published.published()
    given = made.attested(first)
    by = people.acting_for(published.owner_of(first))
    draft = disclosures.restate(first, "更正", by=by)
    second = disclosures.publish(draft, by=by, explanations=published.explanations_for(draft))
    assert (first.grade, second.grade, second.assurance) == (3, 2, 0)
    with pytest.raises(rules.NotAttestable):
        made.asked(first)
    assert given.status == "attested"


def test_a_request_about_a_replaced_version_is_not_signed(app: Flask) -> None:
    version = published.published()
    request = made.asked(version)
    disclosures.withdraw(version, "口径", by=people.acting_for(published.owner_of(version)))
    with pytest.raises(rules.NotAttestable):
        verbs.sign(
            request.id, made.statement(version), by=people.acting_for(made.signer_of(request))
        )


def test_signing_twice_is_refused(app: Flask) -> None:
    given = made.attested()
    version = db.session.get_one(Disclosure, given.disclosure_id)
    with pytest.raises(verbs.AlreadyAnswered):
        verbs.sign(given.id, made.statement(version), by=people.acting_for(made.signer_of(given)))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE attestation SET level = 'reasonable'",
        "UPDATE attestation SET signed_by = asked_by",
        "UPDATE attestation SET status = 'requested'",
        "DELETE FROM attestation",
    ],
)
def test_what_is_signed_cannot_be_changed_by_sql(app: Flask, statement: str) -> None:
    made.attested()
    with pytest.raises(DBAPIError, match=r"never changes|never signs"):
        db.session.execute(text(statement))


@pytest.mark.parametrize(
    "change", ["grade = 4", "assurance = 2", "data_quality = 5, assurance = 2", "grade = 3"]
)
def test_no_grade_rises_above_what_is_attested(app: Flask, change: str) -> None:
    version = published.published()
    if "2" in change or "4" in change:
        made.attested(version)
    with pytest.raises(DBAPIError, match="without an attestation"):
        db.session.execute(text(f"UPDATE disclosure SET {change}"))


def test_one_open_request_per_version_and_verifier(app: Flask) -> None:
    version, verifier = published.published(), made.verifier()
    request = made.asked(version, of=verifier)
    with pytest.raises(verbs.AskedAlready):
        made.asked(version, of=verifier)
    kept = ("disclosure_id", "verifier_id", "enterprise_id", "asked_by", "asked_at")
    db.session.add(Attestation(**{name: getattr(request, name) for name in kept}))
    with pytest.raises(IntegrityError, match="attestation"):
        db.session.flush()


def test_only_approved_verifiers_are_asked(app: Flask) -> None:
    version = published.published()
    for other in (organisations.institution(), organisations.founded("verifier")):
        with pytest.raises(verbs.NotAVerifier):
            made.asked(version, of=other)


def test_nobody_makes_themselves_a_verifier(app: Flask) -> None:
    firm = organisations.enterprise()
    data = {"kinds": ["enterprise", "verifier"]}
    with pytest.raises(VerifierNeedsApproval):
        change(data, by=people.acting_for(firm))


def test_accepting_declining_and_taking_back_tell_the_other_side(app: Flask) -> None:
    first, second, third = made.asked(), made.asked(), made.asked()
    verbs.accept(first.id, by=people.acting_for(made.signer_of(first)))
    verbs.decline(second.id, "人手不足", by=people.acting_for(made.signer_of(second)))
    verbs.cancel(third.id, by=people.acting_for(enterprise_of(third)))
    assert [each.status for each in (first, second, third)] == [
        "accepted",
        "declined",
        "cancelled",
    ]
    assert verbs.ACCEPTED in told(enterprise_of(first))
    assert verbs.DECLINED in told(enterprise_of(second))
    assert verbs.CANCELLED in told(made.signer_of(third))
    line = db.session.query(Notification).filter_by(code=verbs.DECLINED).one()
    assert "人手不足" in messages.text_of(line)


def test_answered_requests_take_no_second_answer(app: Flask) -> None:
    request = made.asked()
    by = people.acting_for(made.signer_of(request))
    verbs.decline(request.id, "示例", by=by)
    for again in (
        lambda: verbs.accept(request.id, by=by),
        lambda: verbs.decline(request.id, "示例", by=by),
        lambda: verbs.cancel(request.id, by=people.acting_for(enterprise_of(request))),
    ):
        with pytest.raises(verbs.AlreadyAnswered):
            again()
    with pytest.raises(verbs.NotSigned):
        verbs.revoke(request.id, "示例", by=by)


def test_strangers_find_nothing(app: Flask) -> None:
    request, signed = made.asked(), made.attested()
    version = db.session.get_one(Disclosure, request.disclosure_id)
    stranger = people.acting_for(organisations.owner_of("enterprise", "verifier"))
    for verb in (
        lambda: verbs.accept(request.id, by=stranger),
        lambda: verbs.sign(request.id, made.statement(version), by=stranger),
        lambda: verbs.decline(request.id, "示例", by=stranger),
        lambda: verbs.cancel(request.id, by=stranger),
        lambda: verbs.revoke(signed.id, "示例", by=stranger),
        lambda: verbs.ask(version, {"verifier_id": "x", "scopes": [], "message": ""}, by=stranger),
    ):
        with pytest.raises(NotFound):
            verb()


def test_pages_of_ones_own_list_hold_every_row_once_open_ones_first(app: Flask) -> None:
    version, verifier = published.published(), made.verifier()
    signed = [made.attested(version, of=verifier).id for _ in range(2)]
    opened = made.asked(version, of=verifier).id
    made.asked(version)
    by, seen, after = people.acting_for(verifier), list[str](), ""
    for _ in range(3):
        page = queries.own(by, after=after, rows=1)
        seen += [row.id for row in page.rows]
        after = page.next_key
    assert seen == [opened, *reversed(signed)]
    assert after == ""


def test_signing_and_revoking_enter_the_log(app: Flask) -> None:
    given = made.attested()
    verbs.revoke(given.id, "示例", by=people.acting_for(made.signer_of(given)))
    leaves = db.session.query(LogLeaf).filter_by(subject_id=given.id).order_by(LogLeaf.id)
    kinds = [parse(leaf.entry)["kind"] for leaf in leaves]
    assert kinds == ["attested", "attestation_revoked"]


@pytest.mark.slow
def test_of_two_signers_at_once_one_wins(app: Flask) -> None:
    version = published.published()
    request = made.asked(version)
    verifier = made.signer_of(request)
    signers = [people.acting_for(m) for m in (verifier, organisations.colleague_of(verifier))]
    data, outcomes, barrier = made.statement(version), list[str](), threading.Barrier(2)
    key = request.id
    db.session.commit()

    def sign(by: Acting) -> None:
        with app.app_context():
            barrier.wait(timeout=60)
            try:
                verbs.sign(key, data, by=by)
                db.session.commit()
                outcomes.append("signed")
            except verbs.AlreadyAnswered:
                outcomes.append("too late")

    threads = [threading.Thread(target=sign, args=(by,)) for by in signers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["signed", "too late"]
    assert db.session.query(AuditRecord).filter_by(action="attestation.attested").count() == 1
