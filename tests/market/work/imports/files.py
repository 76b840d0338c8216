"""Small synthetic files with the shapes and traps of the real ones (示例: nothing real)."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

from market.work.imports import tw_columns as tw

TW_ID = "04595257"  # valid check digit; begins with a zero
SBTI_COLUMNS = (
    "sbti_id", "company_name", "isin", "lei", "organization_type", "location", "region", "sector",
    "near_term_status", "near_term_target_classification", "near_term_target_year",
    "net_zero_status", "net_zero_year", "full_target_language", "reason_for_extension_or_removal",
    "date_updated",
)  # fmt: skip


def tw_row(**given: str) -> dict[str, str]:
    """A firm of the Taiwan sheet; every column is there, most are empty."""
    columns = [
        *tw.REQUIRED, tw.CODE, tw.SHORT, tw.TRADE, tw.COUNTY, tw.REPORTED_2, tw.REPORTED_3,
        *tw.REVENUE.values(), *tw.ENERGY.values(), *tw.ELECTRICITY.values(), tw.ELECTRICITY_NOW,
        tw.SOURCES, *tw.CATEGORIES.values(), tw.PLEDGE, tw.PLEDGE_YEAR, tw.TARGET, tw.TARGET_YEAR,
        tw.BASE_YEAR, tw.BASE_VALUE, tw.SBT, tw.GREEN_SHARE, tw.GREEN_YEAR, tw.RE100, tw.STRATEGY,
    ]  # fmt: skip
    filled = {
        tw.ID: TW_ID,
        tw.NAME: "示例鋼鐵股份有限公司",
        tw.SHORT: "示例鋼",
        tw.CODE: "9999",
        tw.TRADE: "鋼鐵業",
        tw.REGISTERED_1[2024]: "1,234,567",
        tw.REGISTERED_2[2024]: "89,000",
    }
    return {**dict.fromkeys(columns, ""), **filled, **given}


def sbti_row(**given: str) -> dict[str, str]:
    """A company of the SBTi file."""
    filled = {
        "sbti_id": "49999999",
        "company_name": "Sample Steel Co.",
        "organization_type": "Corporate",
        "location": "Taiwan, Province of China",
        "sector": "Chemicals",
        "near_term_status": "Targets set",
        "near_term_target_classification": "1.5°C",
        "near_term_target_year": "2030",
        "full_target_language": "Sample Steel commits to reduce absolute scope 1 and 2 GHG"
        " emissions 42% by 2030 from a 2021 base year.",
        "date_updated": "2024-05-02 01:00:00",
    }
    return {**dict.fromkeys(SBTI_COLUMNS, ""), **filled, **given}


def csv_text(rows: Sequence[Mapping[str, str]]) -> str:
    """The rows as csv, the columns of the first as header."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def csv_file(folder: Path, rows: Sequence[Mapping[str, str]], *, encoding: str = "utf-8") -> Path:
    """A csv file in some encoding."""
    path = folder / "示例.csv"
    path.write_bytes(csv_text(rows).encode(encoding))
    return path


def book(folder: Path, rows: Sequence[Sequence[object]]) -> Path:
    """A workbook of one sheet."""
    path, made = folder / "示例.xlsx", Workbook()
    for row in rows:
        made.worksheets[0].append(list(row))
    made.save(path)
    return path


def damaged_book(folder: Path, sheet: str) -> Path:
    """A workbook whose first sheet holds this between `<worksheet>` and its end."""
    path, made = book(folder, [["key"], ["x"]]), folder / "damaged.xlsx"
    name = "xl/worksheets/sheet1.xml"
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for each in old.namelist():
            content = f'<worksheet xmlns="{space}">{sheet}</worksheet>'.encode()
            new.writestr(each, content if each == name else old.read(each))
    return made
