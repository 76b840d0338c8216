"""Sustainability-linked loan: the rate follows performance targets."""

from __future__ import annotations

from scoring.facts import Collateral, Purpose
from scoring.products.kind import Option, ProductClass, ProductKind, Term, TermKind
from scoring.products.shared_terms import (
    FEE_PERCENT,
    KPI,
    KPI_TARGET,
    RATE_BASIS,
    REPAYMENT,
    SPREAD_BP,
    STEP_CAP,
    STEP_DOWN,
    STEP_UP,
    STEP_WITHIN_CAP,
)

KIND = ProductKind(
    code="sustainability_linked_loan",
    number=14,
    klass=ProductClass.GREEN_CREDIT,
    zh="可持续发展挂钩贷款",
    en="sustainability-linked loan",
    summary_zh="用途不限，利率与可持续发展绩效目标挂钩，每期由第三方核验。",
    summary_en="Free use of proceeds; the rate follows performance targets that a third party "
    "verifies at each test.",
    risk_zh="未达目标利率可能上调；目标不再适当时可能终止挂钩；核验费用可能超过利息节约。",
    risk_en="A missed target can raise the rate, an unfit target can end the link, and "
    "verification can cost more than the interest saved.",
    purposes=frozenset({Purpose.WORKING_CAPITAL, Purpose.ENERGY_SAVING, Purpose.TRANSITION}),
    collateral=frozenset(
        {Collateral.CREDIT, Collateral.GUARANTEE, Collateral.REAL_ESTATE, Collateral.RECEIVABLE}
    ),
    terms=(
        RATE_BASIS,
        SPREAD_BP,
        REPAYMENT,
        KPI,
        KPI_TARGET,
        STEP_DOWN,
        STEP_UP,
        STEP_CAP,
        Term(
            name="verifier",
            kind=TermKind.CHOICE,
            zh="绩效核验",
            en="verification",
            help_zh="由谁核验绩效目标",
            help_en="Who verifies the targets",
            options=(
                Option("third_party", "独立第三方", "independent third party"),
                Option("bank_and_third_party", "银行与第三方", "bank and third party"),
            ),
        ),
        FEE_PERCENT,
    ),
    rules=(STEP_WITHIN_CAP,),
)
