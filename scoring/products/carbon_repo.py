"""Carbon asset repo: sell allowances now, buy them back before surrender."""

from __future__ import annotations

from decimal import Decimal

from scoring.facts import CARBON_COLLATERAL, Purpose
from scoring.products.kind import Option, ProductClass, ProductKind, Term, TermKind
from scoring.products.shared_terms import QUANTITY_MIN, UNDERLYING

KIND = ProductKind(
    code="carbon_repo",
    number=3,
    klass=ProductClass.FINANCING,
    zh="碳资产回购",
    en="carbon asset repo",
    summary_zh="出售碳配额取得资金，约定日按约定价格购回。",
    summary_en="Allowances are sold for cash and bought back at an agreed price and date.",
    risk_zh="到期未购回即失去碳资产；清缴期前碳价上涨时，违约将使履约成本上升。",
    risk_en="Failing to buy back loses the assets; with a rising price before the surrender date "
    "compliance then costs more.",
    purposes=frozenset({Purpose.WORKING_CAPITAL, Purpose.ALLOWANCE_SURPLUS}),
    collateral=CARBON_COLLATERAL,
    terms=(
        UNDERLYING,
        QUANTITY_MIN,
        Term(
            name="implied_rate",
            kind=TermKind.PERCENT,
            unit="%/年",
            minimum=Decimal(0),
            maximum=Decimal(24),
            zh="隐含年利率",
            en="implied annual rate",
            help_zh="由购回价与出售价之差折算的年利率",
            help_en="The yearly rate the two prices amount to",
        ),
        Term(
            name="deposit_percent",
            kind=TermKind.PERCENT,
            unit="%",
            minimum=Decimal(0),
            maximum=Decimal(50),
            zh="保证金比例",
            en="deposit",
            help_zh="占出售价款的比例",
            help_en="Share of the sale price",
        ),
        Term(
            name="default_remedy",
            kind=TermKind.CHOICE,
            zh="违约处理",
            en="remedy on default",
            help_zh="到期未购回时如何处理",
            help_en="What happens when the seller does not buy back",
            options=(
                Option("keep_assets", "买方保留碳资产", "the buyer keeps the assets"),
                Option("sell_and_settle", "处置后多退少补", "sold, and the difference settled"),
                Option("extend_once", "可展期一次", "one extension"),
            ),
        ),
    ),
)
