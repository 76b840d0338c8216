"""From lines to answers: only what the lines say, and never more rows than can be read."""

from dataclasses import replace
from decimal import Decimal

from disclosure.checks import check
from disclosure.factors import Factor, Purpose, table
from disclosure.inventory import Activity, Method, inventory
from disclosure.inventory_answers import ROWS, answers_of
from disclosure.values import Evidence, Quantity
from tests.disclosure.samples import q, sample

METHOD = Method(2025, "CN-SH")
POWER = Activity("electricity", "electricity", q("100", "MWh"))
GAS = Activity("stationary", "natural_gas", q("10", "万Nm3"))
STEAM = Activity("heat", "heat", q("360", "GJ"))
D = Decimal


def test_no_lines_say_nothing() -> None:
    assert answers_of(inventory([], METHOD)) == {}


def test_power_alone_says_nothing_of_scope_1_or_3() -> None:
    found = answers_of(inventory([POWER], METHOD))
    assert set(found) == {"EMS-05", "EMS-14", "ENE-01", "ENE-02"}
    assert found["ENE-02"].parts["total"] == q("100", "MWh")


def test_energy_is_that_of_power_fuels_and_heat() -> None:
    found = answers_of(inventory([POWER, GAS, STEAM], METHOD))
    assert found["ENE-04"].parts["non_renewable"] == q("1081.416667", "MWh")
    assert found["ENE-05"].parts["value"] == q("360", "GJ")
    assert found["ENE-01"].parts["value"] == q("1281.416667", "MWh")


def test_energy_counts_own_power_the_disclosure_states() -> None:
    known = sample()
    own = known.amount("ENE-03", unit="MWh")
    found = answers_of(inventory([POWER, GAS, STEAM], METHOD), known=known)
    total = found["ENE-01"].parts["value"]
    assert own
    assert isinstance(total, Quantity)
    assert abs(total.to("MWh") - (D("1281.416667") + own)) < D("0.00001")


def test_fuel_without_calorific_value_leaves_energy_open() -> None:
    wood = Factor("own-wood", Purpose.DISCLOSURE, "wood", q("0.1", "tCO2e/t"))
    method = replace(METHOD, factors=table().plus([wood]))
    found = answers_of(inventory([POWER, Activity("stationary", "wood", q("5", "t"))], method))
    assert "ENE-04" not in found
    assert "ENE-01" not in found


def test_instruments_come_with_numbers_and_vintage() -> None:
    green = replace(
        POWER, green=q("40", "MWh"), instrument="gec", certificates="A1\nA2", vintage=2025
    )
    parts = answers_of(inventory([green, POWER], METHOD))["EMS-06"].parts
    assert parts["certificates"] == "A1\nA2"
    assert (parts["vintage"], parts["instruments"]) == (2025, ("gec",))
    assert parts["electricity"] == q("40", "MWh")


def test_few_lines_stand_one_by_one_with_their_evidence() -> None:
    bill = Evidence("bill.pdf", "a" * 64)
    row = answers_of(inventory([replace(POWER, evidence=bill)], METHOD))["EMS-14"].rows[0]
    assert (row["evidence"], row["item"]) == (bill, "电力")


def test_thousands_of_lines_become_a_row_a_factor_with_their_number() -> None:
    many = [replace(POWER, amount=q(f"{n}.5", "MWh")) for n in range(3000)]
    mixed = [*many, replace(POWER, amount=q("1", "万kWh")), GAS]
    made = inventory(mixed, METHOD)
    rows = answers_of(made)["EMS-14"].rows
    assert [row["item"] for row in rows] == ["电力（3001 行）", "天然气（1 行）"]
    amount, emissions = rows[0]["amount"], rows[0]["emissions"]
    assert isinstance(amount, Quantity)
    assert isinstance(emissions, Quantity)
    assert emissions.amount == made.scope_2_location
    assert amount.to("MWh") == sum((D(n) + D("0.5") for n in range(3000)), D(10))


def test_grouped_rows_pass_the_checks() -> None:
    lines = [replace(POWER, amount=q(f"{n}.123", "MWh")) for n in range(1, ROWS + 50)]
    made = answers_of(inventory([*lines, *([GAS] * 30)], METHOD))
    kept = {"GEN-03", "GEN-04", "GEN-05", "BND-01", "BND-02", "BND-03"}
    base = {key: each for key, each in sample().answers.items() if key in kept}
    found = check(replace(sample(), answers={**base, **made}))
    assert [each.code for each in found if each.blocks] == []


def test_factor_of_a_gas_is_multiplied_by_its_potential() -> None:
    sludge = Factor("own-ch4", Purpose.DISCLOSURE, "sludge", q("2", "kg/t"), gas="CH4")
    method = replace(METHOD, gwp_set="AR6", factors=table().plus([sludge]))
    made = inventory([Activity("process", "sludge", q("10", "t"))], method)
    assert made.scope_1 == D("0.558")
    assert "10 t × 2 kg/t × 27.9" in made.lines[0].arithmetic
    row = answers_of(made)["EMS-14"].rows[0]
    assert row["factor"] == q("55.8", "kgCO2e/t")
