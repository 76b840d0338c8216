from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from disclosure.answers import Answer
from disclosure.datapoints import climate
from disclosure.exchange.footprints import write_footprint
from disclosure.ledger.canonical import canonical
from market import moments
from market.domain import factors, footprints, memberships, messages
from market.domain import footprint_contents as contents
from market.domain import footprint_labels as labels
from market.domain import footprint_states as states
from market.domain.queries import footprints as queries
from market.errors import MarketError, NotFound
from market.extensions import db
from market.models import AuditRecord, Footprint, Membership, Notification
from market.texts import SHANGHAI
from tests.factories import footprints as made
from tests.factories import organisations, people

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def maker() -> Membership:
    return organisations.enterprise()


@pytest.fixture
def verifier() -> Membership:
    return organisations.owner_of("verifier")


def told(member: Membership) -> list[str]:
    query = select(Notification.code).where(Notification.person_id == member.person_id)
    return [code for code in db.session.scalars(query) if code.startswith("footprint")]


def test_steps_are_kept_one_by_one(maker: Membership) -> None:
    begun = made.begun(maker)
    assert begun.content["product"]["urn"] == "urn:gtin:4006381333931"
    footprints.save(begun, "scope", made.scope(), by=people.acting_for(maker))
    assert set(begun.content) == {"product", "scope"}
    assert made.begun(organisations.enterprise()).series_id != begun.series_id


def test_life_from_draft_to_label(maker: Membership, verifier: Membership) -> None:
    shown = made.published(maker, verifier, certificate="tq-a1")
    assert (shown.status, shown.certificate, shown.value) == (
        "published",
        "TQ-A1",
        Decimal("6.205"),
    )
    assert shown.digest == queries.by_certificate("tq-a1").digest
    assert canonical(write_footprint(queries.pure(shown))) == canonical(shown.record)
    actions = set(db.session.scalars(select(AuditRecord.action)))
    assert {
        f"footprint.{each}" for each in ("begun", "submitted", "verified", "published")
    } <= actions
    assert told(maker) == ["footprint-verified"]
    assert told(verifier) == ["footprint-submitted"]


def test_incomplete_draft_is_not_submitted(maker: Membership, verifier: Membership) -> None:
    data = {"verifier_id": verifier.organisation_id, "message": ""}
    with pytest.raises(footprints.Incomplete) as refused:
        footprints.submit(made.begun(maker), data, by=people.acting_for(maker))
    assert refused.value.values["steps"].count("·") == 2


BLOCKED: dict[str, dict[str, Any]] = {
    "kilogram": {"scope": {"unit": "kilogram", "amount": Decimal(2)}},
    "geography code": {"scope": {"geography": "Shanghai"}},
    "negative fossil": {"figures": {"fossil": Decimal(-1)}},
    "share": {"method": {"primary_share": Decimal(101)}},
    "stages": {"figures": {"fossil": Decimal(9)}},
    "future": {"scope": {"end": date(2199, 1, 1)}},
}


@pytest.mark.parametrize("case", BLOCKED)
def test_failing_check_stands_in_the_way(
    maker: Membership, verifier: Membership, case: str
) -> None:
    with pytest.raises(states.StillBlocked):
        made.submitted(maker, verifier, **BLOCKED[case])
    assert db.session.scalar(select(Footprint.status)) == "draft"


@pytest.mark.parametrize(
    ("given", "fact"),
    [
        ({"product_id": "4006381333932"}, footprints.WrongGtin),
        ({"id_kind": "urn", "product_id": "4006381333931"}, footprints.WrongUrn),
    ],
)
def test_wrong_identifier_refused(given: dict[str, Any], fact: type[MarketError]) -> None:
    with pytest.raises(fact):
        made.begun(**given)


@pytest.mark.parametrize(
    "given",
    [
        {"factor": "cn-grid-shanghai-ets-2022"},
        {"factor": "cn-grid-shanghai-2022"},
        {"unit": "t"},
        {"factor": "own", "factor_value": Decimal(2), "factor_unit": "CNY", "factor_source": "x"},
    ],
)
def test_factor_of_another_purpose_or_unit_refused(
    maker: Membership, given: dict[str, Any]
) -> None:
    begun = made.begun(maker)
    with pytest.raises(footprints.WrongLine):
        footprints.add_line(begun, made.line(**given), by=people.acting_for(maker))
    assert "lines" not in begun.content


