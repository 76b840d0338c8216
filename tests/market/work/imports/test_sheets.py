"""Reading csv and xlsx: encodings, disguised files, size, formulas, comments."""

import gzip
from datetime import date

import pytest

from market.work.imports import sheets
from market.work.imports.report import FileRefused
from tests.market.work.imports import files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_csv_is_read_in_each_encoding(app, tmp_path, encoding):
    path = files.csv_file(tmp_path, [{"名称": "示例钢铁", "值": "1"}], encoding=encoding)
    assert [row.cells for row in sheets.rows(path, limit_mb=1)] == [{"名称": "示例钢铁", "值": "1"}]


def test_rows_are_numbered_as_the_spreadsheet_does(app, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('name,note\n# says,what\n"two\nlines",x\n,\nlast,y\n')
    found = [(row.number, row.cells["note"]) for row in sheets.rows(path, limit_mb=1)]
    assert found == [(3, "x"), (5, "y")]


def test_gzipped_csv_is_read(app, tmp_path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n1,2\n"))
    assert next(sheets.rows(path, limit_mb=1)).cells == {"a": "1", "b": "2"}


def test_workbook_cells_become_text_without_losing_digits(app, tmp_path):
    path = files.book(tmp_path, [["a", "b", "c", "d"], [3.0, 0.1, date(2026, 1, 31), True]])
    cells = next(sheets.rows(path, limit_mb=1)).cells
    assert cells == {"a": "3", "b": "0.1", "c": "2026-01-31", "d": "TRUE"}


def test_formula_is_reported_with_its_address(app, tmp_path):
    path = files.book(tmp_path, [["a", "b"], ["x", "=1+1"]])
    assert next(sheets.rows(path, limit_mb=1)).formulas == (("b", "B2"),)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", b"a,b\n1,2\n"),
        ("a.csv", b"PK\x03\x04zip"),
        ("a.csv", b"%PDF-1.7"),
        ("a.csv.gz", b"a,b\n1,2\n"),
        ("a.pdf", b"%PDF-1.7"),
        ("a.xlsx", b"PK\x03\x04not a zip at all"),
        ("a.csv", b""),
        ("a.csv", b"a,a\n1,2\n"),
        ("a.csv", b"a\x00b,c\n"),
        ("a.csv.gz", b"\x1f\x8bdamaged"),
    ],
)
def test_disguised_or_damaged_file_is_refused(app, tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(FileRefused):
        list(sheets.rows(path, limit_mb=1))


def test_forty_megabytes_are_refused_before_they_are_read(app, tmp_path):
    path = tmp_path / "a.csv"
    with path.open("wb") as stream:
        stream.truncate(40 * 1024 * 1024)
    with pytest.raises(FileRefused, match="20 MB"):
        list(sheets.rows(path, limit_mb=20))


def test_missing_file_is_named(app, tmp_path):
    with pytest.raises(FileRefused, match="nothing"):
        list(sheets.rows(tmp_path / "nothing.csv", limit_mb=1))


_FIRST = '<row r="1"><c r="A1" t="inlineStr"><is><t>key</t></is></c></row>'


@pytest.mark.parametrize(
    "second",
    [
        '<row r="2"><c r="A2"><v>nonsense</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>99</v></c></row>',
        '<row r="2"><c r="!!"><v>1</v></c></row>',
        '<row r="zz"><c r="A2"><v>1</v></c></row>',
        '<row r="2"><c r="A2" t="d"><v>2024-99-99</v></c></row>',
        '<row r="2"><oops',
    ],
)
def test_workbook_damaged_further_down_is_refused(app, tmp_path, second):
    path = files.damaged_book(tmp_path, f"<sheetData>{_FIRST}{second}</sheetData>")
    with pytest.raises(FileRefused, match="不是工作簿"):
        list(sheets.rows(path, limit_mb=1))


def test_rows_are_no_wider_than_the_header_whatever_the_file_claims(app, tmp_path, monkeypatch):
    seen = []
    keep = sheets._row
    monkeypatch.setattr(sheets, "_row", lambda *given: seen.append(len(given[2])) or keep(*given))
    last = '<row r="50"><c r="A50" t="inlineStr"><is><t>x</t></is></c></row>'
    claim = '<dimension ref="A1:XFD1048576"/>'
    path = files.damaged_book(tmp_path, f"{claim}<sheetData>{_FIRST}{last}</sheetData>")
    assert [each.cells for each in sheets.rows(path, limit_mb=1)] == [{"key": "x"}]
    assert set(seen) == {1}
