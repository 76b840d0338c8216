"""The disclosure grade, method `tq-1`: gates first, then points inside a grade.

0 nothing published · 1 disclosed 已披露 · 2 explained 已说明 · 3 assured 已鉴证 · 4 leading 领先.
Our own grade; it is not a score of any other scheme.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from disclosure.answers import State
from disclosure.assurance import Assured, claimed, level_of
from disclosure.checks.finding import Finding, Result
from disclosure.datapoints import REQUIRED, SHORT_ROUTE
from disclosure.facts import Disclosure

__all__ = ["METHOD", "SHORT_ROUTE", "Grade", "grade", "grade_at"]

METHOD = "tq-1"
TOP = 4
FRESH_MONTHS = 18
_EXPLAINED = ("GOV-01", "GOV-02", "RSK-01", "ENE-01", "ENE-02", "ENE-04", "EMS-03", "EMS-14")
_TARGETS = ("TGT-01", "TGT-02", "TGT-03")


@dataclass(frozen=True, slots=True)
class Grade:
    """Level 0-4 and points 0-100 inside it.

    `stops_at` is the next level, whose gate is not passed (None at the top); `missing` is the
    shortest list of datapoints that opens it; `blocked_by` the checks that must pass first.
    """

    level: int
    points: int
    method: str = METHOD
    stops_at: int | None = None
    missing: tuple[str, ...] = ()
    blocked_by: tuple[str, ...] = ()


def grade(
    disclosure: Disclosure,
    findings: Iterable[Finding],
    *,
    third_party: bool = False,
    assured: Iterable[Assured] | None = None,
) -> Grade:
    """Grade a disclosure from its answers and the findings of `checks.check`.

    `third_party`: collected by others and unclaimed, so never above 1. `assured`: what verifiers
    attested, in place of the disclosure's own word (VER-01), which is believed when it is None.
    """
    found = tuple(findings)
    blocked = tuple(dict.fromkeys(each.code for each in found if each.blocks))
    assurance = level_of(claimed(disclosure) if assured is None else assured)
    level, missing = 0, tuple(_gap_to(1, disclosure, found, assurance))
    while not blocked and not missing and level < TOP:
        level += 1
        missing = tuple(_gap_to(level + 1, disclosure, found, assurance))
    points = _points(disclosure)
    if third_party and level >= 1:
        return Grade(1, points, stops_at=2)
    stops_at = None if level == TOP else level + 1
    return Grade(level, points, stops_at=stops_at, missing=missing, blocked_by=blocked)


def grade_at(given: Grade, *, period_end: date, on: date) -> Grade:
    """Return the grade on a day: one lower once the period ended more than 18 months ago."""
    months = (on.year - period_end.year) * 12 + on.month - period_end.month
    old = months > FRESH_MONTHS or (months == FRESH_MONTHS and on.day > period_end.day)
    if not old or given.level == 0:
        return given
    return replace(given, level=given.level - 1, stops_at=given.level, missing=())


def _gap_to(
    level: int, disclosure: Disclosure, findings: tuple[Finding, ...], assurance: int
) -> Iterable[str]:
    """List what the gate of one level still needs, the shortest way."""
    gates: dict[int, Callable[[], Iterable[str]]] = {
        1: lambda: _unstated(disclosure, REQUIRED),
        2: lambda: _explained(disclosure),
        3: lambda: _assured(disclosure, assurance),
        4: lambda: _leading(disclosure, findings, assurance),
    }
    return gates[level]() if level in gates else ()


def _unstated(disclosure: Disclosure, needed: Iterable[str]) -> Iterable[str]:
    return (each for each in needed if not disclosure.stated(each))


def _explained(disclosure: Disclosure) -> Iterable[str]:
    yield from _unstated(disclosure, _EXPLAINED)
    if not any(_has_value(disclosure, each) for each in _TARGETS):
        yield "TGT-03"
    yield from _unstated(disclosure, ("VER-03",))


def _assured(disclosure: Disclosure, assurance: int) -> Iterable[str]:
    if assurance < 1:
        yield "VER-01"
    yield from _unstated(disclosure, ("BND-04", "BND-05"))
    scope_3 = disclosure.answer("EMS-08")
    if scope_3 is None or not scope_3.complete_for(disclosure.catalogue["EMS-08"]):
        yield "EMS-08"
    if not _has_value(disclosure, "ACT-01"):
        yield "ACT-01"


def _leading(
    disclosure: Disclosure, findings: tuple[Finding, ...], assurance: int
) -> Iterable[str]:
    if assurance < 2:
        yield "VER-01"
    sound = any(each.code == "DQ-20" and each.result is Result.PASS for each in findings)
    if not (sound and _has_value(disclosure, "TGT-01")):
        yield "TGT-01"
    yield from _unstated(disclosure, ("STR-02",))


def _has_value(disclosure: Disclosure, datapoint: str) -> bool:
    answer = disclosure.answer(datapoint)
    return answer is not None and answer.state is State.VALUE and disclosure.stated(datapoint)


def _points(disclosure: Disclosure) -> int:
    """Return the share of the climate C and SH datapoints answered, 0-100, rounded down.

    A stated value, a zero and a reasoned "not applicable" are answers; withholding is not.
    """
    asked = disclosure.catalogue.graded
    answered = 0
    for datapoint in asked:
        answer = disclosure.answer(datapoint.id)
        if answer and (answer.stated or answer.state is State.NOT_APPLICABLE):
            answered += answer.complete_for(datapoint)
    return answered * 100 // len(asked)
