"""Who sees which section of a published disclosure, and what the public record keeps back."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from disclosure.facts import Disclosure as Facts
from disclosure.ledger.commitment import opens
from market import moments
from market.domain import disclosure_consents as consents
from market.domain import disclosure_contents as contents
from market.domain import disclosures as verbs
from market.domain import visibilities
from market.domain.disclosure_drafts import NotADraft
from market.domain.queries import disclosure_consents as consent_queries
from market.domain.queries import visibilities as queries
from market.errors import NotFound
from market.extensions import db
from market.models import AuditRecord, Disclosure, DisclosurePrivate, Membership, Notification
from market.moments import now
from tests.factories import disclosures as made
from tests.factories import organisations, people

SECTIONS = tuple(each.id for each in Facts.from_dict(made.third_party_content()).catalogue.sections)


def published(levels: dict[str, str], owner: Membership | None = None, **more: Any) -> Disclosure:
    owner = owner or organisations.enterprise()
    by = people.acting_for(owner)
    draft = made.filled(owner, **more)
    visibilities.choose(draft, levels, by=by)
    return verbs.publish(draft, by=by, explanations=made.explanations_for(draft))


def wanted(version: Disclosure, to: Membership, **given: Any) -> dict[str, Any]:
    return {
        "institution_id": to.organisation_id,
        "disclosure_id": version.id,
        "sections": ["energy"],
        "purpose": "绿色贷款审查",
        "expires_on": now() + timedelta(days=30),
        **given,
    }


def owner_acting(version: Disclosure) -> Any:
    return people.acting_for(made.owner_of(version))


def test_only_finance_is_not_public_unless_said(app: Flask) -> None:
    version = made.published()
    assert set(version.content["private"]) == {"FIN-01", "FIN-02", "FIN-03", "FIN-04"}


def test_what_grade_1_asks_stays_public_whatever_is_chosen(app: Flask) -> None:
    version = published(dict.fromkeys(SECTIONS, "private"))
    stated = visibilities.ALWAYS_PUBLIC - {"GEN-01", "GEN-02"}
    assert set(version.content["answers"]) == stated
    assert version.grade >= 1


def test_a_commitment_is_opened_by_answer_and_salt(app: Flask) -> None:
    version = made.published()
    given = visibilities.openings(version, ["FIN-02"])
    assert opens(version.content["private"]["FIN-02"], "FIN-02", given["FIN-02"])
    other = {**given["FIN-02"], "answer": {"state": "zero"}}
    assert not opens(version.content["private"]["FIN-02"], "FIN-02", other)


def test_salts_are_never_used_twice(app: Flask) -> None:
    owner = organisations.enterprise()
    salts = [
        salt for year in (2024, 2025)
        for salt in visibilities.salts_of(made.published(owner, year=year)).values()
    ]  # fmt: skip
    assert len(set(salts)) == len(salts) == 8
    assert {len(salt) for salt in salts} == {32}


def test_digest_is_of_the_public_record_and_grade_of_the_whole(app: Flask) -> None:
    hidden, plain = published(dict.fromkeys(SECTIONS, "private")), made.published()
    assert hidden.digest == hashlib.sha256(contents.canonical(hidden.content)).hexdigest()
    names = ("grade", "points", "completeness", "assurance", "data_quality")
    assert [getattr(hidden, n) for n in names] == [getattr(plain, n) for n in names]


def test_figures_that_are_not_public_stand_in_no_column(app: Flask) -> None:
    version = published({"emissions": "private", "energy": "consent"})
    assert (version.scope2_market, version.scope3, version.energy_mwh) == (None, None, None)
    assert None not in (version.scope1, version.scope2_location, version.revenue)


def test_a_calculated_answer_is_hidden_with_what_it_tells(app: Flask) -> None:
    version = published({"energy": "private"})  # ENE-07 and ENE-06 stand there, EMS-07 does not
    assert {"ENE-06", "ENE-07"} <= set(version.content["private"])
    assert "EMS-07" in version.content["answers"]


def test_progress_that_quotes_hidden_emissions_is_hidden(app: Flask) -> None:
    whole = Facts.from_dict(visibilities.whole_content(made.published()))
    target = whole.answers["TGT-05"]
    shown = visibilities.seen_with(whole, set(SECTIONS) - {"emissions"})
    assert ("TGT-05" in shown.answers) == (shown.answers.get("TGT-05") == target)
    assert "EMS-06" not in shown.answers


def test_the_whole_comes_back_for_restatement(app: Flask) -> None:
    version = published({"energy": "private"})
    again = verbs.restate(version, "更正", by=owner_acting(version))
    assert "ENE-01" in again.content["answers"]
    assert "private" not in again.content
    assert again.visibility["energy"] == "private"


@pytest.mark.parametrize(
    "change", ["UPDATE disclosure_private SET salts = '{}'", "DELETE FROM disclosure_private"]
)
def test_private_answers_never_change_after_publication(app: Flask, change: str) -> None:
    made.published()
    db.session.commit()
    with pytest.raises(IntegrityError):
        db.session.execute(text(change))
    db.session.rollback()
    assert db.session.query(DisclosurePrivate).one().salts


def test_visibility_is_fixed_at_publication(app: Flask) -> None:
    version = made.published()
    db.session.commit()
    with pytest.raises(NotADraft):
        visibilities.choose(version, {"energy": "private"}, by=owner_acting(version))
    db.session.rollback()
    with pytest.raises(IntegrityError):
        db.session.execute(text('UPDATE disclosure SET visibility = \'{"energy": "private"}\''))


def test_consent_opens_its_sections_and_no_others(app: Flask) -> None:
    version = published({"energy": "consent", "targets": "consent", "risk": "private"})
    bank, other = organisations.institution(), organisations.institution()
    given = wanted(version, bank, sections=["energy", "risk"])
    consents.give(given, by=owner_acting(version))
    opened = queries.opened_to(version, bank.organisation_id)
    assert opened is not None
    assert opened.sections == ("energy",)
    assert {key[:3] for key in opened.openings} == {"ENE"}
    assert "RSK-01" not in opened.version.content["answers"]
    assert queries.opened_to(version, other.organisation_id) is None


def test_a_consent_for_all_years_opens_the_next_year_too(app: Flask) -> None:
    owner, bank = organisations.enterprise(), organisations.institution()
    first = published({"energy": "consent"}, owner, year=2024)
    consents.give(wanted(first, bank, disclosure_id=""), by=people.acting_for(owner))
    second = published({"energy": "consent"}, owner, year=2025)
    assert queries.openings_for(second, bank.organisation_id)


def test_revoked_and_expired_consents_open_nothing(app: Flask) -> None:
    version, bank = published({"energy": "consent"}), organisations.institution()
    by = owner_acting(version)
    consent = consents.give(wanted(version, bank), by=by)
    with moments.at(now() + timedelta(days=31)):
        assert queries.opened_to(version, bank.organisation_id) is None
    consents.revoke(consent.id, by=by)
    assert queries.opened_to(version, bank.organisation_id) is None
    with pytest.raises(consents.NoConsent):
        consents.read(version, "page", by=people.acting_for(bank))


def test_each_reading_is_written_down_for_the_enterprise(app: Flask) -> None:
    version, bank = published({"energy": "consent"}), organisations.institution()
    consents.give(wanted(version, bank), by=owner_acting(version))
    for how in ("page", "api"):
        consents.read(version, how, by=people.acting_for(bank))
    read = consent_queries.readings_of(version.organisation_id)
    assert [each.how for each in read] == ["api", "page"]
    assert {each.person_id for each in read} == {bank.person_id}
    told = {each.action for each in db.session.query(AuditRecord)}
    assert {"disclosure.consent_given", "disclosure.read_by_consent"} <= told


def test_readings_cannot_be_erased(app: Flask) -> None:
    version, bank = published({"energy": "consent"}), organisations.institution()
    consents.give(wanted(version, bank), by=owner_acting(version))
    consents.read(version, "page", by=people.acting_for(bank))
    db.session.commit()
    with pytest.raises(IntegrityError):
        db.session.execute(text("DELETE FROM disclosure_reading"))


def test_a_request_is_granted_as_asked_or_declined_with_a_word(app: Flask) -> None:
    version, bank = published({"energy": "consent"}), organisations.institution()
    by, asking = owner_acting(version), people.acting_for(bank)
    asked = consents.ask(version, wanted(version, bank), by=asking)
    with pytest.raises(consents.AskedAlready):
        consents.ask(version, wanted(version, bank), by=asking)
    consents.decline(asked.id, "请说明用途", by=by)
    again = consents.ask(version, wanted(version, bank), by=asking)
    given = consents.grant(again.id, by=by)
    assert (given.sections, given.disclosure_id) == (["energy"], version.id)
    codes = {each.code for each in db.session.query(Notification)}
    assert {consents.ASKED, consents.DECLINED, consents.GIVEN} <= codes


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"sections": ["risk"]}, consents.NothingToOpen),
        ({"expires_on": moments.now() - timedelta(days=1)}, consents.EndsTooSoon),
        ({"institution_id": "nobody"}, consents.NoSuchInstitution),
        ({"disclosure_id": "nothing"}, consents.NotOwnDisclosure),
    ],
)
def test_an_empty_consent_is_refused(
    app: Flask, given: dict[str, Any], error: type[Exception]
) -> None:
    version, bank = published({"energy": "consent"}), organisations.institution()
    with pytest.raises(error):
        consents.give(wanted(version, bank, **given), by=owner_acting(version))


def test_others_neither_give_nor_revoke_nor_answer(app: Flask) -> None:
    version, bank = published({"energy": "consent"}), organisations.institution()
    stranger = people.acting_for(organisations.enterprise())
    consent = consents.give(wanted(version, bank), by=owner_acting(version))
    asked = consents.ask(version, wanted(version, bank), by=people.acting_for(bank))
    with pytest.raises(consents.NotOwnDisclosure):
        consents.give(wanted(version, bank), by=stranger)
    for verb, key in ((consents.revoke, consent.id), (consents.grant, asked.id)):
        with pytest.raises(NotFound):
            verb(key, by=stranger)


def test_a_finding_about_hidden_answers_is_told_without_its_numbers(app: Flask) -> None:
    owner = organisations.enterprise()
    made.published(owner, year=2024)
    draft = made.filled(owner, year=2025)
    by = people.acting_for(owner)
    verbs.answer(draft, {"EMS-08": made.tonnes("41200000"), "EMS-09": None}, by=by)
    visibilities.choose(draft, {"emissions": "private"}, by=by)
    version = verbs.publish(draft, by=by, explanations=made.explanations_for(draft))
    slip = [each for each in version.findings if each["code"] == "DQ-05"]
    assert [(each["result"], each["inputs"]) for each in slip] == [("warn", {})]
    assert "41200000" not in str(version.findings) + str(version.explanations)
    kept = db.session.get_one(DisclosurePrivate, version.id)
    assert "41200000" in str(kept.findings)
