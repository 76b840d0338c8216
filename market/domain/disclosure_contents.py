"""The content of a disclosure row: begun, answered, completed, hashed, copied into columns."""

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from disclosure.answers import Answer
from disclosure.calculated import with_calculated
from disclosure.carry import carried_over
from disclosure.checks import Context, Result
from disclosure.checks.form import cells, unit_family, value_range
from disclosure.datapoints import Datapoint, climate, current
from disclosure.efficiency import inputs as efficiency_inputs
from disclosure.facts import Disclosure as Facts
from disclosure.facts import FactError, Period
from disclosure.facts import Organisation as Who
from disclosure.quality import data_quality
from disclosure.texts import LANGUAGES, Bilingual, Text, say
from disclosure.units import UnitError
from disclosure.values import Quantity, read_date, read_fields, read_optional_text
from market.enums import IdScheme
from market.models import Organisation
from market.texts import SHANGHAI

PERIOD = "GEN-02"
Problems = dict[str, Bilingual]
_CALCULATED = {each.id for each in current().datapoints.values() if each.calculated}
_SCHEMES = {IdScheme.USCC: "USCC", IdScheme.LEI: "LEI", IdScheme.TW: "TW"}
_LARGEST = Decimal(10) ** 15  # of any canonical unit; fits the figure columns
_PLACES = Decimal("0.0001")
_L_PLACES, _LARGEST_L = Decimal("0.000001"), Decimal(10) ** 14
_WAN = Decimal(10_000)


class Refused(ValueError):
    """Answers that cannot be taken: datapoint -> why, and the remedy."""

    def __init__(self, problems: Problems) -> None:
        super().__init__("; ".join(told.en for told in problems.values()))
        self.problems = problems


def begin(organisation: Organisation, year: int) -> Facts:
    """An empty disclosure of a calendar year: only who and when."""
    return Facts(who(organisation), year, Period(date(year, 1, 1), date(year, 12, 31)))


def who(organisation: Organisation) -> Who:
    """The header's organisation, as registered."""
    return Who(
        id=organisation.id,
        name=organisation.name_zh or organisation.name_en,
        scheme=_SCHEMES.get(IdScheme(organisation.id_scheme), "OTHER"),
        number=organisation.id_value,
    )


def with_answers(facts: Facts, given: Mapping[str, Any]) -> Facts:
    """Put answers (their JSON form; None takes one away) into a disclosure, or raise Refused.

    Answers are given to the newest catalogue: what was answered under an older one comes along.
    """
    facts = newest(facts)
    answers, period, problems = dict(facts.answers), facts.period, Problems()
    for key, raw in given.items():
        try:
            if key == PERIOD:
                period = _period(raw)
            elif raw is None:
                answers.pop(key, None)
            elif key in _CALCULATED:
                problems[key] = Bilingual(
                    f"{key}由系统根据其他指标计算，请勿填写。",
                    f"{key} is calculated from other answers; leave it out.",
                )
            else:
                answers[key] = _answer(facts, key, raw)
        except FactError as error:
            problems[key] = _both(error.text)
    changed = {key: answers[key] for key in given if key in answers and key not in problems}
    problems |= _out_of_bounds(replace(facts, answers=changed))
    if problems:
        raise Refused(problems)
    return replace(facts, answers=answers, period=period)


def newest(facts: Facts) -> Facts:
    """The same answers under the newest catalogue; what was published is never rewritten."""
    return carried_over(facts).disclosure


def left_behind(content: Mapping[str, Any]) -> list[tuple[str, Bilingual]]:
    """What of a content the newest catalogue does not take: datapoint (and .part), and why."""
    return [
        (
            f"{each.datapoint}.{each.part}".rstrip("."),
            each.why if isinstance(each.why, Bilingual) else _both(each.why),
        )
        for each in carried_over(Facts.from_dict(content)).left
    ]


def _answer(facts: Facts, key: str, raw: Any) -> Answer:
    asked = facts.catalogue.datapoints.get(key)
    if asked is None:
        raise FactError(key[:40], "unknown_datapoint", version=facts.catalogue_version)
    if asked.header:
        raise FactError(key, "belongs_to_header")
    return Answer.from_dict(asked, raw)


def _period(raw: Any) -> Period:
    given = read_fields(raw, PERIOD, {"state", "parts"}, {"note"})
    parts = read_fields(given["parts"], PERIOD, {"start", "end"}, set())
    return Period(
        read_date(parts["start"], f"{PERIOD}.start"),
        read_date(parts["end"], f"{PERIOD}.end"),
        read_optional_text(given, "note", f"{PERIOD}.note", 1000),
    )


