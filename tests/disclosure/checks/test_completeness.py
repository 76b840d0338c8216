from dataclasses import replace

import pytest

from disclosure.answers import Answer, State
from disclosure.checks import Result
from disclosure.datapoints import REQUIRED
from tests.disclosure.samples import findings, giving, keys, results, sample, stating, without


@pytest.mark.parametrize("key", [key for key in REQUIRED if key not in ("GEN-01", "GEN-02")])
def test_each_required_datapoint_is_missed(key: str) -> None:
    (finding,) = findings(without(sample(), key), "DQ-07")
    assert (finding.datapoints, finding.blocks) == ((key,), True)


def test_optional_datapoint_may_be_missing() -> None:
    assert results(without(sample(), "EMS-09"), "DQ-07") == {Result.PASS}


def test_half_filled_answer_names_its_missing_parts() -> None:
    (finding,) = findings(stating(sample(), "BND-05", year=2021), "DQ-07")
    assert "Base-year emissions" in finding.to_dict()["en"]


@pytest.mark.parametrize("state", [State.NOT_APPLICABLE, State.NOT_AVAILABLE, State.CONFIDENTIAL])
def test_every_reasoned_state_needs_its_reason(state: State) -> None:
    assert keys(giving(sample(), "EMS-09", state, reason=" "), "DQ-07") == ["no_reason"]
    assert keys(giving(sample(), "EMS-09", state, reason="因"), "DQ-07") == ["pass"]


def test_table_without_rows_is_not_a_value() -> None:
    answers = {**sample().answers, "EMS-09": Answer(State.VALUE)}
    assert keys(replace(sample(), answers=answers), "DQ-07") == ["no_rows"]


def test_reason_does_not_stand_in_for_a_required_value() -> None:
    assert keys(giving(sample(), "EMS-01", State.NOT_AVAILABLE), "DQ-07") == ["missing"]


def test_identifier_is_required_but_only_warned_about_in_third_party_data() -> None:
    who = replace(sample().organisation, number="")
    assert keys(replace(sample(), organisation=who), "DQ-07") == ["incomplete"]
    third = results(without(sample(), "EMS-05", "BND-01"), "DQ-07", third_party=True)
    assert third == {Result.WARN}
