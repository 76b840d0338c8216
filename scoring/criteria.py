"""The criteria of both markets: what an institution or a site may demand, one entry each."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal
from enum import Enum
from typing import Any

import numpy as np

from scoring.eligibility import (
    CLOSABLE,
    CLOSED,
    AnyCriterion,
    NumberCriterion,
    Scope,
    ScopeCriterion,
)
from scoring.facts import (
    CARBON_COLLATERAL,
    Collateral,
    Need,
    Process,
    Product,
    Purpose,
    Scenario,
    SizeClass,
    Technology,
)
from scoring.names import name_of
from scoring.texts import Bilingual

_NEVER = 10**15
"""Stands for "no limit" and "not known"; larger than any number compared."""
_PPM = 1_000_000


def _fen(amount: Decimal, *, field: str) -> int:
    """CNY as whole fen; refuses what is no amount."""
    if not amount.is_finite() or amount < 0 or amount >= 10**12:
        raise ValueError(f"{field} must be an amount of CNY between 0 and a trillion")
    return int((amount * 100).to_integral_value(ROUND_HALF_EVEN))


def _either(known: float | None, *, scale: int, unknown: int) -> int:
    return unknown if known is None else round(known * scale)


def _range_gap(value: Any, low: Any, high: Any) -> Any:
    """Met inside; closable within a fifth of a border, because a need can be adjusted."""
    far = (value * 12 < low * 10) | (value * 10 > high * 12)
    outside = (value < low) | (value > high)
    return outside * CLOSABLE + far * (CLOSED - CLOSABLE)


def _at_least(value: Any, wanted: Any) -> Any:
    return (value < wanted) * CLOSABLE


def _at_most(value: Any, limit: Any) -> Any:
    return (value > limit) * CLOSABLE


def _grade_gap(grade: Any, wanted: Any) -> Any:
    """Up to two grades can be made up for; more is another year's work."""
    return (grade < wanted) * CLOSABLE + (grade + 2 < wanted) * (CLOSED - CLOSABLE)


def _never_closable(value: Any, wanted: Any) -> Any:
    return (value < wanted) * CLOSED


def _from(wanted: Any) -> tuple[Any, Any]:
    return wanted, np.full_like(wanted, _NEVER)


def _up_to(limit: Any) -> tuple[Any, Any]:
    return np.full_like(limit, -_NEVER), limit


def _bits(words: Iterable[Enum], universe: type[Enum]) -> int:
    """Words of a fixed list as a bit mask."""
    order = list(universe)
    return sum(1 << order.index(word) for word in words)


def _among(mine: Any, wanted: Any) -> Any:
    return ((wanted != 0) & (mine & wanted == 0)) * CLOSED


def _collateral_gap(offered: Any, accepted: Any) -> Any:
    """Something accepted is offered; carbon assets cannot be conjured up, the rest can be added."""
    missing = (accepted != 0) & (offered & accepted == 0)
    carbon_only = missing & (accepted & ~_CARBON == 0)
    return missing * CLOSABLE + carbon_only * (CLOSED - CLOSABLE)


def _offered(need: Need) -> int:
    return _bits(need.collateral or {Collateral.CREDIT}, Collateral)


def _no_exclusions(entries: frozenset[str]) -> Scope:
    return entries, frozenset()


def _holds(tags: frozenset[str], entry: str) -> bool:
    return entry in tags


_CARBON = _bits(CARBON_COLLATERAL, Collateral)


def _amounts(_: Need, product: Product) -> dict[str, object]:
    return {"low": product.amount_min, "high": product.amount_max}


def _names(kinds: frozenset[Any]) -> list[Bilingual]:
    return [name_of(kind) for kind in sorted(kinds)]


