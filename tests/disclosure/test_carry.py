"""Answers of a version carried into the next: everything, and what could not be, with why."""

from dataclasses import replace
from types import MappingProxyType

from disclosure.answers import Answer, State
from disclosure.carry import Carried, Changes, carried_over, changes
from disclosure.datapoints import Catalogue, Datapoint, catalogues, climate, current
from disclosure.facts import Disclosure
from disclosure.texts import Bilingual, Text
from tests.disclosure.samples import giving, q, sample, stating, tabling

NEXT = "tanqiao-2027.1"
WHY = Bilingual("不再询问薪酬", "pay is no longer asked")
STEP = Changes(
    moved={"ENE-03": "ENE-13", "GEN-08.count": "WRK-11.heads", "GEN-10.activity": "GEN-10.use"},
    retired={"GOV-03": WHY},
)


def named(point: Datapoint, key: str, **parts: str) -> Datapoint:
    columns = tuple(replace(each, id=parts.get(each.id, each.id)) for each in point.columns)
    return replace(point, id=key, columns=columns)


def only(point: Datapoint, *parts: str) -> Datapoint:
    return replace(point, columns=tuple(each for each in point.columns if each.id in parts))


def next_version() -> dict[str, Catalogue]:
    """ENE-03 renamed, the count of GEN-08 split off, a column renamed, GOV-03 gone."""
    points = dict(current().datapoints)
    points["ENE-13"] = named(points.pop("ENE-03"), "ENE-13")
    points["WRK-11"] = named(only(points["GEN-08"], "count"), "WRK-11", count="heads")
    points["GEN-08"] = only(points["GEN-08"], "method")
    points["GEN-10"] = named(points["GEN-10"], "GEN-10", activity="use")
    points["RSK-07"] = only(points["RSK-07"], "taken")
    del points["GOV-03"], points["TGT-06"]
    newer = replace(current(), version=NEXT, datapoints=MappingProxyType(points))
    return {**catalogues(), NEXT: newer}


def carried(disclosure: Disclosure) -> Carried:
    return carried_over(disclosure, versions=next_version(), steps={**changes(), NEXT: STEP})


def test_the_release_carries_every_answer_of_the_version_before() -> None:
    made = carried_over(sample())
    assert made.left == ()
    assert made.disclosure.answers == sample().answers
    assert made.disclosure.catalogue_version == current().version


def test_a_disclosure_of_the_newest_version_stays_as_it_is() -> None:
    newest = carried_over(sample()).disclosure
    assert carried_over(newest).disclosure is newest


def test_renamed_and_split_answers_find_their_new_places() -> None:
    made = carried(sample()).disclosure
    assert made.catalogue_version == NEXT
    assert made.answers["ENE-13"] == sample().answers["ENE-03"]
    assert made.answers["WRK-11"].parts == {"heads": sample().value("GEN-08", "count")}
    assert made.answers["GEN-08"].parts == {"method": sample().value("GEN-08", "method")}


def test_a_renamed_column_keeps_every_row() -> None:
    given = tabling(sample(), "GEN-10", {"name": "A", "address": "b", "activity": "c"})
    assert carried(given).disclosure.answers["GEN-10"].rows == (
        {"name": "A", "address": "b", "use": "c"},
    )


def test_what_does_not_come_over_is_listed_with_why() -> None:
    given = stating(sample(), "RSK-07", taken=True, description="防汛")
    given = stating(given, "GOV-03", linked=True, share=q("5", "%"))
    given = stating(given, "TGT-06", share=q("50", "%"), target_year=2030)
    made = carried(given)
    assert {(each.datapoint, each.part) for each in made.left} == {
        ("GOV-03", ""), ("TGT-06", ""), ("RSK-07", "description"),
    }  # fmt: skip
    whys = {each.datapoint: each.why for each in made.left}
    assert whys["GOV-03"] == WHY
    assert whys["TGT-06"] == Text("carry.not_asked", {"datapoint": "TGT-06"})
    assert made.disclosure.answers["RSK-07"].parts == {"taken": True}


def test_everything_else_of_the_sample_comes_over_unchanged() -> None:
    made, before = carried(sample()), sample().answers
    touched = {"ENE-03", "GEN-08", "GEN-10", "GOV-03", "TGT-06", "RSK-07"}
    kept = {key: each for key, each in before.items() if key not in touched}
    assert {key: made.disclosure.answers[key] for key in kept} == kept
    assert {each.datapoint for each in made.left} <= touched


def test_a_reason_goes_to_every_place_of_a_split_answer() -> None:
    given = giving(sample(), "GEN-08", State.NOT_AVAILABLE)
    answers = carried(given).disclosure.answers
    assert answers["WRK-11"] == answers["GEN-08"] == Answer(State.NOT_AVAILABLE, reason="因故")


def test_a_choice_that_is_gone_is_listed_not_lost_silently() -> None:
    points = dict(current().datapoints)
    column = points["GOV-02"].columns[0]
    points["GOV-02"] = replace(points["GOV-02"], columns=(replace(column, options=()),))
    newer = replace(current(), version=NEXT, datapoints=MappingProxyType(points))
    made = carried_over(sample(), versions={**catalogues(), NEXT: newer})
    (left,) = made.left
    assert left.datapoint == "GOV-02"
    assert isinstance(left.why, Text)
    assert left.why.code == "fact.not_an_option"
    assert climate()["GOV-02"].columns[0].options
