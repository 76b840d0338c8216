"""The criteria of both markets: what an institution or a site may demand, one entry each."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import numpy as np

from scoring.eligibility import (
    CLOSABLE,
    CLOSED,
    MET,
    AnyCriterion,
    NumberCriterion,
    SetCriterion,
)
from scoring.facts import CARBON_COLLATERAL, Collateral, Need, Product, Scenario, Technology
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
    near = (value * 12 >= low * 10) & (value * 10 <= high * 12)
    inside = (low <= value) & (value <= high)
    return np.where(inside, MET, np.where(near, CLOSABLE, CLOSED))


def _at_least(value: Any, wanted: Any) -> Any:
    return np.where(value >= wanted, MET, CLOSABLE)


def _at_most(value: Any, limit: Any) -> Any:
    return np.where(value <= limit, MET, CLOSABLE)


def _grade_gap(grade: Any, wanted: Any) -> Any:
    """Up to two grades can be made up for; more is another year's work."""
    return np.where(grade >= wanted, MET, np.where(grade + 2 >= wanted, CLOSABLE, CLOSED))


def _never_closable(value: Any, wanted: Any) -> Any:
    return np.where(value >= wanted, MET, CLOSED)


def _among(value: Any, wanted: frozenset[Any]) -> int:
    return MET if not wanted or value in wanted else CLOSED


def _in_scope(code: str, scope: tuple[frozenset[str], frozenset[str]]) -> int:
    """Prefixes: included by any (or none named), and excluded by none."""
    include, exclude = scope
    excluded = any(code.startswith(entry) for entry in exclude)
    included = not include or any(code.startswith(entry) for entry in include)
    return MET if included and not excluded else CLOSED


def _under(code: str, prefixes: frozenset[str]) -> int:
    return _in_scope(code, (prefixes, frozenset()))


def _collateral_gap(offered: frozenset[Collateral], accepted: frozenset[Collateral]) -> int:
    """Something accepted is offered; carbon assets cannot be conjured up, the rest can be added."""
    held = offered or {Collateral.CREDIT}
    if not accepted or accepted & held:
        return MET
    return CLOSED if accepted <= CARBON_COLLATERAL else CLOSABLE


def _tag_gap(tags: frozenset[str], wanted: frozenset[str]) -> int:
    return MET if not wanted or tags & wanted else CLOSABLE


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
        gap=_range_gap,
        reason=_amounts,
    ),
    NumberCriterion(
        code="need-tenor",
        need=lambda need: need.tenor_months,
        listing=lambda p: (p.tenor_min, p.tenor_max),
        gap=_range_gap,
        reason=lambda _, p: {"low": p.tenor_min, "high": p.tenor_max},
    ),
    NumberCriterion(
        code="need-grade",
        need=lambda need: need.standing.grade,
        listing=lambda p: (p.grade_required,),
        gap=_grade_gap,
        reason=lambda need, p: {"wanted": p.grade_required, "grade": need.standing.grade},
    ),
    NumberCriterion(
        code="need-assurance",
        need=lambda need: int(need.standing.assurance),
        listing=lambda p: (int(p.assurance_required),),
        gap=_at_least,
        reason=lambda _, p: {"wanted": name_of(p.assurance_required)},
    ),
    NumberCriterion(
        code="need-freshness",
        need=lambda need: _either(need.standing.age_months, scale=1, unknown=_NEVER),
        listing=lambda p: (_either(p.max_age_months, scale=1, unknown=_NEVER),),
        gap=_at_most,
        reason=lambda _, p: {"months": p.max_age_months},
    ),
    NumberCriterion(
        code="need-intensity",
        need=lambda need: _either(need.standing.intensity_percentile, scale=_PPM, unknown=_NEVER),
        listing=lambda p: (_either(p.intensity_percentile_max, scale=_PPM, unknown=_NEVER),),
        gap=_at_most,
        reason=lambda _, p: {"percent": round((p.intensity_percentile_max or 0.0) * 100)},
    ),
    NumberCriterion(
        code="need-operating-years",
        need=lambda need: _either(need.operating_years, scale=12, unknown=-1),
        listing=lambda p: (_either(p.operating_years_min, scale=12, unknown=-1),),
        gap=_never_closable,
        reason=lambda _, p: {"years": Decimal(str(p.operating_years_min))},
    ),
    NumberCriterion(
        code="need-suitability",
        need=lambda need: int(need.suitability_confirmed),
        listing=lambda p: (int(p.suitability_required),),
        gap=_at_least,
        reason=lambda _need, _product: {},
    ),
    NumberCriterion(
        code="listing-quota",
        need=lambda _: 1,
        listing=lambda p: (0 if p.quota_left is not None and p.quota_left <= 0 else 1,),
        gap=lambda one, open_: np.where(one <= open_, MET, CLOSED),
        reason=lambda _need, _product: {},
    ),
    SetCriterion(
        code="need-purpose",
        need=lambda need: need.purpose,
        listing=lambda p: p.purposes,
        gap=_among,
        reason=lambda _, p: {"purposes": _names(p.purposes)},
    ),
    SetCriterion(
        code="need-sector",
        need=lambda need: need.sector,
        listing=lambda p: (p.sectors_include, p.sectors_exclude),
        gap=_in_scope,
        reason=lambda need, _: {"sector": need.sector},
    ),
    SetCriterion(
        code="need-district",
        need=lambda need: need.district,
        listing=lambda p: p.districts,
        gap=_under,
        reason=lambda _need, _product: {},
    ),
    SetCriterion(
        code="need-size",
        need=lambda need: need.size_class,
        listing=lambda p: p.size_classes,
        gap=_among,
        reason=lambda _, p: {"sizes": _names(p.size_classes)},
    ),
    SetCriterion(
        code="need-collateral",
        need=lambda need: need.collateral,
        listing=lambda p: p.collateral,
        gap=_collateral_gap,
        reason=lambda _, p: {"collateral": _names(p.collateral)},
    ),
    SetCriterion(
        code="need-taxonomy",
        need=lambda need: need.taxonomy,
        listing=lambda p: p.taxonomy,
        gap=_tag_gap,
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
    return np.where(capex <= cap, MET, over)


TECHNOLOGY_CRITERIA: tuple[AnyCriterion, ...] = (
    NumberCriterion(
        code="scenario-trl",
        need=lambda scenario: scenario.trl_min,
        listing=lambda technology: (technology.trl,),
        gap=lambda wanted, trl: np.where(trl >= wanted, MET, CLOSED),
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
        reason=lambda scenario, _: {"cap": scenario.capex_cap},
    ),
    SetCriterion(
        code="scenario-process",
        need=lambda scenario: scenario.process,
        listing=lambda technology: technology.processes,
        gap=_among,
        reason=lambda scenario, _: {"process": name_of(scenario.process)},
    ),
)
