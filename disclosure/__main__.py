"""The command line: `python -m disclosure check FILE [--json]`."""

import argparse
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from disclosure.checks import Context, Finding, check
from disclosure.facts import Disclosure, FactError
from disclosure.grade import Grade, grade
from disclosure.texts import say

MAX_BYTES = 50_000_000


class InputError(ValueError):
    """The file cannot be read; the message says why."""


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code."""
    given = _parser().parse_args(arguments)
    try:
        return int(given.run(given))
    except (InputError, FactError) as error:
        print(f"{given.file}: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m disclosure", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    checking = commands.add_parser("check", help="run the checks and grade a disclosure")
    checking.add_argument("file", type=Path, help="a disclosure as JSON (docs/data-dictionary.md)")
    checking.add_argument("--json", action="store_true", help="print JSON")
    checking.add_argument("--today", type=_day, help="the day of checking, YYYY-MM-DD")
    checking.set_defaults(run=_check)
    return parser


def _check(given: argparse.Namespace) -> int:
    disclosure = Disclosure.from_dict(_read(given.file))
    today = given.today or datetime.now(UTC).date()
    findings = check(disclosure, context=Context(today=today))
    graded = grade(disclosure, findings)
    if given.json:
        print(json.dumps(_report(graded, findings), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(graded, findings)))
    return 0


def _report(graded: Grade, findings: tuple[Finding, ...]) -> dict[str, Any]:
    return {
        "grade": graded.level,
        "points": graded.points,
        "gate": {"stops_at": graded.stops_at, "missing": list(graded.missing)},
        "findings": [finding.to_dict() for finding in findings],
    }


def _lines(graded: Grade, findings: tuple[Finding, ...]) -> list[str]:
    head = f"grade {graded.level} ({graded.method}), {graded.points} points"
    missing = ", ".join(graded.missing) or "-"
    gate = f"next gate: {graded.stops_at or '-'}; missing: {missing}"
    blocked = [f"blocked by: {', '.join(graded.blocked_by)}"] if graded.blocked_by else []
    found = [f"{each.code} {each.result:8} {say(each.text, 'en')}" for each in findings]
    return [head, gate, *blocked, *found]


def _read(path: Path) -> Any:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"larger than {MAX_BYTES // 10**6} MB; split the activity lines")
        return json.loads(path.read_text("utf-8-sig"), object_pairs_hook=_once)
    except InputError:
        raise
    except OSError as error:
        raise InputError(error.strerror or "cannot be read") from None
    except UnicodeDecodeError:
        raise InputError("not UTF-8; save the file as UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON: {error}") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("the same key twice in one object; say it once")
    return made


def _day(text: str) -> date:
    return date.fromisoformat(text)


if __name__ == "__main__":
    sys.exit(main())
