"""Carbon insurance: cover against delivery shortfall, excess cost or loss of a sink."""

from __future__ import annotations

from decimal import Decimal

from scoring.facts import Purpose
from scoring.products.kind import Option, ProductClass, ProductKind, Rule, Term, TermKind

KIND = ProductKind(
    code="carbon_insurance",
    number=11,
    klass=ProductClass.SUPPORT,
    zh="碳保险",
    en="carbon insurance",
    summary_zh="对减排量交付不足、超额排放成本或碳汇损失等风险提供保障。",
    summary_en="Cover for a shortfall of credits, the cost of excess emissions or the loss of a "
    "carbon sink.",
    risk_zh="等待期内及免赔额以内的损失不予赔付；出险后须在约定时限内报案。",
    risk_en="Nothing is paid within the waiting period or below the deductible; a loss must be "
    "notified in time.",
    purposes=frozenset({Purpose.RISK_COVER, Purpose.CARBON_TECHNOLOGY, Purpose.CLEAN_ENERGY}),
    terms=(
        Term(
            name="trigger",
            kind=TermKind.CHOICE,
            zh="保险责任",
            en="trigger",
            help_zh="何种事件触发赔付",
            help_en="The event that is paid for",
            options=(
                Option("delivery_shortfall", "减排量交付不足", "shortfall of credits delivered"),
                Option("excess_emission", "超额排放成本", "cost of excess emissions"),
                Option("pledge_default", "质押贷款违约", "default of a pledge loan"),
                Option("sink_loss", "碳汇损失", "loss of a carbon sink"),
            ),
        ),
        Term(
            name="premium_percent",
            kind=TermKind.PERCENT,
            unit="%",
            minimum=Decimal("0.01"),
            maximum=Decimal(20),
            zh="保险费率",
            en="premium rate",
            help_zh="保险费占保险金额的比例",
            help_en="Premium as a share of the sum insured",
        ),
        Term(
            name="deductible_percent",
            kind=TermKind.PERCENT,
            unit="%",
            minimum=Decimal(0),
            maximum=Decimal(50),
            zh="免赔率",
            en="deductible",
            help_zh="由被保险人自担的损失比例",
            help_en="Share of a loss the insured bears",
        ),
        Term(
            name="waiting_days",
            kind=TermKind.INTEGER,
            unit="天",
            minimum=Decimal(0),
            maximum=Decimal(365),
            zh="等待期",
            en="waiting period",
            help_zh="保险责任自生效后多少天开始",
            help_en="Days after the start before cover begins",
        ),
        Term(
            name="notice_hours",
            kind=TermKind.INTEGER,
            unit="小时",
            minimum=Decimal(1),
            maximum=Decimal(720),
            zh="报案时限",
            en="notice of loss",
            help_zh="出险后须在多少小时内报案",
            help_en="Hours within which a loss is notified",
        ),
    ),
    rules=(
        Rule(
            "rule-premium-below-cover",
            ("premium_percent", "deductible_percent"),
            lambda premium, deductible: premium + deductible < 100,
        ),
    ),
)
