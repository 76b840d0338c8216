"""What is to be timetabled: two sides to choose meetings from, or meetings already agreed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


class MalformedError(ValueError):
    """A document that is no instance, plan or change; `path` says where, `reason` says why."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


@dataclass(frozen=True)
class Participant:
    """One who meets: at most `capacity` meetings in all, `parallel` at once, `at_least` wished."""

    id: str
    capacity: int
    at_least: int = 0
    parallel: int = 1
    unavailable: frozenset[int] = frozenset()


@dataclass(frozen=True, eq=False)
class Pairs:
    """The pairs that may meet: positions in `left` and `right` and a whole score of 0 or more."""

    left: Ints
    right: Ints
    score: Ints

    def __len__(self) -> int:
        return len(self.score)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Pairs):
            return NotImplemented
        mine, theirs = (self.left, self.right, self.score), (other.left, other.right, other.score)
        return all(np.array_equal(a, b) for a, b in zip(mine, theirs, strict=True))

    @staticmethod
    def of(rows: Sequence[tuple[int, int, int]]) -> "Pairs":
        """Pairs from (left position, right position, score) rows."""
        table = np.asarray(rows, np.int64).reshape(len(rows), 3)
        return Pairs(*(np.ascontiguousarray(column) for column in table.T))


@dataclass(frozen=True)
class Must:
    """A meeting that has to take place, in one slot when `slot` is given."""

    left: str
    right: str
    slot: int | None = None


@dataclass(frozen=True)
class ChooseInstance:
    """Mode `choose`: pick the meetings worth most and place them. `tables[t]`: those of slot t."""

    tables: tuple[int, ...]
    left: tuple[Participant, ...]
    right: tuple[Participant, ...]
    pairs: Pairs
    must: tuple[Must, ...] = ()
    never: tuple[tuple[str, str], ...] = ()
    sessions: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def slots(self) -> int:
        """The number of slots."""
        return len(self.tables)

    @cached_property
    def left_position(self) -> dict[str, int]:
        """Where each left id stands."""
        return {one.id: i for i, one in enumerate(self.left)}

    @cached_property
    def right_position(self) -> dict[str, int]:
        """Where each right id stands."""
        return {one.id: i for i, one in enumerate(self.right)}


@dataclass(frozen=True)
class AgreedMeeting:
    """A meeting of any two participants, agreed before, perhaps tied to a session or slot."""

    id: str
    a: str
    b: str
    session: str | None = None
    fixed: int | None = None


@dataclass(frozen=True)
class AgreedInstance:
    """Mode `agreed`: place every meeting so that people have the fewest breaks."""

    tables: tuple[int, ...]
    participants: tuple[Participant, ...]
    meetings: tuple[AgreedMeeting, ...]
    before: tuple[tuple[str, str], ...] = ()
    max_break_difference: int | None = None
    sessions: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def slots(self) -> int:
        """The number of slots."""
        return len(self.tables)

    @cached_property
    def position(self) -> dict[str, int]:
        """Where each participant id stands."""
        return {one.id: i for i, one in enumerate(self.participants)}

    def slots_open_to(self, meeting: AgreedMeeting) -> tuple[int, ...]:
        """Slots in which both are there and which the meeting's own ties allow."""
        away = (
            self.participants[self.position[meeting.a]].unavailable
            | self.participants[self.position[meeting.b]].unavailable
        )
        allowed = range(self.slots) if meeting.session is None else self.sessions[meeting.session]
        tied = [t for t in allowed if meeting.fixed in (None, t)]
        return tuple(t for t in sorted(tied) if t not in away and self.tables[t] > 0)


Instance = ChooseInstance | AgreedInstance


def presence(participants: Sequence[Participant], slots: int) -> Bools:
    """A row per participant: in which slots they are there."""
    there = np.ones((len(participants), slots), np.bool_)
    for row, one in enumerate(participants):
        there[row, sorted(one.unavailable)] = False
    return there


def as_document(instance: ChooseInstance) -> dict[str, Any]:
    """A choose instance as the JSON object that `read_instance` reads."""
    left, right = instance.left, instance.right
    columns = (instance.pairs.left, instance.pairs.right, instance.pairs.score)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return {
        "mode": "choose",
        "slots": instance.slots,
        "tables": list(instance.tables),
        "sessions": {name: list(slots) for name, slots in instance.sessions.items()},
        "left": [_participant_document(one) for one in left],
        "right": [_participant_document(one) for one in right],
        "scores": [[left[i].id, right[j].id, score] for i, j, score in rows],
        "must": [[one.left, one.right, one.slot] for one in instance.must],
        "never": [list(pair) for pair in instance.never],
    }


def _participant_document(one: Participant) -> dict[str, Any]:
    return {
        "id": one.id,
        "capacity": one.capacity,
        "at_least": one.at_least,
        "parallel": one.parallel,
        "unavailable": sorted(one.unavailable),
    }
