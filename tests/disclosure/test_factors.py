from decimal import Decimal

import pytest

from disclosure.factors import Factor, FactorError, Purpose, table, warming_potentials
from tests.disclosure.samples import q


def electricity(purpose: Purpose, region: str = "CN-SH", year: int = 2024) -> Factor:
    return table().find("electricity", purpose=purpose, region=region, year=year)


@pytest.mark.parametrize(
    ("purpose", "tonnes"),
    [
        (Purpose.ETS, "42"),
        (Purpose.DISCLOSURE, "58.49"),
        (Purpose.FOOTPRINT, "57.77"),
    ],
)
def test_each_purpose_has_its_own_factor(purpose: Purpose, tonnes: str) -> None:
    assert electricity(purpose).of(q("100", "MWh")) == Decimal(tonnes)


def test_footprint_factor_of_2023_is_found_for_2023() -> None:
    assert electricity(Purpose.FOOTPRINT, year=2023).of(q("100", "MWh")) == Decimal("62.05")


def test_per_10000_kwh_factor_is_right_for_every_unit_of_energy() -> None:
    ets = electricity(Purpose.ETS)
    amounts = ("100000", "kWh"), ("10", "万kWh"), ("360", "GJ")
    assert {ets.of(q(*each)) for each in amounts} == {Decimal(42)}


@pytest.mark.parametrize(
    ("year", "factor"), [(2021, "cn-grid-shanghai-2021"), (2025, "cn-grid-shanghai-2022")]
)
def test_latest_year_up_to_the_reporting_year_is_taken(year: int, factor: str) -> None:
    assert electricity(Purpose.DISCLOSURE, year=year).id == factor


def test_province_without_own_factor_takes_the_national_one() -> None:
    assert electricity(Purpose.DISCLOSURE, "CN-XZ", 2023).id == "cn-grid-china-2023"


def test_unit_chooses_between_factors_of_one_fuel() -> None:
    by_heat = table().find("natural_gas", purpose=Purpose.DISCLOSURE, year=2025, per="GJ")
    assert by_heat.of(q("1000", "GJ")) == Decimal("55.54")


def test_year_before_all_factors_is_refused() -> None:
    with pytest.raises(FactorError, match="no disclosure factor of electricity"):
        electricity(Purpose.DISCLOSURE, year=2010)


def test_unknown_item_is_refused() -> None:
    with pytest.raises(FactorError, match="no purpose"):
        table().find("moonshine", purpose=Purpose.DISCLOSURE, year=2025)


def test_factor_of_another_purpose_is_refused() -> None:
    assert table().get("cn-diesel", purpose=Purpose.DISCLOSURE).item == "diesel"
    with pytest.raises(FactorError, match="is for ets, not for disclosure"):
        table().get("cn-grid-shanghai-ets-2022", purpose=Purpose.DISCLOSURE)
    with pytest.raises(FactorError, match="no factor"):
        table().get("nothing", purpose=Purpose.DISCLOSURE)


def test_units_that_do_not_go_together_are_refused() -> None:
    with pytest.raises(FactorError, match="is per GJ, not per t"):
        electricity(Purpose.DISCLOSURE).of(q("1", "t"))


def test_own_factor_is_added_but_replaces_nothing() -> None:
    own = Factor("own-steam", Purpose.DISCLOSURE, "heat", q("0.09", "tCO2/GJ"), source="供应商")
    assert table().plus([own]).by_id["own-steam"] == own
    with pytest.raises(FactorError, match="already"):
        table().plus([own]).plus([own])


def test_every_row_names_source_certainty_and_both_languages() -> None:
    for each in table().by_id.values():
        assert each.source
        assert each.certainty
        assert each.name.zh
        assert each.name.en
        assert each.value.canonical_unit.startswith("tCO2e/")


def test_warming_potentials_differ_by_set() -> None:
    assert [warming_potentials()["CH4"][name] for name in ("AR4", "AR5", "AR6")] == [
        25, 28, Decimal("27.9"),
    ]  # fmt: skip
