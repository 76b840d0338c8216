"""How answers of the questionnaire read on a page: values, units, options, states."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Protocol

from flask_babel import lazy_gettext

from disclosure.crosswalk import standards
from disclosure.datapoints import QUANTITIES, Catalogue, Column, Datapoint, Input, current
from disclosure.texts import Text
from disclosure.texts import say as sentence
from market.texts import LazyString, gettext, language, number

STATES: tuple[tuple[str, LazyString], ...] = (
    ("value", lazy_gettext("We have the figure or the fact")),
    ("zero", lazy_gettext("None: it is zero")),
    ("not_applicable", lazy_gettext("Not applicable to us")),
    ("not_available", lazy_gettext("Not available yet")),
    ("confidential", lazy_gettext("Confidential")),
)
_STATED = {
    "zero": lazy_gettext("None (zero)"),
    "not_applicable": lazy_gettext("Not applicable"),
    "not_available": lazy_gettext("Not available"),
    "confidential": lazy_gettext("Confidential"),
}
_SCALE_WORDS = {"千": "k", "万": "10k", "百万": "million", "亿": "100m"}
_MONEY = re.compile(r"(千|百万|万|亿)?(元|USD|EUR|HKD|TWD|JPY|GBP|SGD)")
_AMOUNT = re.compile(r"(万)(?=[A-Za-z])")
_DIGITS = 6
_ROWS_SHOWN = 50


class Worded(Protocol):
    """A text of the catalogue in both languages."""

    @property
    def zh(self) -> str:
        """In Chinese."""

    @property
    def en(self) -> str:
        """In English."""


def say(words: Worded) -> str:
    """One of the two languages, by the reader."""
    return words.en if language() == "en" else words.zh


def unit_name(code: str) -> str:
    """A unit as people of the reader's language write it: 万元, CNY 10k, tCO₂e."""
    text = "" if code == "1" else code.replace("CO2", "CO₂").replace("m3", "m³")
    if language() == "en":
        text = _MONEY.sub(_english_money, text)
        text = _AMOUNT.sub("10k ", text)
    return text


def _english_money(found: re.Match[str]) -> str:
    scale, currency = found.group(1), found.group(2).replace("元", "CNY")
    return f"{currency} {_SCALE_WORDS[scale]}" if scale else currency


def amount(value: Decimal, unit: str) -> str:
    """A number with its unit."""
    name = unit_name(unit)
    return f"{number(value, _DIGITS)}{'' if name == '%' else ' '}{name}".strip()


def option_name(column: Column, code: str) -> str:
    """The label of a choice."""
    return next((say(each.label) for each in column.options if each.code == code), code)


def shown(column: Column, value: Any) -> str:
    """One value of an answer's JSON form, in words and with its unit."""
    if value is None:
        return "–"
    if column.input in QUANTITIES:
        return amount(Decimal(value["amount"]), value["unit"])
    if column.input is Input.BOOLEAN:
        return gettext("Yes") if value else gettext("No")
    if column.input is Input.ENUM:
        return option_name(column, value)
    if column.input is Input.MULTI_ENUM:
        joint = ", " if language() == "en" else "、"
        return joint.join(option_name(column, each) for each in value)
    return str(value["name"]) if column.input is Input.FILE else str(value)


def parts_shown(asked: Datapoint, answer: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(label, value) of an answer that is not a table; one part has no label of its own."""
    parts = answer.get("parts", {})
    alone = len(asked.columns) == 1
    return [
        ("" if alone else say(column.label), shown(column, parts[column.id]))
        for column in asked.columns
        if column.id in parts
    ]


def rows_shown(asked: Datapoint, answer: Mapping[str, Any]) -> list[list[str]]:
    """The cells of a table's first rows."""
    return [
        [shown(column, row.get(column.id)) for column in asked.columns]
        for row in answer.get("rows", [])[:_ROWS_SHOWN]
    ]


def in_short(asked: Datapoint, answer: Mapping[str, Any] | None) -> str:
    """An answer on one line, for comparisons and hints."""
    if answer is None:
        return gettext("no answer")
    if answer["state"] != "value" and not answer.get("parts"):
        reason = answer.get("reason", "")
        return f"{state_name(answer['state'])}{': ' if reason else ''}{reason}"
    if asked.table:
        return gettext("rows: %(count)s", count=len(answer.get("rows", [])))
    pairs = parts_shown(asked, answer)
    text = " · ".join(f"{label}: {value}" if label else value for label, value in pairs)
    return text if len(text) <= 160 else f"{text[:159]}…"


def finding_text(told: Text) -> str:
    """A sentence of the disclosure package in the reader's language."""
    return sentence(told, "en" if language() == "en" else "zh")


def state_name(state: str) -> str:
    """How a state reads beside a published answer."""
    return str(_STATED.get(state, ""))


def catalogue() -> Catalogue:
    """The questionnaire of the forms."""
    return current()


def for_templates() -> dict[str, Any]:
    """What the templates of disclosures call."""
    return {
        "catalogue": catalogue(),
        "standards": standards(),
        "say": say,
        "shown": shown,
        "parts_shown": parts_shown,
        "rows_shown": rows_shown,
        "in_short": in_short,
        "state_name": state_name,
        "unit_name": unit_name,
        "finding_text": finding_text,
    }
