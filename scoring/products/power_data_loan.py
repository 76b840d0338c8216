"""Power-data SME loan: price by energy use, both ways."""

from __future__ import annotations

from scoring.facts import Collateral, Purpose
from scoring.products.kind import ProductClass, ProductKind
from scoring.products.shared_terms import RATE_BASIS, REPAYMENT, SPREAD_BP, STEP_DOWN, STEP_UP
from scoring.products.writing import percent, whole

KIND = ProductKind(
    code="power_data_loan",
    number=25,
    klass=ProductClass.GREEN_CREDIT,
    zh="电碳数据小微贷",
    en="power-data SME loan",
    summary_zh="以用电与碳排放数据评价小微企业，利率双向浮动，政府性担保基金增信。",
    summary_en=(
        "Small firms judged by power and carbon data; the rate moves both ways, "
        "with a public guarantee."
    ),
    risk_zh="用能评价变差利率上浮；须授权查询用电数据。",
    risk_en="A worse energy grade raises the rate; access to power data must be granted.",
    purposes=frozenset({Purpose.WORKING_CAPITAL, Purpose.ENERGY_SAVING}),
    collateral=frozenset({Collateral.CREDIT, Collateral.GUARANTEE}),
    terms=(
        RATE_BASIS,
        SPREAD_BP,
        REPAYMENT,
        STEP_DOWN,
        STEP_UP,
        percent(
            "guarantee_percent",
            ("担保比例", "guaranteed share"),
            ("担保基金承担的比例", "Share the guarantee fund bears"),
            ("0", "100"),
        ),
        whole(
            "data_months",
            ("用电数据", "power data"),
            ("须提供多少个月的用电数据", "Months of power data asked for"),
            ("1", "60"),
            unit="月",
        ),
    ),
)
