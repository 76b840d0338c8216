from dataclasses import replace
from decimal import Decimal

import pytest

from disclosure.checks import Result
from disclosure.checks.plausibility import slip
from tests.disclosure.samples import findings, keys, q, results, sample, stating, tabling, without


@pytest.mark.parametrize(
    ("one", "other", "times"),
    [
        ("1", "10", 10),
        ("11", "1", 10),
        ("11.1", "1", None),
        ("9.1", "1", 10),
        ("9", "1", None),
        ("1250", "1", 1000),
        ("1251", "1", None),
        ("1", "1000", 1000),
        ("20000", "2", 10**4),
        ("1", "100", None),
        ("3000000", "3", 10**6),
        ("0", "10", None),
        ("-1", "10", None),
    ],
)
def test_slip_is_seen_near_powers_of_ten(one: str, other: str, times: int | None) -> None:
    assert slip(Decimal(one), Decimal(other)) == times


def test_wan_slip_against_last_year_warns() -> None:
    before = replace(stating(sample(), "GEN-05", value=q("86500", "元")), year=2024)
    found = [each for each in findings(sample(), "DQ-05", earlier=(before,)) if each.datapoints]
    assert [(each.datapoints, each.result) for each in found] == [(("GEN-05",), Result.WARN)]
    assert "10000" in found[0].to_dict()["zh"]


def test_year_before_the_last_is_not_compared() -> None:
    before = replace(stating(sample(), "GEN-05", value=q("86500", "元")), year=2023)
    assert results(sample(), "DQ-05", earlier=(before,)) == {Result.PASS}


def test_other_currency_is_not_compared() -> None:
    before = replace(stating(sample(), "GEN-05", value=q("86500", "USD")), year=2024)
    assert results(sample(), "DQ-05", earlier=(before,)) == {Result.PASS}


@pytest.mark.parametrize(("key", "value"), [
    ("EMS-01", q("1530", "kgCO2e")), ("EMS-05", q("64340", "tCO2e")), ("ENE-01", q("19620", "kWh")),
])  # fmt: skip
def test_slip_against_its_own_parts_warns(key: str, value: object) -> None:
    changed = stating(sample(), key, value=value)
    assert keys(changed, "DQ-05") == ["recomputed"]


def test_nothing_to_compare_with_is_not_run() -> None:
    assert keys(without(sample(), "EMS-14", "ENE-01"), "DQ-05") == ["not_run"]


def test_activity_lines_without_figures_are_not_compared() -> None:
    line = {"source": "mobile", "item": "柴油", "amount": q("1", "t")}
    bare = tabling(without(sample(), "ENE-05"), "EMS-14", line)
    assert keys(bare, "DQ-05") == ["not_run"]


def test_scope_2_that_fits_its_electricity_is_no_slip() -> None:
    before = replace(stating(sample(), "EMS-05", value=q("643.4", "tCO2e")), year=2024)
    assert results(sample(), "DQ-05", earlier=(before,)) == {Result.PASS}
    unknown = without(sample(), "ENE-02", "EMS-14")
    assert keys(unknown, "DQ-05", earlier=(before,)) == ["last_year"]
