"""The Taiwan sheet: figures with their units, traps flagged, imported twice without doubling."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from market.extensions import db
from market.models import AuditRecord, Disclosure, Organisation
from market.work.imports import tw_columns as tw
from market.work.imports.formats import import_file
from tests.market.work.imports import files


def imported(folder, *rows):
    return import_file(files.csv_file(folder, rows), "tw-disclosure", limit_mb=5)


def answers(year=2024):
    query = select(Disclosure).where(Disclosure.year == year, Disclosure.status == "published")
    return db.session.scalars(query).one().content["answers"]


def test_figures_keep_value_unit_and_currency(app, tmp_path):
    row = files.tw_row(
        **{
            tw.REVENUE[2024]: "663,823,047,000",
            tw.ENERGY[2024]: "351,642,900,000",
            tw.ELECTRICITY_NOW: "2,466,400,000",
            tw.REPORTED_1: "1,300,000",
        }
    )
    imported(tmp_path, row)
    found = answers()
    assert found["EMS-01"]["parts"]["value"] == {"amount": "1300000", "unit": "tCO2e"}
    assert "1,234,567" in found["EMS-01"]["note"]
    assert found["GEN-05"]["parts"]["value"] == {"amount": "663823047000", "unit": "TWD"}
    assert found["ENE-01"]["parts"]["value"]["unit"] == "MJ"
    assert found["ENE-02"]["parts"]["total"] == {"amount": "2466400000", "unit": "kWh"}
    assert db.session.scalars(select(Disclosure.currency)).one() == "TWD"


def test_organisation_is_unclaimed_with_its_source(app, tmp_path):
    report = imported(tmp_path, files.tw_row(**{tw.ID: "4595257"}))  # the zero was lost
    firm = db.session.get(Organisation, report.ids[0])
    assert (firm.id_value, firm.status, firm.country) == (files.TW_ID, "unclaimed", "TW")
    assert (firm.industry, firm.isin) == ("C31", "TW0009999003")
    assert "carbon-watch" in firm.source
    assert db.session.scalars(select(Disclosure.grade)).one() <= 1


def test_each_year_with_figures_becomes_a_disclosure(app, tmp_path):
    imported(tmp_path, files.tw_row(**{tw.REGISTERED_1[2022]: "5", tw.REGISTERED_2[2022]: "0"}))
    rows = db.session.execute(
        select(Disclosure.year, Disclosure.scope1, Disclosure.scope2_location)
    )
    assert sorted(tuple(row) for row in rows) == [(2022, 5, 0), (2024, 1_234_567, 89_000)]


def test_pledge_year_of_the_other_calendar_is_read_from_prose(app, tmp_path):
    imported(tmp_path, files.tw_row(**{tw.PLEDGE: "承諾於民國 139 年前淨零排放"}))
    assert answers()["TGT-03"]["parts"] == {"kind": "net_zero", "target_year": 2050}


@pytest.mark.parametrize(
    ("column", "cell", "datapoint"),
    [
        (tw.REPORTED_3, "#DIV/0!", "EMS-08"),
        (tw.CATEGORIES["c14"], "358639.0%", "EMS-09"),
        (tw.BASE_YEAR, "2018-2022", "BND-05"),
        (tw.SBT, "X", "TGT-04"),
    ],
)
def test_artefact_is_left_out_with_a_warning(app, tmp_path, column, cell, datapoint):
    report = imported(tmp_path, files.tw_row(**{column: cell}))
    assert [(note.row, note.column) for note in report.warnings] == [(2, column)]
    assert datapoint not in answers()


def test_two_zeros_of_the_register_are_not_taken_for_none_emitted(app, tmp_path):
    zeros = {tw.REGISTERED_1[2022]: "0", tw.REGISTERED_2[2022]: "0"}
    report = imported(tmp_path, files.tw_row(**zeros))
    assert [note.column for note in report.warnings] == [tw.REGISTERED_1[2022]]
    assert db.session.scalars(select(Disclosure.year)).all() == [2024]


def test_categories_that_do_not_add_up_stay_in_the_note(app, tmp_path):
    wrong = {tw.REPORTED_3: "100", tw.CATEGORIES["c01"]: "60"}
    report = imported(tmp_path, files.tw_row(**wrong))
    assert "EMS-09" not in answers()
    assert "60" in answers()["EMS-08"]["note"]
    assert [note.column for note in report.warnings] == [tw.REPORTED_3]


@pytest.mark.parametrize(
    ("column", "cell"),
    [(tw.REGISTERED_1[2024], "-5"), (tw.REVENUE[2024], "abc"), (tw.ID, "12345678"), (tw.NAME, "")],
)
def test_wrong_cell_skips_its_row_only_and_leaves_nothing_of_it(app, tmp_path, column, cell):
    good = files.tw_row(**{tw.ID: "22099131", tw.NAME: "示例半導體"})
    report = imported(tmp_path, files.tw_row(**{column: cell}), good)
    assert (report.read, len(report.skipped), report.skipped[0].row) == (2, 1, 2)
    assert report.skipped[0].column in {column, "id_value"}
    assert db.session.scalars(select(Organisation.id_value)).all() == ["22099131"]


def test_second_import_changes_nothing_and_a_corrected_one_updates(app, tmp_path):
    imported(tmp_path, files.tw_row())
    records = db.session.query(AuditRecord).count()
    again = imported(tmp_path, files.tw_row())
    assert (again.counts["unchanged"], db.session.query(AuditRecord).count()) == (1, records)
    corrected = imported(tmp_path, files.tw_row(**{tw.REGISTERED_1[2024]: "1,000"}))
    assert corrected.counts["updated"] == 1
    assert Decimal(answers()["EMS-01"]["parts"]["value"]["amount"]) == 1000
    assert db.session.query(Organisation).count() == 1
