"""Files of activity lines: every row taken or told why not, with row and column."""

import csv
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook

from market.domain import activity_imports
from market.enums import WorkState
from market.extensions import db
from market.files import Upload
from market.models import ActivityImport, ActivityLine, DueWork, Organisation
from market.work.imports import activity_uploads, formats, templates
from market.work.imports.report import FileRefused
from tests.factories import disclosures, organisations

YEAR = str(disclosures.YEAR)
HEAD = ["id_scheme", "id_value", "year", "key", "source", "item", "amount", "unit"]
OTHERS = ["factor_id", "period_start", "green", "instrument"]


def line(member: Any, key: str, **given: str) -> dict[str, str]:
    number = db.session.get_one(Organisation, member.organisation_id).id_value
    usual = {
        "id_scheme": "uscc", "id_value": number, "year": YEAR, "key": key,
        "source": "electricity", "item": "electricity", "amount": "100", "unit": "MWh",
    }  # fmt: skip
    return usual | given


def as_csv(path: Path, rows: list[dict[str, str]], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, [*HEAD, *OTHERS], restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def as_book(path: Path, rows: list[list[Any]]) -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


def taken(path: Path) -> dict[str, Any]:
    return formats.import_file(path, "activity", limit_mb=20).to_json()


def test_same_file_again_changes_nothing(app, tmp_path):
    member = organisations.enterprise()
    path = as_csv(tmp_path / "a.csv", [line(member, f"k{n}") for n in range(3)])
    first, again = taken(path), taken(path)
    assert (first["imported"], again["unchanged"]) == (3, 3)
    assert set(first["ids"]) == set(again["ids"])
    assert db.session.query(ActivityLine).count() == 3


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_chinese_names_and_code_pages_are_understood(app, tmp_path, encoding):
    member = organisations.enterprise()
    said = {"source": "移动燃烧", "item": "柴油", "amount": "1,200.5", "unit": "千克"}
    assert taken(as_csv(tmp_path / "a.csv", [line(member, "油-1", **said)], encoding))["imported"]
    stored = db.session.query(ActivityLine).one()
    assert (stored.source, stored.item, stored.amount, stored.unit) == (
        "mobile", "diesel", "1200.5", "kg",
    )  # fmt: skip


WRONG = [
    ({"amount": "NaN"}, "amount"),
    ({"amount": "-5"}, "amount"),
    ({"amount": "many"}, "amount"),
    ({"amount": "1e400"}, "amount"),
    ({"amount": ""}, "amount"),
    ({"amount": "=1+1"}, "amount"),
    ({"unit": "parsec"}, "unit"),
    ({"unit": "t"}, "unit"),
    ({"source": "volcano"}, "source"),
    ({"item": "moonlight"}, "item"),
    ({"factor_id": "cn-grid-shanghai-ets-2022"}, "factor_id"),
    ({"year": "2090"}, "year"),
    ({"year": "last"}, "year"),
    ({"period_start": "2019-01-01"}, "period_start"),
    ({"period_start": "soon"}, "period_start"),
    ({"green": "5"}, "instrument"),
    ({"key": ""}, "key"),
    ({"key": "good"}, "key"),
    ({"id_value": "91310000000000000X"}, "id_value"),
]


def test_every_wrong_row_is_told_by_row_and_column(app, tmp_path):
    member = organisations.enterprise()
    rows = [line(member, "good")] + [line(member, f"w{n}") | w for n, (w, _) in enumerate(WRONG)]
    found = taken(as_csv(tmp_path / "a.csv", rows))
    told = [(note["row"], note["column"]) for note in found["skipped"]]
    assert told == [(n + 3, column) for n, (_, column) in enumerate(WRONG)]
    assert (found["imported"], found["read"]) == (1, len(rows))
    assert all(note["why"] for note in found["skipped"])


def test_formula_cell_is_refused_with_its_address(app, tmp_path):
    member = organisations.enterprise()
    row = list(line(member, "f1").values())
    row[6] = "=50+50"
    found = taken(as_book(tmp_path / "a.xlsx", [HEAD, row, list(line(member, "f2").values())]))
    assert [(note["row"], note["column"]) for note in found["skipped"]] == [(2, "amount")]
    assert "G2" in found["skipped"][0]["why"]
    assert found["imported"] == 1


def test_noise_of_binary_numbers_is_rounded_and_said(app: Flask, tmp_path: Path) -> None:
    member = organisations.enterprise()
    row: list[Any] = list(line(member, "n").values())
    row[6] = 12.3456789012345
    found = taken(as_book(tmp_path / "a.xlsx", [HEAD, row]))
    assert [note["column"] for note in found["warnings"]] == ["amount"]
    assert db.session.query(ActivityLine.amount).scalar() == "12.345678901"


def test_unknown_column_is_told_and_a_missing_one_refuses_the_file(app, tmp_path):
    member = organisations.enterprise()
    row = list(line(member, "a").values())
    found = taken(as_book(tmp_path / "a.xlsx", [[*HEAD, "colour"], [*row, "red"]]))
    assert [(note["row"], note["column"]) for note in found["warnings"]] == [(1, "colour")]
    with pytest.raises(FileRefused, match="unit"):
        taken(as_book(tmp_path / "b.xlsx", [HEAD[:-1], row[:-1]]))


def test_template_comes_back_empty(app, tmp_path):
    path = tmp_path / "template.xlsx"
    templates.write(path, formats.TEMPLATES["activity"]())
    with pytest.raises(FileRefused, match="表头下没有数据行"):
        taken(path)


def uploaded(acting_for, member, path: Path, kind: str = "text/csv") -> ActivityImport:
    file = Upload(path.name, kind, path.read_bytes())
    return activity_imports.upload(disclosures.YEAR, file, by=acting_for(member))


def test_uploaded_file_is_read_into_the_year_of_its_page(app, tmp_path, acting_for):
    member = organisations.enterprise()
    rows = [line(member, "a"), line(member, "b", year="2023"), line(member, "c", unit="")]
    rows += [line(organisations.enterprise(), "d"), line(member, "e", year="", id_value="")]
    made = uploaded(acting_for, member, as_csv(tmp_path / "a.csv", rows))
    activity_uploads.run_upload(made.id)
    assert (made.report["read"], made.report["imported"]) == (5, 2)
    told = [(note["row"], note["column"]) for note in made.report["skipped"]]
    assert told == [(3, "year"), (4, "unit"), (5, "id_value")]
    assert made.finished_at is not None
    assert activity_uploads.run_upload(made.id) == {"skipped": "done"}


def test_uploaded_file_that_is_no_table_is_refused_as_a_whole(app, tmp_path, acting_for):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing inside")
    made = uploaded(acting_for, organisations.enterprise(), path, "xlsx")
    activity_uploads.run_upload(made.id)
    assert made.refusal
    assert db.session.query(ActivityLine).count() == 0


def test_upload_plans_its_job_once(app, tmp_path, acting_for):
    member = organisations.enterprise()
    made = uploaded(acting_for, member, as_csv(tmp_path / "a.csv", [line(member, "a")]))
    work = db.session.query(DueWork).filter_by(kind=activity_imports.JOB).one()
    assert (work.key, work.state) == (made.id, WorkState.WAITING)
