from decimal import Decimal

import pytest

from disclosure.factors import Factor, Purpose
from disclosure.footprint import beyond, contributions, gtin_urn, line, totals, years_after
from disclosure.footprint_terms import Boundary, Stage
from disclosure.values import FactError, Quantity, quantity
from tests.disclosure.footprint_samples import day, footprint, power

MWH = quantity("100", "MWh")


def test_hundred_mwh_in_shanghai_are_62_tonnes_of_a_footprint() -> None:
    made = line(Stage.USE, "电", MWH, "cn-grid-china-footprint-2023", factors=None)
    assert made.kilograms == Decimal("62050")


@pytest.mark.parametrize(
    ("factor", "purpose"),
    [("cn-grid-shanghai-ets-2022", "ets"), ("cn-grid-shanghai-2022", "disclosure")],
)
def test_factor_of_another_purpose_refused_with_a_fitting_one(factor: str, purpose: str) -> None:
    with pytest.raises(FactError, match="cn-grid-china-footprint-2023") as refused:
        line(Stage.USE, "电", MWH, factor, factors=None)
    assert refused.value.text.values["purpose"] == purpose


def test_unknown_factor_refused() -> None:
    with pytest.raises(FactError, match="no factor nothing"):
        line(Stage.USE, "电", MWH, "nothing", factors=None)


def test_factor_per_another_unit_refused() -> None:
    with pytest.raises(FactError, match="correct the unit"):
        line(Stage.USE, "电", quantity("1", "t"), "cn-grid-china-footprint-2023", factors=None)


def test_own_factor_counts_when_it_is_for_footprints() -> None:
    own = Factor("own-1", Purpose.FOOTPRINT, "steel", Quantity(Decimal(2), "kgCO2e/kg"))
    made = line(Stage.MATERIALS, "钢", quantity("1.5", "kg"), own, factors=None)
    assert made.kilograms == Decimal(3)


def test_stages_stand_in_the_order_of_the_life_cycle() -> None:
    lines = (power(Stage.USE), power(), power(), power(Stage.MATERIALS, "1"))
    assert list(contributions(lines).items()) == [
        (Stage.MATERIALS, Decimal("0.6205")),
        (Stage.PRODUCTION, Decimal("12.41")),
        (Stage.USE, Decimal("6.205")),
    ]


def test_uptake_counts_in_one_total_and_memos_in_none() -> None:
    parts = {"fossil": 5, "ccs": -1, "biogenic_uptake": -3, "aircraft": 2, "fossil_carbon": 7}
    assert totals({name: Decimal(v) for name, v in parts.items()}) == (Decimal(4), Decimal(1))


def test_use_lies_beyond_the_gate_only() -> None:
    lines = (power(Stage.USE), power())
    assert beyond(Boundary.GATE, lines) == (Stage.USE,)
    assert beyond(Boundary.GRAVE, lines) == ()


def test_footprint_without_validity_ends_three_years_after_its_data() -> None:
    assert footprint(valid_until=None).ends == day(2028)
    assert years_after(day(2024).replace(month=2, day=29), 3).isoformat()[:10] == "2027-03-01"


def test_year_of_the_data_is_the_middle_of_its_period() -> None:
    assert footprint(start=day(2023, 10), end=day(2024, 10)).year == 2024


@pytest.mark.parametrize(
    ("number", "urn"),
    [
        ("4006381333931", "urn:gtin:4006381333931"),
        ("400-6381 333931", "urn:gtin:4006381333931"),
        ("4006381333932", None),
        ("40063813339", None),
        ("", None),
    ],
)
def test_gtin_needs_its_check_digit(number: str, urn: str | None) -> None:
    assert gtin_urn(number) == urn
