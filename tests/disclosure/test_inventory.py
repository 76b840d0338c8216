from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.checks import check
from disclosure.factors import Factor, Purpose, table
from disclosure.inventory import Activity, ActivityError, Method, inventory
from disclosure.inventory_answers import answers_of
from tests.disclosure.samples import q, sample

SHANGHAI = Method(year=2025, region="CN-SH")
POWER = Activity("electricity", "electricity", q("100", "MWh"))
GAS = Activity("stationary", "natural_gas", q("10", "万Nm3"))
DIESEL = Activity("mobile", "diesel", q("2", "t"), label="柴油")
COOLING = Activity("fugitive", "R-410A", q("20", "kg"))
STEEL = Factor("own-steel", Purpose.DISCLOSURE, "steel", q("2.1", "tCO2e/t"), source="供应商")
BOUGHT = Activity("scope_3", "steel", q("50", "t"), category="c01")
OWN = replace(SHANGHAI, factors=table().plus([STEEL]))


@pytest.mark.parametrize(
    ("purpose", "year", "tonnes"),
    [
        (Purpose.ETS, 2025, "42"),
        (Purpose.DISCLOSURE, 2022, "58.49"),
        (Purpose.FOOTPRINT, 2023, "62.05"),
    ],
)
def test_100_mwh_in_shanghai_differ_by_purpose(purpose: Purpose, year: int, tonnes: str) -> None:
    made = inventory([POWER], Method(year, "CN-SH", purpose=purpose))
    assert made.scope_2_location == Decimal(tonnes)


def test_factor_of_another_purpose_is_refused() -> None:
    wrong = replace(POWER, factor_id="cn-grid-shanghai-ets-2022")
    with pytest.raises(ActivityError, match=r"row 2 \(electricity\): .* is for ets"):
        inventory([POWER, wrong], SHANGHAI)


def test_answers_are_made_for_disclosures_only() -> None:
    with pytest.raises(ActivityError, match="calculated for ets"):
        answers_of(inventory([POWER], replace(SHANGHAI, purpose=Purpose.ETS)))


def test_scopes_sources_and_categories_add_up() -> None:
    made = inventory([POWER, GAS, DIESEL, COOLING, BOUGHT], OWN)
    assert made.scope_1 == Decimal("216.22") + Decimal("6.1918") + Decimal("38.47")
    assert made.scope_2_location == made.scope_2_market == Decimal("58.49")
    assert made.by_category == {"c01": made.scope_3} == {"c01": Decimal(105)}
    assert sum(made.by_source.values()) == made.scope_1


@pytest.mark.parametrize(("gwp", "tonnes"), [("AR4", "41.75"), ("AR5", "38.47"), ("AR6", "45.11")])
def test_refrigerant_blend_follows_the_warming_set(gwp: str, tonnes: str) -> None:
    assert inventory([COOLING], replace(SHANGHAI, gwp_set=gwp)).scope_1 == Decimal(tonnes)


def test_green_power_lowers_the_market_figure_only() -> None:
    made = inventory([replace(POWER, green=q("40000", "kWh"))], SHANGHAI)
    assert (made.scope_2_location, made.scope_2_market) == (Decimal("58.49"), Decimal("35.094"))
    assert answers_of(made)["EMS-06"].parts["electricity"] == q("40", "MWh")


def test_every_line_shows_its_arithmetic() -> None:
    line = inventory([POWER], SHANGHAI).lines[0]
    assert line.arithmetic == (
        "100 MWh (100000 kWh) × 0.5849 kgCO2/kWh"
        " [cn-grid-shanghai-2022, disclosure, cn-2026.2] = 58.49 tCO2e"
    )
    assert "[R-410A, AR5]" in inventory([COOLING], SHANGHAI).lines[0].arithmetic


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"source": "volcano"}, "unknown source"),
        ({"source": "stationary"}, "electricity is no stationary"),
        ({"amount": q("900000000", "MWh")}, "look at the unit"),
        ({"amount": q("-1", "MWh")}, "negative"),
        ({"amount": q("1", "t")}, "no disclosure factor"),
        ({"item": "moonlight"}, "no disclosure factor"),
        ({"factor_id": "cn-diesel"}, "is per t, not per GJ"),
        ({"factor_id": "nothing"}, "no factor"),
        ({"category": "c01"}, "name a category"),
        ({"source": "scope_3"}, "name a category"),
        ({"source": "scope_3", "category": "c99"}, "unknown category"),
        ({"green": q("101", "MWh")}, "not more than was bought"),
        ({"source": "fugitive"}, "no warming potential"),
        ({"source": "fugitive", "item": "CH4"}, "cannot be converted"),
    ],
)
def test_line_that_cannot_be_calculated_is_named(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ActivityError, match=said):
        inventory([replace(POWER, **change)], SHANGHAI)


def test_unknown_warming_set_is_refused() -> None:
    with pytest.raises(ActivityError, match="no set AR9"):
        inventory([COOLING], replace(SHANGHAI, gwp_set="AR9"))


def test_answers_pass_the_checks() -> None:
    made = answers_of(inventory([POWER, GAS, DIESEL, COOLING, BOUGHT], OWN))
    kept = {"GEN-03", "GEN-04", "GEN-05", "BND-01", "BND-02", "BND-03"}
    base = {key: each for key, each in sample().answers.items() if key in kept}
    assert not [each for each in check(replace(sample(), answers={**base, **made})) if each.blocks]


@given(st.lists(st.decimals(0, 10**9, places=6), min_size=1, max_size=30))
def test_totals_are_the_exact_sum_of_their_lines(amounts: list[Decimal]) -> None:
    lines = [replace(GAS, amount=q(f"{amount:f}", "Nm3")) for amount in amounts]
    made = inventory(lines, SHANGHAI)
    assert made.scope_1 == sum(line.tonnes for line in made.lines)
