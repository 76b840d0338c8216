from dataclasses import replace
from typing import Any

import pytest

from disclosure.checks import Result
from disclosure.checks.figures import region_of
from disclosure.facts import Disclosure
from tests.disclosure.samples import findings, keys, q, results, sample, stating, tabling, without

POWER = {
    "source": "electricity", "item": "外购电力", "amount": q("1000", "MWh"),
    "factor": q("0.5849", "tCO2/MWh"), "factor_id": "cn-grid-shanghai-2022",
    "emissions": q("584.9", "tCO2e"),
}  # fmt: skip


def power(**change: Any) -> Disclosure:
    row = {key: value for key, value in {**POWER, **change}.items() if value is not None}
    return tabling(sample(), "EMS-14", row)


@pytest.mark.parametrize(
    ("emissions", "expected"),
    [("584.9", "pass"), ("587.8", "pass"), ("587.9", "fail"), ("582.0", "pass"), ("581.9", "fail")],
)
def test_line_is_amount_times_factor_within_half_a_percent(emissions: str, expected: str) -> None:
    assert keys(power(emissions=q(emissions, "tCO2e")), "DQ-14") == [expected]


def test_small_line_may_be_rounded() -> None:
    small = power(amount=q("1.3", "MWh"), emissions=q("1", "tCO2e"))
    assert keys(small, "DQ-14") == ["pass"]


def test_per_10000_kwh_factor_on_kwh_is_found() -> None:
    slip = power(amount=q("1000000", "kWh"), factor=q("5.849", "tCO2/万kWh"))
    assert keys(slip, "DQ-14") == ["pass"]
    assert keys(power(factor=q("5.849", "tCO2/kWh")), "DQ-14") == ["fail"]


def test_factor_per_another_unit_fails() -> None:
    assert keys(power(factor=q("0.5849", "tCO2/t")), "DQ-14") == ["units"]


def test_line_without_factor_or_emissions_is_not_run() -> None:
    assert keys(power(factor=None), "DQ-14") == ["not_run"]
    assert keys(power(emissions=None), "DQ-14") == ["not_run"]


@pytest.mark.parametrize(
    ("scope_2", "result"),
    [
        ("6433.9", Result.PASS),
        ("6755.5", Result.PASS),
        ("6755.7", Result.WARN),
        ("6000", Result.WARN),
    ],
)
def test_scope_2_follows_from_power_within_5_percent(scope_2: str, result: Result) -> None:
    changed = without(stating(sample(), "EMS-05", value=q(scope_2, "tCO2e")), "EMS-14")
    assert results(changed, "DQ-15") == {result}


@pytest.mark.parametrize(
    ("scope_1", "result"), [("1639", Result.PASS), ("1640", Result.WARN), ("1300", Result.WARN)]
)
def test_scope_1_follows_from_fuels_within_10_percent(scope_1: str, result: Result) -> None:
    burnt = tabling(sample(), "EMS-14", *sample().rows("EMS-14")[:2])
    changed = without(stating(burnt, "EMS-01", value=q(scope_1, "tCO2e")), "EMS-05")
    assert results(changed, "DQ-15") == {result}


def test_region_is_read_from_the_social_credit_code() -> None:
    assert region_of(sample()) == "CN-SH"
    abroad = replace(sample(), organisation=replace(sample().organisation, scheme="TW"))
    assert region_of(abroad) == ""
    assert results(without(abroad, "EMS-14"), "DQ-15") == {Result.NOT_RUN}


def test_scope_2_before_all_factors_is_not_run() -> None:
    assert results(without(replace(sample(), year=2001), "EMS-14"), "DQ-15") == {Result.NOT_RUN}


def test_unknown_fuel_factor_leaves_scope_1_alone() -> None:
    line = {"source": "mobile", "item": "生物柴油", "amount": q("1", "t"), "factor_id": "own"}
    assert results(without(tabling(sample(), "EMS-14", line), "EMS-05"), "DQ-15") == {
        Result.NOT_RUN
    }


def test_trading_factor_in_a_disclosure_fails() -> None:
    ets = power(factor_id="cn-grid-shanghai-ets-2022", factor=q("4.2", "tCO2/万kWh"))
    (finding,) = findings(ets, "DQ-16")
    assert finding.blocks
    assert "沪" not in finding.to_dict()["en"]
    assert "上海市碳市场" in finding.to_dict()["zh"]


def test_factor_value_is_that_of_the_table() -> None:
    assert keys(power(factor=q("0.585", "tCO2/MWh")), "DQ-16") == ["pass"]
    assert keys(power(factor=q("0.58", "tCO2/MWh")), "DQ-16") == ["pass"]
    assert keys(power(factor=q("0.5859", "tCO2/MWh")), "DQ-16") == ["value"]


def test_unnamed_factor_of_another_purpose_is_warned_about() -> None:
    assert results(power(factor_id=None, factor=q("0.42", "tCO2/MWh")), "DQ-16") == {Result.WARN}
    assert results(power(factor_id=None), "DQ-16") == {Result.PASS}
    assert results(power(factor_id="own", factor=q("0.5", "tCO2/MWh")), "DQ-16") == {Result.PASS}


def test_lines_without_factors_are_not_run() -> None:
    assert keys(power(factor=None, factor_id=None), "DQ-16") == ["not_run"]
    assert keys(power(factor_id=None), "DQ-17") == ["not_run"]


@pytest.mark.parametrize(
    ("year", "factor", "expected"),
    [
        (2025, "cn-grid-shanghai-2022", "pass"),
        (2025, "cn-grid-shanghai-2021", "older"),
        (2023, "cn-grid-shanghai-2021", "pass"),
        (2021, "cn-grid-shanghai-2022", "newer"),
    ],
)
def test_factor_is_recent_but_not_from_the_future(year: int, factor: str, expected: str) -> None:
    changed = replace(power(factor_id=factor), year=year)
    assert keys(changed, "DQ-17") == [expected]
