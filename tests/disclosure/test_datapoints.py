import csv
import os
from pathlib import Path

import pytest

from disclosure import datapoints
from disclosure.checks import RULES
from disclosure.checks.footprints import FOOTPRINT_RULES
from disclosure.datapoints import SHORT_ROUTE, Input, Level, catalogue, climate, current

REAL = Path(os.environ.get("TANQIAO_REAL_DATA", "../shared/data"))


def test_catalogue_has_77_datapoints_in_14_sections() -> None:
    assert len(climate().datapoints) == 77
    assert sum(len(climate().of_section(each.id)) for each in climate().sections) == 77


def test_short_route_has_20_known_datapoints() -> None:
    assert len(set(SHORT_ROUTE)) == 20
    assert {each.id for each in climate().datapoints.values() if each.short_route} == set(
        SHORT_ROUTE
    )


def test_every_word_stands_in_both_languages() -> None:
    for point in climate().datapoints.values():
        for words in (point.question, point.help, *(each.label for each in point.columns)):
            assert words.zh.strip()
            assert words.en.isascii() or "°C" in words.en


def test_every_choice_offers_options_and_every_quantity_a_unit() -> None:
    for point in climate().datapoints.values():
        for column in point.columns:
            assert bool(column.options) == (column.input in (Input.ENUM, Input.MULTI_ENUM))
            assert bool(column.units) == (column.input in datapoints.QUANTITIES)


def test_part_ids_are_unique_within_a_datapoint() -> None:
    for point in climate().datapoints.values():
        names = [column.id for column in point.columns]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("key", "drawn"),
    [("EMS-01", "number"), ("EMS-03", "table"), ("GEN-08", "group"), ("GOV-02", "enum")],
)
def test_input_says_what_to_draw(key: str, drawn: str) -> None:
    assert climate()[key].input == drawn


def test_levels_partition_the_catalogue() -> None:
    counts = [len(climate().of_level(level)) for level in Level]
    assert sum(counts) == 77
    assert min(counts) > 0


def test_crosswalk_keeps_only_references() -> None:
    assert climate()["EMS-01"].crosswalk["gri"] == "305-1"
    assert "gri" not in climate()["GEN-06"].crosswalk


def test_unknown_version_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        catalogue("climate-1999.1")


@pytest.mark.real
def test_ids_and_levels_equal_the_research_table() -> None:
    path = REAL / "disclosure-catalog" / "datapoints.csv"
    if not path.exists():
        pytest.skip(f"real data not found at {path}")
    rows = csv.DictReader(path.read_text("utf-8").splitlines())
    levels = {row["id"]: row["level"] for row in rows}
    assert levels == {key: str(point.level) for key, point in climate().datapoints.items()}


def test_data_dictionary_lists_every_datapoint_as_it_is_asked() -> None:
    text = Path("docs/data-dictionary.md").read_text("utf-8")
    for key, point in climate().datapoints.items():
        assert f"| {point.question.zh} | {point.question.en} |" in text, key
        assert f"\n| {key}" in text


def test_data_dictionary_lists_every_rule() -> None:
    text = Path("docs/data-dictionary.md").read_text("utf-8")
    assert all(f"\n| {rule.code} | {rule.severity} |" in text for rule in RULES)
    for each in FOOTPRINT_RULES:
        assert f"\n| {each.code} | {each.severity} | " in text
        assert f" | {each.formula} |" in text


def test_data_dictionary_lists_the_esg_datapoints_too() -> None:
    text = Path("docs/data-dictionary.md").read_text("utf-8")
    lines = text.splitlines()
    for key, point in current().datapoints.items():
        line = next(each for each in lines if each.startswith(f"| {key}"))
        assert f"| {point.question.zh} | {point.question.en} |" in line
        assert line.endswith(f"| {point.level} |")
