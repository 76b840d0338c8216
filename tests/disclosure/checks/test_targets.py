import pytest

from disclosure.values import Parts, Value
from tests.disclosure.samples import keys, q, sample, stating, tabling, without

TARGET: Parts = sample().rows("TGT-01")[0]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ["pass"]),
        ({"base_year": 2024}, ["pass"]),
        ({"base_year": 2025}, ["base_year"]),
        ({"target_year": 2025}, ["pass"]),
        ({"target_year": 2024}, ["past"]),
        ({"reduction": q("100", "%")}, ["pass"]),
        ({"reduction": q("100.1", "%")}, ["reduction"]),
        ({"reduction": q("0", "%")}, ["reduction"]),
        ({"base_value": q("9850.1", "tCO2e")}, ["pass"]),
        ({"base_value": q("9850.2", "tCO2e")}, ["base_value"]),
        ({"base_value": q("9850.2", "tCO2e"), "scopes": ("scope_1",)}, ["pass"]),
        ({"base_value": q("9850.2", "tCO2e"), "base_year": 2020}, ["pass"]),
    ],
)
def test_target_is_measurable(change: dict[str, Value], expected: list[str]) -> None:
    changed = tabling(without(sample(), "TGT-05"), "TGT-01", {**TARGET, **change})
    assert keys(changed, "DQ-20") == expected


def test_carbon_neutral_year_must_be_to_come() -> None:
    past = stating(sample(), "TGT-03", kind="net_zero", target_year=2024, coverage=q("100", "%"))
    assert keys(past, "DQ-20") == ["past"]


def test_without_targets_nothing_is_run() -> None:
    assert keys(without(sample(), "TGT-01", "TGT-02", "TGT-03"), "DQ-20") == ["not_run"]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("45.588591", "pass"),
        ("46", "pass"),
        ("46.08", "pass"),
        ("46.1", "progress"),
        ("-5", "progress"),
    ],
)
def test_stated_progress_is_recomputed(stated: str, expected: str) -> None:
    assert keys(stating(sample(), "TGT-05", value=q(stated, "%")), "DQ-20") == [expected]


def test_progress_without_a_target_is_not_judged() -> None:
    assert keys(without(sample(), "TGT-01"), "DQ-20") == ["pass"]
