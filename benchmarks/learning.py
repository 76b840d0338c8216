"""What learning from the market's own log brings, on the simulated market. All simulated.

    python -m benchmarks.learning [--quick] [--sessions 1600] [--seeds 5]

One JSON object: per setting the prior's and the learnt NDCG@10, calibration error, and exposure
over merit of small enterprises; then how often the doubly robust estimate lies within two
standard errors of the truth.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

from scoring.evaluation import PolicyValue, calibration_error, ndcg, policy_value
from scoring.fairness import group_shares, with_floor
from scoring.features import FINANCE
from scoring.feedback import LearningSettings, learn
from scoring.scorecard import scorecard_model
from scoring.simulator import Sessions, Setting, Simulator, grades
from scoring.tables import Head

Floats = npt.NDArray[np.float64]
PRIOR = scorecard_model().finance.fused
SMALL_FLOOR = 0.4


def main(arguments: list[str] | None = None) -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.learning")
    parser.add_argument("--quick", action="store_true", help="one seed, lighter fits")
    parser.add_argument("--sessions", type=int, default=1600)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--policy-seeds", type=int, default=20)
    options = parser.parse_args(arguments)
    if options.sessions < 50 or options.seeds < 1 or options.policy_seeds < 1:
        print("--sessions must be at least 50, seeds at least 1", file=sys.stderr)
        return 2
    settings = LearningSettings()
    if options.quick:
        options.seeds = 1
        settings = LearningSettings(prior_weights=(50.0,), turns=2, max_iter=40, learning_rate=0.2)
    with threadpool_limits(1):
        answer = {
            "benchmark": "learning",
            "simulated": True,
            "sessions": options.sessions,
            "settings": {
                setting.value: [
                    one_market(setting, seed, options.sessions, settings)
                    for seed in range(options.seeds)
                ]
                for setting in Setting
            },
            "policy_value": policy_figures(options.policy_seeds),
        }
    print(json.dumps(answer))
    return 0


def one_market(
    setting: Setting, seed: int, sessions: int, settings: LearningSettings
) -> dict[str, Any]:
    """One seed of one setting: log under the prior, learn, and meet fresh sessions."""
    simulator = Simulator(FINANCE, PRIOR, setting, seed)
    log = simulator.log(sessions)
    learnt = learn(FINANCE, PRIOR, log, settings)
    fresh = simulator.sessions(300)
    before, after = (_ndcg(head, fresh) for head in (PRIOR, learnt.head))
    chance = learnt.head.chance(_log_odds(learnt.head, fresh))
    return {
        "seed": seed,
        "choices": int(log.chosen.sum()),
        "learnt": learnt.prior_weight is not None,
        "ndcg_prior": round(before, 4),
        "ndcg_learnt": round(after, 4),
        "lift": round(after - before, 4),
        "calibration_error": round(calibration_error(chance.ravel(), fresh.chance.ravel()), 4),
        "small_exposure_over_merit": _small_ratio(learnt.head, fresh, seed),
    }


def _log_odds(head: Head, sessions: Sessions) -> Floats:
    return np.asarray(head.log_odds(np.moveaxis(sessions.codes, -1, 0)), dtype=np.float64)


def _ndcg(head: Head, sessions: Sessions) -> float:
    scores = _log_odds(head, sessions)
    found = [ndcg(*row) for row in zip(grades(sessions.chance), scores, strict=True)]
    return float(np.nanmean(found))


def _small_ratio(head: Head, sessions: Sessions, seed: int) -> dict[str, float]:
    """Exposure over merit of small enterprises among thirty needs, plain and with the floor.

    Pairs of many needs are mixed into rankings of thirty. An enterprise is small with a chance
    that falls with its grade, as small firms disclose less; merit is the true chance.
    """
    rng = np.random.default_rng(seed)
    mixed = rng.permutation(sessions.chance.size)
    grade = sessions.codes[..., FINANCE.names.index("grade")].ravel()[mixed]
    small = rng.random(len(grade)) < 0.8 - 0.6 * grade / grade.max()
    shape = sessions.chance.shape
    scores, merits = (
        values.ravel()[mixed].reshape(shape)
        for values in (_log_odds(head, sessions), sessions.chance)
    )
    return {
        name: _exposure_ratio(scores, merits, small.reshape(shape), floor)
        for name, floor in (("plain", 0.0), ("with_floor", SMALL_FLOOR))
    }


def _exposure_ratio(
    scores: Floats, merits: Floats, small: npt.NDArray[np.bool_], floor: float
) -> float:
    groups, worth = [], []
    for score, merit, is_small in zip(scores, merits, small, strict=True):
        order = np.argsort(-score, kind="stable")
        order = order[with_floor(is_small[order], floor)]
        groups.append(["small" if each else "large" for each in is_small[order]])
        worth.append(merit[order].tolist())
    shares = {share.group: share for share in group_shares(groups, worth)}
    return round(shares["small"].ratio, 3)


def policy_figures(seeds: int) -> dict[str, Any]:
    """How near the estimates of a new policy come to its true worth."""
    values = [_policy(seed) for seed in range(seeds)]
    within = [
        abs(value.doubly_robust - truth) <= 2 * value.standard_error for value, truth in values
    ]
    return {
        "seeds": seeds,
        "within_two_standard_errors": sum(within),
        "least_effective_share": round(min(value.effective_share for value, _ in values), 3),
        "mean_error_dr": round(_error([(v.doubly_robust, t) for v, t in values]), 4),
        "mean_error_snips": round(_error([(v.snips, t) for v, t in values]), 4),
        "mean_error_direct": round(_error([(v.direct, t) for v, t in values]), 4),
    }


def _error(pairs: list[tuple[float, float]]) -> float:
    return float(np.mean([abs(estimate - truth) for estimate, truth in pairs]))


def _policy(seed: int) -> tuple[PolicyValue, float]:
    """3,000 decisions of one listing each, logged by a softmax of the prior with 10 % chance."""
    simulator = Simulator(FINANCE, PRIOR, Setting.APART, seed)
    sessions = simulator.sessions(3000)
    rng = np.random.default_rng(seed)
    score = _log_odds(PRIOR, sessions)
    logging = 0.9 * _softmax(score) + 0.1 / score.shape[1]
    target = 0.9 * _softmax(score + rng.normal(0, 0.7, score.shape)) + 0.1 / score.shape[1]
    rows = np.arange(len(score))
    action = (rng.random(len(score))[:, None] > logging.cumsum(axis=1)).sum(axis=1)
    action = action.clip(0, score.shape[1] - 1)
    reward = (rng.random(len(score)) < sessions.chance[rows, action]).astype(np.float64)
    expected = PRIOR.chance(score)
    value = policy_value(
        reward,
        logging[rows, action],
        target=target[rows, action],
        expected=expected[rows, action],
        expected_under_target=(target * expected).sum(axis=1),
    )
    return value, float((target * sessions.chance).sum(axis=1).mean())


def _softmax(score: Floats) -> Floats:
    powers = np.exp(score - score.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float64)


if __name__ == "__main__":
    raise SystemExit(main())
