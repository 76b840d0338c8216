from dataclasses import replace
from decimal import Decimal

import pytest

from disclosure.answers import Answer
from disclosure.checks import Result
from disclosure.facts import Disclosure
from disclosure.values import Quantity
from tests.disclosure.samples import findings, keys, q, results, sample, stating, without

QUIET = without(sample(), "EMS-13", "EMS-11")


def last_year(**emissions: str) -> tuple[Disclosure]:
    before = replace(QUIET, year=2024)
    for key, amount in emissions.items():
        before = stating(before, key.replace("_", "-"), value=q(amount, "tCO2e"))
    return (before,)


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        ("1224", ["pass"]),
        ("1223.9", ["fail"]),
        ("2040", ["pass"]),
        ("2040.1", ["fail"]),
        ("0", ["pass"]),
    ],
)
def test_change_beyond_25_percent_needs_a_reason(then: str, expected: list[str]) -> None:
    assert keys(QUIET, "DQ-21", earlier=last_year(EMS_01=then)) == expected


def test_reason_explains_a_change() -> None:
    assert keys(sample(), "DQ-21", earlier=last_year(EMS_01="1")) == ["pass"]
    assert keys(sample(), "DQ-21") == ["not_run"]


@pytest.mark.parametrize(
    ("scope_1", "expected"), [("3416.0", "pass"), ("3416.1", "pass"), ("3416.2", "fail")]
)
def test_base_year_equals_what_was_published(scope_1: str, expected: str) -> None:
    base = stating(replace(QUIET, year=2021), "EMS-01", value=q(scope_1, "tCO2e"))
    assert keys(sample(), "DQ-22", earlier=(base,)) == [expected]


def test_restatement_is_explained_in_the_note() -> None:
    base = stating(replace(QUIET, year=2021), "EMS-01", value=q("1", "tCO2e"))
    answer = replace(sample().answers["BND-05"], note="并购后重算。")
    restated = replace(sample(), answers={**sample().answers, "BND-05": answer})
    assert keys(restated, "DQ-22", earlier=(base,)) == ["pass"]


def test_base_year_of_third_party_figures_is_only_warned_about() -> None:
    base = stating(replace(QUIET, year=2021), "EMS-01", value=q("1", "tCO2e"))
    found = results(sample(), "DQ-22", earlier=(base,), third_party=True)
    assert found == {Result.WARN}


def test_unknown_base_year_is_not_run() -> None:
    assert keys(sample(), "DQ-22") == ["not_run"]
    assert keys(without(sample(), "BND-05"), "DQ-22", earlier=last_year()) == ["not_run"]


def test_copied_figures_are_noticed_from_three_datapoints_on() -> None:
    names = ("EMS-01", "EMS-05", "ENE-01")
    kept = {key: sample().answers[key] for key in names}
    bare = replace(sample(), answers=kept)
    (finding,) = findings(bare, "DQ-26", earlier=(replace(bare, year=2024),))
    assert (finding.result, finding.datapoints) == (Result.WARN, names)
    two = without(replace(bare, year=2024), "ENE-01")
    assert results(bare, "DQ-26", earlier=(two,)) == {Result.PASS}


def numbers(round_ones: int, count: int) -> Disclosure:
    each = [Decimal(3000) if number < round_ones else Decimal(3001) for number in range(count)]
    rows = tuple({"emissions": Quantity(amount, "tCO2e")} for amount in each)
    return replace(sample(), answers={"EMS-02": Answer.of(sample().catalogue["EMS-02"], rows=rows)})


@pytest.mark.parametrize(
    ("round_ones", "count", "expected"),
    [(8, 10, ["rounded"]), (7, 10, ["pass"]), (8, 8, ["rounded"]), (7, 7, ["not_run"])],
)
def test_too_many_round_figures_are_noticed(
    round_ones: int, count: int, expected: list[str]
) -> None:
    assert keys(numbers(round_ones, count), "DQ-26") == expected
