"""The real files, where they are at hand: counts, figures compared with the csv, matches."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from market.extensions import db
from market.models import Disclosure, Organisation
from market.work.imports import tw_columns as tw
from market.work.imports.formats import import_file
from market.work.imports.sbti_targets import targets_in
from market.work.imports.sheets import rows

pytestmark = pytest.mark.real
TEN = (
    "86522210", "30414175", "22099131", "84613756", "58650902",
    "03707901", "75370905", "11913502", "03244509", "11384806",
)  # fmt: skip


@pytest.fixture
def real_data(app):
    folder = Path(app.config["SETTINGS"]["REAL_DATA"])
    if not folder.is_dir():
        pytest.skip(f"no real data at {folder} (TANQIAO_REAL_DATA)")
    return folder


def figure(text):
    return Decimal(text.replace(",", "")) if text.strip() else None


def test_the_taiwan_sheet_arrives_whole_and_is_recognised_again(real_data):
    path = real_data / "company_disclosure_tw" / "tw_company_disclosure.csv"
    first = import_file(path, "tw-disclosure", limit_mb=20)
    assert (first.read, first.counts["imported"], first.skipped) == (224, 224, [])
    with path.open(encoding="utf-8-sig", newline="") as stream:
        lines = {line[tw.ID]: line for line in csv.DictReader(stream)}
    for number in TEN:
        _compare(lines[number])
    again = import_file(path, "tw-disclosure", limit_mb=20)
    assert again.counts["unchanged"] == 224


def _compare(line):
    query = select(Disclosure).join(Organisation).where(Organisation.id_value == line[tw.ID])
    made = {each.year: each for each in db.session.scalars(query)}
    for year in tw.YEARS:
        shown = made[year]
        reported = figure(line[tw.REPORTED_1]) if year == tw.REPORT_YEAR else None
        assert shown.scope1 == (reported or figure(line[tw.REGISTERED_1[year]]))
        assert (shown.revenue, shown.currency) == (figure(line[tw.REVENUE[year]]) / 10_000, "TWD")
        energy = figure(line[tw.ENERGY[year]])
        assert (energy is None) == (shown.energy_mwh is None)
        if energy is not None:
            assert abs(shown.energy_mwh - energy / 3600) < Decimal("0.001")


def test_nearly_every_target_text_can_be_read(real_data):
    path = real_data / "company_targets_sbti" / "sbti_cta_2025-09.csv.gz"
    texts = [row.cells["full_target_language"] for row in rows(path, limit_mb=20)]
    stated = [text for text in texts if text]
    parsed = sum(bool(targets_in(text)) for text in stated)
    assert (len(texts), len(stated)) == (12_512, 9_008)
    assert parsed / len(stated) > 0.96
