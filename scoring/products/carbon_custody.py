"""Carbon asset custody: a manager trades the holding and shares the gain."""

from __future__ import annotations

from scoring.facts import CARBON_COLLATERAL, Purpose
from scoring.products.kind import ProductClass, ProductKind
from scoring.products.shared_terms import QUANTITY_MIN, UNDERLYING
from scoring.products.writing import percent, whole

KIND = ProductKind(
    code="carbon_custody",
    number=4,
    klass=ProductClass.FINANCING,
    zh="碳资产托管",
    en="carbon asset custody",
    summary_zh="将碳资产交由管理机构运作，到期返还并按约定分成。",
    summary_en="A manager runs the holding, returns it on a fixed day and shares the gain.",
    risk_zh="托管期内碳资产由他人操作；管理机构违约可能导致无法按期清缴。",
    risk_en=(
        "Others trade the assets meanwhile; a default of the manager can make surrender fail."
    ),
    purposes=frozenset({Purpose.ALLOWANCE_SURPLUS}),
    collateral=CARBON_COLLATERAL,
    terms=(
        QUANTITY_MIN,
        UNDERLYING,
        percent(
            "guaranteed_return",
            ("保底收益", "guaranteed return"),
            ("管理机构承诺的最低年收益", "Least yearly return promised"),
            ("0", "10"),
            unit="%/年",
        ),
        percent(
            "owner_share",
            ("委托方分成", "share of the owner"),
            ("超额收益中归委托方的比例", "Share of the excess gain that the owner keeps"),
            ("0", "100"),
        ),
        percent(
            "deposit_percent",
            ("保证金比例", "deposit"),
            ("管理机构缴存，占托管价值的比例", "Paid by the manager, share of the value held"),
            ("0", "100"),
        ),
        whole(
            "return_before_days",
            ("清缴前返还", "return before surrender"),
            ("履约清缴日前多少天返还", "Days before the surrender date by which assets return"),
            ("0", "180"),
            unit="天",
        ),
    ),
)
