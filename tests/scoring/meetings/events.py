"""Small documents to start from; each call gives a fresh one."""


def event(**changes):
    """Two institutions, three enterprises, three slots, two tables."""
    return {
        "mode": "choose",
        "slots": 3,
        "tables": 2,
        "sessions": {"am": [0, 1], "pm": [2]},
        "left": [person("i1", 3), person("i2", 3)],
        "right": [person("e1", 2), person("e2", 2), person("e3", 2)],
        "scores": [["i1", "e1", 900], ["i1", "e2", 500], ["i2", "e1", 400], ["i2", "e3", 300]],
        "must": [],
        "never": [],
    } | changes


def person(name, capacity, **more):
    """One participant of a choose instance."""
    return {"id": name, "capacity": capacity, "at_least": 0, "unavailable": []} | more


def round_table(**changes):
    """Four participants who all meet each other in three slots at two tables."""
    names = ["p1", "p2", "p3", "p4"]
    pairs = [(a, b) for k, a in enumerate(names) for b in names[k + 1 :]]
    return {
        "mode": "agreed",
        "slots": 3,
        "tables": 2,
        "sessions": {"am": [0, 1], "pm": [2]},
        "participants": [{"id": name, "unavailable": []} for name in names],
        "meetings": [
            {"id": f"m{k}", "a": a, "b": b, "session": None, "fixed": None}
            for k, (a, b) in enumerate(pairs)
        ],
        "before": [],
        "max_break_difference": None,
    } | changes
