import json
import subprocess
import sys
from pathlib import Path

import pytest

from disclosure.__main__ import main
from tests.disclosure.samples import SAMPLE, sample

REASONABLE = {"scopes": ["scope_1", "scope_2_market"], "level": "reasonable", "coverage": 100}


def test_check_prints_the_documented_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(SAMPLE), "--json", "--today", "2026-06-01"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert set(report) == {"grade", "points", "gate", "findings"}
    assert report["gate"] == {"stops_at": 4, "missing": ["VER-01"]}
    needed = {"code", "result", "severity", "zh", "en", "inputs", "formula", "tolerance"}
    assert all(needed <= set(each) for each in report["findings"])


def test_check_prints_lines_for_people(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    raw = sample().to_dict()
    raw["answers"]["EMS-01"]["parts"]["value"]["amount"] = "-1530.0"
    path = tmp_path / "negative.json"
    path.write_text(json.dumps(raw), "utf-8")
    assert main(["check", str(path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("grade 0 (tq-1)")
    assert "DQ-04" in lines[2]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "not JSON"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"[]", "disclosure: an object"),
        (b'{"a": 1, "a": 2}', "the same key twice"),
        (b"[" * 100_000, "not JSON"),
        (b"1" * 10_000, "not JSON"),
    ],
)
def test_bad_file_is_one_line_and_exit_2(
    content: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    assert main(["check", str(path)]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_missing_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "nowhere.json"]) == 2
    assert "nowhere.json: No such file" in capsys.readouterr().err


def test_too_large_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    assert main(["check", str(path)]) == 2
    assert "larger than 50 MB" in capsys.readouterr().err


def test_amount_of_nan_is_refused_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = SAMPLE.read_text("utf-8").replace('"amount": "1530.0"', '"amount": NaN')
    path = tmp_path / "nan.json"
    path.write_text(text, "utf-8")
    assert main(["check", str(path)]) == 2
    assert "EMS-01.value: nan is not a plain decimal number" in capsys.readouterr().err


def test_module_runs_as_a_command() -> None:
    command = [sys.executable, "-m", "disclosure", "check", str(SAMPLE), "--json"]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    assert json.loads(done.stdout)["grade"] == 3


@pytest.mark.parametrize(
    ("attested", "grade"),
    [
        ([], 2),
        ([{**REASONABLE, "counts": False}], 2),
        ([{"scopes": ["scope_1", "scope_2_location"], "level": "limited", "coverage": "95"}], 3),
        ([REASONABLE], 4),
    ],
)
def test_attested_replaces_the_disclosures_own_word(
    attested: list[object], grade: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "attested.json"
    path.write_text(json.dumps(attested), "utf-8")
    given = ["check", str(SAMPLE), "--json", "--today", "2026-06-01", "--attested", str(path)]
    assert main(given) == 0
    assert json.loads(capsys.readouterr().out)["grade"] == grade


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{}", "a list"),
        ("[1]", "scopes, level and coverage"),
        ('[{"scopes": [], "level": "full", "coverage": "100"}]', "limited or reasonable"),
        ('[{"scopes": [], "level": "limited", "coverage": "NaN"}]', "coverage"),
        ('[{"scopes": [], "level": "limited", "coverage": "0"}]', "above 0"),
    ],
)
def test_bad_attestations_are_one_line_and_exit_2(
    content: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "attested.json"
    path.write_text(content, "utf-8")
    assert main(["check", str(SAMPLE), "--attested", str(path)]) == 2
    assert said in capsys.readouterr().err
