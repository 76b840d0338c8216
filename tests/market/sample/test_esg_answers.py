"""The ESG answers of sample firms: sound, and without effect on the grade."""

from dataclasses import replace
from datetime import date
from random import Random

from disclosure import checks, grade
from disclosure.answers import Answer
from disclosure.calculated import with_calculated
from disclosure.checks import Context, Finding
from disclosure.datapoints import current
from disclosure.facts import Disclosure, Organisation, Period
from market.sample.answers import answers_of
from market.sample.esg_answers import esg_answers_of
from market.sample.firms import Firm, draw_firms

_FIRMS = [firm for firm in draw_firms(60, Random(167), last_year=2025) if firm.depth]


def _facts(firm: Firm, *, esg: bool) -> Disclosure:
    figures = firm.years[-1]
    given = answers_of(firm, figures) | (esg_answers_of(firm, figures) if esg else {})
    answers = {key: Answer.from_dict(current()[key], each) for key, each in given.items()}
    who = Organisation("x", firm.name_zh, "USCC", firm.uscc)
    year = Period(date(figures.year, 1, 1), date(figures.year, 12, 31))
    return with_calculated(Disclosure(who, figures.year, year, answers))


def _found(facts: Disclosure) -> tuple[Finding, ...]:
    return checks.check(facts, context=Context(today=date(2026, 6, 1)))


def test_esg_answers_add_no_finding_and_change_no_grade() -> None:
    answering = [firm for firm in _FIRMS if esg_answers_of(firm, firm.years[-1])]
    assert len(answering) > 3
    for firm in answering:
        plain, full = _facts(firm, esg=False), _facts(firm, esg=True)
        assert [each for each in _found(full) if each.blocks] == []
        assert grade.grade(full, _found(full)) == grade.grade(plain, _found(plain))
        assert {"WRK-06", "SAF-02", "PAY-03", "WST-03", "DIV-02"} <= set(full.answers)


def test_only_the_last_year_of_some_firms_is_answered() -> None:
    assert all(esg_answers_of(firm, firm.years[0]) == {} for firm in _FIRMS if len(firm.years) > 1)
    shallow = replace(_FIRMS[-1], depth=1, number=9)
    assert esg_answers_of(shallow, shallow.years[-1]) == {}
