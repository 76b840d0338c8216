"""Carbon-reduction facility loan: refinanced by the central bank, reductions disclosed."""

from __future__ import annotations

from scoring.facts import Collateral, Purpose
from scoring.products.kind import ProductClass, ProductKind
from scoring.products.shared_terms import RATE_BASIS, REPAYMENT, SPREAD_BP
from scoring.products.writing import amount, choice, percent

KIND = ProductKind(
    code="carbon_reduction_loan",
    number=16,
    klass=ProductClass.GREEN_CREDIT,
    zh="碳减排支持工具贷款",
    en="carbon-reduction facility loan",
    summary_zh="符合人民银行碳减排支持工具领域的项目贷款，按季披露减排量。",
    summary_en=(
        "A project loan in a field of the central bank facility; reductions are "
        "disclosed each quarter."
    ),
    risk_zh="减排量与申报不符可能退回支持资金；领域与额度以政策为准。",
    risk_en=(
        "Reductions below what was stated can cost the support; fields and volume "
        "follow the policy."
    ),
    purposes=frozenset({Purpose.CLEAN_ENERGY, Purpose.ENERGY_SAVING, Purpose.CARBON_TECHNOLOGY}),
    collateral=frozenset(
        {Collateral.EQUIPMENT, Collateral.INCOME_RIGHT, Collateral.GUARANTEE, Collateral.CREDIT}
    ),
    terms=(
        RATE_BASIS,
        SPREAD_BP,
        REPAYMENT,
        choice(
            "field",
            ("支持领域", "field"),
            ("项目所属领域", "Field of the project"),
            (
                ("clean_energy", "清洁能源", "clean energy"),
                ("energy_saving", "节能降碳改造", "energy saving"),
                ("carbon_technology", "碳减排技术", "carbon technology"),
                ("green_upgrade", "绿色升级", "green upgrade"),
                ("energy_transition", "能源转型", "energy transition"),
            ),
        ),
        amount(
            "reduction_min",
            ("年减排量下限", "least yearly reduction"),
            ("项目每年至少减排的数量", "Least reduction of the project a year"),
            ("1", "100000000"),
            unit="tCO2e",
        ),
        percent(
            "loan_share",
            ("贷款占投资比例", "loan share of investment"),
            ("贷款占项目总投资的最高比例", "Largest loan as a share of the investment"),
            ("1", "100"),
        ),
    ),
)
