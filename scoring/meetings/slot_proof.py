"""An exact search for slots: everyone in few enough meetings at once, no more than the tables."""

from collections.abc import Hashable, Sequence

from pysat.card import CardEnc, EncType
from pysat.formula import IDPool
from pysat.solvers import Solver


class SlotProof:
    """Finds a slot for every meeting, or the meetings that exclude one another."""

    def __init__(self, tables: Sequence[int]) -> None:
        self.tables = tables
        self.pool = IDPool()
        self.clauses: list[list[int]] = []
        self.meetings: list[tuple[str, str]] = []
        self.open: list[tuple[int, ...]] = []

    def add(self, meeting: tuple[str, str], slots: tuple[int, ...]) -> None:
        """One more meeting of two people with the slots it may have."""
        number = len(self.meetings)
        self.meetings.append(meeting)
        self.open.append(slots)
        chosen = [self.at(number, slot) for slot in slots]
        self.clauses.append([-self.pool.id(("wanted", number)), *chosen])

    def at(self, meeting: int, slot: int) -> int:
        """The variable that says a meeting is in a slot."""
        return int(self.pool.id((meeting, slot)))

    def at_once(self, person: str, most: int) -> None:
        """At most so many meetings of the person in one slot."""
        theirs = [k for k, pair in enumerate(self.meetings) if person in pair]
        for slot in range(len(self.tables)):
            here = [self.at(k, slot) for k in theirs if slot in self.open[k]]
            self._at_most(here, most)

    def solve(self) -> list[int] | None:
        """A slot for each meeting, or None when there is no way."""
        wanted = self.wanted()
        with Solver(name="cadical153", bootstrap_with=self.clauses) as solver:
            if not solver.solve(assumptions=wanted):
                self._core: list[int] = sorted(solver.get_core() or wanted)
                return None
            true = set(solver.get_model() or ())
        return self.slots_in(true)

    def solve_with(self, clauses: list[list[int]]) -> list[int] | None:
        """A slot for each meeting under other clauses over the same variables."""
        with Solver(name="cadical153", bootstrap_with=clauses) as solver:
            return self.slots_in(set(solver.get_model())) if solver.solve() else None

    def slots_in(self, true: set[int]) -> list[int]:
        """The slot of each meeting in a model, given by its true variables."""
        return [
            next(slot for slot in slots if self.at(k, slot) in true)
            for k, slots in enumerate(self.open)
        ]

    def wanted(self) -> list[int]:
        """For each meeting the literal that asks for it."""
        return [int(self.pool.id(("wanted", k))) for k in range(len(self.meetings))]

    def clash(self) -> list[int]:
        """After a failure: meetings that cannot all take place, none of them to spare."""
        core = list(self._core)
        with Solver(name="cadical153", bootstrap_with=self.clauses) as solver:
            for literal in list(core):
                fewer = [other for other in core if other != literal]
                if not solver.solve(assumptions=fewer):
                    core = fewer
        return sorted(self._number(literal) for literal in core)

    def _number(self, literal: int) -> int:
        named: Hashable = self.pool.obj(literal)
        assert isinstance(named, tuple)
        return int(named[1])

    def exactly(self, literals: list[int], number: int) -> None:
        """Just so many of the literals are true."""
        made = CardEnc.equals(literals, number, vpool=self.pool, encoding=EncType.seqcounter)
        self.clauses += made.clauses

    def add_tables(self) -> None:
        """No more meetings in a slot than tables; to be called when all meetings are added."""
        for slot, tables in enumerate(self.tables):
            here = [self.at(k, slot) for k, slots in enumerate(self.open) if slot in slots]
            self._at_most(here, tables)

    def _at_most(self, literals: list[int], most: int) -> None:
        if len(literals) > most:
            encoding = EncType.pairwise if most == 1 else EncType.seqcounter
            made = CardEnc.atmost(literals, most, vpool=self.pool, encoding=encoding)
            self.clauses += made.clauses
