"""Carbon lending: borrow allowances for a fee and return as many."""

from __future__ import annotations

from scoring.facts import CARBON_COLLATERAL, Purpose
from scoring.products.kind import ProductClass, ProductKind, Rule
from scoring.products.shared_terms import QUANTITY_MIN
from scoring.products.writing import percent, whole

KIND = ProductKind(
    code="carbon_lending",
    number=9,
    klass=ProductClass.TRADING,
    zh="碳借贷",
    en="carbon lending",
    summary_zh="借入碳配额并支付费用，到期归还同等数量。",
    summary_en="Allowances are borrowed for a fee and returned in kind.",
    risk_zh="归还时碳价上涨将增加成本；保证金不足可能被强制平仓。",
    risk_en="A higher price at return costs more; too little deposit can force a close-out.",
    suitability=True,
    purposes=frozenset({Purpose.ALLOWANCE_GAP, Purpose.ALLOWANCE_SURPLUS}),
    collateral=CARBON_COLLATERAL,
    terms=(
        QUANTITY_MIN,
        percent(
            "fee_percent_year",
            ("借贷费率", "lending fee"),
            ("按年计算的费率", "Yearly fee"),
            ("0", "20"),
            unit="%/年",
        ),
        percent(
            "initial_deposit",
            ("初始保证金", "initial deposit"),
            ("占借入价值的比例", "Share of the value borrowed"),
            ("0", "100"),
        ),
        percent(
            "maintenance_deposit",
            ("维持保证金", "maintenance deposit"),
            ("低于此比例须追加", "Below this share it must be topped up"),
            ("0", "100"),
        ),
        whole(
            "max_days",
            ("最长期限", "longest term"),
            ("借入最长天数", "Most days of borrowing"),
            ("1", "365"),
            unit="天",
        ),
    ),
    rules=(
        Rule(
            "rule-deposit-order",
            ("maintenance_deposit", "initial_deposit"),
            lambda maintenance, initial: maintenance <= initial,
        ),
    ),
)
