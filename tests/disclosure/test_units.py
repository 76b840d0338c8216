from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure import units
from disclosure.datapoints import climate

EXACT = st.decimals(-(10**12), 10**12, places=6)
SIMPLE = sorted(code for codes in units._TABLE.values() for code in codes)


@pytest.mark.parametrize(
    ("amount", "source", "target", "expected"),
    [
        ("1", "tce", "GJ", "29.3076"),
        ("1", "tce", "MWh", "8.141"),
        ("1", "万kWh", "MWh", "10"),
        ("1", "MWh", "GJ", "3.6"),
        ("3909398", "GJ", "MJ", "3909398000"),
        ("1", "万tCO2e", "kgCO2e", "10000000"),
        ("2.5", "亿元", "万元", "25000"),
        ("4.2", "tCO2/万kWh", "tCO2e/MWh", "0.42"),
        ("1", "tCO2e/万元", "kgCO2e/元", "0.1"),
        ("7", "百万TWD", "TWD", "7000000"),
    ],
)
def test_conversion_is_exact(amount: str, source: str, target: str, expected: str) -> None:
    assert units.convert(Decimal(amount), source, target) == Decimal(expected)


def test_endless_result_is_rounded_half_even_to_28_digits() -> None:
    assert units.convert(Decimal(1), "GJ", "MWh") == Decimal("0.2777777777777777777777777778")


@given(EXACT, st.sampled_from(SIMPLE))
def test_every_unit_reaches_its_canonical_unit_exactly(amount: Decimal, code: str) -> None:
    known = units.unit(code)
    there = units.convert(amount, code, known.canonical)
    assert units.convert(there, known.canonical, code) == amount


@pytest.mark.parametrize("code", ["", "MWh/", "吨", "MWh/吨", "a/b/c"])
def test_unknown_unit_is_refused(code: str) -> None:
    with pytest.raises(units.UnitError, match="unknown unit"):
        units.unit(code)


@pytest.mark.parametrize(("source", "target"), [("MWh", "tCO2e"), ("元", "USD"), ("t", "m3")])
def test_units_of_different_things_do_not_convert(source: str, target: str) -> None:
    with pytest.raises(units.UnitError, match="cannot be converted"):
        units.convert(Decimal(1), source, target)


@pytest.mark.parametrize(
    ("code", "family", "fits"),
    [
        ("MWh", "energy", True),
        ("MWh", "activity", True),
        ("tCO2e", "activity", False),
        ("tCO2/万kWh", "factor", True),
        ("MWh", "factor", False),
        ("元/tCO2e", "money/ghg", True),
        ("t", "ghg", False),
    ],
)
def test_family_decides_which_unit_fits(code: str, family: str, fits: bool) -> None:
    assert units.fits(code, family) is fits


def test_each_offered_unit_fits_its_question() -> None:
    columns = [each for point in climate().datapoints.values() for each in point.columns]
    offered = [(unit, each.family) for each in columns for unit in each.units]
    assert len(offered) > 300
    assert all(units.fits(unit, family) for unit, family in offered)
