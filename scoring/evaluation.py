"""How good a ranking or a chance is, and what another policy would have earned."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def ndcg(relevance: Floats, scores: Floats, *, at: int = 10) -> float:
    """NDCG with gains 2**relevance - 1; ties keep their order; NaN where all are equal."""
    if relevance.min() == relevance.max():
        return float("nan")
    gains, discounts = 2.0**relevance - 1, 1 / np.log2(np.arange(2, at + 2))
    best = np.sort(gains)[::-1][:at]
    found = gains[np.argsort(-scores, kind="stable")[:at]]
    return float((found * discounts[: len(found)]).sum() / (best * discounts[: len(best)]).sum())


def brier(chance: Floats, outcome: Floats) -> float:
    """Mean squared difference of chance and outcome."""
    return float(np.mean((chance - outcome) ** 2))


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """One bin of a reliability chart."""

    count: int
    mean_chance: float
    mean_outcome: float


def reliability(chance: Floats, outcome: Floats, *, bins: int = 10) -> tuple[ReliabilityBin, ...]:
    """Bins of equal count by chance, empty ones left out."""
    order = np.argsort(chance, kind="stable")
    return tuple(
        ReliabilityBin(len(part), float(chance[part].mean()), float(outcome[part].mean()))
        for part in np.array_split(order, bins)
        if len(part)
    )


def calibration_error(chance: Floats, outcome: Floats, *, bins: int = 10) -> float:
    """Expected calibration error over bins of equal count."""
    parts = reliability(chance, outcome, bins=bins)
    gaps = sum(part.count * abs(part.mean_chance - part.mean_outcome) for part in parts)
    return gaps / len(chance)


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyValue:
    """Estimates of a policy's mean reward from another policy's log."""

    ips: float
    snips: float
    direct: float
    doubly_robust: float
    standard_error: float
    effective_share: float
    """Effective sample size over the sample's; below 0.1 the estimates carry little."""


def policy_value(
    reward: Floats,
    propensity: Floats,
    *,
    target: Floats,
    expected: Floats,
    expected_under_target: Floats,
) -> PolicyValue:
    """What the target policy would have earned.

    `propensity` and `target` are the chances of the logged action under the logging and the target
    policy, `expected` the modelled reward of the logged action, `expected_under_target` its mean
    over the target's actions; one entry per logged decision.
    """
    if (propensity <= 0).any():
        raise ValueError("every logged propensity must be above 0")
    weight = target / propensity
    terms = expected_under_target + weight * (reward - expected)
    square = float((weight**2).sum())
    return PolicyValue(
        ips=float((weight * reward).mean()),
        snips=float((weight * reward).sum() / weight.sum()) if weight.sum() else 0.0,
        direct=float(expected_under_target.mean()),
        doubly_robust=float(terms.mean()),
        standard_error=float(terms.std(ddof=1) / np.sqrt(len(terms))),
        effective_share=float(weight.sum() ** 2 / square / len(weight)) if square else 0.0,
    )
