"""A checker of timetables that shares nothing with the solver: documents in, complaints out."""

from collections import Counter
from itertools import pairwise


def complaints(instance, plan):
    """Every broken rule of a JSON instance by a JSON plan, in words."""
    if instance["mode"] == "choose":
        return _common(instance, plan, instance["left"] + instance["right"]) + _choose(
            instance, plan
        )
    return _common(instance, plan, instance["participants"]) + _agreed(instance, plan)


def count_breaks(plan):
    """Runs of slots without a meeting between two meetings of one person."""
    days = {}
    for meeting in plan["meetings"]:
        for name in (meeting["a"], meeting["b"]):
            days.setdefault(name, set()).add(meeting["slot"])
    breaks = {}
    for name, slots in days.items():
        ordered = sorted(slots)
        breaks[name] = sum(b - a > 1 for a, b in pairwise(ordered))
    return breaks


def _common(instance, plan, people):
    tables = instance["tables"]
    if isinstance(tables, int):
        tables = [tables] * instance["slots"]
    by_name = {one["id"]: one for one in people}
    found, at_table, at_once = [], Counter(), Counter()
    for meeting in plan["meetings"]:
        slot, table = meeting["slot"], meeting["table"]
        if not (0 <= slot < instance["slots"] and 0 <= table < tables[slot]):
            found.append(f"no table {table} in {slot}")
        at_table[slot, table] += 1
        for name in (meeting["a"], meeting["b"]):
            at_once[name, slot] += 1
            if slot in by_name[name].get("unavailable", []):
                found.append(f"{name} away in {slot}")
    found += [f"table {key} twice" for key, times in at_table.items() if times > 1]
    for (name, slot), times in at_once.items():
        if times > by_name[name].get("parallel", 1):
            found.append(f"{name} double-booked in {slot}")
    if plan["breaks"] != sum(count_breaks(plan).values()):
        found.append("breaks miscounted")
    return found


def _choose(instance, plan):
    pairs = [(m["a"], m["b"]) for m in plan["meetings"]]
    scores = {(a, b): score for a, b, score in instance["scores"]}
    musts = {(a, b): slot for a, b, slot in instance.get("must", [])}
    found = [f"{pair} twice" for pair, times in Counter(pairs).items() if times > 1]
    found += [f"{pair} not listed" for pair in pairs if pair not in scores and pair not in musts]
    found += [f"{pair} never" for pair in pairs if list(pair) in instance.get("never", [])]
    slots = {(m["a"], m["b"]): m["slot"] for m in plan["meetings"]}
    for pair, slot in musts.items():
        if pair not in slots or slot not in (None, slots[pair]):
            found.append(f"must {pair} missing")
    degree = Counter(name for pair in pairs for name in pair)
    for one in instance["left"] + instance["right"]:
        if degree[one["id"]] > one["capacity"]:
            found.append(f"{one['id']} over capacity")
        below = degree[one["id"]] < one.get("at_least", 0)
        if below != (one["id"] in {row["id"] for row in plan["below_floor"]}):
            found.append(f"floor of {one['id']} misreported")
    if plan["score"] != sum(scores.get(pair, 0) for pair in pairs):
        found.append("score miscounted")
    if plan["bound"] < plan["score"] or plan["proven"] != (plan["bound"] == plan["score"]):
        found.append("bound below score")
    return found


def _agreed(instance, plan):
    placed = {m["id"]: m for m in plan["meetings"]}
    found = [] if len(placed) == len(plan["meetings"]) == len(instance["meetings"]) else ["lost"]
    for agreed in instance["meetings"]:
        meeting = placed.get(agreed["id"])
        if meeting is None or (meeting["a"], meeting["b"]) != (agreed["a"], agreed["b"]):
            found.append(f"{agreed['id']} missing")
            continue
        if agreed.get("fixed") not in (None, meeting["slot"]):
            found.append(f"{agreed['id']} moved from its fixed slot")
        session = agreed.get("session")
        if session is not None and meeting["slot"] not in instance["sessions"][session]:
            found.append(f"{agreed['id']} outside its session")
    for first, second in instance.get("before", []):
        if placed[first]["slot"] >= placed[second]["slot"]:
            found.append(f"{first} not before {second}")
    most = instance.get("max_break_difference")
    breaks = count_breaks(plan)
    counts = [breaks.get(one["id"], 0) for one in instance["participants"]]
    if most is not None and counts and max(counts) - min(counts) > most:
        found.append("breaks unfair")
    return found
