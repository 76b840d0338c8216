"""Who may attest what, by which statement; the verbs say so first, the database last."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError, IntegrityError

from market.domain import attestation_rules as rules
from market.domain import attestations as verbs
from market.extensions import db
from market.files import Upload
from market.models import Attestation, Disclosure, Membership, Organisation
from market.moments import now
from tests.factories import activities, organisations, people
from tests.factories import attestations as made
from tests.factories import disclosures as published


@pytest.mark.parametrize(
    ("given", "fact"),
    [
        ({"coverage": Decimal(0)}, rules.CoverageOutOfRange),
        ({"coverage": Decimal("100.01")}, rules.CoverageOutOfRange),
        ({"statement_date": date(2025, 12, 31)}, rules.StatementOutOfTime),
        ({"statement_date": now().date() + timedelta(days=3)}, rules.StatementOutOfTime),
        ({"statement": Upload("s.png", "image/png", b"\x89PNG")}, rules.StatementNotPdf),
    ],
)
def test_a_statement_out_of_bounds_is_refused(
    app: Flask, given: dict[str, Any], fact: type[Exception]
) -> None:
    version = published.published()
    request = made.asked(version)
    with pytest.raises(fact):
        verbs.sign(
            request.id,
            made.statement(version, **given),
            by=people.acting_for(made.signer_of(request)),
        )
    assert (request.status, version.grade) == ("requested", 2)


def test_an_enterprise_does_not_ask_itself(app: Flask) -> None:
    both = organisations.owner_of("enterprise", "verifier")
    version = published.published(both)
    with pytest.raises(rules.MakerIsNoChecker):
        made.asked(version, of=both)


def test_the_database_refuses_an_organisation_that_attests_itself(app: Flask) -> None:
    request = made.asked()
    own = update(Attestation).values(verifier_id=request.enterprise_id)
    with pytest.raises(IntegrityError, match="maker_is_no_checker"):
        db.session.execute(own)


def double_agent(version: Disclosure) -> Membership:
    """Someone who works for the verifier and for the enterprise."""
    verifier = made.verifier()
    enterprise = published.owner_of(version)
    db.session.add(
        Membership(
            organisation_id=enterprise.organisation_id,
            person_id=verifier.person_id,
            role="viewer",
            created_at=now(),
        )
    )
    return verifier


def one_who_left(version: Disclosure) -> Membership:
    """Someone who published the disclosure, then went to the verifier."""
    author = published.owner_of(version)
    person_id, enterprise_id = author.person_id, author.organisation_id
    successor = organisations.colleague_of(author)
    verifier = made.verifier()
    joined = Membership(
        organisation_id=verifier.organisation_id,
        person_id=person_id,
        role="editor",
        created_at=now(),
    )
    db.session.add(joined)
    db.session.delete(author)
    db.session.flush()
    assert successor.organisation_id == enterprise_id
    return joined


def one_who_metered(version: Disclosure) -> Membership:
    """Someone who wrote the activity lines behind the figures, then went to the verifier."""
    colleague = organisations.colleague_of(published.owner_of(version))
    activities.line(colleague, year=version.year)
    joined = organisations.colleague_of(made.verifier())
    joined.person_id = colleague.person_id
    db.session.delete(colleague)
    db.session.flush()
    return joined


@pytest.mark.parametrize("person", [double_agent, one_who_left, one_who_metered])
def test_a_person_who_made_it_never_signs_it(
    app: Flask, person: Callable[[Disclosure], Membership]
) -> None:
    version = published.published()
    verifier = person(version)
    request = made.asked(version, of=verifier)
    with pytest.raises(rules.SignerMadeIt):
        verbs.sign(request.id, made.statement(version), by=people.acting_for(verifier))
    colleague = (
        organisations.colleague_of(made.signer_of(request)) if person is double_agent else None
    )
    if colleague is not None:
        verbs.sign(request.id, made.statement(version), by=people.acting_for(colleague))
        assert version.grade == 3


@pytest.mark.parametrize("person", [double_agent, one_who_left])
def test_the_database_refuses_the_signature_of_a_maker(
    app: Flask, person: Callable[[Disclosure], Membership]
) -> None:
    version = published.published()
    verifier = person(version)
    other, request = made.attested(version), made.asked(version, of=verifier)
    signed = {"status": "attested", "signed_by": verifier.person_id, "signed_at": now()}
    kept = ("level", "standard", "coverage", "statement_file_id", "statement_date")
    signed |= {name: getattr(other, name) for name in kept}
    with pytest.raises(DBAPIError, match="never signs"):
        db.session.execute(update(Attestation).where(Attestation.id == request.id).values(**signed))


def test_the_database_refuses_a_request_about_a_foreign_disclosure(app: Flask) -> None:
    request = made.asked()
    foreign = organisations.enterprise().organisation_id
    with pytest.raises(DBAPIError, match="its own disclosure"):
        db.session.execute(update(Attestation).values(enterprise_id=foreign))
    assert request.id


def test_third_party_figures_are_not_attested(app: Flask) -> None:
    firm = organisations.enterprise()
    version = published.third_party(db.session.get_one(Organisation, firm.organisation_id))
    with pytest.raises(rules.NotAttestable):
        made.asked(version)
