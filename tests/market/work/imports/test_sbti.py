"""The SBTi file: organisations of its own register, matches, targets, statuses, remarks."""

import pytest
from sqlalchemy import select

from market.domain import organisations as verbs
from market.extensions import db
from market.models import Disclosure, Organisation
from market.work.imports.formats import import_file
from tests.factories import organisations
from tests.market.work.imports import files


def imported(folder, *rows, name="sbti"):
    return import_file(files.csv_file(folder, rows), name, limit_mb=5)


def answers():
    query = select(Disclosure).where(Disclosure.status == "published")
    return db.session.scalars(query.order_by(Disclosure.year.desc())).first().content["answers"]


def test_company_becomes_an_unclaimed_organisation_with_its_target(app, tmp_path):
    report = imported(tmp_path, files.sbti_row(net_zero_status="Targets set", net_zero_year="2050"))
    firm = db.session.get(Organisation, report.ids[0])
    assert (firm.id_scheme, firm.status, firm.country) == ("sbti", "unclaimed", "TW")
    row = answers()["TGT-01"]["rows"][0]
    assert (row["base_year"], row["target_year"]) == (2021, 2030)
    assert row["reduction"] == {"amount": "42", "unit": "%"}
    assert answers()["TGT-03"]["parts"] == {"kind": "net_zero", "target_year": 2050}


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({}, "c15"),
        ({"near_term_target_classification": "1.5°C/Well-below 2°C"}, "well_below_2"),
        ({"near_term_status": "Committed", "full_target_language": ""}, "committed"),
        ({"near_term_status": "Commitment removed", "full_target_language": ""}, "none"),
    ],
)
def test_status_is_the_registers(app, tmp_path, given, status):
    imported(tmp_path, files.sbti_row(**given))
    assert answers()["TGT-04"]["parts"]["value"] == status


def test_isin_matches_and_targets_join_the_figures_of_the_other_source(app, tmp_path):
    first = imported(tmp_path, files.tw_row(), name="tw-disclosure")
    report = imported(tmp_path, files.sbti_row(isin="TW0009999003"))
    assert report.ids == first.ids
    assert answers()["EMS-01"]["parts"]["value"]["amount"] == "1234567"
    assert answers()["TGT-04"]["parts"]["value"] == "c15"


def test_both_sources_can_be_imported_again_without_change(app, tmp_path):
    row = files.sbti_row(isin="TW0009999003")
    imported(tmp_path, files.tw_row(), name="tw-disclosure")
    imported(tmp_path, row)
    assert imported(tmp_path, files.tw_row(), name="tw-disclosure").counts["unchanged"] == 1
    assert imported(tmp_path, row).counts["unchanged"] == 1
    assert db.session.query(Disclosure).count() == 2


def test_organisation_with_members_is_left_alone(app, tmp_path):
    organisations.enterprise(name_en="Sample Steel Co.")
    report = imported(tmp_path, files.sbti_row())
    assert report.counts["skipped"] == 1
    assert db.session.query(Disclosure).count() == 0


def test_unclaimed_organisation_of_the_same_name_is_found(app, tmp_path):
    known = organisations.unclaimed(name_en="SAMPLE  Steel co.")
    assert imported(tmp_path, files.sbti_row()).ids == [known.id]
    assert verbs.find(known.id).id_scheme == "uscc"


def test_text_without_a_target_and_a_contradicting_year_are_told(app, tmp_path):
    report = imported(
        tmp_path,
        files.sbti_row(full_target_language="Sample Steel maintains zero emissions."),
        files.sbti_row(sbti_id="2", company_name="Other", near_term_target_year="FY2035"),
    )
    columns = [(note.row, note.column) for note in report.warnings]
    assert columns == [
        (2, "full_target_language"),
        (3, "near_term_target_year"),
        (0, "full_target_language"),
    ]


def test_row_without_an_id_or_a_date_is_skipped(app, tmp_path):
    report = imported(
        tmp_path, files.sbti_row(sbti_id=""), files.sbti_row(sbti_id="3", date_updated="")
    )
    assert [note.column for note in report.skipped] == ["sbti_id", "date_updated"]
    assert db.session.query(Organisation).count() == 0
