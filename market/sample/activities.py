"""Sample activity lines of the enterprise visitors sign in as: a year of bills, all simulated."""

from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import Any

from market.domain import activities, factors
from market.sample.firms import Firm, YearFigures
from market.sample.parties import Party

_T_PER_MWH = Decimal("0.5849")
_T_PER_WAN_NM3 = Decimal("21.622")
_SITE = "示例一厂"
_GREEN_MWH = Decimal(40)
_GREEN = {
    "instrument": "gec",
    "certificates": "示例绿证-0001\n示例绿证-0002",
    "green": _GREEN_MWH,
}


def keep_bills(firm: Firm, party: Party) -> int:
    """Lines of the latest year, near the figures it published; returns how many."""
    figures = firm.years[-1]
    lines = [*_power(figures), _gas(figures), *_others(figures.year)]
    for line in lines:
        activities.add(figures.year, line, by=party.acting)
    return len(lines) + _with_own_factor(figures.year, party)


def _power(figures: YearFigures) -> list[dict[str, Any]]:
    """A bill a month; certificates cover a part of June."""
    monthly = (Decimal(round(figures.scope2)) / _T_PER_MWH / 12).quantize(Decimal("0.1"))
    made = []
    for month in range(1, 13):
        last = monthrange(figures.year, month)[1]
        line = {
            "source": "electricity", "item": "electricity", "amount": monthly, "unit": "MWh",
            "label": f"示例电费 {month} 月", "site": _SITE, "evidence": f"示例电单-{month:02d}",
            "period_start": date(figures.year, month, 1),
            "period_end": date(figures.year, month, last),
        }  # fmt: skip
        enough = month == 6 and monthly > _GREEN_MWH
        made.append({**line, **_GREEN, "vintage": figures.year} if enough else line)
    return made


def _gas(figures: YearFigures) -> dict[str, Any]:
    amount = (Decimal(round(figures.scope1)) / _T_PER_WAN_NM3).quantize(Decimal("0.001"))
    return {
        "source": "stationary", "item": "natural_gas", "amount": amount, "unit": "万Nm3",
        "label": "示例锅炉用气", "site": _SITE, "evidence": "示例气单",
    }  # fmt: skip


def _others(year: int) -> list[dict[str, Any]]:
    diesel = {"source": "mobile", "item": "diesel", "amount": Decimal("3.2"), "unit": "t"}
    leak = {"source": "fugitive", "item": "R-410A", "amount": Decimal(12), "unit": "kg"}
    when = {"period_start": date(year, 1, 1), "period_end": date(year, 12, 31)}
    return [{**diesel, "label": "示例叉车", **when}, {**leak, "label": "示例空调补充", **when}]


def _with_own_factor(year: int, party: Party) -> int:
    """A supplier's factor, and the one line that uses it."""
    factor = {
        "code": "wafer-supplier", "name": "示例晶圆供应商", "item": "wafer",
        "purpose": "disclosure", "value": Decimal("12.5"), "unit": "kgCO2e/kg", "gas": "",
        "region": "CN", "year": None, "source": "示例供应商声明函（模拟）", "note": "",
    }  # fmt: skip
    factors.create(factor, by=party.acting)
    bought = {
        "source": "scope_3", "category": "c01", "item": "wafer", "amount": Decimal(4), "unit": "t"
    }  # fmt: skip
    activities.add(year, {**bought, "label": "示例外购晶圆"}, by=party.acting)
    return 1
