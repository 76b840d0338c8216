"""Every check has a case that passes, one that does not, and one on the border; all come out so."""

import pytest

from disclosure.checks import RULES
from disclosure.checks.footprints import FOOTPRINT_RULES
from tests.disclosure.checks import cases
from tests.disclosure.checks.case_builders import CASES, KINDS, Case

CODES = sorted({each.code for each in (*RULES, *FOOTPRINT_RULES)})
NO_RULE_OF_ITS_OWN = {"DQ-06"}  # the tolerance the others use, with its own tests


@pytest.mark.parametrize("code", CODES)
def test_each_check_has_three_kinds_of_cases(code: str) -> None:
    assert {each.kind for each in CASES if each.code == code} == set(KINDS)


def test_all_thirty_six_codes_are_built() -> None:
    wanted = {f"DQ-{number:02}" for number in range(1, 37)}
    assert wanted - set(CODES) == NO_RULE_OF_ITS_OWN
    assert {each.code for each in CASES} == set(CODES)


@pytest.mark.parametrize("case", CASES, ids=lambda each: f"{each.code}: {each.name}")
def test_case_comes_out_as_expected(case: Case) -> None:
    assert case.run() == case.expected


def test_the_cases_are_named_each_once() -> None:
    assert cases.__doc__
    names = [(each.code, each.kind, each.name) for each in CASES]
    assert len(set(names)) == len(names)
