"""How answers read on a page, in both languages."""

import pytest
from flask import Flask

from disclosure.datapoints import climate
from market.texts import in_language
from market.web import disclosure_texts as texts
from tests.factories.disclosures import full_answers


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("tCO2e/万元", "tCO₂e/万元", "tCO₂e/CNY 10k"),
        ("亿元", "亿元", "CNY 100m"),
        ("百万USD", "百万USD", "USD million"),
        ("万kWh", "万kWh", "10k kWh"),
        ("kgCO2e/m3", "kgCO₂e/m³", "kgCO₂e/m³"),
        ("1", "", ""),
    ],
)
def test_units_are_written_as_readers_write_them(app: Flask, code: str, zh: str, en: str) -> None:
    with app.test_request_context():
        with in_language("zh"):
            assert texts.unit_name(code) == zh
        with in_language("en"):
            assert texts.unit_name(code) == en


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("key", sorted(full_answers()))
def test_every_answer_can_be_said_in_short(app: Flask, key: str, lang: str) -> None:
    with app.test_request_context(), in_language(lang):
        line = texts.in_short(climate()[key], full_answers()[key])
    assert line
    assert "{" not in line


def test_no_answer_and_a_reason_are_told_apart(app: Flask) -> None:
    asked = climate()["EMS-08"]
    with app.test_request_context(), in_language("en"):
        assert texts.in_short(asked, None) == "no answer"
        held = {"state": "confidential", "reason": "trade secret"}
        assert texts.in_short(asked, held) == "Confidential: trade secret"
