"""The answers of the sample firms pass the checks and reach the grade each firm aims at."""

from datetime import date
from random import Random

import pytest

from disclosure import checks, grade
from disclosure.checks import Context
from disclosure.facts import Disclosure
from market.sample.answers import answers_of
from market.sample.firms import Firm, draw_firms

_FIRMS = [firm for firm in draw_firms(120, Random(167), last_year=2025) if firm.depth]


def _graded(firm: Firm, which: int) -> int:
    figures = firm.years[which]
    content = {
        "format": "tanqiao-disclosure/1",
        "catalogue": "climate-2026.1",
        "organisation": {
            "id": "x", "name": firm.name_zh, "scheme": "USCC", "number": firm.uscc,
        },
        "year": figures.year,
        "period": {"start": f"{figures.year}-01-01", "end": f"{figures.year}-12-31", "note": ""},
        "answers": answers_of(firm, figures),
    }  # fmt: skip
    facts = Disclosure.from_dict(content)
    findings = checks.check(facts, context=Context(today=date(2026, 6, 1)))
    return grade.grade(facts, findings).level


@pytest.mark.parametrize("which", [0, -1])
def test_every_firm_reaches_the_grade_it_aims_at(which: int) -> None:
    assert [_graded(firm, which) for firm in _FIRMS] == [firm.depth for firm in _FIRMS]
