"""The filled sample 1.3.0, damaged in the ways people damage workbooks, through the command."""

import json
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from disclosure.__main__ import main
from tests.disclosure.exchange.test_vsme import REAL

pytestmark = [pytest.mark.real, pytest.mark.slow]


@pytest.fixture(scope="module")
def sample() -> Workbook:
    path = REAL / "templates" / "VSME-Digital-Template-Sample-1.3.0.xlsx"
    if not path.exists():
        pytest.skip(f"real data not found at {path}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(path, data_only=True)
    sheets: list[Any] = list(book.worksheets)
    for sheet in sheets:
        sheet._images.clear()  # openpyxl can write a picture once only; nothing is read from one
    return book


def without(name: str) -> Callable[[Workbook], Callable[[], None]]:
    def damage(book: Workbook) -> Callable[[], None]:
        taken = book.defined_names.pop(name)
        return lambda: book.defined_names.update({name: taken})

    return damage


def with_value(name: str, value: object) -> Callable[[Workbook], Callable[[], None]]:
    def damage(book: Workbook) -> Callable[[], None]:
        sheet, _, area = str(book.defined_names[name].attr_text).rpartition("!")
        cell = book[sheet.strip("'")][area.replace("$", "").partition(":")[0]]
        kept, cell.value = cell.value, value
        return lambda: setattr(cell, "value", kept)

    return damage


def test_copy_of_the_sample_says_the_same(
    sample: Workbook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = [n for n, each in sample.defined_names.items() if "#REF" in each.attr_text]
    assert len(broken) == 37
    sample.save(tmp_path / "copy.xlsx")
    assert main(["convert", str(tmp_path / "copy.xlsx"), "--from", "vsme"]) == 0
    assert len(json.loads(capsys.readouterr().out)["facts"]) == 144


@pytest.mark.parametrize(
    ("damage", "named", "place"),
    [
        (
            without("GrossScope1GreenhouseGasEmissions"), "GrossScope1GreenhouseGasEmissions",
            "'Environmental Disclosures', cell D",
        ),
        (without("template_currency"), "template_currency", "'General Information', cell D5"),
        (
            with_value("TotalEnergyConsumption", "a lot"), "TotalEnergyConsumption",
            "'Environmental Disclosures', cell",
        ),
        (
            with_value("template_reporting_period_enddate", None),
            "template_reporting_period_enddate", "'General Information', cell D13",
        ),
    ],
    ids=["concept", "metadata", "type", "year"],
)  # fmt: skip
def test_damaged_sample_is_refused_by_name_sheet_cell_and_remedy(
    sample: Workbook, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    damage: Callable[[Workbook], Callable[[], None]], named: str, place: str,
) -> None:  # fmt: skip
    repair = damage(sample)
    try:
        sample.save(tmp_path / "damaged.xlsx")
    finally:
        repair()
    assert main(["convert", str(tmp_path / "damaged.xlsx"), "--from", "vsme"]) == 2
    told = capsys.readouterr().err
    english, _, chinese = told.partition(" | ")
    assert named in english
    assert f"sheet {place}" in english
    assert any(word in english for word in ("restore", "write", "fill"))
    assert "工作表" in chinese
    assert "请" in chinese
    assert told.count("\n") == 1
