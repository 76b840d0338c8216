"""Green supply-chain finance: prices by tier of the supplier."""

from __future__ import annotations

from scoring.facts import Collateral, Purpose
from scoring.products.kind import ProductClass, ProductKind
from scoring.products.writing import choice, percent, points, whole

KIND = ProductKind(
    code="green_supply_chain_finance",
    number=20,
    klass=ProductClass.GREEN_CREDIT,
    zh="供应链绿色金融",
    en="green supply-chain finance",
    summary_zh="核心企业按供应商低碳等级分档定价的应收账款融资。",
    summary_en="Receivables finance priced by the low-carbon tier of the supplier.",
    risk_zh="以核心企业确权为前提；等级下调时价格上调。",
    risk_en="The debtor must confirm; a lower tier costs more.",
    purposes=frozenset({Purpose.SUPPLY_CHAIN, Purpose.WORKING_CAPITAL}),
    collateral=frozenset({Collateral.RECEIVABLE}),
    terms=(
        choice(
            "tier_basis",
            ("分档依据", "basis of tiers"),
            ("供应商分档所依据的评价", "What the tiers are based on"),
            (
                ("disclosure_grade", "碳信息披露等级", "disclosure grade"),
                ("anchor_score", "核心企业评价", "score of the anchor"),
                ("target_validated", "科学减排目标", "validated target"),
            ),
        ),
        percent(
            "advance_percent",
            ("预付比例", "advance"),
            ("应收账款可提前支取的比例", "Share of a receivable paid early"),
            ("1", "100"),
        ),
        points(
            "best_tier_bp",
            ("最优档优惠", "discount of the best tier"),
            ("最优档下调的基点", "Basis points off for the best tier"),
            ("0", "200"),
        ),
        choice(
            "confirmation",
            ("确权方式", "confirmation"),
            ("核心企业如何确认债权", "How the debtor confirms"),
            (("electronic", "电子签署", "electronic"), ("registry", "平台登记", "registry")),
        ),
        whole(
            "max_days",
            ("最长账期", "longest term"),
            ("应收账款最长天数", "Most days of a receivable"),
            ("1", "365"),
            unit="天",
        ),
    ),
)
