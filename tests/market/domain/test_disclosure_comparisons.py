"""Two versions set side by side: values, units, rows, states."""

from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from market.domain.disclosure_comparisons import Line, compare
from market.models import Disclosure
from tests.factories import disclosures as made


def version(**answers: Any) -> Disclosure:
    """A version with these answers only; it need not be stored to be compared."""
    return Disclosure(content=made.third_party_content(**answers))


def line_of(lines: list[Line], datapoint: str, part: str = "value") -> Line:
    return next(each for each in lines if (each.asked.id, each.part) == (datapoint, part))


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        (("200", "tCO2e"), ("150", "tCO2e"), Decimal(-25)),
        (("0.2", "ktCO2e"), ("250", "tCO2e"), Decimal(25)),
    ],
)
def test_a_figure_changes_by_percent_whatever_its_units(
    app: Flask, old: tuple[str, str], new: tuple[str, str], change: Decimal
) -> None:
    found = line_of(
        compare(version(EMS_08=made.tonnes(*old)), version(EMS_08=made.tonnes(*new))), "EMS-08"
    )
    assert (found.change, found.same) == (change, False)
    assert found.old["unit"] == found.new["unit"] == new[1]


def test_the_same_amount_in_another_unit_is_no_change(app: Flask) -> None:
    older, newer = version(EMS_08=made.tonnes("1", "ktCO2e")), version(EMS_08=made.tonnes("1000"))
    assert line_of(compare(older, newer), "EMS-08").same


def test_currencies_are_not_converted_silently(app: Flask) -> None:
    older = version(GEN_05=made.tonnes("5", "万元"))
    newer = version(GEN_05=made.tonnes("5", "百万TWD"))
    found = line_of(compare(older, newer), "GEN-05")
    assert (found.old["unit"], found.new["unit"], found.change) == ("万元", "百万TWD", None)


def test_a_withheld_answer_stands_against_the_figure(app: Flask) -> None:
    withheld = {"state": "confidential", "reason": "示例"}
    found = line_of(
        compare(version(EMS_08=made.tonnes("9")), version(EMS_08=withheld)), "EMS-08", ""
    )
    assert (found.old, found.new) == (made.tonnes("9"), withheld)


def test_a_zero_is_a_figure_but_nothing_is_a_percentage_of_it(app: Flask) -> None:
    none, some = version(EMS_08={"state": "zero"}), version(EMS_08=made.tonnes("9"))
    assert line_of(compare(some, none), "EMS-08").change == -100
    assert line_of(compare(none, some), "EMS-08").change is None


def test_what_is_not_public_is_said_to_be_so(app: Flask) -> None:
    public = version(EMS_08=made.tonnes("9"))
    hidden = version()
    hidden.content["private"] = {"EMS-08": "a-commitment"}
    found = line_of(compare(public, hidden), "EMS-08", "")
    assert (found.old, found.new) == (made.tonnes("9"), {"state": "private"})


def test_rows_are_matched_by_what_names_them(app: Flask) -> None:
    def sources(**tonnes: str) -> dict[str, Any]:
        rows = [
            {"source": k, "emissions": {"amount": v, "unit": "tCO2e"}} for k, v in tonnes.items()
        ]
        return {"state": "value", "rows": rows}

    older = version(EMS_03=sources(stationary="10", mobile="4"))
    newer = version(EMS_03=sources(mobile="5", stationary="10", process="1"))
    lines = [each for each in compare(older, newer) if each.asked.id == "EMS-03"]
    found = {each.row[0][1]: (each.same, each.change) for each in lines}
    assert found["stationary"] == (True, Decimal(0))
    assert found["mobile"] == (False, Decimal(25))
    assert found["process"] == (False, None)


def test_a_taken_away_answer_and_a_changed_remark_are_seen(app: Flask) -> None:
    older = version(EMS_08={**made.tonnes("9"), "note": "估算"})
    lines = compare(older, version())
    assert line_of(lines, "EMS-08", "").new is None
    assert line_of(lines, "EMS-08", "note").old == "估算"


def test_a_version_equals_itself(app: Flask) -> None:
    same = Disclosure(content={**made.third_party_content(), "answers": made.full_answers()})
    lines = compare(same, same)
    assert len(lines) > 100
    assert all(each.same for each in lines)
