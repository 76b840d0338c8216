from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from disclosure.exchange.ixbrl_reader import MAX_BYTES
from market.domain import disclosures as publishing
from market.domain import filings as verbs
from market.errors import NotFound
from market.extensions import db
from market.models import AuditRecord, Disclosure, DueWork, Filing
from market.permissions import Acting
from market.work import filings as work
from tests.disclosure.exchange.test_ixbrl import page
from tests.disclosure.samples import sample
from tests.factories import organisations, people


@pytest.fixture
def acting(app: Flask) -> Acting:
    return people.acting_for(organisations.enterprise(id_value=sample().organisation.number))


@pytest.fixture(autouse=True)
def without_processor(monkeypatch: pytest.MonkeyPatch, app: Flask) -> None:
    """Arelle has its own tests; here no package is at hand, as on a machine without real data."""
    monkeypatch.setitem(app.config["SETTINGS"], "REAL_DATA", "/nowhere")


def checked(data: bytes, by: Acting) -> Filing:
    filing = verbs.receive("report.xhtml", data, by=by)
    work.check(filing.id)
    return verbs.find(filing.id, by=by)


def codes(filing: Filing) -> set[str]:
    found: list[dict[str, Any]] = filing.result["findings"]
    return {each["en"].split(":")[0] for each in found if each["blocks"]}


def test_filing_is_kept_recorded_and_planned(acting: Acting) -> None:
    filing = verbs.receive("C:\\folder\\report.xhtml", page(), by=acting)
    assert filing.name == "report.xhtml"
    assert verbs.path_of(filing).read_bytes() == page()
    planned = db.session.scalars(select(DueWork.kind).where(DueWork.key == filing.id)).all()
    assert planned == [verbs.JOB]
    actions = db.session.scalars(
        select(AuditRecord.action).where(AuditRecord.subject_id == filing.id)
    ).all()
    assert actions == ["filing.received"]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b" " * (MAX_BYTES + 1), verbs.FilingTooLarge),
        (b"%PDF-1.7", verbs.NotAFiling),
        (b"", verbs.NotAFiling),
    ],
)
def test_other_or_too_large_files_are_refused_at_the_door(
    acting: Acting, data: bytes, error: type[Exception]
) -> None:
    with pytest.raises(error):
        verbs.receive("x", data, by=acting)
    assert db.session.scalars(select(Filing)).all() == []


def test_entity_bomb_is_refused_with_words(acting: Acting) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY x "xxxxxxxx"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>'
    filing = checked(bomb, acting)
    assert set(filing.result["refused"]) == {"zh", "en"}
    assert verbs.blocks(filing)
    with pytest.raises(verbs.NotFillable):
        verbs.fill(filing.id, by=acting)


def test_sound_filing_fills_the_draft_of_its_year(acting: Acting) -> None:
    filing = checked(page(), acting)
    assert codes(filing) == set()
    assert filing.result["year"] == 2025
    draft = verbs.fill(filing.id, by=acting)
    assert draft.year == 2025
    assert draft.content["answers"]["EMS-01"]["parts"]["value"]["unit"] == "tCO2e"
    with pytest.raises(verbs.NotFillable):
        verbs.fill(filing.id, by=acting)


def test_answers_given_are_kept(acting: Acting) -> None:
    draft = publishing.start(2025, by=acting)
    mine = {"state": "value", "parts": {"value": {"amount": "7", "unit": "tCO2e"}}}
    publishing.answer(draft, {"EMS-01": mine}, by=acting)
    filled = verbs.fill(checked(page(), acting).id, by=acting)
    assert filled.id == draft.id
    assert filled.content["answers"]["EMS-01"]["parts"] == mine["parts"]
    assert "EMS-05" in filled.content["answers"]
    with pytest.raises(verbs.NothingToFill):
        verbs.fill(checked(page(), acting).id, by=acting)


def test_filing_with_errors_fills_nothing(acting: Acting) -> None:
    filing = checked(page(("vsme:RenewableEnergyMember", "vsme:BaselineYearMember")), acting)
    assert verbs.blocks(filing)
    with pytest.raises(verbs.NotFillable):
        verbs.fill(filing.id, by=acting)
    assert db.session.scalars(select(Disclosure)).all() == []


def test_report_of_another_enterprise_is_not_taken_over(app: Flask) -> None:
    by = people.acting_for(organisations.enterprise())
    filing = checked(page(), by)
    assert any("own report" in each["en"] for each in filing.result["findings"])
    with pytest.raises(verbs.NotFillable):
        verbs.fill(filing.id, by=by)


def test_filings_of_others_do_not_exist(acting: Acting) -> None:
    filing = verbs.receive("a.xhtml", page(), by=acting)
    other = people.acting_for(organisations.enterprise())
    assert verbs.own(other.organisation_id) == []
    assert verbs.own(acting.organisation_id) == [filing]
    with pytest.raises(NotFound):
        verbs.find(filing.id, by=other)
