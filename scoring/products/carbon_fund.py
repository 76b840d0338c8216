"""Carbon fund: equity for carbon assets and low-carbon technology."""

from __future__ import annotations

from scoring.facts import Purpose
from scoring.products.kind import ProductClass, ProductKind
from scoring.products.writing import amount, choice, percent, whole

KIND = ProductKind(
    code="carbon_fund",
    number=12,
    klass=ProductClass.SUPPORT,
    zh="碳基金",
    en="carbon fund",
    summary_zh="投资于碳资产、减排项目或低碳技术企业的基金。",
    summary_en="A fund that invests in carbon assets, reduction projects or low-carbon firms.",
    risk_zh="不保本；期限长，退出依赖市场。",
    risk_en="Capital is at risk, the term is long and exit depends on the market.",
    purposes=frozenset({Purpose.CARBON_TECHNOLOGY, Purpose.CLEAN_ENERGY}),
    terms=(
        amount(
            "fund_size",
            ("基金规模", "fund size"),
            ("募集总额", "Total raised"),
            ("1000000", "100000000000"),
            unit="元",
        ),
        choice(
            "stage",
            ("投资阶段", "stage"),
            ("投资对象所处阶段", "Stage of what it invests in"),
            (
                ("seed", "种子期", "seed"),
                ("growth", "成长期", "growth"),
                ("mature", "成熟期", "mature"),
                ("project", "项目", "project"),
            ),
        ),
        percent(
            "target_irr",
            ("目标内部收益率", "target IRR"),
            ("期望年化收益，不构成承诺", "Yearly return aimed at, no promise"),
            ("0", "60"),
            unit="%/年",
        ),
        percent(
            "carbon_share",
            ("碳收益分成", "share of carbon income"),
            ("碳资产收益归基金的比例", "Share of carbon income that goes to the fund"),
            ("0", "100"),
            required=False,
        ),
        whole(
            "fund_years",
            ("存续期", "life of the fund"),
            ("基金存续年数", "Years the fund runs"),
            ("1", "20"),
            unit="年",
        ),
    ),
)
