"""Carbon-neutral bond: proceeds for projects with measured reductions."""

from __future__ import annotations

from scoring.facts import Purpose
from scoring.products.kind import ProductClass, ProductKind
from scoring.products.writing import amount, choice, percent, whole

KIND = ProductKind(
    code="carbon_neutral_bond",
    number=18,
    klass=ProductClass.GREEN_CREDIT,
    zh="碳中和债",
    en="carbon-neutral bond",
    summary_zh="募集资金专项用于具有碳减排效益的项目，减排量须量化并评估。",
    summary_en="Proceeds go to projects whose reductions are measured and assessed.",
    risk_zh="须发行前第三方评估并每半年披露；资金挪用将失去标识。",
    risk_en=(
        "An assessment before issue and half-yearly reports are needed; other use ends the label."
    ),
    purposes=frozenset({Purpose.CLEAN_ENERGY, Purpose.GREEN_BUILDING, Purpose.TRANSITION}),
    terms=(
        amount(
            "issue_size",
            ("发行规模", "issue size"),
            ("计划发行总额", "Planned total"),
            ("1000000", "50000000000"),
            unit="元",
        ),
        percent(
            "coupon",
            ("票面利率", "coupon"),
            ("每年支付的利率", "Rate paid every year"),
            ("0", "20"),
            unit="%/年",
        ),
        amount(
            "reduction_min",
            ("年减排量下限", "least yearly reduction"),
            ("所投项目每年至少减排的数量", "Least reduction of the projects a year"),
            ("1", "100000000"),
            unit="tCO2e",
        ),
        choice(
            "assessor",
            ("评估方式", "assessment"),
            ("由谁评估减排效益", "Who assesses the reductions"),
            (
                ("third_party", "独立第三方", "independent third party"),
                ("rating_agency", "评级机构", "rating agency"),
            ),
        ),
        whole(
            "report_months",
            ("报告周期", "reporting interval"),
            ("多少个月披露一次", "Months between reports"),
            ("1", "6"),
            unit="月",
        ),
    ),
)
