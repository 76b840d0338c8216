"""GB/T 4754-2017 and the administrative divisions, as their published tables write them."""

import re

from flask_babel import lazy_gettext

from market.domain import classifications
from market.work.imports.report import Outcome, RowRefused
from market.work.imports.runner import Importer, Taken
from market.work.imports.sheets import Row

_LEVELS = {"门类": "section", "大类": "division", "中类": "group", "小类": "class"}
_INDUSTRY = re.compile(r"[A-T](\d{2,4})?")
_DIVISION = re.compile(r"\d{6}")


def industries() -> Importer:
    """Industries: full_code, section, code, level, name_zh, parent_code."""
    required = ("full_code", "section", "level", "name_zh", "parent_code")
    return Importer(required=required, take=_take_industry, main_column="full_code")


def _take_industry(row: Row) -> Taken:
    line = row.cells
    code, level = line["full_code"], _LEVELS.get(line["level"])
    if not _INDUSTRY.fullmatch(code):
        raise RowRefused("full_code", lazy_gettext("Write a code such as C3973."))
    if level is None:
        raise RowRefused("level", lazy_gettext("Choose one of 门类, 大类, 中类, 小类."))
    if not line["name_zh"]:
        raise RowRefused("name_zh", lazy_gettext("Fill this in."))
    parent = line["parent_code"]
    if parent and not parent.isalpha():
        parent = line["section"] + parent
    outcome = classifications.save_industry(
        code, level=level, name_zh=line["name_zh"], parent_code=parent
    )
    return Taken(Outcome(outcome), code)


def districts() -> Importer:
    """Divisions of county level: code, name, cityCode."""
    return Importer(required=("code", "name", "cityCode"), take=_take_district, main_column="code")


def _take_district(row: Row) -> Taken:
    line = row.cells
    if not _DIVISION.fullmatch(line["code"]):
        raise RowRefused("code", lazy_gettext("Write a code of six digits such as 310115."))
    if not line["name"]:
        raise RowRefused("name", lazy_gettext("Fill this in."))
    outcome = classifications.save_district(
        line["code"],
        name_zh=line["name"],
        city_code=line["cityCode"],
        name_en=line.get("name_en", ""),
    )
    return Taken(Outcome(outcome), line["code"])
