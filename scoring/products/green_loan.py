"""Green loan: use of proceeds in the green finance catalogue."""

from __future__ import annotations

from decimal import Decimal

from scoring.facts import Collateral, Purpose
from scoring.products.kind import Option, ProductClass, ProductKind, Term, TermKind
from scoring.products.shared_terms import FEE_PERCENT, RATE_BASIS, REPAYMENT, SPREAD_BP

KIND = ProductKind(
    code="green_loan",
    number=13,
    klass=ProductClass.GREEN_CREDIT,
    zh="绿色贷款",
    en="green loan",
    summary_zh="资金专款专用于《绿色金融支持项目目录（2025 年版）》内的项目。",
    summary_en="Proceeds go to projects of the green finance catalogue (2025) only.",
    risk_zh="资金未按约定用途使用或未按年报告，可能被取消绿色认定并提前收回。",
    risk_en="Proceeds used otherwise, or a missing yearly report, can end the green label and "
    "recall the loan.",
    purposes=frozenset(
        {Purpose.ENERGY_SAVING, Purpose.CLEAN_ENERGY, Purpose.CARBON_TECHNOLOGY}
        | {Purpose.GREEN_BUILDING}
    ),
    collateral=frozenset(
        {Collateral.EQUIPMENT, Collateral.REAL_ESTATE, Collateral.INCOME_RIGHT}
        | {Collateral.GUARANTEE, Collateral.CREDIT}
    ),
    terms=(
        RATE_BASIS,
        SPREAD_BP,
        REPAYMENT,
        Term(
            name="project_share_percent",
            kind=TermKind.PERCENT,
            unit="%",
            minimum=Decimal(1),
            maximum=Decimal(100),
            zh="项目贷款占比上限",
            en="largest share of the project",
            help_zh="贷款占项目总投资的最高比例",
            help_en="Largest loan as a share of the total investment",
        ),
        Term(
            name="ring_fenced_account",
            kind=TermKind.CHOICE,
            zh="资金管理",
            en="management of proceeds",
            help_zh="募集资金如何管理",
            help_en="How the proceeds are kept apart",
            options=(
                Option("ring_fenced", "专户管理", "own account"),
                Option("ledger", "台账管理", "ledger"),
            ),
        ),
        Term(
            name="report_months",
            kind=TermKind.INTEGER,
            unit="月",
            minimum=Decimal(1),
            maximum=Decimal(12),
            zh="报告周期",
            en="reporting interval",
            help_zh="多少个月报告一次资金使用与环境效益，最长一年",
            help_en="Months between reports on use and effect, a year at most",
        ),
        FEE_PERCENT,
    ),
)
