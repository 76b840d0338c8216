"""Carbon swap: a fixed price against a floating one, or allowances against credits."""

from __future__ import annotations

from scoring.facts import Purpose
from scoring.products.kind import ProductClass, ProductKind
from scoring.products.shared_terms import QUANTITY_MIN, SETTLEMENT
from scoring.products.writing import amount, choice, whole

KIND = ProductKind(
    code="carbon_swap",
    number=8,
    klass=ProductClass.TRADING,
    zh="碳互换",
    en="carbon swap",
    summary_zh="以固定碳价换浮动碳价，或以配额换减排量并结清差价。",
    summary_en=(
        "A fixed carbon price against a floating one, or allowances against credits "
        "with the difference paid."
    ),
    risk_zh="价差反向变动会产生亏损；减排量用于清缴受抵销比例上限约束；本平台仅提供信息，不组织交易。",
    risk_en=(
        "The spread can move the other way; credits count towards surrender only up "
        "to the cap. The platform informs only."
    ),
    suitability=True,
    purposes=frozenset({Purpose.PRICE_HEDGING, Purpose.ALLOWANCE_GAP, Purpose.ALLOWANCE_SURPLUS}),
    terms=(
        choice(
            "swap_type",
            ("互换类型", "type of swap"),
            ("交换的内容", "What is exchanged"),
            (
                ("fixed_floating", "固定价换浮动价", "fixed for floating"),
                ("allowance_credit", "配额换减排量", "allowances for credits"),
            ),
        ),
        amount(
            "fixed_price",
            ("固定价格", "fixed price"),
            ("固定一方支付的价格", "Price the fixed side pays"),
            ("0.01", "10000"),
            unit="元/吨",
            required=False,
        ),
        amount(
            "exchange_ratio",
            ("置换比例", "exchange ratio"),
            ("每吨配额换得的减排量", "Credits per allowance"),
            ("0.1", "10"),
            unit="吨/吨",
            required=False,
        ),
        QUANTITY_MIN,
        whole(
            "periods",
            ("结算期数", "settlement periods"),
            ("共结算多少次", "How often it settles"),
            ("1", "60"),
            unit="期",
        ),
        SETTLEMENT,
    ),
)
