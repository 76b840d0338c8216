"""What comes out: a plan with its bound, or why there is none; and what may change it."""

from dataclasses import dataclass
from typing import Any

from scoring.meetings.texts import say
from scoring.texts import Text


@dataclass(frozen=True, order=True)
class Meeting:
    """One meeting in its slot, at its table; `id` only for agreed meetings."""

    slot: int
    table: int
    a: str
    b: str
    id: str | None = None


@dataclass(frozen=True)
class Unplaced:
    """A wish that was not met: no_common_slot, capacity, tables or outranked, and the detail."""

    a: str
    b: str
    why: str
    detail: Text


@dataclass(frozen=True)
class BelowFloor:
    """A participant with fewer meetings than the floor: `has` of `floor`, and why."""

    id: str
    has: int
    floor: int
    why: Text


@dataclass(frozen=True)
class Plan:
    """A timetable that double-books nobody, with the bound that says how good it could be."""

    meetings: tuple[Meeting, ...]
    score: int
    bound: int
    gap: float
    proven: bool
    breaks: int
    unplaced: tuple[Unplaced, ...] = ()
    below_floor: tuple[BelowFloor, ...] = ()
    seconds: float = 0.0
    seed: int = 0


@dataclass(frozen=True)
class Infeasible:
    """No plan can keep every hard rule: why."""

    why: Text


@dataclass(frozen=True)
class Late:
    """Someone who is there again from `until_slot` on."""

    id: str
    until_slot: int


@dataclass(frozen=True)
class Change:
    """What happened; slots before `frozen_before_slot` are over."""

    frozen_before_slot: int = 0
    cancelled: tuple[str, ...] = ()
    late: tuple[Late, ...] = ()
    no_show: tuple[str, ...] = ()
    standby: tuple[str, ...] = ()
    max_moves: int = 6


@dataclass(frozen=True)
class Move:
    """A meeting that goes on at another place: (slot, table) before and after."""

    a: str
    b: str
    was: tuple[int, int]
    now: tuple[int, int]


@dataclass(frozen=True)
class Replanned:
    """The plan after a change, and what changed: meetings kept, moved, added and removed."""

    plan: Plan
    kept: int
    moved: tuple[Move, ...]
    added: tuple[Meeting, ...]
    removed: tuple[Meeting, ...]


def meeting_document(meeting: Meeting) -> dict[str, Any]:
    """A meeting as the JSON object of a plan."""
    named = {} if meeting.id is None else {"id": meeting.id}
    placed = {"a": meeting.a, "b": meeting.b, "slot": meeting.slot, "table": meeting.table}
    return named | placed


def plan_document(plan: Plan | Infeasible) -> dict[str, Any]:
    """A plan as the JSON object others read."""
    if isinstance(plan, Infeasible):
        return {"infeasible": True, "why": say(plan.why, "en")}
    return {
        "meetings": [meeting_document(meeting) for meeting in plan.meetings],
        "score": plan.score,
        "bound": plan.bound,
        "gap": plan.gap,
        "proven": plan.proven,
        "breaks": plan.breaks,
        "unplaced": [{"a": one.a, "b": one.b, "why": one.why} for one in plan.unplaced],
        "below_floor": [{"id": one.id, "why": say(one.why, "en")} for one in plan.below_floor],
        "seconds": plan.seconds,
        "seed": plan.seed,
    }


def replanned_document(answer: Replanned) -> dict[str, Any]:
    """A changed plan as the JSON object others read."""
    moved = [
        {"a": move.a, "b": move.b, "from": list(move.was), "to": list(move.now)}
        for move in answer.moved
    ]
    return plan_document(answer.plan) | {
        "kept": answer.kept,
        "moved": moved,
        "added": [meeting_document(meeting) for meeting in answer.added],
        "removed": [meeting_document(meeting) for meeting in answer.removed],
    }
