"""Carbon forward: a price agreed today for allowances delivered later."""

from __future__ import annotations

from decimal import Decimal

from scoring.facts import Purpose
from scoring.products.kind import ProductClass, ProductKind, Term, TermKind
from scoring.products.shared_terms import (
    INITIAL_MARGIN,
    MAINTENANCE_MARGIN,
    MARGIN_ORDER,
    SETTLEMENT,
    UNDERLYING,
)

KIND = ProductKind(
    code="carbon_forward",
    number=5,
    klass=ProductClass.TRADING,
    zh="碳远期",
    en="carbon forward",
    summary_zh="约定在未来某日以约定价格买卖一定数量的碳资产，锁定履约成本或收益。",
    summary_en="A quantity of carbon assets at a price agreed now for a later day; fixes the cost "
    "of compliance or the income.",
    risk_zh="市价与约定价相反变动时会产生亏损，并可能被追加保证金；本平台仅提供信息，不组织交易。",
    risk_en="When the market moves the other way there is a loss and possibly a margin call. The "
    "platform informs only and organises no trading.",
    suitability=True,
    purposes=frozenset({Purpose.PRICE_HEDGING, Purpose.ALLOWANCE_GAP, Purpose.ALLOWANCE_SURPLUS}),
    terms=(
        UNDERLYING,
        Term(
            name="lot_size",
            kind=TermKind.INTEGER,
            unit="tCO2e",
            minimum=Decimal(1),
            maximum=Decimal(100_000),
            zh="合约规模",
            en="contract size",
            help_zh="一手合约对应的数量",
            help_en="Quantity of one contract",
        ),
        Term(
            name="tick",
            kind=TermKind.DECIMAL,
            unit="元/吨",
            minimum=Decimal("0.01"),
            maximum=Decimal(10),
            zh="最小变动价位",
            en="tick",
            help_zh="报价的最小变动单位",
            help_en="Smallest step of the price",
        ),
        Term(
            name="last_trading_day",
            kind=TermKind.DATE,
            zh="最后交易日",
            en="last trading day",
            help_zh="合约可成交的最后一日",
            help_en="Last day on which the contract can be concluded",
        ),
        INITIAL_MARGIN,
        MAINTENANCE_MARGIN,
        SETTLEMENT,
    ),
    rules=(MARGIN_ORDER,),
)
