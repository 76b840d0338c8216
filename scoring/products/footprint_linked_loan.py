"""Footprint-linked loan: the rate follows a product carbon footprint."""

from __future__ import annotations

from scoring.facts import Collateral, Purpose
from scoring.products.kind import ProductClass, ProductKind
from scoring.products.shared_terms import RATE_BASIS, REPAYMENT, SPREAD_BP, STEP_DOWN, STEP_UP
from scoring.products.writing import choice, percent, whole

KIND = ProductKind(
    code="footprint_linked_loan",
    number=19,
    klass=ProductClass.GREEN_CREDIT,
    zh="碳足迹挂钩贷款",
    en="footprint-linked loan",
    summary_zh="利率与产品碳足迹或碳标签挂钩，证书有效期内享受优惠。",
    summary_en=(
        "The rate follows a product carbon footprint or label while its certificate is valid."
    ),
    risk_zh="证书到期或足迹上升时优惠终止。",
    risk_en="The discount ends when the certificate expires or the footprint rises.",
    purposes=frozenset({Purpose.ENERGY_SAVING, Purpose.WORKING_CAPITAL, Purpose.CARBON_TECHNOLOGY}),
    collateral=frozenset({Collateral.CREDIT, Collateral.GUARANTEE, Collateral.RECEIVABLE}),
    terms=(
        RATE_BASIS,
        SPREAD_BP,
        REPAYMENT,
        choice(
            "standard",
            ("核算标准", "standard"),
            ("碳足迹依据的标准", "Standard of the footprint"),
            (
                ("iso_14067", "ISO 14067", "ISO 14067"),
                ("gb_t_24067", "GB/T 24067", "GB/T 24067"),
                ("pcr", "产品种类规则（PCR）", "product category rule"),
            ),
        ),
        percent(
            "reduction_percent",
            ("足迹下降目标", "footprint target"),
            ("相对基准须下降的比例", "Fall from the baseline that is asked for"),
            ("0", "90"),
        ),
        STEP_DOWN,
        STEP_UP,
        whole(
            "certificate_months",
            ("证书剩余有效期", "validity of the certificate"),
            ("申请时证书至少剩余的月数", "Least months the certificate is still valid"),
            ("0", "60"),
            unit="月",
        ),
    ),
)
