"""VSME facts as answers and back: equal values, units, periods, dimensions."""

import warnings
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.answers import Answer, State
from disclosure.datapoints import current
from disclosure.exchange.vsme import read_vsme
from disclosure.exchange.vsme_answers import Placed, placed, vsme_facts
from disclosure.exchange.vsme_fact import VsmeFact, VsmeReport
from disclosure.exchange.vsme_places import Place, places
from disclosure.exchange.vsme_taxonomy import RENAMED, concepts
from disclosure.exchange.vsme_totals import FOLLOWS
from disclosure.facts import Disclosure, Organisation, Period
from tests.disclosure.exchange.test_vsme import REAL
from tests.disclosure.samples import q, sample

EXPECTED = {
    "VSME-Digital-Template-Sample-1.0.1": (142, 134),
    "VSME-Digital-Template-Sample-1.1.1": (141, 133),
    "VSME-Digital-Template-Sample-1.3.0": (144, 137),
    "vsme-unit-test-v1.0.0": (159, 144),
}
"""Facts of each workbook, and how many of them land in an answer."""


def report(disclosure: Disclosure) -> VsmeReport:
    period = disclosure.period
    return VsmeReport("x", "1", "1.3.0", "", period.start, period.end, "CNY",
                      tuple(vsme_facts(disclosure)))  # fmt: skip


def esg(**answers: Answer) -> Disclosure:
    given = {key.replace("_", "-"): each for key, each in answers.items()}
    return replace(sample(), catalogue_version=current().version, answers=given)


def answer(key: str, *rows: dict[str, Any], **parts: Any) -> Answer:
    return Answer.of(current()[key], parts, rows=rows)


def as_disclosure(made: Placed, source: VsmeReport) -> Disclosure:
    who = Organisation("o", source.entity, "OTHER", source.identifier)
    return Disclosure(who, source.end.year, Period(source.start, source.end), made.answers)


def same(one: VsmeFact, other: VsmeFact) -> bool:
    """Equal in period, unit and value; an answer holds twelve decimals of an amount."""
    if (one.unit, one.period, dict(one.dimensions)) != (
        other.unit, other.period, dict(other.dimensions),
    ):  # fmt: skip
        return False
    if one.unit is None:
        return one.lexical == other.lexical
    return abs(Decimal(one.lexical) - Decimal(other.lexical)) <= Decimal("1e-12")


def identity(fact: VsmeFact) -> tuple[str, tuple[tuple[str, str], ...]]:
    name = fact.concept.removeprefix("vsme:")
    return RENAMED.get(name, name), tuple(sorted(fact.dimensions.items()))


def test_every_concept_has_a_place_or_follows() -> None:
    placed_names = {each.concept.name.removeprefix("vsme:") for each in places()}
    assert set(concepts()) - placed_names - set(FOLLOWS) == {"GPSLocationOfSite"}


def test_every_place_is_a_part_of_the_catalogue() -> None:
    assert all(each.column.id == each.part for each in places())
    assert len({(each.concept.name, each.member) for each in places()}) == len(places())


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("ENE-01", answer("ENE-01", value=q("250.50", "MWh"))),
        ("WRK-05", answer("WRK-05", rate=q("28.4", "%"))),
        ("PRA-01", answer("PRA-01", topics=("climate", "conduct"), public=True)),
        ("GEN-12", answer("GEN-12", form="cooperative")),
        ("REP-02", answer("REP-02", value="B6 - Water\nB6 - Water Withdrawal")),
        ("WST-02", answer("WST-02", {"waste": "20 01 01 Non-Hazardous", "diverted": q("5", "kg")})),
        ("POL-01", answer("POL-01", {"pollutant": "Alachlor", "air": q("0.3", "t")})),
        ("GEN-10", answer("GEN-10", {"name": "Site 7", "address": "a", "country": "CN"})),
        ("WRK-04", answer("WRK-04", {"country": "CN", "employees": q("7.5", "1")})),
        ("BIO-02", answer("BIO-02", total=q("2", "ha"), sealed=q("300", "m2"))),
        ("TRN-01", answer("TRN-01", female=q("12", "h"), male=q("8", "h"))),
        ("SAF-01", answer("SAF-01", accidents=2, rate=q("1.5", "1/200000h"))),
    ],
)
def test_an_answer_comes_back_from_its_facts(key: str, given: Answer) -> None:
    made = placed(report(esg(**{key: given})))
    assert made.answers[key] == given
    assert {where.partition(".")[0] for _, where in made.taken} == {key}


def test_units_of_ours_are_written_in_those_of_the_taxonomy() -> None:
    given = esg(
        **{
            "ENE-01": answer("ENE-01", value=q("2", "万kWh")),
            "WAT-01": answer("WAT-01", total=q("1.2", "万m3")),
            "GEN-05": answer("GEN-05", value=q("3", "万元")),
        }
    )
    made = {each.at: (each.value, each.unit) for each in vsme_facts(given)}
    assert Decimal(made["ENE-01.value"][0]) == 20
    assert made["ENE-01.value"][1] == "utr:MWh"
    assert made["WAT-01.total"] == ("12000", "utr:m3")
    assert made["GEN-05.value"] == ("30000", "iso4217:CNY")


def test_a_calculated_rate_is_exported_for_its_inputs() -> None:
    given = esg(**{"WRK-05": answer("WRK-05", left=q("1", "1"), average=q("8", "1"))})
    (fact,) = vsme_facts(given)
    assert (fact.concept, fact.value, fact.lexical, fact.scale) == (
        "vsme:EmployeeTurnoverRate", "12.500000", "0.125000", -2,
    )  # fmt: skip