def test_factor_of_the_register_is_copied_into_its_line(maker: Membership) -> None:
    by = people.acting_for(maker)
    details = {
        "code": "STEEL", "name": "示例钢材", "item": "steel", "purpose": "footprint",
        "region": "CN", "year": 2024, "value": Decimal("2.5"), "unit": "kgCO2e/kg", "gas": "",
        "source": "示例供应商", "note": "",
    }  # fmt: skip
    row, begun = factors.create(details, by=by), made.begun(maker)
    mine = made.line(factor=factors.PREFIX + row.id, unit="kg", amount=Decimal(4))
    footprints.add_line(begun, mine, by=by)
    factors.change(row, {**details, "value": Decimal(9)}, by=by)
    (line,) = contents.lines_of(begun)
    assert line.kilograms == 10
    assert "示例供应商" in line.factor.source
    other = people.acting_for(organisations.enterprise())
    with pytest.raises(footprints.WrongLine):
        footprints.add_line(made.begun(), mine, by=other)


def test_maker_is_never_checker(maker: Membership) -> None:
    both = organisations.owner_of("enterprise", "verifier")
    with pytest.raises(footprints.MakerIsNoChecker):
        made.submitted(both, both)
    with pytest.raises(footprints.NotAVerifier):
        made.submitted(maker, organisations.institution())


def test_who_works_for_the_maker_does_not_verify(maker: Membership) -> None:
    person = people.person()
    verifier = organisations.owner_of("verifier", by=person)
    sent = made.submitted(maker, verifier)
    assert joined(maker, person).organisation_id == maker.organisation_id
    with pytest.raises(labels.PersonMadeIt):
        labels.verify(sent, made.label(), by=people.acting_for(verifier))
    past_the_verbs = update(Footprint).values(verified_by=person.id)
    with pytest.raises(IntegrityError, match="not verified by a person"):
        db.session.execute(past_the_verbs)


def joined(owner: Membership, person: Any) -> Membership:
    """The same person, now also a colleague at the maker."""
    secret = memberships.invite(person.email, "editor", by=people.acting_for(owner))
    return memberships.accept(secret, by=people.acting_alone(person))


@pytest.mark.parametrize(
    ("days", "fact"),
    [(4 * 365, labels.ValidityTooLong), (0, labels.ValidityOver), (-3, labels.ValidityOver)],
)
def test_validity_ends_within_three_years(
    maker: Membership, verifier: Membership, days: int, fact: type[MarketError]
) -> None:
    until = queries.today() + timedelta(days=days)
    with pytest.raises(fact):
        made.verified(maker, verifier, valid_until=until)


def test_certificate_number_stands_for_one_label(maker: Membership, verifier: Membership) -> None:
    made.verified(maker, verifier, certificate="TQ-77")
    with pytest.raises(labels.CertificateTaken):
        made.verified(maker, verifier, certificate="tq-77")


def test_returned_footprint_is_a_draft_with_the_note(
    maker: Membership, verifier: Membership
) -> None:
    sent = made.submitted(maker, verifier)
    labels.send_back(sent, "缺少运输", by=people.acting_for(verifier))
    assert (sent.status, sent.note, told(maker)) == ("draft", "缺少运输", ["footprint-returned"])


def test_verification_is_lost_when_taken_back(maker: Membership, verifier: Membership) -> None:
    sent = made.verified(maker, verifier)
    footprints.take_back(sent, by=people.acting_for(maker))
    assert (sent.status, sent.certificate, sent.digest, sent.record) == ("draft", None, "", {})


