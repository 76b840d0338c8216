"""The form and the answers are each other's mirror."""

from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from disclosure.datapoints import Datapoint, climate
from market.web.disclosure_answers import read
from market.web.disclosure_forms import MOST_ROWS, Cell, questions
from tests.disclosure.samples import any_answer
from tests.factories.disclosures import full_answers

TYPED = [each for each in climate().datapoints.values() if not each.calculated and not each.header]


def as_sent(asked: Datapoint, stored: dict[str, Any] | None) -> MultiDict[str, str]:
    """What a browser sends when nobody changes the drawn form."""
    question = questions([asked], {asked.id: stored}, edit=3)[0]
    sent = MultiDict[str, str]()
    for meta in ("state", "reason", "note", "edit"):
        sent.add(f"{asked.id}.{meta}", str(getattr(question, meta)))
    for cell in (*question.cells, *(cell for row in question.rows for cell in row)):
        send(cell, sent)
    return sent


def send(cell: Cell, sent: MultiDict[str, str]) -> None:
    for value in cell.value if isinstance(cell.value, list | tuple) else [cell.value]:
        sent.add(cell.name, str(value))
    if cell.column.unit:
        sent.add(f"{cell.name}.unit", cell.unit)
    if cell.kept:
        sent.add(f"{cell.name}.kept", cell.kept_key)


def understood(asked: Datapoint, sent: MultiDict[str, str], stored: Any = None) -> Any:
    typed = read([asked], sent, stored={asked.id: stored}, files={})
    assert typed.errors == {}
    return typed.answers[asked.id]


def tidy(value: Any) -> Any:
    """The same without blanks at the ends, empty rows, and states that say nothing."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict) and "sha256" in value:
        return value  # a file keeps its name
    if isinstance(value, list):
        return [tidy(each) for each in value if each]
    return {key: tidy(each) for key, each in value.items()} if isinstance(value, dict) else value


def said(answer: dict[str, Any]) -> dict[str, Any] | None:
    given = {key: each for key, each in tidy(answer).items() if each}
    says_nothing = given["state"] == "value" and not given.keys() - {"state"}
    return None if says_nothing else given


@pytest.mark.parametrize("asked", TYPED, ids=lambda each: each.id)
def test_a_form_sent_unchanged_says_what_was_stored(app: Flask, asked: Datapoint) -> None:
    stored = full_answers().get(asked.id)
    with app.test_request_context():
        assert understood(asked, as_sent(asked, stored), stored) == stored


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_answer_survives_the_form(app: Flask, data: st.DataObject) -> None:
    asked = data.draw(st.sampled_from(TYPED))
    answer = data.draw(any_answer(asked)).to_dict()
    with app.test_request_context():
        assert understood(asked, as_sent(asked, answer), answer) == said(answer)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,530.0", "1530.0"),
        ("１５３０", "1530"),
        ("1 530", "1530"),
        ("007", "7"),
        ("-5", "-5"),
        ("-0.0", "0.0"),
        ("1，530", "1530"),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, amount: str) -> None:
    sent = MultiDict({"EMS-01.state": "value", "EMS-01.p.value": text})
    answer = understood(climate()["EMS-01"], sent)
    assert answer["parts"]["value"] == {"amount": amount, "unit": "tCO2e"}


@pytest.mark.parametrize("text", ["NaN", "1e5", "12t", "inf", "1.2.3", "½", "一百", "1" * 19])
def test_what_is_no_number_is_told_at_its_box(app: Flask, text: str) -> None:
    sent = MultiDict({"EMS-01.state": "value", "EMS-01.p.value": text})
    with app.test_request_context():
        typed = read([climate()["EMS-01"]], sent, stored={}, files={})
    assert set(typed.errors) == {"EMS-01.p.value"}


def test_a_typed_zero_is_the_state_zero() -> None:
    sent = MultiDict({"EMS-01.state": "value", "EMS-01.p.value": "0.0"})
    assert understood(climate()["EMS-01"], sent)["state"] == "zero"


def test_a_reason_leaves_the_value_out() -> None:
    sent = MultiDict(
        {"EMS-08.state": "confidential", "EMS-08.p.value": "5", "EMS-08.reason": "商业秘密"}
    )
    answer = understood(climate()["EMS-08"], sent)
    assert answer == {"state": "confidential", "reason": "商业秘密"}


def test_a_question_the_form_did_not_hold_is_left_alone() -> None:
    typed = read(TYPED, MultiDict({"EMS-01.p.value": "5"}), stored={}, files={})
    assert typed.answers == {}


def test_a_table_too_long_for_a_page_is_left_alone() -> None:
    rows = [{"source": "electricity", "item": "示例"}] * (MOST_ROWS + 1)
    sent = MultiDict({"EMS-14.state": "value"})
    stored = {"EMS-14": {"state": "value", "rows": rows}}
    assert read([climate()["EMS-14"]], sent, stored=stored, files={}).answers == {}
