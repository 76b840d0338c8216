"""How good our timetables are: `python -m benchmarks.meetings [--quick]`, one JSON object a line.

Instances are simulated. Each line gives our score against a bound and the usual ways in the same
run, as ratios; seconds are processor seconds and depend on the machine.
"""

import argparse
import json
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from benchmarks.meetings_baselines import BASELINES
from benchmarks.meetings_instances import PROFILES, generate
from scoring.meetings import Infeasible, conflicts, timetable

Answer = TypeVar("Answer")
QUICK = (("small", 2), ("medium", 1))
FULL = (("small", 20), ("medium", 20), ("large", 1), ("xlarge", 1))
SECONDS = {"small": 2.0, "medium": 5.0, "large": 10.0, "xlarge": 30.0}


def main() -> None:
    """Measure every size, profile and seed asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the two smaller sizes, few seeds")
    parser.add_argument("--size", help="one size only")
    parser.add_argument("--profile", help="one profile only")
    parser.add_argument("--seeds", type=int, help="how many seeds")
    asked = parser.parse_args()
    for profile in PROFILES:  # compiled loops are loaded before anything is timed
        timetable(generate("small", profile, 0), seconds=0.1)
    for size, seeds in QUICK if asked.quick else FULL:
        for profile in PROFILES:
            if asked.size in (None, size) and asked.profile in (None, profile):
                for seed in range(asked.seeds or seeds):
                    print(json.dumps(measure(size, profile, seed)), flush=True)


def measure(size: str, profile: str, seed: int) -> dict[str, object]:
    """One instance: our timetable and the baselines beside it."""
    instance = generate(size, profile, seed)
    plan, seconds = _timed(lambda: timetable(instance, seconds=SECONDS[size], seed=seed))
    if isinstance(plan, Infeasible):
        raise ArithmeticError("a generated instance always has a timetable")
    line: dict[str, object] = {
        "figure": "meetings",
        "size": size,
        "profile": profile,
        "seed": seed,
        "pairs": len(instance.pairs),
        "meetings": len(plan.meetings),
        "score": plan.score,
        "bound": plan.bound,
        "gap_percent": round(100 * plan.gap, 4),
        "proven": plan.proven,
        "breaks": plan.breaks,
        "conflicts": len(conflicts(instance, plan.meetings)),
        "seconds": round(seconds, 2),
    }
    for name, baseline in BASELINES.items():
        score, seconds = _timed(partial(baseline, instance))
        line[name] = {
            "score": score,
            "ratio": round(plan.score / score, 5),
            "loses_percent": round(100 * (1 - score / plan.bound), 3),
            "seconds": round(seconds, 2),
        }
    return line | {"never_below": all(plan.score >= _score(line[name]) for name in BASELINES)}


def _score(part: object) -> int:
    assert isinstance(part, dict)
    return int(part["score"])


def _timed(run: Callable[[], Answer]) -> tuple[Answer, float]:
    started = time.process_time()
    answer = run()
    return answer, time.process_time() - started


if __name__ == "__main__":
    main()
