"""Changes of a large event: `python -m benchmarks.meetings_changes [--quick]`, one JSON object.

Random cancellations and no-shows, each against the same simulated timetable; what is lost is
measured against a full new timetable of the changed event for a few of them.
"""

import argparse
import json
import time
from dataclasses import replace

import numpy as np

from benchmarks.meetings_instances import generate
from scoring.meetings import Change, ChooseInstance, Infeasible, Plan, conflicts, replan, timetable

SECONDS = 10.0


def main() -> None:
    """Time the changes and compare some with a full re-solve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a medium event and few changes")
    asked = parser.parse_args()
    size, count, compared = ("medium", 20, 2) if asked.quick else ("large", 200, 6)
    instance = generate(size, "normal", 0)
    plan = timetable(instance, seconds=SECONDS)
    if isinstance(plan, Infeasible):
        raise ArithmeticError("a generated event always has a timetable")
    replan(instance, plan, Change(cancelled=("e1",)))  # compiled loops are loaded first
    random = np.random.default_rng(0)
    rows = [_one(instance, plan, random, k < compared) for k in range(count)]
    times = np.array([row["milliseconds"] for row in rows])
    shares = [row["share"] for row in rows if "share" in row]
    line = {
        "figure": "changes of a timetable",
        "size": size,
        "changes": count,
        "p50_ms": round(float(np.quantile(times, 0.5)), 1),
        "p99_ms": round(float(np.quantile(times, 0.99)), 1),
        "most_moved": max(row["moved"] for row in rows),
        "dropped_of_others": sum(row["dropped"] for row in rows),
        "conflicts": sum(row["conflicts"] for row in rows),
        "compared": len(shares),
        "least_ratio_to_full_solve": round(min(shares), 5),
    }
    print(json.dumps(line))


def _one(
    instance: ChooseInstance, plan: Plan, random: np.random.Generator, compare: bool
) -> dict[str, float]:
    name = str(random.choice([one.id for one in instance.left + instance.right]))
    cancelled = random.random() < 0.5
    change = Change(cancelled=(name,)) if cancelled else Change(no_show=(name,))
    started = time.process_time()
    answer = replan(instance, plan, change)
    spent = 1000 * (time.process_time() - started)
    row = {
        "milliseconds": spent,
        "moved": len(answer.moved),
        "dropped": sum(name not in (one.a, one.b) for one in answer.removed),
        "conflicts": len(conflicts(instance, answer.plan.meetings)),
    }
    if compare:
        fresh = timetable(_without(instance, name), seconds=SECONDS)
        row["share"] = 0.0 if isinstance(fresh, Infeasible) else answer.plan.score / fresh.score
    return row


def _without(instance: ChooseInstance, name: str) -> ChooseInstance:
    """The event with nobody meeting the one who is gone."""
    left, right = (
        tuple(replace(one, capacity=0) if one.id == name else one for one in people)
        for people in (instance.left, instance.right)
    )
    return replace(instance, left=left, right=right)


if __name__ == "__main__":
    main()
