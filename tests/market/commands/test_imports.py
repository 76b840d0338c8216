"""`flask import` and `flask template`: the printed report, exit codes, both languages."""

import json

import pytest

from tests.market.work.imports import files


def run(app, *words):
    return app.test_cli_runner().invoke(args=list(words))


def test_report_adds_up_and_skips_exit_with_zero(app, tmp_path):
    rows = [files.sbti_row(), files.sbti_row(sbti_id="", company_name="B")]
    path = files.csv_file(tmp_path, rows)
    answer = run(app, "import", str(path), "--format", "sbti", "--json")
    report = json.loads(answer.stdout)
    assert answer.exit_code == 0
    parts = sum(report[key] for key in ("imported", "updated", "unchanged"))
    assert report["read"] == parts + len(report["skipped"]) == 2
    assert list(report["skipped"][0]) == ["row", "column", "why"]


@pytest.mark.parametrize(("lang", "word"), [("zh", "公式"), ("en", "formula")])
def test_only_unreadable_rows_exit_with_two_and_say_why(app, tmp_path, lang, word):
    path = files.book(tmp_path, [list(files.SBTI_COLUMNS), ["=1+1"]])
    answer = run(app, "import", str(path), "--format", "sbti", "--lang", lang)
    assert answer.exit_code == 2
    assert "A2" in answer.stdout
    assert word in answer.stdout
    assert len(answer.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", ["missing.csv", "renamed.xlsx"])
def test_unreadable_file_exits_with_one_line(app, tmp_path, name):
    if name.startswith("renamed"):
        (tmp_path / name).write_text("a,b\n1,2\n")
    answer = run(app, "import", str(tmp_path / name), "--format", "districts")
    assert answer.exit_code == 2
    assert len(answer.stderr.splitlines()) == 1
    assert "Traceback" not in answer.output


def test_template_is_written_and_can_be_imported_once_filled(app, tmp_path):
    path = tmp_path / "template.csv"
    assert run(app, "template", "enterprises", str(path)).exit_code == 0
    empty = run(app, "import", str(path), "--format", "enterprises")
    assert empty.exit_code == 2  # explanations are no rows


def test_template_of_another_ending_is_refused(app, tmp_path):
    answer = run(app, "template", "needs", str(tmp_path / "a.pdf"))
    assert answer.exit_code == 2
