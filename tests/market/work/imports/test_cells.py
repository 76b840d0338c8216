"""Cells of real spreadsheets: separators, eras, artefacts, prose."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.work.imports import cells


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,234,567.50", Decimal("1234567.50")),
        ("-3", Decimal(-3)),
        ("0", Decimal(0)),
        ("", None),
        ("無", None),
        (" 7 ", Decimal(7)),
    ],
)
def test_numbers_with_separators_are_read(app, cell, value):
    assert cells.number(cell) == value


@pytest.mark.parametrize("cell", ["358639.0%", "#DIV/0!", "#N/A"])
def test_artefacts_are_not_available_and_never_zero(app, cell):
    with pytest.raises(cells.NotAvailable):
        cells.amount(cell)


@pytest.mark.parametrize("cell", ["abc", "NaN", "1e9", "12,34", "1.2.3", "-5", "十萬", "٣"])
def test_what_is_no_quantity_is_unreadable(app, cell):
    with pytest.raises(cells.Unreadable) as refused:
        cells.amount(cell)
    assert not isinstance(refused.value, cells.NotAvailable)


@pytest.mark.parametrize(("cell", "value"), [("2030", 2030), ("民國 139 年", 2050), ("無", None)])
def test_years_of_both_calendars(app, cell, value):
    assert cells.year(cell) == value


@pytest.mark.parametrize("cell", ["2018-2022", "2025、2040、2050", "soon"])
def test_several_years_are_no_year(app, cell):
    with pytest.raises(cells.NotAvailable):
        cells.year(cell)


@pytest.mark.parametrize("cell", ["101%", "5740000000000%", "-1%"])
def test_impossible_percentage_is_left_out(app, cell):
    with pytest.raises(cells.NotAvailable):
        cells.percent(cell)


@given(st.integers(min_value=0, max_value=10**15), st.integers(min_value=0, max_value=99))
def test_a_written_number_reads_back(whole, hundredths):
    value = Decimal(whole) + Decimal(hundredths) / 100
    assert cells.number(f"{value:,.2f}") == value


@given(st.integers(min_value=1, max_value=99_999_999))
def test_lost_zeros_of_an_id_come_back(number):
    assert cells.tw_id(str(number)) == f"{number:08}"


def test_prose_is_neither_yes_nor_no():
    assert (cells.yes("TRUE"), cells.yes("無承諾"), cells.yes("2050年達成")) == (True, False, None)
