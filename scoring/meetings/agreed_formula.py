"""Agreed meetings as clauses: slots, order, breaks and how far breaks may differ."""

from itertools import pairwise

from pysat.formula import WCNF

from scoring.meetings.instance import AgreedInstance
from scoring.meetings.slot_proof import SlotProof


class AgreedFormula:
    """The clauses of an instance; `breaks[person]` are the variables of possible breaks."""

    def __init__(self, instance: AgreedInstance) -> None:
        self.instance = instance
        self.proof = SlotProof(instance.tables)
        self.number = {meeting.id: k for k, meeting in enumerate(instance.meetings)}
        for meeting in instance.meetings:
            self.proof.add((meeting.a, meeting.b), instance.slots_open_to(meeting))
        for one in instance.participants:
            self.proof.at_once(one.id, 1)
        for first, second in instance.before:
            self._order(self.number[first], self.number[second])
        self.proof.add_tables()
        self.breaks: dict[str, list[int]] = {}

    def with_breaks(self) -> WCNF:
        """The clauses with every meeting wanted and each break costing one."""
        proof = self.proof
        for one in self.instance.participants:
            self.breaks[one.id] = self._breaks_of(one.id)
        if self.instance.max_break_difference is not None:
            self._fair(self.instance.max_break_difference)
        formula = WCNF()
        formula.extend(proof.clauses)
        for literal in proof.wanted():
            formula.append([literal])
        for costs in self.breaks.values():
            for cost in costs:
                formula.append([-cost], weight=1)
        return formula

    def _order(self, first: int, second: int) -> None:
        """`first` has its slot before that of `second`."""
        proof = self.proof
        for slot in proof.open[second]:
            earlier = [proof.at(first, t) for t in proof.open[first] if t < slot]
            proof.clauses.append([-proof.at(second, slot), *earlier])
        for slot in proof.open[first]:
            later = [proof.at(second, t) for t in proof.open[second] if t > slot]
            proof.clauses.append([-proof.at(first, slot), *later])

    def _breaks_of(self, person: str) -> list[int]:
        """Variables true for each slot in which the person's meetings begin again."""
        proof, slots = self.proof, self.instance.slots
        theirs = [k for k, pair in enumerate(proof.meetings) if person in pair]
        if len(theirs) < 2:
            return []
        busy = [self._busy(person, slot, theirs) for slot in range(slots)]
        proof.exactly(busy, len(theirs))
        begun = [proof.pool.id(("begun", person, slot)) for slot in range(slots)]
        resumed = []
        for slot in range(slots):
            proof.clauses.append([-busy[slot], begun[slot]])
            proof.clauses.append([-begun[slot], busy[slot], *begun[:slot][-1:]])
        for earlier, later in pairwise(range(slots)):
            proof.clauses.append([-begun[earlier], begun[later]])
            again = int(proof.pool.id(("again", person, later)))
            proof.clauses.append([-begun[earlier], busy[earlier], -busy[later], again])
            proof.clauses += [
                [-again, begun[earlier]],
                [-again, -busy[earlier]],
                [-again, busy[later]],
            ]
            resumed.append(again)
        return resumed[1:]

    def _busy(self, person: str, slot: int, theirs: list[int]) -> int:
        proof = self.proof
        busy = int(proof.pool.id(("busy", person, slot)))
        here = [proof.at(k, slot) for k in theirs if slot in proof.open[k]]
        proof.clauses.append([-busy, *here])
        proof.clauses += [[-literal, busy] for literal in here]
        return busy

    def _fair(self, difference: int) -> None:
        """Some least number of breaks: nobody has fewer, nobody has `difference` more than it."""
        proof = self.proof
        counts = {name: self._counted(costs) for name, costs in self.breaks.items()}
        most = max((len(count) for count in counts.values()), default=0)
        least = [0] + [int(proof.pool.id(("least", k))) for k in range(1, most + 1)]
        for k in range(1, most + 1):
            for count in counts.values():
                reached = [count[k - 1]] if len(count) >= k else []
                proof.clauses.append([-least[k], *reached])
                if len(count) > k + difference - 1:
                    proof.clauses.append([-count[k + difference - 1], least[k]])
        proof.clauses += [[-later, earlier] for earlier, later in pairwise(least[1:])]

    def _counted(self, costs: list[int]) -> list[int]:
        """Literals, the k-th true just when at least k + 1 of `costs` are."""
        proof = self.proof
        rows: list[int] = []
        for cost in costs:
            above = [int(proof.pool.id(("count", cost, k))) for k in range(len(rows) + 1)]
            for k, literal in enumerate(above):
                same = [rows[k]] if k < len(rows) else []
                lower = [rows[k - 1]] if k > 0 else []
                proof.clauses += [[-each, literal] for each in same]
                proof.clauses.append([-cost, literal, *(-each for each in lower)])
                proof.clauses.append([-literal, cost, *same])
                proof.clauses += [[-literal, *same, each] for each in lower]
            rows = above
        return rows
