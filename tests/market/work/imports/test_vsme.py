"""A VSME workbook becomes a draft of the enterprise it names; nothing is lost in silence."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from market.extensions import db
from market.models import Disclosure, Organisation
from market.work.imports.formats import import_file
from market.work.imports.report import FileRefused, Outcome, Report
from tests.disclosure.exchange.workbooks import workbook
from tests.factories import organisations

FILLED = {
    "GrossScope1GreenhouseGasEmissions": 12.5,
    "GrossLocationBasedScope2GreenhouseGasEmissions": 7,
    "TotalEnergyConsumption": 30,
    "NumberOfEmployees": 7,
}


@pytest.fixture
def owner(app: Flask) -> Organisation:
    organisations.enterprise()
    member = organisations.enterprise()
    return db.session.get_one(Organisation, member.organisation_id)


def imported(folder: Path, owner: str, **cells: Any) -> Report:
    path = workbook(folder / "report.xlsx", {**FILLED, **cells})
    return import_file(path, "vsme", limit_mb=5, organisation=owner)


def draft() -> Disclosure:
    return db.session.scalars(select(Disclosure)).one()


def test_a_workbook_becomes_a_draft(owner: Organisation, tmp_path: Path) -> None:
    report = imported(tmp_path, owner.id_value)
    assert (report.read, report.counts[Outcome.IMPORTED], report.ids) == (1, 1, [owner.id])
    made = draft()
    assert (made.organisation_id, made.year, made.status) == (owner.id, 2025, "draft")
    answers = made.content["answers"]
    assert answers["EMS-01"]["parts"]["value"] == {"amount": "12.5", "unit": "tCO2e"}
    assert answers["ENE-01"]["parts"]["value"] == {"amount": "30", "unit": "MWh"}
    assert imported(tmp_path, owner.id_value).counts[Outcome.UNCHANGED] == 1


def test_the_workbook_itself_may_name_the_enterprise(owner: Organisation, tmp_path: Path) -> None:
    named = {"template_reporting_entity_identifier": owner.id_value}
    assert imported(tmp_path, "", **named).ids == [owner.id]


def test_the_workbooks_period_is_the_drafts(owner: Organisation, tmp_path: Path) -> None:
    days = {
        "template_reporting_period_startdate": "2024-04-01",
        "template_reporting_period_enddate": "2025-03-31",
    }
    imported(tmp_path, owner.id_value, **days)
    period = draft().content["period"]
    assert (draft().year, period["start"], period["end"]) == (2024, "2024-04-01", "2025-03-31")


def test_an_answer_out_of_bounds_is_told_and_left_out(owner: Organisation, tmp_path: Path) -> None:
    report = imported(tmp_path, owner.id_value, GrossScope1GreenhouseGasEmissions=-5)
    assert (report.counts[Outcome.IMPORTED], [note.column for note in report.warnings]) == (
        1,
        ["EMS-01"],
    )
    assert "EMS-01" not in draft().content["answers"]
    assert "EMS-05" in draft().content["answers"]


def test_what_people_began_is_not_overwritten(owner: Organisation, tmp_path: Path) -> None:
    imported(tmp_path, owner.id_value)
    report = imported(tmp_path, owner.id_value, NumberOfEmployees=8)
    assert ([note.column for note in report.skipped], report.read) == (["year"], 1)


@pytest.mark.parametrize("given", ["", "NOBODY-1"])
def test_an_unknown_enterprise_is_refused_with_the_remedy(
    owner: Organisation, tmp_path: Path, given: str
) -> None:
    with pytest.raises(FileRefused, match="--organisation"):
        imported(tmp_path, given)
    assert db.session.query(Disclosure).count() == 0


def test_a_broken_workbook_is_refused_with_its_range(owner: Organisation, tmp_path: Path) -> None:
    path = workbook(tmp_path / "b.xlsx", {}, drop="GrossScope1GreenhouseGasEmissions")
    with pytest.raises(FileRefused, match="GrossScope1GreenhouseGasEmissions"):
        import_file(path, "vsme", limit_mb=5, organisation=owner.id_value)


def test_the_command_prints_the_report(owner: Organisation, tmp_path: Path, app: Flask) -> None:
    db.session.commit()
    path = workbook(tmp_path / "c.xlsx", FILLED)
    words = ["import", str(path), "--format", "vsme", "--organisation", owner.id_value]
    told = app.test_cli_runner().invoke(args=words)
    assert (told.exit_code, "imported: 1" in told.stdout) == (0, True), told.output
    refused = app.test_cli_runner().invoke(args=words[:4])
    assert (refused.exit_code, len(refused.stderr.splitlines())) == (2, 1)


@pytest.mark.real
def test_the_official_sample_fills_a_draft(owner: Organisation, app: Flask) -> None:
    folder = Path(app.config["SETTINGS"]["REAL_DATA"]) / "vsme" / "templates"
    path = folder / "VSME-Digital-Template-Sample-1.3.0.xlsx"
    if not path.is_file():
        pytest.skip(f"no real data at {folder} (TANQIAO_REAL_DATA)")
    report = import_file(path, "vsme", limit_mb=5, organisation=owner.id_value)
    assert report.counts[Outcome.IMPORTED] == 1, report.skipped
    assert len(report.warnings) == 7  # the totals and intensities that follow from answers
    assert {"EMS-01", "EMS-05", "ENE-01"} <= set(draft().content["answers"])
    assert all(note.column and note.why for note in report.warnings)
