from decimal import Decimal

import pytest

from disclosure.checks import Outside, Peers, Result
from disclosure.texts import Bilingual
from tests.disclosure.samples import findings, keys, q, results, sample, without

ETS = Bilingual("碳市场排放报告", "emissions-trading report")
MINE = Decimal("7964") / Decimal("865000000")


def peers(*times: str) -> Peers:
    return Peers(per_revenue=tuple(MINE * Decimal(each) for each in times))


SPREAD = ("0.5", "0.7", "0.9", "1", "1.1", "1.3", "1.6", "2")


def test_intensity_among_its_peers_passes() -> None:
    assert results(sample(), "DQ-23", peers=peers(*SPREAD)) == {Result.PASS}


def test_outlier_of_the_sector_is_warned_about() -> None:
    far = peers(*(str(Decimal(each) / 100) for each in SPREAD))
    (finding,) = findings(sample(), "DQ-23", peers=far)
    assert (finding.result, finding.text.code) == (Result.WARN, "DQ-23.revenue")


def test_fewer_than_eight_peers_are_not_a_sector() -> None:
    assert results(sample(), "DQ-23", peers=peers(*SPREAD[:7], "0", "-1")) == {Result.NOT_RUN}
    assert results(sample(), "DQ-23") == {Result.NOT_RUN}
    assert results(without(sample(), "EMS-01"), "DQ-23", peers=peers(*SPREAD)) == {Result.NOT_RUN}


def test_peers_that_do_not_differ_judge_nobody() -> None:
    assert results(sample(), "DQ-23", peers=peers(*["9"] * 9)) == {Result.PASS}


def test_emissions_per_employee_are_compared_too() -> None:
    each = tuple(Decimal(7964) / 640 / 1000 * Decimal(times) for times in (*SPREAD, "1.2"))
    assert keys(sample(), "DQ-23", peers=Peers(per_employee=each)) == ["employee"]


@pytest.mark.parametrize(
    ("there", "result"),
    [("1530", Result.PASS), ("1611", Result.WARN), ("1610.5", Result.PASS), ("1.53", Result.WARN)],
)
def test_figure_agrees_with_other_reports_within_5_percent(there: str, result: Result) -> None:
    other = Outside(ETS, "EMS-01", q(there, "tCO2e"))
    assert results(sample(), "DQ-27", outside=(other,)) == {result}


def test_figure_in_another_unit_is_converted_and_of_another_kind_left_alone() -> None:
    same = Outside(ETS, "EMS-01", q("1.53", "ktCO2e"))
    assert results(sample(), "DQ-27", outside=(same,)) == {Result.PASS}
    other = Outside(ETS, "EMS-01", q("1.53", "MWh"))
    assert results(sample(), "DQ-27", outside=(other,)) == {Result.NOT_RUN}
