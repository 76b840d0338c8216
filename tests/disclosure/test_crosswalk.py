"""One disclosure in the order of other standards."""

from dataclasses import replace

import pytest

from disclosure.answers import State
from disclosure.crosswalk import crosswalk, references, standards
from disclosure.datapoints import current
from tests.disclosure.samples import giving, sample, without


@pytest.mark.parametrize("standard", standards())
def test_every_reference_of_the_catalogue_has_a_line(standard: str) -> None:
    walk = crosswalk(sample(), standard)
    asked = [(r, p.id) for p in current().datapoints.values() for r in references(p, standard)]
    assert sorted((line.reference, line.datapoint.id) for line in walk.lines) == sorted(asked)
    assert walk.answered + len(walk.missing) == len(walk.lines) > 40


@pytest.mark.parametrize("standard", standards())
def test_an_empty_disclosure_covers_only_its_header(standard: str) -> None:
    walk = crosswalk(replace(sample(), answers={}), standard)
    answered = {line.datapoint.id for line in walk.lines if line.answered}
    assert answered <= {"GEN-01", "GEN-02"}
    assert walk.coverage < 10


def test_chapters_and_references_stand_in_the_standards_order() -> None:
    names = [each.name for each in crosswalk(sample(), "vsme").chapters]
    assert names == [*(f"B{n}" for n in range(1, 12)), *(f"C{n}" for n in range(1, 10))]
    numbers = [line.reference for line in crosswalk(sample(), "cdp").lines]
    assert numbers.index("2.2.2") < numbers.index("7.6") < numbers.index("13.3")


def test_what_is_outside_every_chapter_comes_last() -> None:
    assert crosswalk(sample(), "cn").chapters[-1].name == ""
    assert crosswalk(sample(), "cn").chapters[0].name == "SSE14"


@pytest.mark.parametrize(
    ("standard", "reference", "checked"),
    [
        ("vsme", "B3 TotalEnergyConsumption", True),
        ("vsme", "B1 (cover)", False),
        ("cdp", "2.2.2", True),
        ("cdp", "7.6", False),
        ("cn", "气候准则 第五章", True),
        ("cn", "SSE14 第24条*", False),
        ("esrs", "E1-6 §51", False),
    ],
)
def test_a_reference_from_memory_is_told_apart(
    standard: str, reference: str, checked: bool
) -> None:
    assert standards()[standard].is_checked(reference) is checked


def test_not_applicable_is_an_answer_and_withholding_is_not() -> None:
    states = {
        state: next(
            line.answered
            for line in crosswalk(giving(sample(), "STR-03", state), "cdp").lines
            if line.datapoint.id == "STR-03"
        )
        for state in (State.NOT_APPLICABLE, State.NOT_AVAILABLE, State.CONFIDENTIAL)
    }
    assert states == {
        State.NOT_APPLICABLE: True,
        State.NOT_AVAILABLE: False,
        State.CONFIDENTIAL: False,
    }


def test_an_answer_more_covers_more() -> None:
    less = crosswalk(without(sample(), "EMS-01"), "gri")
    assert less.answered == crosswalk(sample(), "gri").answered - 1
    assert "EMS-01" in {line.datapoint.id for line in less.missing}


def test_unknown_standard_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        crosswalk(sample(), "tcfd")


def test_no_standard_is_called_met() -> None:
    words = [
        w for s in standards().values() for each in (s.title, s.limits) for w in (each.zh, each.en)
    ]
    assert not [word for word in words if "complian" in word.lower() or "合规" in word]