def test_newer_version_replaces_the_older(maker: Membership, verifier: Membership) -> None:
    by = people.acting_for(maker)
    first = made.published(maker, verifier)
    second = footprints.renew(first, by=by)
    with pytest.raises(footprints.OneInWork):
        footprints.renew(first, by=by)
    data = {"verifier_id": verifier.organisation_id, "message": ""}
    footprints.submit(second, data, by=by)
    labels.verify(second, made.label(), by=people.acting_for(verifier))
    labels.publish(second, by=by)
    assert (first.status, second.status, second.version) == ("superseded", "published", 2)
    assert [row.id for row in queries.history(first.series_id)] == [second.id, first.id]


def test_label_expires_after_its_last_day_and_reminds_before(
    maker: Membership, verifier: Membership
) -> None:
    until = queries.today() + timedelta(days=100)
    shown = made.published(maker, verifier, valid_until=until)
    for days, codes in ((41, 1), (42, 1), (94, 2), (100, 2), (101, 3)):
        at = datetime.combine(queries.today(), datetime.min.time(), SHANGHAI)
        with moments.at(at + timedelta(days=days, hours=9)):
            labels.expire_due()
            labels.expire_due()
            assert len(told(maker)) == codes + 1, days  # and the word that it was verified
            assert queries.state_of(shown) == ("expired" if days == 101 else "published")
    assert shown.status == "expired"


@pytest.mark.parametrize("who", ["maker", "verifier"])
def test_label_is_revoked_in_public_by_either(
    maker: Membership, verifier: Membership, who: str
) -> None:
    shown = made.published(maker, verifier)
    by = people.acting_for({"maker": maker, "verifier": verifier}[who])
    labels.revoke(labels.for_either(shown.id, by=by), "示例：数据有误", by=by)
    assert (shown.status, shown.reason) == ("revoked", "示例：数据有误")
    with pytest.raises(states.NotInThisState):
        labels.revoke(shown, "again", by=by)


def test_foreign_footprint_does_not_exist(maker: Membership, verifier: Membership) -> None:
    begun = made.draft(maker)
    other = people.acting_for(organisations.enterprise())
    for read in (footprints.own, queries.visible, labels.for_verifier, labels.for_either):
        with pytest.raises(NotFound):
            read(begun.id, by=other)
    with pytest.raises(NotFound):  # a draft is not for its verifier yet
        labels.for_verifier(begun.id, by=people.acting_for(verifier))
    with pytest.raises(NotFound):
        queries.by_certificate("TQ-0")


@pytest.mark.parametrize(
    ("column", "value"), [("digest", "0" * 64), ("value", 1), ("valid_until", date(2099, 1, 1))]
)
def test_published_footprint_cannot_be_changed(column: str, value: object) -> None:
    shown = made.published()
    db.session.commit()
    with pytest.raises(IntegrityError, match="published footprint never changes"):
        db.session.execute(update(Footprint).values({column: value}))
    db.session.rollback()
    setattr(shown, column, value)
    with pytest.raises(states.NotInThisState):
        db.session.flush()


@pytest.mark.parametrize("change", ["SET status = 'draft'", "SET status = 'verified'"])
def test_published_footprint_cannot_be_unpublished_or_deleted(change: str) -> None:
    made.published()
    db.session.commit()
    for statement in (f"UPDATE footprint {change}", "DELETE FROM footprint"):
        with pytest.raises(IntegrityError):
            db.session.execute(text(statement))
        db.session.rollback()


def test_answers_of_a_disclosure_follow_from_labels(
    maker: Membership, verifier: Membership
) -> None:
    made.published()
    shown = made.published(maker, verifier)
    year = queries.today().year
    answers = queries.answers_for(maker.organisation_id, year)
    read = {key: Answer.from_dict(climate()[key], raw) for key, raw in answers.items()}
    assert set(read) == {"PCF-01", "PCF-02", "PCF-03"}
    assert [row["certificate"] for row in answers["PCF-02"]["rows"]] == [shown.certificate]
    assert answers["PCF-01"]["rows"][0]["value"] == {"amount": "6.205", "unit": "kgCO2e"}
    assert queries.answers_for(maker.organisation_id, year - 1) == {}


def test_messages_have_their_sentences() -> None:
    assert {code for code in messages.SENTENCES if code.startswith("footprint-")} >= {
        "footprint-submitted", "footprint-ends-soon", "footprint-revoked",
    }  # fmt: skip
