from pathlib import Path

import pytest
from flask import Flask, current_app
from sqlalchemy import select

from disclosure.exchange import ixbrl_reader
from market.domain import attestations as attesting
from market.domain import disclosures as publishing
from market.domain import reports as verbs
from market.errors import NotFound
from market.extensions import db
from market.models import Disclosure, DueWork, Report
from tests.factories import attestations, disclosures, people


def work_of(report: Report) -> list[DueWork]:
    return list(db.session.scalars(select(DueWork).where(DueWork.key == report.id)))


def test_two_readers_wait_for_one_document(app: Flask) -> None:
    version = disclosures.published()
    first, second = verbs.ask(version.id, "zh"), verbs.ask(version.id, "zh")
    assert first.id == second.id
    assert len(work_of(first)) == 1
    assert verbs.is_waiting(first)
    assert verbs.ask(version.id, "en").id != first.id


def test_made_document_is_kept_for_the_next_reader(app: Flask) -> None:
    version = disclosures.published()
    report = verbs.ask(version.id, "zh")
    verbs.made(report.id, b"%PDF-1", pages=1)
    assert verbs.ask(version.id, "zh").id == report.id
    assert len(work_of(report)) == 1
    assert verbs.is_made(report)


def test_lost_file_and_failure_are_made_again_when_asked(app: Flask) -> None:
    version = disclosures.published()
    report = verbs.ask(version.id, "zh")
    verbs.made(report.id, b"%PDF-2", pages=1)
    Path(verbs.path_of(report)).unlink()
    assert verbs.is_waiting(verbs.ask(version.id, "zh"))
    verbs.failed(report.id, "broken")
    assert not verbs.is_waiting(report)
    assert verbs.ask(version.id, "zh").error == ""
    assert len(work_of(report)) == 3


def test_withdrawn_version_gets_a_document_that_says_so(app: Flask) -> None:
    version = disclosures.published()
    before = verbs.ask(version.id, "zh")
    by = people.acting_for(disclosures.owner_of(version))
    publishing.withdraw(version, "示例", by=by)
    assert verbs.ask(version.id, "zh").id != before.id


def test_revoked_attestation_is_not_in_force_in_a_kept_document(app: Flask) -> None:
    version = disclosures.published()
    first, _same_again = (attestations.attested(version) for _ in range(2))
    before = verbs.ask(version.id, "zh")
    by = people.acting_for(attestations.signer_of(first))
    assurance = version.assurance
    attesting.revoke(first.id, "示例", by=by)
    assert version.assurance == assurance
    assert verbs.ask(version.id, "zh").id != before.id


def test_drafts_have_no_documents(app: Flask) -> None:
    draft = disclosures.draft()
    with pytest.raises(NotFound):
        verbs.ask(draft.id, "zh")
    with pytest.raises(NotFound):
        verbs.find("nothing")


def test_inline_xbrl_tells_public_answers_only(app: Flask) -> None:
    version = disclosures.published()
    stated = {fact.concept for fact in ixbrl_reader.facts(verbs.inline_xbrl(version))}
    assert "vsme:GrossScope1GreenhouseGasEmissions" in stated
    content = {**version.content, "answers": dict(version.content["answers"])}
    hidden = content["answers"].pop("EMS-08")
    content["private"] = {"EMS-08": "commitment"}
    shown = Disclosure(organisation_id=version.organisation_id, content=content)
    told = {fact.concept for fact in ixbrl_reader.facts(verbs.inline_xbrl(shown))}
    assert hidden["state"] == "value"
    assert stated - told >= {"vsme:GrossScope3GreenhouseGasEmissions"}


def test_package_is_named_like_the_version(app: Flask) -> None:
    version = disclosures.published()
    assert verbs.file_name(version) == f"disclosure-{version.year}-v1-{version.id}"
    assert ixbrl_reader.facts(verbs.report_package(version))
    assert current_app.instance_path
