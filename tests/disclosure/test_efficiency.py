from decimal import Decimal

import pytest

from disclosure.efficiency import CarbonClass, efficiency, inputs, intensity
from disclosure.texts import say
from tests.disclosure.samples import q, sample, stating, tabling, without

SECTOR = [Decimal(1)] * 5


@pytest.mark.parametrize(
    ("l", "carbon_class"),
    [
        ("0.6", CarbonClass.LOW),
        ("0.600001", CarbonClass.MEDIUM),
        ("2.0", CarbonClass.MEDIUM),
        ("2.000001", CarbonClass.HIGH),
        ("-1", CarbonClass.LOW),
    ],
)
def test_border_of_l_belongs_to_the_better_class(l: str, carbon_class: CarbonClass) -> None:  # noqa: E741 - the method's letter
    assert efficiency(Decimal(l), sector=SECTOR).carbon_class is carbon_class


@pytest.mark.parametrize(
    ("k", "grade"),
    [
        ("0.6", 1),
        ("0.61", 2),
        ("0.8", 2),
        ("0.81", 3),
        ("1.2", 3),
        ("1.21", 4),
        ("2", 4),
        ("2.01", 5),
    ],
)
def test_border_of_k_belongs_to_the_better_grade(k: str, grade: int) -> None:
    rated = efficiency(Decimal(k), sector=SECTOR)
    assert (rated.k, rated.grade, rated.why) == (Decimal(k), grade, None)


def test_l_is_net_emissions_over_value_added() -> None:
    assert intensity(Decimal(120), Decimal(100), deducted=Decimal(20)) == 1


@pytest.mark.parametrize("value_added", ["0", "-5"])
def test_no_l_without_value_added(value_added: str) -> None:
    rated = efficiency(intensity(Decimal(1), Decimal(value_added)), sector=SECTOR)
    assert (rated.l, rated.grade) == (None, None)
    assert rated.why
    assert "工业增加值" in say(rated.why, "zh")


def test_no_k_below_five_firms() -> None:
    rated = efficiency(Decimal(1), sector=SECTOR[:4])
    assert (rated.carbon_class, rated.k, rated.grade) == (CarbonClass.MEDIUM, None, None)
    assert rated.why
    assert "4" in say(rated.why, "en")


def test_no_k_when_the_mean_is_not_positive() -> None:
    rated = efficiency(Decimal(1), sector=[Decimal(-1)] * 5)
    assert rated.why
    assert rated.why.code == "efficiency.no_mean"


def test_fuels_burnt_count_and_process_emissions_do_not() -> None:
    rows = [
        {"source": "stationary", "emissions": q("100", "tCO2e")},
        {"source": "process", "emissions": q("900", "tCO2e")},
    ]
    firm = stating(tabling(sample(), "EMS-03", *rows), "GEN-06", value=q("100", "万元"))
    found = inputs(stating(firm, "EMS-05", value=q("20", "tCO2e")))
    assert found is not None
    assert found.from_sources
    assert (found.emissions, found.l) == (Decimal(120), Decimal("1.2"))


def test_all_of_scope_1_counts_where_it_is_not_split() -> None:
    firm = stating(without(sample(), "EMS-03"), "GEN-06", value=q("0.01", "亿元"))
    found = inputs(firm)
    assert found is not None
    assert not found.from_sources
    assert (found.emissions, found.value_added) == (Decimal(7964), Decimal(100))


def test_no_inputs_without_value_added_in_yuan() -> None:
    assert inputs(without(sample(), "GEN-06")) is None
    assert inputs(stating(sample(), "GEN-06", value=q("5", "万USD"))) is None
