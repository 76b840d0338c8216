import pytest

from disclosure.answers import State
from tests.disclosure.samples import findings, giving, keys, q, sample, stating, tabling, without

OTHERS = ("ENE-06", "EMS-12")


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("0.092069", "pass"),
        ("0.0921", "pass"),
        ("0.09", "pass"),
        ("0.0922", "fail"),
        ("92", "fail"),
    ],
)
def test_intensity_is_recomputed_within_rounding(stated: str, expected: str) -> None:
    changed = stating(without(sample(), *OTHERS), "EMS-11", location=q(stated, "tCO2e/万元"))
    assert keys(changed, "DQ-12") == [expected]


def test_intensity_may_be_stated_in_another_unit() -> None:
    changed = stating(without(sample(), *OTHERS), "EMS-11", location=q("920.694", "tCO2e/亿元"))
    assert keys(changed, "DQ-12") == ["pass"]


def test_currency_of_intensity_is_that_of_revenue() -> None:
    changed = stating(without(sample(), *OTHERS), "EMS-11", location=q("1", "tCO2e/百万USD"))
    assert keys(changed, "DQ-12") == ["currency"]


def test_nothing_is_divided_by_zero() -> None:
    assert set(keys(giving(sample(), "GEN-05", State.ZERO, ""), "DQ-12")) == {
        "no_denominator", "pass",
    }  # fmt: skip


def test_energy_intensity_and_product_intensity_are_recomputed() -> None:
    wrong = stating(sample(), "ENE-06", value=q("5", "tce/万元"))
    row = {"product": "x", "emissions": q("10", "tCO2e"), "output": q("4", "1"), "unit": "件"}
    wrong = tabling(wrong, "EMS-12", {**row, "intensity": q("2.5", "tCO2e")})
    failed = [each.datapoints[0] for each in findings(wrong, "DQ-12") if each.blocks]
    assert failed == ["ENE-06"]


def test_coarse_denominator_widens_the_tolerance() -> None:
    rough = stating(without(sample(), *OTHERS), "GEN-05", value=q("1", "亿元"))
    near = stating(rough, "EMS-11", location=q("0.5", "tCO2e/万元"))
    far = stating(rough, "EMS-11", location=q("3", "tCO2e/万元"))
    assert (keys(near, "DQ-12"), keys(far, "DQ-12")) == (["pass"], ["fail"])


def test_nothing_stated_is_not_run() -> None:
    assert keys(without(sample(), *OTHERS, "EMS-11"), "DQ-12") == ["not_run"]
