from dataclasses import replace
from datetime import date, timedelta

import pytest

from disclosure.checks import Result, is_valid_number
from disclosure.facts import Disclosure, Period
from tests.disclosure.samples import findings, keys, results, sample


def identified(scheme: str, number: str) -> Disclosure:
    who = replace(sample().organisation, scheme=scheme, number=number)
    return replace(sample(), organisation=who)


def lasting(days: int, note: str = "") -> Disclosure:
    start = date(2025, 1, 1)
    return replace(sample(), period=Period(start, start + timedelta(days - 1), note))


@pytest.mark.parametrize(
    ("scheme", "number", "valid"),
    [
        ("USCC", "91110000600037341L", True),
        ("USCC", "91110000600037342L", False),
        ("USCC", "9111000060003734", False),
        ("LEI", "213800KUD8LAJWSQ9D15", True),
        ("LEI", "213800KUD8LXJWSQ9D15", False),
        ("TW", "86522210", True),
        ("TW", "86522211", False),
        ("TW", "10458575", True),
        ("TW", "10458574", True),
        ("TW", "10458573", False),
        ("TW", "0458575", False),
        ("OTHER", "anything", None),
    ],
)
def test_check_characters_decide(scheme: str, number: str, valid: bool | None) -> None:
    assert is_valid_number(scheme, number) is valid


def test_wrong_identifier_blocks() -> None:
    (finding,) = findings(identified("USCC", "91110000600037342L"), "DQ-01")
    assert finding.blocks
    assert finding.inputs == {"number": "91110000600037342L", "scheme": "USCC"}


@pytest.mark.parametrize(("scheme", "number"), [("OTHER", "HRB 1"), ("USCC", "")])
def test_identifier_without_rule_or_number_is_not_run(scheme: str, number: str) -> None:
    assert results(identified(scheme, number), "DQ-01") == {Result.NOT_RUN}


@pytest.mark.parametrize(
    ("days", "result"),
    [(359, Result.FAIL), (360, Result.PASS), (371, Result.PASS), (372, Result.FAIL)],
)
def test_period_is_a_year(days: int, result: Result) -> None:
    assert results(lasting(days), "DQ-02") == {result}


def test_short_period_passes_when_explained() -> None:
    assert results(lasting(200, "2025年设立"), "DQ-02") == {Result.PASS}


def test_period_must_not_be_reversed() -> None:
    upside_down = Period(date(2025, 12, 31), date(2025, 1, 1))
    assert keys(replace(sample(), period=upside_down), "DQ-02") == ["reversed"]


def test_period_lies_in_the_reporting_year() -> None:
    assert keys(replace(sample(), year=2024), "DQ-02") == ["year"]


@pytest.mark.parametrize(
    ("today", "expected"),
    [(date(2025, 12, 31), ["pass"]), (date(2025, 12, 30), ["future"]), (None, ["no_today"])],
)
def test_period_must_be_over(today: date | None, expected: list[str]) -> None:
    assert keys(sample(), "DQ-02", today=today) == expected
