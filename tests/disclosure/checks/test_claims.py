from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from disclosure.answers import Answer
from disclosure.checks import Result
from disclosure.facts import Disclosure
from tests.disclosure.samples import findings, keys, q, results, sample, stating, tabling, without

VERIFIED = dict(sample().rows("VER-01")[0])
STATEMENT = dict(sample().answers["VER-02"].parts)
CREDIT = {"standard": "ccer", "vintage": 2024, "volume": q("500", "tCO2e")}


def verified(row: dict[str, Any], statement: dict[str, Any]) -> Disclosure:
    rows = {key: value for key, value in {**VERIFIED, **row}.items() if value is not None}
    parts = {key: value for key, value in {**STATEMENT, **statement}.items() if value is not None}
    return stating(tabling(sample(), "VER-01", rows), "VER-02", **parts)


@pytest.mark.parametrize(
    ("row", "statement", "expected"),
    [
        ({}, {}, ["pass"]),
        ({"standard": None}, {}, ["unnamed"]),
        ({"coverage": q("0", "%")}, {}, ["share"]),
        ({"coverage": None}, {}, ["share"]),
        ({}, {"verifier": None}, ["unnamed"]),
        ({}, {"statement": None, "date": None}, ["unnamed", "unnamed"]),
        ({}, {"date": date(2026, 1, 1)}, ["pass"]),
        ({}, {"date": date(2025, 12, 31)}, ["date"]),
        ({"status": "under_way"}, {}, ["not_run"]),
    ],
)
def test_verified_needs_everything_that_shows_it(
    row: dict[str, Any], statement: dict[str, Any], expected: list[str]
) -> None:
    assert keys(verified(row, statement), "DQ-28") == expected


@pytest.mark.parametrize(
    ("shares", "result"),
    [((), Result.PASS), (("2", "3"), Result.PASS), (("2", "3.01"), Result.WARN)],
)
def test_exclusions_stay_small(shares: tuple[str, ...], result: Result) -> None:
    rows = [{"source": each, "reason": "少量", "share": q(each, "%")} for each in shares]
    assert results(tabling(sample(), "BND-04", *rows), "DQ-29") == {result}


def test_unstated_exclusions_are_not_judged() -> None:
    assert keys(without(sample(), "BND-04"), "DQ-29") == ["not_run"]


def test_footprints_come_with_their_quality() -> None:
    assert keys(sample(), "DQ-32") == ["pass"]
    assert keys(without(sample(), "PCF-03"), "DQ-32") == ["missing"]
    assert keys(without(sample(), "PCF-01"), "DQ-32") == ["not_run"]
    none = stating(sample(), "PCF-03", primary_data=q("0", "%"), quality=q("4", "1"))
    assert keys(none, "DQ-32") == ["no_primary"]


def rated(k: str, grade: int, stated: str = "0.374", year: int = 2025) -> Disclosure:
    parts = {"l": q(stated, "tCO2e/万元"), "k": q(k, "1"), "grade": grade, "year": year}
    return stating(sample(), "SHG-01", **parts, assessor="示例机构")


@pytest.mark.parametrize(
    ("k", "grade", "expected"),
    [
        ("0.6", 1, ["pass"]), ("0.6", 2, ["grade"]), ("0.61", 2, ["pass"]), ("0.8", 2, ["pass"]),
        ("1.2", 3, ["pass"]), ("2", 4, ["pass"]), ("2.01", 5, ["pass"]), ("2.01", 4, ["grade"]),
    ],
)  # fmt: skip
def test_carbon_efficiency_grade_follows_from_k(k: str, grade: int, expected: list[str]) -> None:
    assert keys(rated(k, grade), "DQ-33") == expected


def test_stated_l_far_from_ours_is_warned_about() -> None:
    assert results(rated("1", 3, "0.411"), "DQ-33") == {Result.PASS}
    assert results(rated("1", 3, "0.412"), "DQ-33") == {Result.PASS, Result.WARN}
    assert results(rated("1", 3, "9", year=2023), "DQ-33") == {Result.PASS}
    assert keys(sample(), "DQ-33") == ["not_run"]


@pytest.mark.parametrize(
    ("total", "expected"), [("7964.0", "pass"), ("7464.0", "fail"), ("7469.1", "pass")]
)
def test_credits_do_not_reduce_totals(total: str, expected: str) -> None:
    changed = tabling(sample(), "ACT-03", CREDIT)
    changed = stating(changed, "EMS-07", location=q(total, "tCO2e"))
    assert keys(changed, "DQ-34") == [expected]


def test_without_credits_nothing_is_deducted() -> None:
    assert keys(sample(), "DQ-34") == ["not_run"]


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("本厂已实现碳中和", Result.WARN),
        ("We are Net-Zero", Result.WARN),
        ("节能改造", Result.PASS),
        ("目标是碳中和", Result.PASS),
        ("2050年实现碳中和", Result.PASS),
        ("2024年实现碳中和。2050年净零", Result.WARN),
        ("we plan to be carbon neutral. one plant is carbon neutral", Result.WARN),
    ],
)
def test_claim_of_neutrality_needs_evidence(text: str, result: Result) -> None:
    bare = without(sample(), "ACT-03", "VER-01")
    bare = stating(bare, "RSK-07", taken=True, description=text)
    assert results(bare, "DQ-35") == {result}
    assert results(tabling(bare, "ACT-03", CREDIT), "DQ-35") == {Result.PASS}


def test_claim_in_a_note_is_seen_and_in_a_target_is_not() -> None:
    bare = without(sample(), "ACT-03", "VER-01")
    noted = Answer(bare.answers["GOV-02"].state, bare.answers["GOV-02"].parts, note="零碳工厂")
    changed = replace(bare, answers={**bare.answers, "GOV-02": noted})
    assert [each.datapoints for each in findings(changed, "DQ-35")] == [("GOV-02",)]
    target = {**sample().rows("TGT-01")[0], "name": "2045年碳中和"}
    assert results(tabling(bare, "TGT-01", target), "DQ-35") == {Result.PASS}
