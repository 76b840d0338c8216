"""The answers a sample firm gives for a year: consistent to the last digit, deeper by grade."""

from decimal import Decimal
from hashlib import sha256
from typing import Any

from market.sample.firms import Firm, YearFigures
from market.sample.statements import level_of, statement_of

_GRID = Decimal("0.5849")  # tCO2/MWh, Shanghai, provincial average 2022, for disclosures
_GAS = Decimal("21.622")  # tCO2 per 万Nm3 of natural gas
_GAS_MWH = Decimal("108.1417")  # MWh per 万Nm3: 389.31 GJ
_DIESEL = Decimal("3.096")  # tCO2 per t
_DIESEL_MWH = Decimal("11.8478")  # MWh per t: 42.652 GJ
_VALUE_ADDED = Decimal("0.24")  # of revenue; drawn for the sample, not a statistic
_STATED = "value"

Answers = dict[str, Any]


def answers_of(firm: Firm, figures: YearFigures) -> Answers:
    """Every answer of one firm and year, up to the depth the firm aims at."""
    activity = _Activity(figures)
    answers = _basic(firm, figures, activity)
    if firm.depth >= 2:
        answers |= _explained(figures, activity)
    if firm.depth >= 3:
        answers |= _assured(firm, figures.year, activity)
    if firm.depth >= 4:
        answers |= _leading(firm, figures)
    return answers


def _amount(value: Decimal, unit: str) -> dict[str, str]:
    return {"amount": f"{value:f}", "unit": unit}


def _says(**parts: Any) -> Answers:
    return {"state": _STATED, "parts": parts}


def _lists(*rows: dict[str, Any]) -> Answers:
    return {"state": _STATED, "rows": list(rows)}


class _Activity:
    """Fuel and electricity that reproduce the drawn emissions through the factors."""

    def __init__(self, figures: YearFigures) -> None:
        scope1 = Decimal(str(figures.scope1))
        self.gas = round(scope1 * Decimal("0.8") / _GAS, 3)
        self.gas_emissions = round(self.gas * _GAS, 1)
        self.diesel = round((scope1 - self.gas_emissions) / _DIESEL, 2)
        self.diesel_emissions = round(self.diesel * _DIESEL, 1)
        self.scope1 = self.gas_emissions + self.diesel_emissions
        self.electricity = max(round(Decimal(str(figures.scope2)) / _GRID, 1), Decimal("1.0"))
        self.scope2 = round(self.electricity * _GRID, 1)
        self.green = round(self.electricity * Decimal("0.05"), 1)
        self.fuels = round(self.gas * _GAS_MWH + self.diesel * _DIESEL_MWH, 1)
        self.energy = self.electricity + self.fuels


def _basic(firm: Firm, figures: YearFigures, activity: _Activity) -> Answers:
    return {
        "GEN-03": _says(district=firm.district, registered="示例路1号"),
        "GEN-04": _says(system="gbt4754", code=firm.industry, name=firm.sector.words[0]),
        "GEN-05": _says(value=_amount(Decimal(str(figures.revenue)), "万元")),
        "BND-01": _says(value="operational_control"),
        "BND-02": _says(value=["ghg_protocol"]),
        "BND-03": _says(value="AR5"),
        "EMS-01": _says(value=_amount(activity.scope1, "tCO2e")),
        "EMS-05": _says(value=_amount(activity.scope2, "tCO2e")),
    }


def _explained(figures: YearFigures, activity: _Activity) -> Answers:
    added = round(Decimal(str(figures.revenue)) * _VALUE_ADDED, 2)
    return {
        "GEN-06": _says(value=_amount(added, "万元")),
        "GOV-01": _says(body="board", frequency="yearly"),
        "GOV-02": _says(value="operations"),
        "RSK-01": _says(process="每年识别一次，由管理层评审（示例）。", frequency="yearly"),
        "ENE-01": _says(value=_amount(activity.energy, "MWh")),
        "ENE-02": _says(
            renewable=_amount(activity.green, "MWh"),
            non_renewable=_amount(activity.electricity - activity.green, "MWh"),
            total=_amount(activity.electricity, "MWh"),
        ),
        "ENE-04": _says(
            renewable=_amount(Decimal(0), "MWh"), non_renewable=_amount(activity.fuels, "MWh")
        ),
        "EMS-03": _lists(
            {"source": "stationary", "emissions": _amount(activity.gas_emissions, "tCO2e")},
            {"source": "mobile", "emissions": _amount(activity.diesel_emissions, "tCO2e")},
        ),
        "EMS-14": _activity_lines(activity),
        "TGT-03": _says(
            kind="carbon_neutral", target_year=2050, coverage=_amount(Decimal(100), "%")
        ),
        "VER-03": _says(name="示例签批人", role="总经理", date=f"{figures.year + 1}-03-20"),
    }


