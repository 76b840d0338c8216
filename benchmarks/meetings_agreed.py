"""Agreed meetings with the fewest breaks: `python -m benchmarks.meetings_agreed [--quick]`.

Simulated rounds of up to 80 participants, 300 meetings and 22 slots; half of them are planted, so
that a timetable exists, half are drawn freely and may have none. One JSON object a line.
"""

import argparse
import json
import time

import numpy as np

from scoring.meetings import (
    AgreedInstance,
    AgreedMeeting,
    Infeasible,
    Participant,
    conflicts,
    timetable,
)

MOST_PEOPLE, MOST_MEETINGS = 80, 300
SECONDS = 60.0


def main() -> None:
    """Decide every seeded round, then say how many were."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="four rounds only")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--seeds", type=int, default=40)
    asked = parser.parse_args()
    lines = []
    for seed in range(asked.first, asked.first + (4 if asked.quick else asked.seeds)):
        lines.append(measure(seed))
        print(json.dumps(lines[-1]), flush=True)
    decided = sum(
        bool(line["decided"]) and float(str(line["seconds"])) <= SECONDS for line in lines
    )
    total = {"figure": "agreed meetings decided", "decided": decided, "of": len(lines)}
    print(json.dumps(total | {"ratio": round(decided / len(lines), 3)}))


def measure(seed: int) -> dict[str, object]:
    """One round: decided or not, the breaks and their bound."""
    instance = generate_agreed(seed)
    started = time.process_time()
    plan = timetable(instance, seconds=SECONDS, seed=seed)
    line: dict[str, object] = {
        "figure": "agreed meetings",
        "seed": seed,
        "participants": len(instance.participants),
        "meetings": len(instance.meetings),
        "slots": instance.slots,
        "tables": instance.tables[0],
        "seconds": round(time.process_time() - started, 2),
    }
    if isinstance(plan, Infeasible):
        return line | {"decided": True, "infeasible": plan.why.code}
    return line | {
        "decided": plan.proven,
        "breaks": plan.breaks,
        "bound": plan.bound,
        "gap": round(plan.gap, 4),
        "conflicts": len(conflicts(instance, plan.meetings)),
    }


def generate_agreed(seed: int) -> AgreedInstance:
    """A round of the given seed: density 0.7 to 0.95, tables within a tenth of the need."""
    random = np.random.default_rng(seed)
    slots = int(random.integers(8, 23))
    density = float(random.uniform(0.7, 0.95))
    most = min(MOST_PEOPLE, int(2 * MOST_MEETINGS / (density * slots)))
    people = int(random.integers(most // 2, most + 1))
    count = int(density * people * slots / 2)
    tables = int(np.ceil(count / slots * random.uniform(1.0, 1.1)))
    busy = np.zeros((people, slots), np.bool_)
    draw = _planted if seed % 2 == 0 else _free
    pairs = draw(random, busy, count, tables)
    share = min(float(random.uniform(0, 0.3)), 1 - density)
    away = ~busy & (random.random(busy.shape) < share / max(1e-9, 1 - busy.mean()))
    if draw is _free:
        away = _room_for_degrees(random, pairs, random.random(busy.shape) < share)
    return AgreedInstance(
        tables=(tables,) * slots,
        participants=tuple(
            Participant(f"p{k}", slots, unavailable=frozenset(np.flatnonzero(row).tolist()))
            for k, row in enumerate(away)
        ),
        meetings=tuple(AgreedMeeting(f"m{k}", f"p{a}", f"p{b}") for k, (a, b) in enumerate(pairs)),
    )


def _planted(
    random: np.random.Generator, busy: np.ndarray, count: int, tables: int
) -> list[tuple[int, int]]:
    """Pairs met in a hidden timetable, noted in `busy`."""
    people, slots = busy.shape
    pairs: set[tuple[int, int]] = set()
    load = np.zeros(slots, np.int64)
    for _ in range(200 * count):
        if len(pairs) == count:
            break
        a, b = sorted(random.choice(people, 2, replace=False).tolist())
        free = np.flatnonzero(~busy[a] & ~busy[b] & (load < tables))
        if (a, b) in pairs or len(free) == 0:
            continue
        slot = random.choice(free)
        busy[a, slot] = busy[b, slot] = True
        load[slot] += 1
        pairs.add((a, b))
    return sorted(pairs)


def _free(
    random: np.random.Generator, busy: np.ndarray, count: int, tables: int
) -> list[tuple[int, int]]:
    """Random pairs with no more meetings each than slots, and no more than the tables hold."""
    people, slots = busy.shape
    pairs: set[tuple[int, int]] = set()
    degree = np.zeros(people, np.int64)
    for _ in range(200 * count):
        if len(pairs) == min(count, tables * slots):
            break
        a, b = sorted(random.choice(people, 2, replace=False).tolist())
        if (a, b) not in pairs and degree[a] < slots and degree[b] < slots:
            degree[[a, b]] += 1
            pairs.add((a, b))
    return sorted(pairs)


def _room_for_degrees(
    random: np.random.Generator, pairs: list[tuple[int, int]], away: np.ndarray
) -> np.ndarray:
    """Absences cut down where somebody would have more meetings than slots."""
    degree = np.bincount(np.array(pairs).ravel(), minlength=len(away))
    for person, row in enumerate(away):
        surplus = int(row.sum()) - (len(row) - int(degree[person]))
        if surplus > 0:
            row[random.permutation(np.flatnonzero(row))[:surplus]] = False
    return away


if __name__ == "__main__":
    main()
