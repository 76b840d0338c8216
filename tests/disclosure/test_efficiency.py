from decimal import Decimal

import pytest

from disclosure.efficiency import CarbonClass, efficiency, intensity
from disclosure.texts import say

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
