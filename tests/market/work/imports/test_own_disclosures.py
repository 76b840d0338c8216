"""Our own template of disclosures: parts, rows, reasons, units, drafts of approved firms."""

import pytest
from sqlalchemy import select

from market.extensions import db
from market.models import Disclosure, Organisation
from market.work.imports.formats import import_file
from tests.factories import organisations
from tests.market.work.imports import files

LINE = {
    "year": "2024",
    "EMS-01.value": "1,530.5",
    "EMS-05.value": "6434",
    "ENE-01.value": "70632 GJ",
    "ENE-03.value": "0",
    "EMS-09[1].category": "c01",
    "EMS-09[1].relevance": "calculated",
    "EMS-09[1].emissions": "100",
    "EMS-08.value": "100",
    "EMS-10.value": "暂无数据：尚未核算",
    "BND-02.value": "ghg_protocol；iso_14064_1",
}


def line_of(organisation, **given):
    owner = {"id_scheme": organisation.id_scheme, "id_value": organisation.id_value}
    return {**owner, **LINE, **given}


def imported(folder, *rows):
    return import_file(files.csv_file(folder, rows), "disclosures", limit_mb=5)


def answers():
    return db.session.scalars(select(Disclosure)).one().content["answers"]


def test_unclaimed_organisation_gets_a_third_party_disclosure(app, tmp_path):
    organisation = organisations.unclaimed()
    report = imported(tmp_path, line_of(organisation))
    assert (report.counts["imported"], report.skipped) == (1, [])
    made = db.session.scalars(select(Disclosure)).one()
    assert (made.status, made.third_party_source) == ("published", "示例.csv")
    assert answers()["ENE-01"]["parts"]["value"] == {"amount": "70632", "unit": "GJ"}
    assert answers()["ENE-03"]["state"] == "zero"
    assert answers()["EMS-10"] == {"state": "not_available", "reason": "尚未核算"}
    assert answers()["EMS-09"]["rows"][0]["category"] == "c01"
    assert imported(tmp_path, line_of(organisation)).counts["unchanged"] == 1


def test_approved_enterprise_gets_a_draft_that_is_not_overwritten(app, tmp_path):
    member = organisations.enterprise()
    owner = db.session.get_one(Organisation, member.organisation_id)
    assert imported(tmp_path, line_of(owner)).counts["imported"] == 1
    assert imported(tmp_path, line_of(owner)).counts["unchanged"] == 1
    changed = imported(tmp_path, line_of(owner, **{"EMS-01.value": "9"}))
    assert [note.column for note in changed.skipped] == ["year"]
    assert db.session.scalars(select(Disclosure.status)).all() == ["draft"]
    assert answers()["EMS-01"]["parts"]["value"]["amount"] == "1530.5"


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("EMS-01.value", "many"),
        ("EMS-01.value", "5 parsecs"),
        ("EMS-99.value", "5"),
        ("BND-01.value", "magic"),
        ("BND-05.year", "soon"),
        ("year", "2024-2025"),
        ("year", ""),
    ],
)
def test_wrong_part_is_named(app, tmp_path, column, cell):
    row = line_of(organisations.unclaimed(), **{column: cell})
    report = imported(tmp_path, row)
    assert [note.column for note in report.skipped] == [column]
    assert db.session.query(Disclosure).count() == 0
