import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import Workbook, load_workbook

from disclosure.exchange.template import read_template, write_template
from disclosure.exchange.template_files import COLUMNS, TemplateError
from disclosure.facts import Disclosure, FactError
from tests.disclosure.samples import any_disclosure, q, sample, stating


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises((TemplateError, FactError)) as caught:
        act()
    return str(caught.value)


def edited(path: Path, old: str, new: str) -> Path:
    write_template(path, sample())
    text = path.read_text("utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "json"])
def test_disclosure_survives_the_round_trip(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"sheet.{suffix}"
    write_template(path, sample())
    assert read_template(path) == sample()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(any_disclosure())
def test_every_disclosure_that_can_be_stored_is_read_back_equal(
    tmp_path: Path, disclosure: Disclosure
) -> None:
    path = tmp_path / "sheet.csv"
    write_template(path, disclosure)
    try:
        stored = Disclosure.from_dict(disclosure.to_dict())
    except FactError:
        return
    assert read_template(path) == replace(
        stored,
        answers={
            key: replace(each, rows=tuple(row for row in each.rows if row))
            for key, each in stored.answers.items()
        },
    )


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_empty_sheet_asks_every_part(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"blank.{suffix}"
    write_template(path)
    said = refusal(lambda: read_template(path))
    assert "organisation.scheme" in said or "year" in said


def test_empty_sheet_is_not_written_as_json(tmp_path: Path) -> None:
    assert "xlsx or csv" in refusal(lambda: write_template(tmp_path / "x.json"))


@pytest.mark.parametrize("suffix", ["", ".ods"])
def test_other_formats_are_refused(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"sheet{suffix}"
    assert "use .xlsx, .csv or .json" in refusal(lambda: write_template(path, sample()))
    assert "use .xlsx, .csv or .json" in refusal(lambda: read_template(path))


def test_gbk_csv_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    write_template(path, sample())
    path.write_bytes(path.read_text("utf-8-sig").encode("gb18030"))
    assert read_template(path) == sample()


def test_numbers_and_dates_typed_in_a_spreadsheet_are_read(tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    write_template(path, sample())
    book = load_workbook(path)
    for row in book["disclosure"].iter_rows(min_row=2):
        if row[0].value == "EMS-05":
            row[4].value = 6434.5
        if row[0].value == "GEN-08" and row[2].value == "count":
            row[4].value = 641
        if row[0].value == "GOV-03" and row[2].value == "linked":
            row[4].value = True
        if row[0].value == "VER-03" and row[2].value == "date":
            row[4].value = datetime(2026, 4, 11)  # noqa: DTZ001 - a spreadsheet's date has no zone
    book.save(path)
    again = read_template(path)
    assert again.value("EMS-05") == q("6434.5", "tCO2e")
    assert again.value("GEN-08", "count") == 641
    assert again.value("VER-03", "date") == date(2026, 4, 11)


def test_formula_is_refused_by_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    book = Workbook()
    sheet = book.create_sheet("disclosure")
    sheet.append(COLUMNS)
    sheet["E2"] = "=1+1"
    book.save(path)
    assert "cell E2 holds a formula" in refusal(lambda: read_template(path))


def test_text_like_a_formula_is_disarmed_and_read_back(tmp_path: Path) -> None:
    risky = stating(sample(), "VER-03", name="=HYPERLINK(1)", role="'x", date=sample().period.end)
    path = tmp_path / "sheet.csv"
    write_template(path, risky)
    assert "'=HYPERLINK" in path.read_text("utf-8-sig")
    assert read_template(path) == risky


def test_open_state_becomes_value_or_zero(tmp_path: Path) -> None:
    opened = edited(tmp_path / "a.csv", "EMS-05,,value,value,6434.0", "EMS-05,,value,,6434.0")
    assert read_template(opened).answers["EMS-05"].state == "value"
    zero = edited(tmp_path / "b.csv", "EMS-05,,value,value,6434.0", "EMS-05,,value,,0.0")
    assert read_template(zero).answers["EMS-05"].state == "zero"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("EMS-05,,value,value", "EMS-99,,value,value", "no datapoint 'EMS-99'"),
        ("EMS-05,,value,value", "EMS-05,,total,value", "EMS-05 has no part 'total'"),
        ("6434.0,tCO2e", "6434.0,furlong", "unknown unit"),
        ("6434.0,tCO2e", '"6,434.0",tCO2e', "EMS-05.value"),
        ("EMS-03,1,source", "EMS-03,x,source", "row of a table"),
        ("GEN-08,,count,value,640", "GEN-08,,count,value,many", "GEN-08.count"),
        ("GOV-03,,linked,value,true", "GOV-03,,linked,value,perhaps", "GOV-03.linked"),
        ("header,,year,,2025", "header,,year,,soon", "year"),
        ("datapoint,row", "thing,row", "the first line must name"),
        ("assurance-statement-2025.pdf|", "assurance-statement-2025.pdf", "name|sha256"),
    ],
)
def test_slip_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = edited(tmp_path / "sheet.csv", old, new)
    assert said in refusal(lambda: read_template(path))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"no workbook", "not an xlsx workbook"),
        ("a.csv", b"\xff\xff\xff", "neither UTF-8 nor GB 18030"),
        ("a.csv", b"", "the first line must name"),
        ("a.csv", b'"' + b"x" * 200_000, "not csv"),
        ("a.json", b"{", "not JSON"),
        ("a.json", b"\xff", "not JSON"),
    ],
)
def test_other_content_is_refused(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert said in refusal(lambda: read_template(path))


def test_evidence_and_note_are_kept(tmp_path: Path) -> None:
    raw = sample().to_dict()
    raw["answers"]["EMS-01"] |= {
        "note": "两\n行",
        "evidence": [{"name": "a|b", "sha256": "a" * 64}],
    }
    given = Disclosure.from_dict(raw)
    path = tmp_path / "sheet.csv"
    write_template(path, given)
    assert read_template(path) == given
    assert json.loads(json.dumps(given.to_dict())) == raw
