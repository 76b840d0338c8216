"""`python -m disclosure check FILE [--json]`: run the checks and grade a disclosure.

A product footprint (our own record, or a PACT v3 one) is checked too; it has no grade.
"""

import argparse
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from disclosure.assurance import Assured
from disclosure.checks import Context, Finding, check
from disclosure.commands.files import InputError, read_json, say_line
from disclosure.commands.footprints import is_footprint, say_checked
from disclosure.facts import Disclosure, FactError
from disclosure.grade import Grade, grade
from disclosure.texts import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, help="a disclosure or footprint as JSON")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--attested",
        type=Path,
        metavar="JSON",
        help="what verifiers attested, a list of {scopes, level, coverage}, instead of VER-01",
    )
    parser.add_argument("--today", type=date.fromisoformat, help="day of checking, YYYY-MM-DD")


def run(given: argparse.Namespace) -> int:
    """Print the report and return 0; raise InputError when the file cannot be read."""
    raw = read_json(given.file)
    if is_footprint(raw):
        return say_checked(given, raw)
    try:
        disclosure = Disclosure.from_dict(raw)
    except FactError as error:
        raise InputError(f"{given.file}: {error}") from None
    today = given.today or datetime.now(UTC).date()
    findings = check(disclosure, context=Context(today=today))
    graded = grade(disclosure, findings, assured=_attested(given.attested))
    if given.json:
        say_line(json.dumps(_report(graded, findings), ensure_ascii=False, indent=2))
    else:
        say_line("\n".join(_lines(graded, findings)))
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


def _attested(path: Path | None) -> tuple[Assured, ...] | None:
    """What a list of attestations says, but for those marked as not counting.

    None where no file is given: VER-01 is believed.
    """
    if path is None:
        return None
    given = read_json(path)
    if not isinstance(given, list):
        raise InputError(f"{path}: expected a list of attestations")
    try:
        return tuple(Assured.from_dict(each) for each in given if _counts(each))
    except ValueError as error:
        raise InputError(f"{path}: {error}") from None


def _counts(attestation: Any) -> bool:
    return not (isinstance(attestation, dict) and attestation.get("counts") is False)
