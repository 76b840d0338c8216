from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from disclosure.checks.finding import Result
from disclosure.checks.footprints import FOOTPRINT_RULES, check_footprint
from disclosure.footprint import DataQuality, Footprint, Geography, Method, Product
from disclosure.footprint_terms import Boundary, Stage, Unit
from disclosure.texts import LANGUAGES, say, sentences
from tests.disclosure.footprint_samples import any_footprints, day, footprint, power

TODAY = date(2026, 11, 1)


def said(made: Footprint) -> set[str]:
    """The codes of what failed or warned."""
    wrong = {Result.FAIL, Result.WARN}
    found = check_footprint(made, today=TODAY)
    return {each.text.code for each in found if each.result in wrong}


def parts(**given: str) -> dict[str, Any]:
    return {"parts": {name: Decimal(value) for name, value in given.items()}, "lines": ()}


def test_sound_footprint_passes_every_rule() -> None:
    findings = check_footprint(footprint(), today=TODAY)
    assert [each.result for each in findings] == [Result.PASS] * len(FOOTPRINT_RULES)
    assert all(each.formula for each in findings)


@pytest.mark.parametrize(
    ("total", "code"),
    [("100", None), ("101.01", None), ("98.98", "fail"), ("101.03", "fail"), ("1", "fail")],
)
def test_total_holds_within_one_percent_and_rounding(total: str, code: str | None) -> None:
    made = footprint(**parts(fossil="100.00", fossil_carbon="0"), excluding=Decimal(total))
    expected = {f"DQ-30.excluding.{code}"} if code else set()
    assert {each for each in said(made) if ".excluding." in each} == expected


def test_total_including_uptake_follows_from_the_other() -> None:
    made = footprint(**parts(fossil="10.00", biogenic_uptake="-4.00"))
    assert "DQ-30.including.fail" not in said(made)
    assert "DQ-30.including.fail" in said(replace(made, including=Decimal("10.00")))


def test_stages_must_add_up_to_the_total() -> None:
    assert "DQ-30.stages.fail" in said(footprint(lines=(power(amount="11"),)))
    not_run = check_footprint(footprint(lines=()), today=TODAY)[2]
    assert not_run.result is Result.NOT_RUN


WRONG: Mapping[str, dict[str, Any]] = {
    "DQ-31.geography.several": {"geography": Geography(country="CN", subdivision="CN-SH")},
    "DQ-31.geography.code": {"geography": Geography(subdivision="Shanghai")},
    "DQ-31.validity.long": {"valid_until": day(2028, 4) + timedelta(days=1)},
    "DQ-31.validity.reversed": {"valid_until": day(2025, 4)},
    "DQ-31.reference_period.reversed": {"end": day(2024)},
    "DQ-31.reference_period.future": {"end": day(2027)},
    "DQ-31.declared_unit.amount": {"amount": Decimal(0)},
    "DQ-31.declared_unit.mass": {"mass": Decimal(-1)},
    "DQ-31.declared_unit.kilogram": {"mass": Decimal("1.01")},
    "DQ-31.declared_unit.massless": {"unit": Unit.HOUR},
    "DQ-31.signs.negative": parts(fossil="-6"),
    "DQ-31.signs.positive": parts(fossil="6", ccs="1"),
    "DQ-31.signs.exempted": {"method": Method(("ISO14067",), exempted=Decimal("100.1"))},
    "DQ-31.parts.more_than_whole": parts(fossil="6", aircraft="6.1"),
    "DQ-31.parts.not_included": parts(fossil="6", packaging="1"),
    "DQ-31.boundary.beyond": {"lines": (power(Stage.USE),)},
    "DQ-31.boundary.unsaid": {"lines": (), "boundary": Boundary.GRAVE},
    "DQ-31.identifiers.gtin": {"product": Product("示例", ("urn:gtin:4006381333932",))},
    "DQ-31.method.gwp": {"method": Method(("ISO14067",), gwp=("AR4",))},
    "DQ-32.data_quality.no_share": {"quality": DataQuality()},
    "DQ-32.data_quality.share": {"quality": DataQuality(Decimal("100.1"))},
    "DQ-32.data_quality.rating": {"quality": DataQuality(Decimal(1), (Decimal(6),) * 3)},
    "DQ-32.completeness.exempted": {"method": Method(("ISO14067",), exempted=Decimal("5.1"))},
    "DQ-32.completeness.no_ratings": {"quality": DataQuality(Decimal(1))},
    "DQ-32.completeness.no_primary": {"quality": DataQuality(Decimal(0), (Decimal(2),) * 3)},
}


@pytest.mark.parametrize("code", WRONG)
def test_one_wrong_thing_is_found_and_a_remedy_said(code: str) -> None:
    made = footprint(**WRONG[code])
    assert code in said(made)
    finding = next(f for f in check_footprint(made, today=TODAY) if f.text.code == code)
    assert all(say(finding.text, lang) for lang in LANGUAGES)


BORDER: tuple[dict[str, Any], ...] = (
    {"geography": Geography()},
    {"geography": Geography(region="Eastern Asia")},
    {"end": day(2026, 11)},
    {"unit": Unit.KILOWATT_HOUR, "mass": Decimal(0)},
    {"unit": Unit.PIECE, "mass": Decimal("12.5")},
    {"quality": DataQuality(Decimal(100), (Decimal(1), Decimal(5), Decimal(3)))},
    {"method": Method(("ISO14067",), gwp=("AR5",), exempted=Decimal(5))},
    {"parts": {"fossil": Decimal("6.205"), "aircraft": Decimal("6.205")}},
    {"product": Product("示例", ("urn:example:part-7",))},
)


@pytest.mark.parametrize("given", BORDER, ids=lambda given: next(iter(given)))
def test_border_cases_pass(given: dict[str, Any]) -> None:
    assert said(footprint(**given)) == set()


def test_every_outcome_has_a_sentence_and_every_sentence_an_outcome() -> None:
    told = {key for key in sentences().by_lang["en"] if key.count(".") == 2 and key[:4] == "DQ-3"}
    tested = set(WRONG) | {f"DQ-30.{name}.fail" for name in ("excluding", "including", "stages")}
    asides = {key for key in told if key.endswith((".pass", ".not_run", ".no_today"))}
    assert told - asides == tested


@given(any_footprints())
@settings(max_examples=60)
def test_no_footprint_takes_a_traceback(made: Footprint) -> None:
    findings = check_footprint(made, today=None)
    assert all(say(each.text, lang) for each in findings for lang in LANGUAGES)
