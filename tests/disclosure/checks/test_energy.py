import pytest

from disclosure.answers import State
from disclosure.checks import Result
from tests.disclosure.samples import giving, keys, q, results, sample, stating, tabling, without


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("19620", "pass"), ("19623", "pass"), ("19624", "sum"), ("2409.7", "sum")],
)
def test_energy_is_the_sum_of_its_parts(amount: str, expected: str) -> None:
    changed = stating(sample(), "ENE-01", value=q(amount, "MWh"))
    assert keys(changed, "DQ-13") == ["pass", expected]


def test_energy_may_be_stated_in_tce() -> None:
    assert keys(stating(sample(), "ENE-01", value=q("2410.0", "tce")), "DQ-13")[-1] == "pass"


def test_total_may_exceed_parts_only_while_one_is_missing() -> None:
    partly = without(stating(sample(), "ENE-01", value=q("25000", "MWh")), "ENE-05")
    assert keys(partly, "DQ-13") == ["pass"]
    assert keys(giving(partly, "ENE-05", State.ZERO, ""), "DQ-13") == ["pass", "sum"]
    less = without(stating(sample(), "ENE-01", value=q("9000", "MWh")), "ENE-05")
    assert keys(less, "DQ-13") == ["pass", "sum"]


def test_renewable_and_other_power_make_the_total() -> None:
    halves = {"renewable": q("2000", "MWh"), "non_renewable": q("9000", "MWh")}
    assert keys(stating(sample(), "ENE-02", **halves, total=q("11002", "MWh")), "DQ-13")[0] == "sum"


def test_energy_without_figures_is_not_run() -> None:
    assert keys(without(sample(), "ENE-01", "ENE-02"), "DQ-13") == ["not_run"]


@pytest.mark.parametrize(
    ("tce", "result"),
    [
        ("1132", Result.PASS),
        ("1131.9", Result.WARN),
        ("39620", Result.PASS),
        ("39621", Result.WARN),
    ],
)
def test_emissions_per_tce_are_plausible(tce: str, result: Result) -> None:
    assert results(stating(sample(), "ENE-01", value=q(tce, "tce")), "DQ-24") == {result}


def test_process_emissions_are_not_of_energy() -> None:
    kiln = {"source": "process", "emissions": q("90000", "tCO2e")}
    cement = stating(sample(), "EMS-01", value=q("91530.0", "tCO2e"))
    assert results(cement, "DQ-24") == {Result.WARN}
    assert results(tabling(cement, "EMS-03", kiln), "DQ-24") == {Result.PASS}


@pytest.mark.parametrize("missing", ["EMS-01", "EMS-05", "ENE-01"])
def test_emissions_per_tce_need_all_three(missing: str) -> None:
    assert results(without(sample(), missing), "DQ-24") == {Result.NOT_RUN}


def test_power_without_scope_2_fails() -> None:
    assert keys(giving(sample(), "EMS-05", State.ZERO, ""), "DQ-25") == ["scope_2"]


def test_fuel_or_refrigerant_without_scope_1_fails() -> None:
    none = giving(sample(), "EMS-01", State.ZERO, "")
    assert keys(none, "DQ-25") == ["scope_1"]
    assert keys(without(none, "ENE-04"), "DQ-25") == ["scope_1"]
    assert keys(without(none, "ENE-04", "EMS-14"), "DQ-25") == ["pass"]
    idle = {"source": "mobile", "item": "柴油", "amount": q("0", "t")}
    assert keys(tabling(without(none, "ENE-04"), "EMS-14", idle), "DQ-25") == ["pass"]


def test_nothing_stated_is_not_compared() -> None:
    assert keys(without(sample(), "EMS-01", "EMS-05"), "DQ-25") == ["not_run"]
