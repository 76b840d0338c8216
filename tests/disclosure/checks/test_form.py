import pytest

from disclosure.checks import Result
from tests.disclosure.samples import findings, keys, q, results, sample, stating, tabling


def test_unit_of_another_family_fails() -> None:
    (finding,) = findings(stating(sample(), "EMS-01", value=q("5", "MWh")), "DQ-03")
    assert finding.blocks
    assert finding.datapoints == ("EMS-01",)


def test_any_unit_of_the_family_passes() -> None:
    assert results(stating(sample(), "ENE-01", value=q("2410", "tce")), "DQ-03") == {Result.PASS}


def test_wrong_unit_in_a_table_names_the_row() -> None:
    rows = {"gas": "CO2", "emissions": q("1", "tCO2e")}, {"gas": "CH4", "emissions": q("1", "t")}
    (finding,) = findings(tabling(sample(), "EMS-02", *rows), "DQ-03")
    assert "第2行" in finding.to_dict()["zh"]


@pytest.mark.parametrize(
    ("amount", "result"), [("-0.001", Result.FAIL), ("0.001", Result.PASS), ("0", Result.PASS)]
)
def test_emissions_are_not_negative(amount: str, result: Result) -> None:
    assert results(stating(sample(), "EMS-10", value=q(amount, "tCO2")), "DQ-04") == {result}


@pytest.mark.parametrize(
    ("share", "expected"),
    [("100", ["pass"]), ("100.01", ["above"]), ("-0.01", ["below"]), ("1000.1", ["above"])],
)
def test_share_lies_between_0_and_100_percent(share: str, expected: list[str]) -> None:
    assert keys(stating(sample(), "VCH-02", value=q(share, "%")), "DQ-04") == expected


def test_value_added_may_be_negative() -> None:
    assert results(stating(sample(), "GEN-06", value=q("-5", "万元")), "DQ-04") == {Result.PASS}


def test_negative_headcount_fails() -> None:
    negative = stating(sample(), "GEN-08", count=-1, method="average")
    assert keys(negative, "DQ-04") == ["below"]


def test_same_item_with_two_values_fails_and_repeated_row_warns() -> None:
    one, other = ({"gas": "CO2", "emissions": q(amount, "tCO2e")} for amount in ("1", "2"))
    assert results(tabling(sample(), "EMS-02", one, other), "DQ-08") == {Result.FAIL}
    assert results(tabling(sample(), "EMS-02", one, one), "DQ-08") == {Result.WARN}


def test_rows_with_different_keys_pass() -> None:
    assert results(sample(), "DQ-08") == {Result.PASS}
