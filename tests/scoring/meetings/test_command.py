"""The commands keep their formats and exit codes."""

import json

import pytest

from scoring.__main__ import main
from tests.scoring.meetings.checking import complaints
from tests.scoring.meetings.events import event


def written(folder, name, document):
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
    return str(path)


def test_timetable_prints_a_plan_of_the_stable_keys(tmp_path, capsys):
    assert main(["timetable", written(tmp_path, "event.json", event())]) == 0
    plan = json.loads(capsys.readouterr().out)
    keys = "meetings score bound gap proven breaks unplaced below_floor seconds seed"
    assert list(plan) == keys.split()
    assert complaints(event(), plan) == []


def test_impossible_event_is_an_answer(tmp_path, capsys):
    path = written(tmp_path, "event.json", event(must=[["i1", "e1", 0], ["i1", "e2", 0]]))
    assert main(["timetable", path]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["infeasible"] is True
    assert "i1–e1" in answer["why"]


@pytest.mark.parametrize("document", ["{", event(slots="many")])
def test_bad_file_is_one_line_and_exit_2(tmp_path, capsys, document):
    assert main(["timetable", written(tmp_path, "event.json", document)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    assert "event.json" in printed.err


def test_file_that_is_not_there_is_one_line_and_exit_2(tmp_path, capsys):
    assert main(["timetable", str(tmp_path / "none.json")]) == 2
    assert "none.json" in capsys.readouterr().err


def test_replan_prints_what_changed(tmp_path, capsys):
    instance = written(tmp_path, "event.json", event())
    main(["timetable", instance])
    plan = written(tmp_path, "plan.json", capsys.readouterr().out)
    change = written(tmp_path, "change.json", {"cancelled": ["e1"]})
    assert main(["replan", instance, plan, change]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert {row["b"] for row in answer["removed"]} == {"e1"}
    assert answer["kept"] == len(answer["meetings"])
