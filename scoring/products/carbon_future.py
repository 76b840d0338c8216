"""Carbon future: for guidance only, until one is listed at home."""

from __future__ import annotations

from scoring.facts import Purpose
from scoring.products.kind import ProductClass, ProductKind
from scoring.products.shared_terms import (
    INITIAL_MARGIN,
    MAINTENANCE_MARGIN,
    MARGIN_ORDER,
    UNDERLYING,
)
from scoring.products.writing import amount, choice, percent, whole

KIND = ProductKind(
    code="carbon_future",
    number=6,
    klass=ProductClass.TRADING,
    zh="碳期货",
    en="carbon future",
    summary_zh="标准化远期合约；境内尚未上市，仅作指引展示。",
    summary_en="A standardised forward; none is listed at home yet, shown for guidance only.",
    risk_zh="逐日盯市，亏损可能超过保证金；本平台仅提供信息，不组织交易。",
    risk_en=(
        "Marked to market daily; losses can exceed the margin. The platform informs "
        "only and organises no trading."
    ),
    suitability=True,
    purposes=frozenset({Purpose.PRICE_HEDGING, Purpose.ALLOWANCE_GAP, Purpose.ALLOWANCE_SURPLUS}),
    terms=(
        UNDERLYING,
        whole(
            "lot_size",
            ("合约规模", "contract size"),
            ("一手合约对应的数量", "Quantity of one contract"),
            ("1", "100000"),
            unit="tCO2e",
        ),
        amount(
            "tick",
            ("最小变动价位", "tick"),
            ("报价的最小变动单位", "Smallest step of the price"),
            ("0.01", "10"),
            unit="元/吨",
        ),
        percent(
            "price_limit",
            ("涨跌停板幅度", "daily price limit"),
            ("相对上一结算价的最大变动", "Largest move from the last settlement price"),
            ("1", "30"),
        ),
        INITIAL_MARGIN,
        MAINTENANCE_MARGIN,
        choice(
            "status",
            ("上市状态", "listing status"),
            ("目前是否可交易", "Whether it can be traded now"),
            (
                ("guidance", "仅指引", "guidance only"),
                ("coming", "即将上市", "coming"),
                ("listed_abroad", "境外上市", "listed abroad"),
            ),
        ),
    ),
    rules=(MARGIN_ORDER,),
)
