"""Energy-service receivable loan: secured by the savings of a contract."""

from __future__ import annotations

from scoring.facts import Collateral, Purpose
from scoring.products.kind import ProductClass, ProductKind
from scoring.products.shared_terms import RATE_BASIS, REPAYMENT, SPREAD_BP
from scoring.products.writing import choice, percent

KIND = ProductKind(
    code="energy_service_loan",
    number=24,
    klass=ProductClass.GREEN_CREDIT,
    zh="节能收益权质押贷款",
    en="energy-service receivable loan",
    summary_zh="以合同能源管理项目未来收益权质押的贷款。",
    summary_en="A loan secured by the future income of an energy performance contract.",
    risk_zh="节能量不达预期会减少还款来源；用能单位停产将中断收益。",
    risk_en="Savings below plan shrink the source of repayment; a closed site ends it.",
    purposes=frozenset({Purpose.ENERGY_SAVING}),
    collateral=frozenset({Collateral.INCOME_RIGHT, Collateral.RECEIVABLE}),
    terms=(
        RATE_BASIS,
        SPREAD_BP,
        REPAYMENT,
        percent(
            "ltv_max",
            ("质押率上限", "highest loan-to-value"),
            (
                "贷款占未来收益现值的最高比例",
                "Largest loan as a share of the present value of income",
            ),
            ("1", "100"),
        ),
        percent(
            "discount_rate",
            ("折现率", "discount rate"),
            ("计算收益现值的年化利率", "Yearly rate of the present value"),
            ("0", "30"),
            unit="%/年",
        ),
        choice(
            "measurement",
            ("节能量核定", "measurement of savings"),
            ("节能量由谁核定", "Who measures the savings"),
            (
                ("third_party", "第三方核定", "third party"),
                ("agreed", "双方约定", "as agreed"),
                ("metered", "在线计量", "metered"),
            ),
        ),
    ),
)
