"""Carbon option: the right, for a premium, to buy or sell at the strike."""

from __future__ import annotations

from decimal import Decimal

from scoring.facts import Purpose
from scoring.products.kind import Option, ProductClass, ProductKind, Term, TermKind
from scoring.products.shared_terms import SETTLEMENT, UNDERLYING

KIND = ProductKind(
    code="carbon_option",
    number=7,
    klass=ProductClass.TRADING,
    zh="碳期权",
    en="carbon option",
    summary_zh="支付权利金，取得到期前或到期时以行权价买入或卖出碳资产的权利。",
    summary_en="For a premium, the right to buy or sell carbon assets at the strike.",
    risk_zh="买方可能损失全部权利金，卖方亏损可能远大于权利金；本平台仅提供信息，不组织交易。",
    risk_en="A buyer can lose the whole premium, a seller far more. The platform informs only and "
    "organises no trading.",
    suitability=True,
    purposes=frozenset({Purpose.PRICE_HEDGING, Purpose.ALLOWANCE_GAP, Purpose.ALLOWANCE_SURPLUS}),
    terms=(
        UNDERLYING,
        Term(
            name="right",
            kind=TermKind.CHOICE,
            zh="期权类型",
            en="right",
            help_zh="看涨为买入权，看跌为卖出权",
            help_en="A call is the right to buy, a put the right to sell",
            options=(Option("call", "看涨", "call"), Option("put", "看跌", "put")),
        ),
        Term(
            name="style",
            kind=TermKind.CHOICE,
            zh="行权方式",
            en="style",
            help_zh="仅到期日可行权，或到期前任一日可行权",
            help_en="Exercised at expiry only, or on any day up to it",
            options=(
                Option("european", "欧式", "European"),
                Option("american", "美式", "American"),
            ),
        ),
        Term(
            name="strike",
            kind=TermKind.DECIMAL,
            unit="元/吨",
            minimum=Decimal("0.01"),
            maximum=Decimal(10_000),
            zh="行权价",
            en="strike",
            help_zh="行权时买卖碳资产的价格",
            help_en="Price at which the right is used",
        ),
        Term(
            name="premium",
            kind=TermKind.DECIMAL,
            unit="元/吨",
            minimum=Decimal(0),
            maximum=Decimal(10_000),
            zh="权利金",
            en="premium",
            help_zh="取得该权利的价格",
            help_en="Price of the right",
        ),
        Term(
            name="expiry",
            kind=TermKind.DATE,
            zh="到期日",
            en="expiry",
            help_zh="权利的最后一日",
            help_en="Last day of the right",
        ),
        SETTLEMENT,
    ),
)
