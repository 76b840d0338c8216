"""Green insurance: liability, building and technology performance."""

from __future__ import annotations

from scoring.facts import Purpose
from scoring.products.kind import ProductClass, ProductKind, Rule
from scoring.products.writing import choice, percent, whole

KIND = ProductKind(
    code="green_insurance",
    number=23,
    klass=ProductClass.SUPPORT,
    zh="绿色保险",
    en="green insurance",
    summary_zh="环境污染责任、绿色建筑性能、新能源发电量或技术效果保险。",
    summary_en=(
        "Cover for pollution liability, green buildings, new-energy output or "
        "technology performance."
    ),
    risk_zh="免赔额以内及除外责任不予赔付；须配合现场查勘。",
    risk_en="Losses below the deductible or excluded are not paid; a site survey is part of it.",
    purposes=frozenset({Purpose.RISK_COVER, Purpose.GREEN_BUILDING, Purpose.CARBON_TECHNOLOGY}),
    terms=(
        choice(
            "cover",
            ("保险类别", "cover"),
            ("保障哪类风险", "The risk that is covered"),
            (
                ("pollution_liability", "环境污染责任", "pollution liability"),
                ("building_performance", "绿色建筑性能", "green building performance"),
                ("energy_output", "新能源发电量", "new-energy output"),
                ("technology_performance", "技术效果", "technology performance"),
            ),
        ),
        percent(
            "premium_percent",
            ("保险费率", "premium rate"),
            ("保险费占保险金额的比例", "Premium as a share of the sum insured"),
            ("0.01", "20"),
        ),
        percent(
            "deductible_percent",
            ("免赔率", "deductible"),
            ("由被保险人自担的损失比例", "Share of a loss the insured bears"),
            ("0", "50"),
        ),
        whole(
            "notice_hours",
            ("报案时限", "notice of loss"),
            ("出险后须在多少小时内报案", "Hours within which a loss is notified"),
            ("1", "720"),
            unit="小时",
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
