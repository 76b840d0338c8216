"""Timetables on the command line: `python -m scoring timetable | replan`."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from scoring.meetings import Infeasible, MalformedError, timetable
from scoring.meetings.plan import plan_document, replanned_document
from scoring.meetings.reading import read_change, read_instance
from scoring.meetings.reading_plan import read_plan
from scoring.meetings.replanning import replan

Read = TypeVar("Read")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 2 when a file is no JSON or malformed."""
    asked = _parser().parse_args(arguments)
    try:
        answer = asked.run(asked)
    except MalformedError as refused:
        return _refuse(str(refused))
    except OSError as refused:
        return _refuse(f"{refused.filename}: {refused.strerror}")
    except ValueError as refused:
        return _refuse(str(refused))
    json.dump(answer, sys.stdout, ensure_ascii=False)
    print()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scoring", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="timetable | replan")
    table = commands.add_parser("timetable", help="instance to plan")
    table.add_argument("instance", type=Path)
    table.add_argument("--seconds", type=float, default=10.0, help="work to spend (default 10)")
    table.add_argument("--seed", type=int, default=0)
    table.set_defaults(run=_timetable)
    change = commands.add_parser("replan", help="plan to new plan with the fewest changes")
    for name in ("instance", "plan", "change"):
        change.add_argument(name, type=Path)
    change.set_defaults(run=_replan)
    return parser


def _timetable(asked: argparse.Namespace) -> dict[str, Any]:
    instance = _read(asked.instance, read_instance)
    started = time.process_time()
    plan = timetable(instance, seconds=asked.seconds, seed=asked.seed)
    if not isinstance(plan, Infeasible):
        plan = replace(plan, seconds=round(time.process_time() - started, 3))
    return plan_document(plan)


def _replan(asked: argparse.Namespace) -> dict[str, Any]:
    instance = _read(asked.instance, read_instance)
    plan = _read(asked.plan, lambda document: read_plan(document, instance))
    change = _read(asked.change, lambda document: read_change(document, instance))
    started = time.process_time()
    answer = replan(instance, plan, change)
    seconds = round(time.process_time() - started, 3)
    return replanned_document(replace(answer, plan=replace(answer.plan, seconds=seconds)))


def _read(path: Path, reader: Callable[[Any], Read]) -> Read:
    text = path.read_bytes()
    try:
        document = json.loads(text)
    except (UnicodeDecodeError, json.JSONDecodeError) as wrong:
        raise ValueError(f"{path}: not a JSON document ({wrong})") from wrong
    try:
        return reader(document)
    except MalformedError as wrong:
        raise MalformedError(f"{path}: {wrong.path}", wrong.reason) from wrong


def _refuse(why: str) -> int:
    print(" ".join(why.split()), file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
