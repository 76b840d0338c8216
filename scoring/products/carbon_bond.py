"""Carbon bond: a coupon with a leg that follows carbon income."""

from __future__ import annotations

from scoring.facts import Purpose
from scoring.products.kind import ProductClass, ProductKind, Rule
from scoring.products.writing import amount, choice, percent, points, whole

KIND = ProductKind(
    code="carbon_bond",
    number=1,
    klass=ProductClass.FINANCING,
    zh="碳债券",
    en="carbon bond",
    summary_zh="发行债券融资，票面利率含与碳价或减排收益挂钩的浮动部分。",
    summary_en=(
        "A bond whose coupon has a floating leg tied to the carbon price or credit income."
    ),
    risk_zh="碳收益不及预期时浮动利息可能为零；须持续披露资金用途。",
    risk_en=(
        "With weak carbon income the floating leg can be nil; use of proceeds must "
        "be reported throughout."
    ),
    purposes=frozenset({Purpose.CLEAN_ENERGY, Purpose.CARBON_TECHNOLOGY, Purpose.TRANSITION}),
    terms=(
        amount(
            "issue_size",
            ("发行规模", "issue size"),
            ("计划发行总额", "Planned total"),
            ("1000000", "50000000000"),
            unit="元",
        ),
        percent(
            "fixed_coupon",
            ("固定票息", "fixed coupon"),
            ("每年固定支付的利率", "Rate paid every year"),
            ("0", "20"),
            unit="%/年",
        ),
        points(
            "floating_low_bp",
            ("浮动下限", "floating leg, lowest"),
            ("浮动部分的最低基点", "Least basis points of the floating leg"),
            ("0", "300"),
        ),
        points(
            "floating_high_bp",
            ("浮动上限", "floating leg, highest"),
            ("浮动部分的最高基点", "Most basis points of the floating leg"),
            ("0", "300"),
        ),
        choice(
            "rating_required",
            ("最低评级", "lowest rating"),
            ("发行人或债项的最低评级", "Lowest rating of issuer or issue"),
            (("aaa", "AAA", "AAA"), ("aa_plus", "AA+", "AA+"), ("aa", "AA", "AA")),
        ),
        whole(
            "report_months",
            ("报告周期", "reporting interval"),
            ("多少个月披露一次资金使用", "Months between reports on proceeds"),
            ("1", "12"),
            unit="月",
        ),
    ),
    rules=(
        Rule(
            "rule-floating-order",
            ("floating_low_bp", "floating_high_bp"),
            lambda low, high: low <= high,
        ),
    ),
)
