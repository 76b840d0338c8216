"""GB/T 4754 and divisions: kept by code, recognised again, wrong codes named."""

import pytest
from sqlalchemy import select

from market.extensions import db
from market.models import District, Industry
from market.schemas.sectors import SECTORS
from market.settings import ROOT
from market.work.imports.formats import import_file
from tests.market.work.imports import files

INDUSTRY = {
    "full_code": "C397", "section": "C", "code": "397", "level": "中类",
    "name_zh": "电子器件制造", "parent_code": "39",
}  # fmt: skip
DISTRICT = {"code": "310115", "name": "浦东新区", "cityCode": "3101", "provinceCode": "31"}


def imported(folder, name, row):
    return import_file(files.csv_file(folder, [row]), name, limit_mb=1).counts


def test_industry_keeps_its_parent_with_the_section_letter(app, tmp_path):
    imported(tmp_path, "gbt4754", INDUSTRY)
    made = db.session.scalars(select(Industry)).one()
    assert (made.code, made.level, made.parent_code) == ("C397", "group", "C39")


def test_second_import_recognises_and_updates(app, tmp_path):
    assert imported(tmp_path, "districts", DISTRICT)["imported"] == 1
    assert imported(tmp_path, "districts", DISTRICT)["unchanged"] == 1
    assert imported(tmp_path, "districts", {**DISTRICT, "name": "浦东"})["updated"] == 1
    assert db.session.scalars(select(District.name_zh)).all() == ["浦东"]


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("gbt4754", {**INDUSTRY, "full_code": "Z1"}),
        ("gbt4754", {**INDUSTRY, "level": "类"}),
        ("gbt4754", {**INDUSTRY, "name_zh": ""}),
        ("districts", {**DISTRICT, "code": "31"}),
        ("districts", {**DISTRICT, "name": ""}),
    ],
)
def test_wrong_line_is_skipped(app, tmp_path, name, row):
    assert imported(tmp_path, name, row)["skipped"] == 1


@pytest.mark.parametrize(
    ("file", "name", "count"),
    [("gbt4754_2017.csv", "gbt4754", 1971), ("districts.csv", "districts", 2978)],
)
def test_lists_kept_with_the_product_load_whole(app, file, name, count):
    path = ROOT / "market" / "data" / file
    report = import_file(path, name, limit_mb=1)
    assert (report.counts["imported"], report.skipped) == (count, [])


def test_every_sector_offered_in_forms_is_an_industry(app):
    import_file(ROOT / "market" / "data" / "gbt4754_2017.csv", "gbt4754", limit_mb=1)
    known = set(db.session.scalars(select(Industry.code)))
    assert {code for code, _ in SECTORS} <= known
