"""Transition loan: for high-emitting sectors with a credible plan."""

from __future__ import annotations

from decimal import Decimal

from scoring.facts import Collateral, Purpose
from scoring.products.kind import Option, ProductClass, ProductKind, Rule, Term, TermKind
from scoring.products.shared_terms import (
    KPI_TARGET,
    RATE_BASIS,
    REPAYMENT,
    SPREAD_BP,
    STEP_CAP,
    STEP_DOWN,
    STEP_WITHIN_CAP,
)


def _value(name: str, *, zh: str, en: str, help_zh: str, help_en: str) -> Term:
    return Term(
        name=name,
        kind=TermKind.DECIMAL,
        unit="tCO2e/万元",
        minimum=Decimal("0.0001"),
        maximum=Decimal(1000),
        zh=zh,
        en=en,
        help_zh=help_zh,
        help_en=help_en,
    )


KIND = ProductKind(
    code="transition_loan",
    number=15,
    klass=ProductClass.GREEN_CREDIT,
    zh="转型贷款",
    en="transition loan",
    summary_zh="支持高碳行业按转型路径降碳，碳强度须不高于行业准入值。",
    summary_en="For high-emitting sectors that follow a transition path; carbon intensity must not "
    "exceed the sector's entry value.",
    risk_zh="须披露至到期日；偏离转型路径可能取消优惠，“假转型”可能提前收回贷款。",
    risk_en="Disclosure runs until maturity; leaving the path ends the discount, and a sham "
    "transition can recall the loan.",
    purposes=frozenset({Purpose.TRANSITION, Purpose.ENERGY_SAVING, Purpose.CARBON_TECHNOLOGY}),
    collateral=frozenset(
        {Collateral.EQUIPMENT, Collateral.REAL_ESTATE, Collateral.GUARANTEE, Collateral.CREDIT}
    ),
    terms=(
        RATE_BASIS,
        SPREAD_BP,
        REPAYMENT,
        Term(
            name="transition_sector",
            kind=TermKind.CHOICE,
            zh="转型行业",
            en="transition sector",
            help_zh="《上海市转型金融目录（试行）》的六个行业",
            help_en="The six sectors of the Shanghai transition finance catalogue",
            options=(
                Option("water_transport", "水上运输业", "water transport"),
                Option("ferrous_metals", "黑色金属冶炼和压延加工业", "ferrous metals"),
                Option("petroleum_processing", "石油加工业", "petroleum processing"),
                Option("chemicals", "化学原料和化学制品制造业", "chemicals"),
                Option("automotive", "汽车制造业", "automotive"),
                Option("aviation", "航空运输业", "aviation"),
            ),
        ),
        _value(
            "entry_value",
            zh="碳强度准入值",
            en="entry value of carbon intensity",
            help_zh="高于此值不予准入",
            help_en="Above it an enterprise is not admitted",
        ),
        _value(
            "advanced_value",
            zh="碳强度先进值",
            en="advanced value of carbon intensity",
            help_zh="不高于此值可享更优条件",
            help_en="At or below it the terms are better",
        ),
        KPI_TARGET,
        STEP_DOWN,
        STEP_CAP,
    ),
    rules=(
        Rule(
            "rule-advanced-below-entry",
            ("entry_value", "advanced_value"),
            lambda entry, advanced: advanced <= entry,
        ),
        STEP_WITHIN_CAP,
    ),
)
