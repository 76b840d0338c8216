"""Carbon-account loan: rate and limit follow the grade of the carbon account."""

from __future__ import annotations

from scoring.facts import Collateral, Purpose
from scoring.products.kind import ProductClass, ProductKind
from scoring.products.shared_terms import RATE_BASIS, REPAYMENT, SPREAD_BP
from scoring.products.writing import choice, percent, points

KIND = ProductKind(
    code="carbon_account_loan",
    number=17,
    klass=ProductClass.GREEN_CREDIT,
    zh="碳账户贷款",
    en="carbon-account loan",
    summary_zh="按企业碳账户等级确定利率和额度。",
    summary_en="Rate and limit follow the grade of the enterprise carbon account.",
    risk_zh="等级下降可能使利率上调、额度下降。",
    risk_en="A lower grade can raise the rate and cut the limit.",
    purposes=frozenset({Purpose.WORKING_CAPITAL, Purpose.ENERGY_SAVING}),
    collateral=frozenset({Collateral.CREDIT, Collateral.GUARANTEE, Collateral.REAL_ESTATE}),
    terms=(
        RATE_BASIS,
        SPREAD_BP,
        REPAYMENT,
        choice(
            "grade_required",
            ("最低等级", "lowest grade"),
            ("可申请的最低碳账户等级", "Lowest account grade admitted"),
            (
                ("dark_green", "深绿", "dark green"),
                ("light_green", "浅绿", "light green"),
                ("yellow", "黄", "yellow"),
            ),
        ),
        points(
            "best_grade_bp",
            ("最优等级优惠", "discount of the best grade"),
            ("最优等级下调的基点", "Basis points off for the best grade"),
            ("0", "200"),
        ),
        percent(
            "limit_uplift",
            ("额度上浮", "limit uplift"),
            ("最优等级额度上浮比例", "Uplift of the limit for the best grade"),
            ("0", "100"),
            required=False,
        ),
    ),
)
