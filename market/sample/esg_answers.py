"""The ESG answers some sample firms give for their last year, drawn from their revenue."""

from decimal import Decimal
from typing import Any

from market.sample.firms import Firm, YearFigures

_DEEP = 3  # the grade from which a firm answers the ESG questionnaire too
_SIGNED_IN = 0  # the firm visitors sign in as answers it as well

Answers = dict[str, Any]


def esg_answers_of(firm: Firm, figures: YearFigures) -> Answers:
    """The answers of one firm's last year; none for other years and other firms."""
    last = figures.year == firm.years[-1].year
    if not last or not (firm.depth >= _DEEP or firm.number == _SIGNED_IN):
        return {}
    people = max(round(figures.revenue / 80), 6)
    return {**_environment(figures), **_people(people), **_conduct(figures)}


def _amount(value: float, unit: str) -> dict[str, str]:
    return {"amount": f"{Decimal(str(round(value, 1))):f}", "unit": unit}


def _says(**parts: Any) -> Answers:
    return {"state": "value", "parts": parts}


def _environment(figures: YearFigures) -> Answers:
    water, waste = figures.revenue * 0.6 + 400, figures.revenue * 0.004 + 1
    return {
        "REP-01": _says(module="comprehensive", entity="individual"),
        "GEN-12": _says(form="limited_company"),
        "GEN-13": _says(value="CN"),
        "PRA-01": _says(topics=["climate", "circularity", "workforce"], public=True, target=True),
        "WAT-01": _says(total=_amount(water, "m3"), stressed=_amount(0, "m3")),
        "WAT-02": _says(discharged=_amount(water * 0.7, "m3"), consumed=_amount(water * 0.3, "m3")),
        "CIR-01": _says(applied=True, description="示例：包装箱由供应商回收再用。"),
        "WST-01": _says(
            hazardous=_amount(waste * 0.1 + 0.1, "t"), non_hazardous=_amount(waste, "t")
        ),
        "WST-02": {
            "state": "value",
            "rows": [
                {
                    "waste": "示例：废纸与废塑料",
                    "diverted": _amount(waste * 0.8, "t"),
                    "disposed": _amount(waste * 0.2, "t"),
                }
            ],
        },
        "BIO-01": {"state": "zero"},
    }


def _people(people: int) -> Answers:
    women = people * 2 // 5
    return {
        "WRK-01": _says(value="headcount"),
        "WRK-02": _says(permanent=_amount(people - 1, "1"), temporary=_amount(1, "1")),
        "WRK-03": _says(female=_amount(women, "1"), male=_amount(people - women, "1")),
        "WRK-05": _says(left=_amount(people // 12, "1"), average=_amount(people, "1")),
        "SAF-01": _says(accidents=people // 150, hours=_amount(people * 2000, "h")),
        "SAF-03": _says(value=0),
        "PAY-01": _says(value=True),
        "PAY-02": _says(gap=_amount(6.5, "%")),
        "TRN-01": _says(female=_amount(18, "h"), male=_amount(16, "h")),
        "HUM-02": _says(value=True),
        "DIV-01": _says(women=1, men=3),
    }


def _conduct(figures: YearFigures) -> Answers:
    return {
        "ETH-01": _says(convictions=0, fines=_amount(0, "万元")) | {"state": "zero"},
        "DAT-01": _says(rules=True, incidents=0),
        "INN-01": _says(spending=_amount(figures.revenue * 0.03, "万元"), patents=2),
        "SOC-02": _says(donations=_amount(figures.revenue * 0.0005 + 0.1, "万元")),
        "GVN-02": _says(groups=["employees", "customers"], frequency="yearly"),
    }
