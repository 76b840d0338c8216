"""Hypothesis strategies for JSON instances of both modes, small enough to be awkward."""

from hypothesis import strategies as st


@st.composite
def choose_instances(draw):
    """Two sides with absences, parallel representatives, floors, musts, nevers and few tables."""
    slots = draw(st.integers(1, 6))
    left = [_person(draw, f"i{k}", slots, 3) for k in range(draw(st.integers(1, 5)))]
    right = [_person(draw, f"e{k}", slots, 1) for k in range(draw(st.integers(1, 8)))]
    pairs = [(a["id"], b["id"]) for a in left for b in right]
    listed = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=40))
    slot_or_none = st.one_of(st.none(), st.integers(0, slots - 1))
    musts = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=3))
    nevers = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=3))
    return {
        "mode": "choose",
        "slots": slots,
        "tables": draw(_tables(slots)),
        "sessions": {"am": list(range(slots // 2)), "pm": list(range(slots // 2, slots))},
        "left": left,
        "right": right,
        "scores": [[a, b, draw(st.integers(0, 1000))] for a, b in listed],
        "must": [[a, b, draw(slot_or_none)] for a, b in musts],
        "never": [list(pair) for pair in nevers],
    }


@st.composite
def agreed_instances(draw):
    """Any two participants, with sessions, fixed slots, an order and perhaps fair breaks."""
    slots = draw(st.integers(2, 6))
    people = [
        {"id": f"p{k}", "unavailable": draw(_away(slots))} for k in range(draw(st.integers(2, 7)))
    ]
    names = [one["id"] for one in people]
    meetings = []
    for k in range(draw(st.integers(0, 10))):
        a, b = draw(st.permutations(names))[:2]
        session = draw(st.sampled_from([None, None, None, "am", "pm"]))
        fixed = draw(st.one_of(st.none(), st.none(), st.integers(0, slots - 1)))
        meetings.append({"id": f"m{k}", "a": a, "b": b, "session": session, "fixed": fixed})
    ids = [one["id"] for one in meetings]
    order = st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True)
    return {
        "mode": "agreed",
        "slots": slots,
        "tables": draw(_tables(slots)),
        "sessions": {"am": list(range(slots // 2 + 1)), "pm": list(range(slots // 2, slots))},
        "participants": people,
        "meetings": meetings,
        "before": draw(st.lists(order, max_size=2)) if len(ids) > 1 else [],
        "max_break_difference": draw(st.sampled_from([None, None, 0, 1, 2])),
    }


def _tables(slots):
    return st.one_of(st.integers(0, 4), st.lists(st.integers(0, 4), min_size=slots, max_size=slots))


def _away(slots):
    return st.lists(st.integers(0, slots - 1), unique=True, max_size=slots // 2)


def _person(draw, name, slots, most_parallel):
    return {
        "id": name,
        "capacity": draw(st.integers(0, slots + 2)),
        "at_least": draw(st.sampled_from([0, 0, 1, 2])),
        "parallel": draw(st.integers(1, most_parallel)),
        "unavailable": draw(_away(slots)),
    }
