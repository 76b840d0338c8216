from datetime import date
from decimal import Decimal

import pytest

from scoring.products import CLASS_NAMES, KINDS, TermKind
from scoring.products.kind import Term
from scoring.texts import say

PLEDGE = {
    "rate_basis": "lpr_1y",
    "spread_bp": Decimal(-20),
    "quantity_min": Decimal(1000),
    "reference_price": "average_20d",
    "ltv_max": Decimal(60),
    "margin_call_ltv": Decimal(75),
    "liquidation_ltv": Decimal(85),
}


def middle(term):
    """A value that the term alone allows."""
    if term.kind is TermKind.CHOICE:
        return term.options[0].value
    if term.kind is TermKind.DATE:
        return date(2027, 6, 30)
    if term.kind is TermKind.TEXT:
        return "x"
    return int((term.minimum + term.maximum) / 2) or term.maximum


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_kind_is_complete_in_both_languages(kind):
    assert kind.klass in CLASS_NAMES
    assert all((kind.zh, kind.en, kind.summary_zh, kind.summary_en, kind.risk_zh, kind.risk_en))
    assert len({term.name for term in kind.terms}) == len(kind.terms)
    for term in kind.terms:
        assert all((term.zh, term.en, term.help_zh, term.help_en))
        assert bool(term.options) == (term.kind is TermKind.CHOICE)
        assert term.kind in (TermKind.CHOICE, TermKind.DATE, TermKind.TEXT) or (
            term.minimum is not None and term.maximum is not None
        )


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_values_within_their_limits_break_no_term(kind):
    problems = kind.problems({term.name: middle(term) for term in kind.terms})
    assert {text.code.split("-")[0] for text in problems.values()} <= {"rule"}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_every_rule_names_terms_and_has_words(kind):
    for rule in kind.rules:
        assert {kind.term(name).name for name in rule.terms} == set(rule.terms)
        assert rule.code in say_codes()


def say_codes():
    from scoring.texts import sentences

    return sentences().by_lang["zh"].keys()


def test_all_kinds_of_the_plan_are_listed_in_order():
    assert [kind.number for kind in KINDS.values()] == list(range(1, 27))


def test_every_unit_has_an_english_name():
    units = {term.unit_name.en for kind in KINDS.values() for term in kind.terms}
    assert all(unit.isascii() for unit in units)


def test_numbers_of_the_standard_are_not_used_twice():
    assert len({kind.number for kind in KINDS.values()}) == len(KINDS)
    assert all(code == kind.code for code, kind in KINDS.items())


def test_sound_pledge_has_no_problem():
    assert KINDS["carbon_pledge"].problems(PLEDGE) == {}


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"ltv_max": Decimal(80)}, "margin_call_ltv", "rule-ltv-below-call"),
        ({"liquidation_ltv": Decimal(75)}, "liquidation_ltv", "rule-call-below-liquidation"),
        ({"liquidation_ltv": Decimal(101)}, "liquidation_ltv", "term-above"),
        ({"ltv_max": Decimal(0)}, "ltv_max", "term-below"),
        ({"ltv_max": Decimal("NaN")}, "ltv_max", "term-not-finite"),
        ({"ltv_max": "sixty"}, "ltv_max", "term-not-percent"),
        ({"ltv_max": True}, "ltv_max", "term-not-percent"),
        ({"ltv_max": None}, "ltv_max", "term-required"),
        ({"reference_price": "moon"}, "reference_price", "term-choice"),
        ({"colour": "blue"}, "colour", "term-unknown"),
    ],
)
def test_wrong_term_is_named_with_its_reason(change, field, code):
    problems = KINDS["carbon_pledge"].problems(PLEDGE | change)
    assert {name: text.code for name, text in problems.items()} == {field: code}
    assert all(say(problems[field], lang) for lang in ("zh", "en"))


def test_date_term_wants_a_date():
    term = KINDS["carbon_forward"].term("last_trading_day")
    assert term.problem("tomorrow").code == "term-not-date"
    assert term.problem(date(2027, 6, 30)) is None


def test_optional_term_may_stay_empty():
    term = Term(
        name="note", kind=TermKind.TEXT, zh="备注", en="note", help_zh="", help_en="",
        required=False,
    )  # fmt: skip
    assert term.problem("") is None
