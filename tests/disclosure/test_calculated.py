from decimal import Decimal

import pytest

from disclosure.answers import State
from disclosure.calculated import calculated, target_progress, with_calculated
from disclosure.checks import check
from disclosure.values import Quantity
from tests.disclosure.samples import giving, q, sample, stating, tabling, without

CALCULATED = ("EMS-07", "EMS-11", "ENE-06", "ENE-07", "TGT-05")
BARE = without(sample(), *CALCULATED)


def test_calculated_answers_equal_those_of_the_sample() -> None:
    assert calculated(BARE) == {key: sample().answers[key] for key in CALCULATED}


def test_figures_are_recomputable_by_hand() -> None:
    made = with_calculated(BARE)
    assert made.amount("EMS-07", "location", unit="tCO2e") == Decimal("7964.0")
    assert made.value("EMS-11", "location") == q("0.092069", "tCO2e/万元")
    assert made.value("ENE-07") == q("27.302100", "%")
    assert made.value("TGT-05") == q("45.588591", "%")


def test_what_is_stated_is_not_replaced() -> None:
    stated = stating(BARE, "EMS-07", location=q("1", "tCO2e"))
    assert with_calculated(stated).amount("EMS-07", "location") == 1


def test_calculated_answers_pass_the_checks() -> None:
    assert not any(each.blocks for each in check(with_calculated(BARE)))


@pytest.mark.parametrize(
    ("missing", "left"),
    [("EMS-01", {"ENE-06", "ENE-07"}), ("GEN-05", {"EMS-07", "ENE-07", "TGT-05"})],
)
def test_nothing_is_made_up_from_missing_inputs(missing: str, left: set[str]) -> None:
    assert set(calculated(without(BARE, missing))) == left


def test_foreign_revenue_keeps_its_currency() -> None:
    made = calculated(stating(BARE, "GEN-05", value=q("398.2", "百万TWD")))
    assert made["EMS-11"].parts["location"] == q("20.000000", "tCO2e/百万TWD")


def test_no_intensity_without_revenue() -> None:
    assert "EMS-11" not in calculated(giving(BARE, "GEN-05", State.ZERO, ""))
    assert "EMS-11" not in calculated(stating(BARE, "GEN-05", value=q("5", "tCO2e/万元")))


def test_no_emissions_at_all_are_zero_not_missing() -> None:
    none = giving(giving(BARE, "EMS-01", State.ZERO, ""), "EMS-05", State.ZERO, "")
    assert calculated(without(none, "EMS-06"))["EMS-07"].state is State.ZERO


def test_rising_emissions_are_negative_progress() -> None:
    risen = stating(BARE, "EMS-05", value=q("20000", "tCO2e"))
    value = calculated(risen)["TGT-05"].parts["value"]
    assert isinstance(value, Quantity)
    assert value.amount < 0


@pytest.mark.parametrize("change", [{"reduction": q("0", "%")}, {"base_value": q("1", "MWh")}])
def test_no_progress_of_a_target_that_cannot_be_measured(change: dict[str, Quantity]) -> None:
    odd = tabling(BARE, "TGT-01", {**BARE.rows("TGT-01")[0], **change})
    assert target_progress(odd.targets()[0], odd) is None


def test_figure_too_large_to_state_is_left_out() -> None:
    huge = stating(BARE, "EMS-01", value=q("9" * 18, "MtCO2e"))
    assert "EMS-07" not in calculated(huge)
