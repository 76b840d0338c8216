"""Green leasing: equipment financed by a lease."""

from __future__ import annotations

from scoring.facts import Collateral, Purpose
from scoring.products.kind import ProductClass, ProductKind
from scoring.products.writing import choice, percent

KIND = ProductKind(
    code="green_leasing",
    number=22,
    klass=ProductClass.GREEN_CREDIT,
    zh="绿色租赁",
    en="green leasing",
    summary_zh="以融资租赁或经营租赁方式取得节能低碳设备。",
    summary_en="Energy-saving or low-carbon equipment under a finance or operating lease.",
    risk_zh="租金逾期可能收回设备；提前终止须付补偿。",
    risk_en="Late rent can cost the equipment, and ending early costs compensation.",
    purposes=frozenset({Purpose.ENERGY_SAVING, Purpose.CLEAN_ENERGY, Purpose.CARBON_TECHNOLOGY}),
    collateral=frozenset({Collateral.EQUIPMENT}),
    terms=(
        choice(
            "lease_type",
            ("租赁方式", "type of lease"),
            ("租赁的形式", "Form of the lease"),
            (
                ("finance", "直接租赁", "finance lease"),
                ("sale_and_leaseback", "售后回租", "sale and leaseback"),
                ("operating", "经营租赁", "operating lease"),
            ),
        ),
        percent(
            "financing_percent",
            ("融资比例", "share financed"),
            ("占设备价款的最高比例", "Largest share of the price"),
            ("1", "100"),
        ),
        percent(
            "lease_rate",
            ("租赁利率", "lease rate"),
            ("年化内含利率", "Yearly implicit rate"),
            ("0", "24"),
            unit="%/年",
        ),
        percent(
            "deposit_percent",
            ("租赁保证金", "lease deposit"),
            ("占融资额的比例", "Share of the amount financed"),
            ("0", "50"),
        ),
        percent(
            "residual_percent",
            ("残值", "residual value"),
            ("期末残值占设备价款的比例", "Value at the end as a share of the price"),
            ("0", "60"),
            required=False,
        ),
    ),
)
