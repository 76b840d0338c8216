from datetime import date
from decimal import Decimal

import pytest

from disclosure.answers import State
from disclosure.assurance import Assured
from disclosure.checks import Context, check
from disclosure.datapoints import SHORT_ROUTE
from disclosure.facts import Disclosure
from disclosure.grade import METHOD, Grade, grade, grade_at
from disclosure.values import Parts, Value
from tests.disclosure.samples import TODAY, giving, q, sample, stating, tabling, without

ASSURED: Parts = sample().rows("VER-01")[0]
BOTH = frozenset({"scope_1", "scope_2_market"})


def graded(disclosure: Disclosure, *, third_party: bool = False) -> Grade:
    found = check(disclosure, context=Context(today=TODAY))
    return grade(disclosure, found, third_party=third_party)


def assured(**change: Value) -> Disclosure:
    return tabling(sample(), "VER-01", {**ASSURED, **change})


def only(*keep: str) -> Disclosure:
    return without(sample(), *(set(sample().answers) - set(keep)))


def test_short_route_reaches_grade_2() -> None:
    result = graded(only(*SHORT_ROUTE))
    assert (result.level, result.stops_at, result.method) == (2, 3, METHOD)
    assert result.missing == ("VER-01", "BND-04", "BND-05", "EMS-08", "ACT-01")


@pytest.mark.parametrize("key", [key for key in SHORT_ROUTE if key not in ("GEN-01", "GEN-02")])
def test_each_question_of_the_short_route_is_needed(key: str) -> None:
    result = graded(only(*(set(SHORT_ROUTE) - {key})))
    assert result.level < 2
    assert result.missing == (key,)


@pytest.mark.parametrize("target", ["TGT-01", "TGT-03"])
def test_any_target_serves_for_grade_2(target: str) -> None:
    assert graded(only(*(set(SHORT_ROUTE) - {"TGT-03"}), target)).level == 2


def test_nothing_answered_is_grade_0_with_ten_to_go() -> None:
    result = graded(only())
    assert (result.level, result.stops_at, result.points) == (0, 1, 0)
    assert len(result.missing) == 8
    assert "DQ-07" in result.blocked_by


def test_error_finding_blocks_every_grade() -> None:
    result = graded(stating(sample(), "EMS-10", value=q("-1", "tCO2")))
    assert (result.level, result.blocked_by, result.missing) == (0, ("DQ-04",), ())


@pytest.mark.parametrize(
    ("change", "level"),
    [
        ({}, 3),
        ({"coverage": q("95", "%")}, 3),
        ({"coverage": q("94.99", "%")}, 2),
        ({"status": "under_way"}, 2),
        ({"scopes": ("scope_1",)}, 2),
        ({"scopes": ("scope_1", "scope_2_market")}, 3),
        ({"level": "reasonable"}, 4),
    ],
)
def test_assurance_of_scopes_1_and_2_opens_grades_3_and_4(
    change: dict[str, Value], level: int
) -> None:
    assert graded(assured(**change)).level == level


def test_scope_3_may_be_reasoned_at_grade_3() -> None:
    no_data = without(giving(sample(), "EMS-08", State.NOT_AVAILABLE), "EMS-09")
    assert graded(no_data).level == 3
    assert graded(without(sample(), "EMS-08", "EMS-09")).missing == ("EMS-08",)


def test_no_initiatives_do_not_open_grade_3() -> None:
    assert graded(tabling(sample(), "ACT-01")).missing == ("ACT-01",)


@pytest.mark.parametrize("missing", ["TGT-01", "STR-02"])
def test_grade_4_needs_a_target_and_a_plan(missing: str) -> None:
    result = graded(without(assured(level="reasonable"), missing))
    assert (result.level, result.missing) == (3, (missing,))


def test_top_grade_stops_nowhere() -> None:
    result = graded(assured(level="reasonable"))
    assert (result.stops_at, result.missing) == (None, ())


def test_third_party_data_is_capped_at_1() -> None:
    result = graded(sample(), third_party=True)
    assert (result.level, result.stops_at) == (1, 2)
    assert graded(only(), third_party=True).level == 0


def test_points_are_the_share_of_the_further_questions() -> None:
    assert graded(sample()).points == 97
    assert graded(giving(sample(), "SHG-01", State.NOT_APPLICABLE)).points == 100
    assert graded(giving(sample(), "SHG-02", State.CONFIDENTIAL)).points == 94


@pytest.mark.parametrize(
    ("on", "level"), [(date(2027, 6, 30), 3), (date(2027, 7, 1), 2), (date(2031, 1, 1), 2)]
)
def test_grade_falls_by_one_after_18_months(on: date, level: int) -> None:
    assert grade_at(Grade(3, 50, stops_at=4), period_end=date(2025, 12, 30), on=on).level == level


def test_grade_0_does_not_fall() -> None:
    old = grade_at(Grade(0, 0, stops_at=1), period_end=date(2020, 1, 1), on=TODAY)
    assert old.level == 0


def test_fallen_grade_asks_for_the_level_it_lost() -> None:
    old = grade_at(Grade(4, 90), period_end=date(2020, 12, 31), on=TODAY)
    assert (old.level, old.stops_at) == (3, 4)


@pytest.mark.parametrize(
    ("given", "level"),
    [
        ((), 2),
        ((Assured(BOTH, "limited", Decimal(95)),), 3),
        ((Assured(BOTH, "limited", Decimal("94.99")),), 2),
        ((Assured(BOTH, "reasonable", Decimal(100)),), 4),
        ((Assured(frozenset({"scope_1"}), "reasonable", Decimal(100)),), 2),
    ],
)
def test_what_is_attested_replaces_the_disclosures_own_word(
    given: tuple[Assured, ...], level: int
) -> None:
    findings = check(sample(), context=Context(today=TODAY))
    assert grade(sample(), findings, assured=given).level == level
    assert grade(sample(), findings).level == 3
