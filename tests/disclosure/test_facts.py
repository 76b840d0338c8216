import json
import math
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.answers import Answer, State
from disclosure.datapoints import climate
from disclosure.facts import Disclosure, FactError
from disclosure.values import MAX_DIGITS, Evidence, quantity
from tests.disclosure.samples import any_disclosure, giving, q, sample, stating, tabling, without

BAD_AMOUNTS = ["NaN", "Infinity", "-Infinity", "-0", "-0.00", "1e3", "1,000", " 1", "１", "", "0x1",
               "1" * (MAX_DIGITS + 1), "0." + "1" * 13, "01", ".5", 5, 1.5, math.nan, None, True,
               Decimal("NaN")]  # fmt: skip


def read(raw: Any) -> Disclosure | FactError:
    try:
        return Disclosure.from_dict(raw)
    except FactError as error:
        return error


def refused(*path: str | int, to: Any) -> FactError:
    raw: Any = deepcopy(sample().to_dict())
    inner = raw
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = to
    with pytest.raises(FactError) as caught:
        Disclosure.from_dict(raw)
    return caught.value


def test_sample_survives_the_round_trip_through_json() -> None:
    text = json.dumps(sample().to_dict(), ensure_ascii=False)
    assert Disclosure.from_dict(json.loads(text)) == sample()
    assert json.dumps(Disclosure.from_dict(json.loads(text)).to_dict(), ensure_ascii=False) == text


@settings(max_examples=60, deadline=None)
@given(any_disclosure())
def test_form_is_either_read_back_equal_or_refused_by_name(disclosure: Disclosure) -> None:
    form = disclosure.to_dict()
    outcome = read(json.loads(json.dumps(form)))
    if isinstance(outcome, FactError):
        assert outcome.where[:6] in disclosure.catalogue.datapoints
    else:
        assert outcome.to_dict() == form


@pytest.mark.parametrize("amount", BAD_AMOUNTS)
def test_amount_that_is_no_plain_number_is_refused(amount: object) -> None:
    error = refused("answers", "EMS-01", "parts", "value", "amount", to=amount)
    assert error.where == "EMS-01.value"


def test_trailing_zeros_are_kept() -> None:
    assert quantity("1.500", "MWh").amount.as_tuple() == Decimal("1.500").as_tuple()
    assert quantity(Decimal("1E+2"), "MWh").amount == 100


@pytest.mark.parametrize("unit", ["吨标煤啊", "", 7, None, ["MWh"]])
def test_unknown_unit_is_refused(unit: object) -> None:
    error = refused("answers", "EMS-01", "parts", "value", "unit", to=unit)
    assert "unknown unit" in str(error)


@pytest.mark.parametrize(
    ("path", "to", "where"),
    [
        (("format",), "x/9", "format"),
        (("catalogue",), "climate-0", "catalogue"),
        (("catalogue",), ["x"], "catalogue"),
        (("year",), "2025", "year"),
        (("year",), True, "year"),
        (("organisation",), [], "organisation"),
        (("organisation", "scheme"), "DUNS", "organisation.scheme"),
        (("organisation", "name"), "  ", "organisation.name"),
        (("period", "start"), "2025-1-1", "period.start"),
        (("period", "end"), "1066-10-14", "period.end"),
        (("period", "end"), "2025-02-30", "period.end"),
        (("answers",), None, "answers"),
        (("answers", "XXX-01"), {"state": "zero"}, "XXX-01"),
        (("answers", "GEN-01"), {"state": "zero"}, "GEN-01"),
        (("answers", "EMS-01"), {"state": "maybe"}, "EMS-01"),
        (("answers", "EMS-01"), {"state": "value", "extra": 1}, "EMS-01"),
        (("answers", "EMS-01"), {"state": "value", "rows": [{}]}, "EMS-01"),
        (("answers", "EMS-01"), {"state": "not_available", "reason": "x\u0000"}, "EMS-01"),
        (("answers", "EMS-01"), {"state": "not_available", "reason": "x" * 1001}, "EMS-01"),
        (("answers", "EMS-03"), {"state": "value", "parts": {"source": "mobile"}}, "EMS-03"),
        (("answers", "EMS-03", "rows"), "none", "EMS-03"),
        (("answers", "EMS-03", "rows"), [{}] * 21, "EMS-03"),
        (("answers", "EMS-03", "rows", 0, "source"), "volcano", "EMS-03[1].source"),
        (("answers", "GEN-08", "parts", "count"), 2.5, "GEN-08.count"),
        (("answers", "GOV-03", "parts", "linked"), "yes", "GOV-03.linked"),
        (("answers", "GOV-05", "parts", "link"), "javascript:alert(1)", "GOV-05.link"),
        (("answers", "BND-02", "parts", "value"), [], "BND-02.value"),
        (("answers", "BND-02", "parts", "value"), ["ghg_protocol"] * 2, "BND-02.value"),
        (("answers", "BND-02", "parts", "value"), "ghg_protocol", "BND-02.value"),
        (("answers", "VER-02", "parts", "statement", "sha256"), "00", "VER-02.statement"),
        (("answers", "VER-03", "parts", "name"), 7, "VER-03.name"),
        (("answers", "VER-03", "parts", "name"), "x" * 101, "VER-03.name"),
    ],
)
def test_bad_form_is_refused_by_name(path: tuple[str | int, ...], to: object, where: str) -> None:
    assert refused(*path, to=to).where == where


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (
            {"state": "zero", "parts": {"value": {"amount": "1", "unit": "tCO2e"}}},
            "zero_with_value",
        ),
        ({"state": "value", "parts": {"value": {"amount": "0", "unit": "tCO2e"}}}, "say_zero"),
        (
            {"state": "confidential", "parts": {"value": {"amount": "1", "unit": "tCO2e"}}},
            "value_beside_reason",
        ),
        ({"state": "zero", "reason": "x"}, "reason_beside_value"),
    ],
)
def test_states_are_not_mixed_up(answer: dict[str, Any], code: str) -> None:
    assert refused("answers", "EMS-01", to=answer).text.code == f"fact.{code}"