def _out_of_bounds(facts: Facts) -> Problems:
    """What is wrong whatever else is answered: another kind of unit, a negative emission."""
    problems = Problems()
    for rule in (value_range, unit_family):
        for finding in rule(facts, Context()):
            if finding.result is Result.FAIL:
                problems[finding.datapoints[0]] = _both(finding.text)
    for key, _row, column, value in cells(facts):
        if isinstance(value, Quantity) and abs(value.canonical) >= _LARGEST:
            problems[key] = Bilingual(
                f"{column.label.zh}：{value.amount:,f} {value.unit}过大，请核对单位。",
                f"{column.label.en}: {value.amount:,f} {value.unit} is too large;"
                " look at the unit.",
            )
    return problems


def _both(text: Text) -> Bilingual:
    zh, en = (say(text, lang) for lang in LANGUAGES)
    return Bilingual(zh, en)


def complete(facts: Facts, organisation: Organisation) -> Facts:
    """What is published: the name as registered now, and what follows from the answers."""
    return with_calculated(replace(facts, organisation=who(organisation)))


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one byte form of a content: sorted keys, no spaces, UTF-8; this is what is hashed."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical(content)).hexdigest()


def in_usual_units(asked: Datapoint, answer: Mapping[str, Any] | None) -> list[tuple[Decimal, str]]:
    """The amounts of an answer that were typed in another unit, converted to the usual one."""
    parts = Answer.from_dict(asked, answer).parts if answer and not asked.table else {}
    usual = {column.id: column.unit for column in asked.columns}
    found = []
    for key, value in parts.items():
        if isinstance(value, Quantity) and value.unit != usual[key]:
            with suppress(UnitError):  # another currency stays as it is
                found.append((value.to(usual[key]), usual[key]))
    return found


def is_answered(facts: Facts, datapoint: str) -> bool:
    """Whether it counts as answered: stated, or not applicable with a reason; not withheld."""
    answer = facts.answer(datapoint)
    if answer is None or not answer.complete_for(facts.catalogue[datapoint]):
        return False
    return answer.stated or answer.state == "not_applicable"


def columns(facts: Facts) -> dict[str, Any]:
    """The figures a published row carries for lists, charts and the ranking."""
    revenue, currency = _revenue(facts)
    asked = climate().datapoints
    return {
        "scope1": _rounded(facts.amount("EMS-01", unit="tCO2e")),
        "scope2_location": _rounded(facts.amount("EMS-05", unit="tCO2e")),
        "scope2_market": _rounded(facts.amount("EMS-06", "emissions", unit="tCO2e")),
        "scope3": _rounded(facts.amount("EMS-08", unit="tCO2e")),
        "energy_mwh": _rounded(facts.amount("ENE-01", unit="MWh")),
        "revenue": _rounded(revenue),
        "currency": currency,
        "employees": _employees(facts),
        "carbon_l": _carbon_l(facts),
        "completeness": sum(is_answered(facts, key) for key in asked) * 100 // len(asked),
        "assurance": 0,  # verifiers give it, after publication: assurances.recount
        "data_quality": data_quality(facts, assured=()).score,
        "period_end": datetime.combine(facts.period.end, time(), SHANGHAI),
    }


def _employees(facts: Facts) -> int | None:
    count = facts.value("GEN-08", "count")
    return count if isinstance(count, int) and not isinstance(count, bool) else None


def _revenue(facts: Facts) -> tuple[Decimal | None, str]:
    stated = facts.value("GEN-05")
    if not isinstance(stated, Quantity):
        return facts.amount("GEN-05"), "CNY"  # a stated zero needs no unit
    return stated.canonical / _WAN, stated.canonical_unit


def _carbon_l(facts: Facts) -> Decimal | None:
    """L of the carbon efficiency; None beyond what the column holds."""
    given = efficiency_inputs(facts)
    found = given.l if given else None
    fits = found is not None and abs(found) < _LARGEST_L
    return found.quantize(_L_PLACES) if found is not None and fits else None


def _rounded(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(_PLACES)


def without_calculated(content: Mapping[str, Any]) -> dict[str, Any]:
    """A published content as the start of its next version: only what people typed."""
    newer = newest(Facts.from_dict(dict(content))).to_dict()
    kept = {key: each for key, each in newer["answers"].items() if key not in _CALCULATED}
    return {**newer, "answers": kept}
