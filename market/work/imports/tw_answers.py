"""One row of the Taiwan sheet as answers to the questionnaire, one set a year.

Figures keep the unit of the sheet (tCO2e, MJ, kWh, TWD). What a cell cannot say in one value is
left out with a warning; a cell that is no value at all refuses the row.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from flask_babel import LazyString, lazy_gettext

from disclosure.checks.tolerance import allowance
from disclosure.values import Quantity
from market.work.imports import cells
from market.work.imports import tw_columns as tw
from market.work.imports.report import RowRefused

T = TypeVar("T")
Answers = dict[str, dict[str, Any]]
_LONGEST_NAME, _LONGEST_NOTE = 200, 5000


@dataclass
class Sheet:
    """The cells of one row, read with their traps; remarks are kept with their column."""

    cells: Mapping[str, str]
    remarks: list[tuple[str, LazyString | str]] = field(default_factory=list)

    def read(self, column: str, reader: Callable[[str], T | None]) -> T | None:
        """One cell; None where it is empty or says no single value."""
        try:
            return reader(self.cells.get(column, ""))
        except cells.NotAvailable as told:
            self.remark(column, told.why)
        except cells.Unreadable as told:
            raise RowRefused(column, told.why) from told
        return None

    def remark(self, column: str, why: LazyString | str) -> None:
        """Keep a remark, once."""
        if column not in {name for name, _ in self.remarks}:
            self.remarks.append((column, why))

    def text(self, column: str) -> str:
        """One cell as it stands."""
        return self.cells.get(column, "").strip()


def answers_of(sheet: Sheet, year: int) -> Answers:
    """What the row says about one year; empty when it holds no figure of that year."""
    answers: Answers = {}
    _emissions(sheet, year, answers)
    _put(answers, "GEN-05", sheet.read(tw.REVENUE[year], cells.number), "TWD")
    _put(answers, "ENE-01", sheet.read(tw.ENERGY[year], cells.amount), "MJ")
    if not answers:
        return {}
    _electricity(sheet, year, answers)
    if year == tw.REPORT_YEAR:
        _scope_3(sheet, answers)
        _targets(sheet, answers)
        _strategy(sheet, answers)
    return answers


def _put(
    answers: Answers, datapoint: str, amount: Decimal | None, unit: str, note: str = ""
) -> None:
    if amount is None:
        return
    answer: dict[str, Any] = {
        "state": "value" if amount else "zero",
        "parts": {"value": {"amount": f"{amount:f}", "unit": unit}},
    }
    answers[datapoint] = answer | ({"note": note} if note else {})


def _emissions(sheet: Sheet, year: int, answers: Answers) -> None:
    """Scopes 1 and 2: the report's figure where there is one, else the plants' registered one."""
    registered = [
        sheet.read(columns[year], cells.amount) for columns in (tw.REGISTERED_1, tw.REGISTERED_2)
    ]
    if registered == [0, 0]:
        told = lazy_gettext("Both registered scopes of %(year)s are 0: taken as not registered.")
        sheet.remark(tw.REGISTERED_1[year], told % {"year": year})
        registered = [None, None]
    reported: list[Decimal | None] = [None, None]
    if year == tw.REPORT_YEAR:
        columns = (tw.REPORTED_1, tw.REPORTED_2)
        reported = [sheet.read(column, cells.amount) for column in columns]
    for datapoint, told, plants in zip(("EMS-01", "EMS-05"), reported, registered, strict=True):
        note = _boundary_note(told, plants)
        if datapoint == "EMS-05":
            note += "来源未说明范围二方法，不得视为市场法。"
        _put(answers, datapoint, plants if told is None else told, "tCO2e", note)


def _boundary_note(reported: Decimal | None, registered: Decimal | None) -> str:
    """Both figures have their own boundary: it stays with them."""
    if reported is None:
        return "厂区登记（盘查）数据，边界为应登记的排放源。"
    if registered is None:
        return "永续报告书数据，边界以报告书为准。"
    return f"永续报告书数据，边界以报告书为准；厂区登记数据为 {registered:,f} tCO2e。"


def _electricity(sheet: Sheet, year: int, answers: Answers) -> None:
    used = sheet.read(tw.ELECTRICITY[year], cells.amount)
    if used is None and year == tw.REPORT_YEAR:
        used = sheet.read(tw.ELECTRICITY_NOW, cells.amount)
    if used is None:
        return
    note = "总用电量；来源未区分可再生与非可再生电力。"
    if year == tw.REPORT_YEAR and sheet.text(tw.SOURCES):
        note += f"可再生能源来源：{sheet.text(tw.SOURCES)}"
    answers["ENE-02"] = {
        "state": "value" if used else "zero",
        "parts": {"total": {"amount": f"{used:f}", "unit": "kWh"}},
        "note": note[:_LONGEST_NOTE],
    }


def _scope_3(sheet: Sheet, answers: Answers) -> None:
    """The total, and the categories where they add up to it; else they stay in its note."""
    total = sheet.read(tw.REPORTED_3, cells.amount)
    read = {code: sheet.read(column, cells.amount) for code, column in tw.CATEGORIES.items()}
    parts = {code: tonnes for code, tonnes in read.items() if tonnes is not None}
    if not parts or (total is not None and _adds_up(total, parts.values())):
        _put(answers, "EMS-08", total, "tCO2e")
        if parts:
            answers["EMS-09"] = {
                "state": "value",
                "rows": [_category(*each) for each in parts.items()],
            }
        return
    listed = "；".join(f"类别{int(code[1:])} {tonnes:,f}" for code, tonnes in parts.items())
    _put(answers, "EMS-08", total, "tCO2e", f"分类数据与合计不符，未列入：{listed}（tCO2e）。")
    told = lazy_gettext(
        "The categories add up to %(sum)s, the total says %(total)s: only the total was taken."
    )
    shown = "–" if total is None else f"{total:,f}"
    sheet.remark(tw.REPORTED_3, told % {"sum": f"{sum(parts.values()):,f}", "total": shown})


def _adds_up(total: Decimal, parts: Iterable[Decimal]) -> bool:
    """Whether the sum is the total within the rounding of the figures."""
    stated = [Quantity(each, "tCO2e") for each in (total, *parts)]
    return abs(total - sum(parts)) <= allowance(stated)


def _category(code: str, tonnes: Decimal) -> dict[str, Any]:
    emissions = {"amount": f"{tonnes:f}", "unit": "tCO2e"}
    return {"category": code, "relevance": "calculated", "emissions": emissions}


def _targets(sheet: Sheet, answers: Answers) -> None:
    _reduction_target(sheet, answers)
    _pledge(sheet, answers)
    status = sheet.text(tw.SBT)
    if status in tw.SBT_STATUS:
        answers["TGT-04"] = _parts({"value": tw.SBT_STATUS[status]})
    elif status:
        told = lazy_gettext("“%(cell)s” is no status of a science-based target; left out.")
        sheet.remark(tw.SBT, told % {"cell": status[:40]})
    share = sheet.read(tw.GREEN_SHARE, cells.percent)
    due = sheet.read(tw.GREEN_YEAR, cells.year)
    given = {
        "share": {"amount": f"{share:f}", "unit": "%"} if share else None,
        "target_year": due,
    }
    note = "已加入 RE100。" if cells.yes(sheet.text(tw.RE100)) else ""
    if share:
        answers["TGT-06"] = _parts(given, note)


def _reduction_target(sheet: Sheet, answers: Answers) -> None:
    """The sheet does not say which scopes a target covers: that part stays open."""
    reduction = sheet.read(tw.TARGET, cells.percent)
    base, due = sheet.read(tw.BASE_YEAR, cells.year), sheet.read(tw.TARGET_YEAR, cells.year)
    tonnes = sheet.read(tw.BASE_VALUE, cells.amount)
    value = {"amount": f"{tonnes:f}", "unit": "tCO2e"} if tonnes else None
    if reduction:
        row = {
            "name": "中期绝对减排目标",
            "base_year": base,
            "base_value": value,
            "target_year": due,
            "reduction": {"amount": f"{reduction:f}", "unit": "%"},
        }
        answers["TGT-01"] = {
            "state": "value",
            "rows": [{key: part for key, part in row.items() if part is not None}],
            "note": "来源未说明目标覆盖的范围。",
        }
    if base is not None:
        answers["BND-05"] = _parts({"year": base, "emissions": value})


def _pledge(sheet: Sheet, answers: Answers) -> None:
    """A pledge is prose, TRUE, FALSE or “無承諾”; its year stands beside it or in the prose."""
    prose = sheet.text(tw.PLEDGE)
    if not prose or cells.yes(prose) is False:
        return
    due = sheet.read(tw.PLEDGE_YEAR, cells.year)
    named = cells.years_in(prose)
    if due is None and len(named) == 1:
        due = named[0]
    kind = "net_zero" if "淨零" in prose else "carbon_neutral" if "碳中和" in prose else None
    if due is not None:
        note = "" if cells.yes(prose) else prose[:_LONGEST_NOTE]
        answers["TGT-03"] = _parts({"kind": kind, "target_year": due}, note)


def _strategy(sheet: Sheet, answers: Answers) -> None:
    prose = sheet.text(tw.STRATEGY)
    if prose and prose != tw.NO_STRATEGY:
        name = " ".join(prose.split())[:_LONGEST_NAME]
        rows = [{"name": name}]
        answers["ACT-01"] = {"state": "value", "rows": rows, "note": prose[:_LONGEST_NOTE]}


def _parts(parts: Mapping[str, Any], note: str = "") -> dict[str, Any]:
    kept = {key: part for key, part in parts.items() if part is not None}
    return {"state": "value", "parts": kept} | ({"note": note} if note else {})
