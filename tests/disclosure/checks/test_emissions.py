import pytest

from disclosure.answers import State
from disclosure.checks import Result
from disclosure.facts import Disclosure
from tests.disclosure.samples import (
    findings,
    giving,
    keys,
    q,
    results,
    sample,
    stating,
    tabling,
    without,
)  # fmt: skip


def by_source(*amounts: str) -> Disclosure:
    names = ("stationary", "mobile", "process", "fugitive")
    rows = [{"source": n, "emissions": q(a, "tCO2e")} for n, a in zip(names, amounts, strict=False)]
    return tabling(without(sample(), "EMS-02"), "EMS-03", *rows)


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        (("1310.0", "180.0", "40.0"), ["pass"]),
        (("1310.0", "180.0", "40.2"), ["pass"]),
        (("1310.0", "180.0", "40.3"), ["sum"]),
        (("1310.00", "180.00", "40.06"), ["pass"]),
        (("1310.00", "180.00", "40.07"), ["sum"]),
    ],
)
def test_scope_1_is_the_sum_of_its_sources_within_rounding(
    amounts: tuple[str, ...], expected: list[str]
) -> None:
    assert keys(by_source(*amounts), "DQ-09") == expected


def test_scope_1_by_gas_is_compared_too() -> None:
    gas = tabling(sample(), "EMS-02", {"gas": "CO2", "emissions": q("1.0", "ktCO2e")})
    wrong = [each for each in findings(gas, "DQ-09") if each.blocks]
    assert [each.datapoints for each in wrong] == [("EMS-01", "EMS-02")]
    assert wrong[0].inputs["recomputed"] == "1000 tCO2e"


def test_no_sources_at_all_cannot_make_up_a_total() -> None:
    assert keys(tabling(without(sample(), "EMS-02"), "EMS-03"), "DQ-09") == ["sum"]


@pytest.mark.parametrize("missing", [("EMS-01",), ("EMS-02", "EMS-03")])
def test_scope_1_is_not_compared_with_nothing(missing: tuple[str, ...]) -> None:
    assert results(without(sample(), *missing), "DQ-09") == {Result.NOT_RUN}


def test_figures_in_odd_units_are_left_to_the_unit_rule() -> None:
    odd = tabling(sample(), "EMS-03", {"source": "mobile", "emissions": q("1", "MWh")})
    assert keys(without(odd, "EMS-02"), "DQ-09") == ["not_run"]


@pytest.mark.parametrize(
    ("total", "expected"), [("7964.0", "pass"), ("7964.1", "pass"), ("7964.15", "sum")]
)
def test_total_of_scopes_1_and_2(total: str, expected: str) -> None:
    changed = stating(sample(), "EMS-07", location=q(total, "tCO2e"))
    assert keys(changed, "DQ-10") == [expected]


def test_market_total_is_compared_apart() -> None:
    market = stating(sample(), "EMS-07", location=q("7964.0", "tCO2e"), market=q("1", "tCO2e"))
    assert keys(market, "DQ-10") == ["pass", "sum"]


def test_total_is_not_run_without_a_total() -> None:
    assert keys(without(sample(), "EMS-07"), "DQ-10") == ["not_run"]


def category(code: str, relevance: str, amount: str = "", text: str = "") -> dict[str, object]:
    row: dict[str, object] = {"category": code, "relevance": relevance}
    if amount:
        row["emissions"] = q(amount, "tCO2e")
    return row | ({"explanation": text} if text else {})


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (category("c01", "calculated", "41200"), ["pass"]),
        (category("c01", "calculated", "41201"), ["pass"]),
        (category("c01", "calculated", "41202"), ["sum"]),
        (category("c01", "calculated"), ["no_figure", "sum"]),
        (category("c01", "not_yet", "41200"), ["figure", "pass"]),
        (category("c01", "not_relevant"), ["unexplained", "sum"]),
        (category("c01", "not_relevant", text="无"), ["sum"]),
    ],
)
def test_scope_3_by_category(row: dict[str, object], expected: list[str]) -> None:
    assert keys(tabling(sample(), "EMS-09", row), "DQ-11") == expected


def test_categories_need_a_total_unless_it_is_confidential() -> None:
    assert keys(without(sample(), "EMS-08"), "DQ-11") == ["no_total"]
    assert keys(giving(sample(), "EMS-08", State.CONFIDENTIAL), "DQ-11") == ["pass"]
    assert keys(without(sample(), "EMS-09"), "DQ-11") == ["not_run"]