def test_zero_is_no_answer_to_a_choice() -> None:
    assert refused("answers", "GOV-02", to={"state": "zero"}).text.code == "fact.cannot_be_zero"


def test_missing_key_is_named() -> None:
    raw = sample().to_dict()
    del raw["period"]
    with pytest.raises(FactError, match="period missing"):
        Disclosure.from_dict(raw)


@pytest.mark.parametrize("raw", [None, [], "x", 1, {1: 2}])
def test_anything_but_a_disclosure_is_refused(raw: object) -> None:
    with pytest.raises(FactError):
        Disclosure.from_dict(raw)


def test_header_answers_gen_01_and_gen_02() -> None:
    name = sample().value("GEN-01", "name")
    assert isinstance(name, str)
    assert name.startswith("示例")
    assert sample().value("GEN-02", "end") == date(2025, 12, 31)


def test_five_states_are_distinct() -> None:
    given = sample()
    assert given.amount("ENE-05") == 0
    assert given.amount("SHG-01", "l") is None
    assert giving(given, "EMS-01", State.CONFIDENTIAL).amount("EMS-01") is None
    assert without(given, "EMS-01").answer("EMS-01") is None
    assert given.stated("ENE-05")
    assert not given.stated("SHG-02")


def test_amount_is_given_in_the_unit_asked() -> None:
    given = stating(sample(), "ENE-01", value=q("100", "tce"))
    assert given.amount("ENE-01") == Decimal("2930.76")
    assert given.amount("ENE-01", unit="MWh") == Decimal("814.1")
    assert given.amount("ENE-01", unit="tCO2e") is None
    assert given.amount("GOV-02") is None


def test_unfinished_answer_is_not_stated() -> None:
    assert not stating(sample(), "BND-05", year=2021).stated("BND-05")
    assert not stating(sample(), "ENE-02", renewable=q("1", "MWh")).stated("ENE-02")


def test_of_says_zero_when_every_amount_is_zero() -> None:
    energy = climate()["ENE-02"]
    nothing = {"renewable": q("0", "MWh"), "non_renewable": q("0", "MWh")}
    assert Answer.of(energy, nothing).state is State.ZERO
    assert Answer.of(energy, {**nothing, "renewable": q("1", "MWh")}).state is State.VALUE
    assert Answer.of(climate()["BND-04"]).state is State.ZERO


def test_emissions_and_targets_are_read_off() -> None:
    scopes = {each.scope: each.tonnes for each in sample().emissions()}
    assert scopes == {"1": 1530, "2_location": 6434, "2_market": 5264, "3": 41200}
    (target,) = sample().targets()
    assert (target.base_year, target.target_year, target.reduction) == (2021, 2030, Decimal(42))


def test_incomplete_target_is_left_out() -> None:
    assert not tabling(sample(), "TGT-01", {"name": "x", "base_year": 2021}).targets()


def test_evidence_and_note_are_kept() -> None:
    raw = sample().to_dict()
    raw["answers"]["EMS-01"] |= {"note": "注", "evidence": [{"name": "a.pdf", "sha256": "a" * 64}]}
    answer = Disclosure.from_dict(raw).answers["EMS-01"]
    assert answer.evidence == (Evidence("a.pdf", "a" * 64),)
    assert Disclosure.from_dict(raw).to_dict()["answers"]["EMS-01"] == raw["answers"]["EMS-01"]


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    raw = sample().to_dict()
    raw["answers"]["VER-03"]["parts"]["name"] = text
    outcome = read(raw)
    if isinstance(outcome, FactError):
        assert outcome.where == "VER-03.name"
    else:
        assert outcome.value("VER-03", "name") == text