FINANCE_CRITERIA: tuple[AnyCriterion, ...] = (
    NumberCriterion(
        code="need-amount",
        need=lambda need: _fen(need.amount, field="amount"),
        listing=lambda p: (
            _fen(p.amount_min, field="amount_min"),
            _fen(p.amount_max, field="amount_max"),
        ),
        width=2,
        gap=_range_gap,
        met=lambda low, high: (low, high),
        reason=_amounts,
    ),
    NumberCriterion(
        code="need-tenor",
        need=lambda need: need.tenor_months,
        listing=lambda p: (p.tenor_min, p.tenor_max),
        width=2,
        gap=_range_gap,
        met=lambda low, high: (low, high),
        reason=lambda _, p: {"low": p.tenor_min, "high": p.tenor_max},
    ),
    NumberCriterion(
        code="need-grade",
        need=lambda need: need.standing.grade,
        listing=lambda p: (p.grade_required,),
        gap=_grade_gap,
        met=_from,
        reason=lambda need, p: {"wanted": p.grade_required, "grade": need.standing.grade},
    ),
    NumberCriterion(
        code="need-assurance",
        need=lambda need: int(need.standing.assurance),
        listing=lambda p: (int(p.assurance_required),),
        gap=_at_least,
        met=_from,
        reason=lambda _, p: {"wanted": name_of(p.assurance_required)},
    ),
    NumberCriterion(
        code="need-freshness",
        need=lambda need: _either(need.standing.age_months, scale=1, unknown=_NEVER),
        listing=lambda p: (_either(p.max_age_months, scale=1, unknown=_NEVER),),
        gap=_at_most,
        met=_up_to,
        reason=lambda _, p: {"months": p.max_age_months},
    ),
    NumberCriterion(
        code="need-intensity",
        need=lambda need: _either(need.standing.intensity_percentile, scale=_PPM, unknown=_NEVER),
        listing=lambda p: (_either(p.intensity_percentile_max, scale=_PPM, unknown=_NEVER),),
        gap=_at_most,
        met=_up_to,
        reason=lambda _, p: {"percent": round((p.intensity_percentile_max or 0.0) * 100)},
    ),
    NumberCriterion(
        code="need-operating-years",
        need=lambda need: _either(need.operating_years, scale=12, unknown=-1),
        listing=lambda p: (_either(p.operating_years_min, scale=12, unknown=-1),),
        gap=_never_closable,
        met=_from,
        reason=lambda _, p: {"years": Decimal(str(p.operating_years_min))},
    ),
    NumberCriterion(
        code="need-suitability",
        need=lambda need: int(need.suitability_confirmed),
        listing=lambda p: (int(p.suitability_required),),
        gap=_at_least,
        met=_from,
        reason=lambda _need, _product: {},
    ),
    NumberCriterion(
        code="listing-quota",
        need=lambda _: 1,
        listing=lambda p: (0 if p.quota_left is not None and p.quota_left <= 0 else 1,),
        gap=lambda one, open_: (one > open_) * CLOSED,
        met=_up_to,
        reason=lambda _need, _product: {},
    ),
    NumberCriterion(
        code="need-purpose",
        need=lambda need: _bits([need.purpose], Purpose),
        listing=lambda p: (_bits(p.purposes, Purpose),),
        gap=_among,
        reason=lambda _, p: {"purposes": _names(p.purposes)},
    ),
    ScopeCriterion(
        code="need-sector",
        need=lambda need: need.sector,
        listing=lambda p: (p.sectors_include, p.sectors_exclude),
        matches=str.startswith,
        gap=CLOSED,
        reason=lambda need, _: {"sector": need.sector},
    ),
    ScopeCriterion(
        code="need-district",
        need=lambda need: need.district,
        listing=lambda p: _no_exclusions(p.districts),
        matches=str.startswith,
        gap=CLOSED,
        reason=lambda _need, _product: {},
    ),
    NumberCriterion(
        code="need-size",
        need=lambda need: _bits([need.size_class], SizeClass),
        listing=lambda p: (_bits(p.size_classes, SizeClass),),
        gap=_among,
        reason=lambda _, p: {"sizes": _names(p.size_classes)},
    ),
    NumberCriterion(
        code="need-collateral",
        need=_offered,
        listing=lambda p: (_bits(p.collateral, Collateral),),
        gap=_collateral_gap,
        reason=lambda _, p: {"collateral": _names(p.collateral)},
    ),
    ScopeCriterion(
        code="need-taxonomy",
        need=lambda need: need.taxonomy,
        listing=lambda p: _no_exclusions(p.taxonomy),
        matches=_holds,
        gap=CLOSABLE,
        reason=lambda _need, _product: {},
    ),
)


def _capex_cap(scenario: Scenario) -> int:
    return _NEVER if scenario.capex_cap is None else _fen(scenario.capex_cap, field="capex_cap")


def _capex(technology: Technology) -> int:
    return 0 if technology.capex is None else _fen(technology.capex, field="capex")


def _cap_gap(cap: Any, capex: Any) -> Any:
    """A fifth over the cap can still be talked about."""
    over = np.where(capex * 10 <= cap * 12, CLOSABLE, CLOSED)
    return (capex > cap) * over


TECHNOLOGY_CRITERIA: tuple[AnyCriterion, ...] = (
    NumberCriterion(
        code="scenario-trl",
        need=lambda scenario: scenario.trl_min,
        listing=lambda technology: (technology.trl,),
        gap=lambda wanted, trl: (trl < wanted) * CLOSED,
        met=_up_to,
        reason=lambda scenario, technology: {
            "wanted": scenario.trl_min,
            "trl": technology.trl,
        },
    ),
    NumberCriterion(
        code="scenario-capex",
        need=_capex_cap,
        listing=lambda technology: (_capex(technology),),
        gap=_cap_gap,
        met=_from,
        reason=lambda scenario, _: {"cap": scenario.capex_cap},
    ),
    NumberCriterion(
        code="scenario-process",
        need=lambda scenario: _bits([scenario.process], Process),
        listing=lambda technology: (_bits(technology.processes, Process),),
        gap=_among,
        reason=lambda scenario, _: {"process": name_of(scenario.process)},
    ),
)
