"""Priority supply: a published, capped rule outside the model, shown to everyone.

Priority never changes eligibility. It adds at most `cap` to the log-odds, and a rule whose cap
exceeds `delta` is refused, so that nobody overtakes a match better by more than `delta`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scoring.facts import DisclosureStanding
from scoring.tables import on_grid

_FRESH_MONTHS = 6
_STALE_MONTHS = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityRule:
    """The published weights, tiers and bounds, versioned; weights sum to 100 points."""

    version: str = "priority-1"
    disclosure: float = 40.0
    verification: float = 20.0
    freshness: float = 15.0
    pilot: float = 15.0
    kpi_progress: float = 10.0
    tier_1: float = 60.0
    tier_2: float = 30.0
    beta: float = 1.0
    cap: float = 1.0
    delta: float = 1.5

    def __post_init__(self) -> None:
        """Refuse a rule that could lift a clearly worse match."""
        weights = (self.disclosure, self.verification, self.freshness)
        if min(*weights, self.pilot, self.kpi_progress, self.beta, self.cap) < 0:
            raise ValueError("priority weights, beta and cap must not be negative")
        if self.cap > self.delta:
            raise ValueError("cap must not exceed delta, or priority lifts a clearly worse match")
        if self.tier_2 > self.tier_1:
            raise ValueError("tier_2 must not exceed tier_1")


DEFAULT_RULE = PriorityRule()


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """What the rule gives one enterprise: the parts, their sum, the tier, the log-odds added."""

    parts: tuple[tuple[str, float], ...]
    points: float
    tier: int
    effect: float

    def to_json(self) -> dict[str, Any]:
        """The line shown to everyone."""
        return {
            "parts": dict(self.parts),
            "points": self.points,
            "tier": f"P{self.tier}",
            "effect": self.effect,
        }


def priority(standing: DisclosureStanding, rule: PriorityRule = DEFAULT_RULE) -> Priority:
    """Points, tier and capped effect of a standing under a rule."""
    parts = (
        ("disclosure", rule.disclosure * _level_share(standing)),
        ("verification", rule.verification * int(standing.assurance) / 2),
        ("freshness", rule.freshness * _freshness(standing)),
        ("pilot", rule.pilot * min(max(standing.pilot, 0.0), 1.0)),
        ("kpi_progress", rule.kpi_progress * min(max(standing.kpi_progress or 0.0, 0.0), 1.0)),
    )
    points = sum(points for _, points in parts)
    tier = 1 if points >= rule.tier_1 else 2 if points >= rule.tier_2 else 3
    effect = float(on_grid(min(rule.cap, rule.beta * points / 100)))
    return Priority(parts=parts, points=points, tier=tier, effect=effect)


def _level_share(standing: DisclosureStanding) -> float:
    """Share of the highest grade; a small firm on the short route is full at grade 2."""
    return min(1.0, standing.grade / (2 if standing.short_route else 4))


def _freshness(standing: DisclosureStanding) -> float:
    """One up to six months old, falling straight to zero at eighteen; zero when unpublished."""
    if standing.age_months is None or standing.grade == 0:
        return 0.0
    span = _STALE_MONTHS - _FRESH_MONTHS
    return min(1.0, max(0.0, (_STALE_MONTHS - standing.age_months) / span))
