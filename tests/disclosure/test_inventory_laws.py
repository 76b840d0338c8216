"""What holds for every set of activity lines, whatever is in it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.factors import Purpose, table
from disclosure.inventory import Activity, Inventory, LineError, Method, add_up, inventory, together
from disclosure.units import choices, convert, unit
from disclosure.values import Quantity
from tests.disclosure.samples import q

GRAM = Decimal("0.000001")
METHOD = Method(2025, "CN-SH")
KINDS: tuple[dict[str, Any], ...] = (
    {"source": "electricity", "item": "electricity", "unit": "MWh"},
    {"source": "electricity", "item": "electricity", "unit": "万kWh"},
    {"source": "electricity", "item": "electricity", "unit": "tce"},
    {"source": "stationary", "item": "natural_gas", "unit": "Nm3"},
    {"source": "stationary", "item": "natural_gas", "unit": "GJ"},
    {"source": "mobile", "item": "diesel", "unit": "kg"},
    {"source": "fugitive", "item": "R-410A", "unit": "kg"},
    {"source": "heat", "item": "heat", "unit": "GJ"},
    {"source": "scope_3", "item": "petrol", "unit": "t", "category": "c07"},
)
amounts = st.decimals(0, 10**6, places=6)


@st.composite
def activities(draw: st.DrawFn) -> Activity:
    kind = dict(draw(st.sampled_from(KINDS)))
    return Activity(amount=Quantity(draw(amounts), kind.pop("unit")), **kind)


sets = st.lists(activities(), max_size=20)


def totals(made: Inventory) -> tuple[Decimal, ...]:
    return made.scope_1, made.scope_2_location, made.scope_2_market, made.scope_3


@given(sets)
def test_totals_are_the_exact_sum_of_the_lines(lines: list[Activity]) -> None:
    made = inventory(lines, METHOD)
    both = made.scope_1 + made.scope_2_location + made.scope_3
    assert both == sum((line.tonnes for line in made.lines), Decimal(0))
    assert sum(made.by_source.values(), Decimal(0)) == made.scope_1
    assert sum(made.by_category.values(), Decimal(0)) == made.scope_3


@given(sets, st.randoms())
def test_order_of_lines_does_not_matter(lines: list[Activity], random: Any) -> None:
    mixed = list(lines)
    random.shuffle(mixed)
    assert totals(inventory(lines, METHOD)) == totals(inventory(mixed, METHOD))


@given(activities(), st.integers(0, 100))
def test_line_cut_in_two_keeps_its_total_to_the_gram(line: Activity, percent: int) -> None:
    whole = line.amount.amount
    part = (whole * percent / 100).quantize(GRAM)
    halves = [replace(line, amount=replace(line.amount, amount=a)) for a in (part, whole - part)]
    cut, uncut = totals(inventory(halves, METHOD)), totals(inventory([line], METHOD))
    assert all(abs(one - other) <= GRAM for one, other in zip(cut, uncut, strict=True))


@given(amounts, st.sampled_from(("energy", "mass", "volume", "gas_volume")), st.data())
def test_unit_there_and_back_is_the_same_amount(
    amount: Decimal, family: str, data: st.DataObject
) -> None:
    one, other = (data.draw(st.sampled_from(choices(family))) for _ in range(2))
    there = convert(amount, one, other)
    back = convert(there, other, one)
    assert abs(back - amount) <= abs(amount) * Decimal("1e-20")
    assert convert(amount, one, unit(one).canonical) == Quantity(amount, one).canonical


@given(activities(), activities(), st.sampled_from([Purpose.ETS, Purpose.FOOTPRINT]))
def test_totals_of_two_purposes_are_never_added(
    one: Activity, other: Activity, purpose: Purpose
) -> None:
    mine = add_up(inventory([one], METHOD).lines, METHOD)
    theirs = add_up((), replace(METHOD, purpose=purpose))
    with pytest.raises(LineError, match="never add up"):
        together(mine, theirs)
    both = together(mine, inventory([other], METHOD))
    assert totals(both) == totals(inventory([one, other], METHOD))


@given(st.sampled_from(sorted(table().by_id)), activities())
def test_line_of_a_disclosure_has_a_factor_for_disclosures_or_none(
    factor: str, line: Activity
) -> None:
    known = table().by_id[factor]
    try:
        made = inventory([replace(line, factor_id=factor)], METHOD)
    except ValueError:
        return
    assert known.purpose is Purpose.DISCLOSURE
    assert {each.factor for each in made.lines} == {known}


def test_named_example_through_pure_code() -> None:
    power = Activity("electricity", "electricity", q("100", "MWh"))
    ets = inventory([power], Method(2022, "CN-SH", purpose=Purpose.ETS))
    disclosed = inventory([power], Method(2022, "CN-SH"))
    footprint = inventory([power], Method(2023, "CN-SH", purpose=Purpose.FOOTPRINT))
    found = [each.scope_2_location for each in (ets, disclosed, footprint)]
    assert found == [Decimal(42), Decimal("58.49"), Decimal("62.05")]
    for one, other in ((ets, disclosed), (disclosed, footprint), (footprint, ets)):
        with pytest.raises(LineError, match="never add up"):
            together(one, other)
