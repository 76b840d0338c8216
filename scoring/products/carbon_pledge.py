"""Carbon asset pledge: a loan secured by allowances or credits."""

from __future__ import annotations

from decimal import Decimal

from scoring.facts import CARBON_COLLATERAL, Purpose
from scoring.products.kind import Option, ProductClass, ProductKind, Rule, Term, TermKind
from scoring.products.shared_terms import FEE_PERCENT, QUANTITY_MIN, RATE_BASIS, SPREAD_BP


def _ltv(name: str, *, zh: str, en: str, help_zh: str, help_en: str) -> Term:
    return Term(
        name=name,
        kind=TermKind.PERCENT,
        unit="%",
        minimum=Decimal(1),
        maximum=Decimal(100),
        zh=zh,
        en=en,
        help_zh=help_zh,
        help_en=help_en,
    )


KIND = ProductKind(
    code="carbon_pledge",
    number=2,
    klass=ProductClass.FINANCING,
    zh="碳资产质押融资",
    en="carbon asset pledge",
    summary_zh="以碳配额或减排量出质取得贷款，质押登记后放款。",
    summary_en="A loan secured by registered allowances or credits, paid out once registered.",
    risk_zh="碳价下跌可能触发补仓或处置；履约清缴前须安排解押，否则可能无法按期清缴。",
    risk_en="A falling carbon price can trigger a margin call or a sale; plan the release before "
    "the surrender date, or surrender may fail.",
    purposes=frozenset({Purpose.WORKING_CAPITAL, Purpose.ENERGY_SAVING, Purpose.ALLOWANCE_SURPLUS}),
    collateral=CARBON_COLLATERAL,
    terms=(
        RATE_BASIS,
        SPREAD_BP,
        QUANTITY_MIN,
        Term(
            name="reference_price",
            kind=TermKind.CHOICE,
            zh="参考价格",
            en="reference price",
            help_zh="质物按哪种价格估值",
            help_en="The price the pledge is valued at",
            options=(
                Option("average_20d", "近 20 个交易日均价", "average of 20 trading days"),
                Option("close", "前一交易日收盘价", "last close"),
                Option("auction", "最近一次有偿竞价", "latest auction"),
                Option("lower_of", "以上孰低", "the lowest of these"),
            ),
        ),
        _ltv(
            "ltv_max",
            zh="质押率上限",
            en="highest loan-to-value",
            help_zh="贷款额占质物价值的最高比例",
            help_en="Largest loan as a share of the pledge's value",
        ),
        _ltv(
            "margin_call_ltv",
            zh="预警线",
            en="margin-call line",
            help_zh="质押率升至此线须补足质物或提前还款",
            help_en="At this loan-to-value the borrower tops up or repays",
        ),
        _ltv(
            "liquidation_ltv",
            zh="处置线",
            en="liquidation line",
            help_zh="质押率升至此线可处置质物",
            help_en="At this loan-to-value the pledge may be sold",
        ),
        Term(
            name="release_before_days",
            kind=TermKind.INTEGER,
            unit="天",
            minimum=Decimal(0),
            maximum=Decimal(180),
            required=False,
            zh="清缴前解押",
            en="release before surrender",
            help_zh="履约清缴日前多少天可申请解押",
            help_en="Days before the surrender date from which the pledge can be released",
        ),
        FEE_PERCENT,
    ),
    rules=(
        Rule(
            "rule-ltv-below-call",
            ("ltv_max", "margin_call_ltv"),
            lambda ltv, call: ltv <= call,
        ),
        Rule(
            "rule-call-below-liquidation",
            ("margin_call_ltv", "liquidation_ltv"),
            lambda call, liquidation: call < liquidation,
        ),
    ),
)
