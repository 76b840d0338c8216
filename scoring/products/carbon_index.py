"""Carbon index product: a return that follows an index."""

from __future__ import annotations

from scoring.facts import Purpose
from scoring.products.kind import ProductClass, ProductKind
from scoring.products.writing import amount, choice, day, percent

KIND = ProductKind(
    code="carbon_index",
    number=10,
    klass=ProductClass.SUPPORT,
    zh="碳指数产品",
    en="carbon index product",
    summary_zh="收益与碳指数挂钩的产品，或碳指数的使用许可。",
    summary_en="A product whose return follows a carbon index, or a licence to use one.",
    risk_zh="指数表现不保证收益；指数编制方法可能调整。",
    risk_en="An index promises no return, and its method can change.",
    purposes=frozenset({Purpose.PRICE_HEDGING}),
    terms=(
        choice(
            "use",
            ("用途", "use"),
            ("产品形式", "Form of the product"),
            (
                ("linked_deposit", "挂钩存款", "linked deposit"),
                ("licence", "指数许可", "licence"),
                ("benchmark", "利率或目标基准", "benchmark of a rate or target"),
            ),
        ),
        percent(
            "participation",
            ("参与率", "participation"),
            ("指数涨幅中计入收益的比例", "Share of the index gain that is paid"),
            ("0", "300"),
            required=False,
        ),
        amount(
            "licence_fee",
            ("许可费", "licence fee"),
            ("每年许可费用", "Yearly fee"),
            ("0", "100000000"),
            unit="元/年",
            required=False,
        ),
        day("base_date", ("基期", "base date"), ("指数的基准日", "Day the index is based on")),
    ),
)
