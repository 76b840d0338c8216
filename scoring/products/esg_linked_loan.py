"""ESG-rating-linked loan: the rate moves with a rating."""

from __future__ import annotations

from scoring.facts import Collateral, Purpose
from scoring.products.kind import ProductClass, ProductKind
from scoring.products.shared_terms import (
    RATE_BASIS,
    REPAYMENT,
    SPREAD_BP,
    STEP_CAP,
    STEP_DOWN,
    STEP_UP,
    STEP_WITHIN_CAP,
)
from scoring.products.writing import choice, whole

KIND = ProductKind(
    code="esg_linked_loan",
    number=21,
    klass=ProductClass.GREEN_CREDIT,
    zh="ESG 评级挂钩贷款",
    en="ESG-rating-linked loan",
    summary_zh="利率随外部 ESG 评级上下浮动。",
    summary_en="The rate moves with an external ESG rating.",
    risk_zh="评级下调利率上升；评级机构方法可能变化。",
    risk_en="A downgrade raises the rate, and the rater can change its method.",
    purposes=frozenset({Purpose.WORKING_CAPITAL, Purpose.TRANSITION}),
    collateral=frozenset({Collateral.CREDIT, Collateral.GUARANTEE, Collateral.REAL_ESTATE}),
    terms=(
        RATE_BASIS,
        SPREAD_BP,
        REPAYMENT,
        STEP_DOWN,
        STEP_UP,
        STEP_CAP,
        whole(
            "rating_age_months",
            ("评级有效期", "age of the rating"),
            ("评级报告最长多少个月有效", "Most months a rating counts"),
            ("1", "24"),
            unit="月",
        ),
        choice(
            "start_rating",
            ("起始评级", "starting rating"),
            ("可申请的最低评级", "Lowest rating admitted"),
            (("aaa", "AAA", "AAA"), ("aa", "AA", "AA"), ("a", "A", "A"), ("bbb", "BBB", "BBB")),
        ),
    ),
    rules=(STEP_WITHIN_CAP,),
)