def test_a_bare_zero_is_a_fact_and_a_reason_is_none() -> None:
    given = esg(**{"EMS-01": Answer(answer("EMS-01", value=q("0", "t")).state)})
    (fact,) = vsme_facts(given)
    assert (fact.lexical, fact.unit) == ("0", "utr:tCO2e")
    assert vsme_facts(esg(**{"EMS-01": Answer(_reasoned(), reason="r")})) == []


def _reasoned() -> State:
    return State.NOT_AVAILABLE


def test_totals_and_intensities_follow_from_the_scopes() -> None:
    given = esg(
        **{
            "EMS-01": answer("EMS-01", value=q("100", "tCO2e")),
            "EMS-05": answer("EMS-05", value=q("50", "tCO2e")),
            "GEN-05": answer("GEN-05", value=q("23500", "EUR")),
        }
    )
    made = {each.concept: each for each in vsme_facts(given)}
    assert made["vsme:TotalGrossLocationBasedScope1AndScope2GHGEmissions"].value == "150"
    intensity = made["vsme:Scope1AndScope2GreenhouseGasEmissionsIntensityValueLocationBased"]
    assert intensity.unit == "utr:tCO2e/iso4217:EUR"
    assert Decimal(intensity.value) * 23500 == pytest.approx(Decimal(150), abs=Decimal("1e-20"))


def test_free_words_the_taxonomy_does_not_know_are_left_out() -> None:
    rows = ({"waste": "废纸", "diverted": q("5", "kg")},)
    assert vsme_facts(esg(**{"WST-02": answer("WST-02", *rows)})) == []


def test_what_does_not_fit_is_left_with_why() -> None:
    period = "2025-01-01/2025-12-31"
    facts = (
        VsmeFact("vsme:NumberOfEmployees", "9.5", "9.5", "xbrli:pure", "2025-12-31", {}),
        VsmeFact("vsme:TotalUseOfLand", "1", "1", "utr:acre", period, {}),
        VsmeFact("vsme:LinkToPreviousReportContainingDisclosuresThatRemainUnchanged",
                 "x" * 501, "x" * 501, None, "2025-12-31", {}),
    )  # fmt: skip
    made = placed(replace(report(esg()), facts=facts))
    assert made.answers == {}
    assert [why.split()[0] for _, why in made.left] == ["our", "our", "it"]


def plain(place: Place) -> bool:
    """A place whose amounts and words pass without a code list."""
    return place.table is None and not place.codes and not place.write and place.part != "code"


_WORDS = st.text("碳abc 123", min_size=1, max_size=20).filter(str.strip)
_AMOUNTS = st.decimals(0, 10**9, places=6).filter(bool)


@st.composite
def facts(draw: st.DrawFn) -> VsmeFact:
    place = draw(st.sampled_from([each for each in places() if plain(each) and not each.member]))
    period = "2025-12-31" if place.concept.period == "instant" else "2025-01-01/2025-12-31"
    units = {"ghgEmissions": "utr:tCO2e", "energy": "utr:MWh", "mass": "utr:kg", "area": "utr:sqm",
             "volume": "utr:m3", "monetary": "iso4217:EUR", "decimal": "xbrli:pure"}  # fmt: skip
    unit = units.get(place.concept.type)
    lexical = f"{draw(_AMOUNTS):f}" if unit else draw(_WORDS)
    if place.column.input == "integer" or place.concept.type == "gYear":
        lexical = str(draw(st.integers(1, 2100)))
    lexical = {"boolean": "true", "date": "2026-01-31", "percent": "0.5"}.get(
        place.concept.type, lexical
    )
    unit = "xbrli:pure" if place.concept.type == "percent" else unit
    return VsmeFact(place.concept.name, lexical, lexical, unit, period, {})


@settings(max_examples=150, deadline=None)
@given(facts())
def test_any_fact_that_lands_is_written_back_equal(fact: VsmeFact) -> None:
    source = replace(report(esg()), facts=(fact,))
    made = placed(source)
    assert made.left == ()
    back = {identity(each): each for each in vsme_facts(as_disclosure(made, source))}
    assert same(back[identity(fact)], fact)


@pytest.fixture(scope="module")
def books() -> Iterator[dict[str, VsmeReport]]:
    folder = REAL / "templates"
    if not folder.exists():
        pytest.skip(f"real data not found at {folder}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield {name: read_vsme(Path(folder / f"{name}.xlsx")) for name in EXPECTED}


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.parametrize("name", EXPECTED)
def test_facts_of_real_workbooks_land_in_answers_and_come_back(
    books: dict[str, VsmeReport], name: str
) -> None:
    book = books[name]
    made = placed(book)
    assert (len(book.facts), len(made.taken)) == EXPECTED[name]
    known = {"GPSLocationOfSite", *FOLLOWS}
    assert {identity(fact)[0] for fact, _ in made.left} <= known
    back = {identity(each): each for each in vsme_facts(as_disclosure(made, book))}
    wrong = [fact for fact, _ in made.taken if not same(fact, back[identity(fact)])]
    assert wrong == []
    for key, each in made.answers.items():
        assert Answer.from_dict(current()[key], each.to_dict()) == each


@pytest.mark.real
@pytest.mark.slow
def test_totals_of_the_sample_follow_from_its_scopes(books: dict[str, VsmeReport]) -> None:
    book = books["VSME-Digital-Template-Sample-1.3.0"]
    made = placed(book)
    back = {identity(each): each for each in vsme_facts(as_disclosure(made, book))}
    assert len(made.left) == 7
    assert all(same(fact, back[identity(fact)]) for fact, _ in made.left)