def _activity_lines(activity: _Activity) -> Answers:
    def line(
        source: str, item: str, amount: tuple[Decimal, str], factor: tuple[Decimal, str, str]
    ) -> Answers:
        return {
            "source": source,
            "item": item,
            "amount": _amount(*amount),
            "factor": _amount(factor[0], factor[1]),
            "factor_id": factor[2],
            "emissions": _amount(round(amount[0] * factor[0], 1), "tCO2e"),
        }

    gas = (_GAS, "tCO2/万Nm3", "cn-natural-gas")
    diesel = (_DIESEL, "tCO2/t", "cn-diesel")
    grid = (_GRID, "tCO2/MWh", "cn-grid-shanghai-2022")
    return _lists(
        line("stationary", "天然气", (activity.gas, "万Nm3"), gas),
        line("mobile", "柴油", (activity.diesel, "t"), diesel),
        line("electricity", "外购电力", (activity.electricity, "MWh"), grid),
    )


def _base_year(firm: Firm) -> int:
    return firm.years[0].year - 2


def _base(firm: Firm) -> Decimal:
    """Base-year emissions: 8 % above the first year drawn."""
    first = firm.years[0]
    drawn = Decimal(str(first.scope1)) + Decimal(str(first.scope2))
    return round(drawn * Decimal("1.08"), 1)


def _assured(firm: Firm, year: int, activity: _Activity) -> Answers:
    scope3 = round((activity.scope1 + activity.scope2) * Decimal("3.2"), 0)
    return {
        "BND-04": {"state": "zero"},
        "BND-05": _says(
            year=_base_year(firm),
            emissions=_amount(_base(firm), "tCO2e"),
            policy="结构变化使排放变动超过5%时重算（示例）。",
        ),
        "EMS-08": _says(value=_amount(scope3, "tCO2e")),
        "ACT-01": _lists(
            {
                "name": "空压系统节能改造（示例）",
                "type": "efficiency",
                "status": "done",
                "reduction": _amount(round(activity.scope2 * Decimal("0.03"), 1), "tCO2e"),
                "investment": _amount(Decimal(180), "万元"),
                "payback": _amount(Decimal("3.5"), "1"),
            }
        ),
        "VER-01": _lists(
            {
                "scopes": ["scope_1", "scope_2_location"],
                "status": "verified",
                "standard": "iso_14064_3",
                "level": level_of(firm),
                "coverage": _amount(Decimal(100), "%"),
            }
        ),
        "VER-02": _says(
            verifier="示例核查有限公司",
            licence="示例-CV-01",
            statement={
                "name": "示例核查声明.pdf",
                "sha256": sha256(statement_of(firm, year)).hexdigest(),
            },
            date=f"{year + 1}-03-15",
        ),
    }


def _leading(firm: Firm, figures: YearFigures) -> Answers:
    return {
        "TGT-01": _lists(
            {
                "name": "2030年减排目标（示例）",
                "scopes": ["scope_1", "scope_2_location"],
                "base_year": _base_year(firm),
                "base_value": _amount(_base(firm), "tCO2e"),
                "target_year": 2030,
                "reduction": _amount(Decimal(25), "%"),  # the median of 96 real targets
            }
        ),
        "STR-02": _says(status="adopted_15", adopted_on=f"{figures.year}-06-18"),
        "GOV-04": _says(value="in_place"),
        "TGT-04": _says(value="committed"),
    }
