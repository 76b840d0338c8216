"""Carbon trust: carbon assets held and run by a trustee."""

from __future__ import annotations

from scoring.facts import CARBON_COLLATERAL, Purpose
from scoring.products.kind import ProductClass, ProductKind
from scoring.products.shared_terms import QUANTITY_MIN, UNDERLYING
from scoring.products.writing import choice, percent

KIND = ProductKind(
    code="carbon_trust",
    number=26,
    klass=ProductClass.SUPPORT,
    zh="碳信托",
    en="carbon trust",
    summary_zh="以碳资产或其收益权设立的信托，用于融资、投资或服务。",
    summary_en="A trust of carbon assets or their income, for finance, investment or service.",
    risk_zh="信托不保本保收益；碳价下跌影响分配。",
    risk_en=(
        "A trust guarantees neither capital nor income; a lower carbon price cuts what is paid."
    ),
    purposes=frozenset({Purpose.ALLOWANCE_SURPLUS, Purpose.WORKING_CAPITAL}),
    collateral=CARBON_COLLATERAL,
    terms=(
        choice(
            "trust_type",
            ("信托类型", "type of trust"),
            ("信托的目的", "Purpose of the trust"),
            (
                ("financing", "融资类", "financing"),
                ("investment", "投资类", "investment"),
                ("service", "服务类", "service"),
            ),
        ),
        UNDERLYING,
        QUANTITY_MIN,
        percent(
            "trustee_fee",
            ("信托报酬", "trustee fee"),
            ("每年报酬占信托财产的比例", "Yearly fee as a share of the assets"),
            ("0", "5"),
            unit="%/年",
        ),
        percent(
            "distribution_trigger",
            ("分配触发", "distribution trigger"),
            ("净值较设立时上升多少即可分配", "Rise in value at which income is paid"),
            ("0", "200"),
        ),
    ),
)
