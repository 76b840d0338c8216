"""Tables for the meetings of each slot, so that people rarely change theirs."""

from collections.abc import Sequence

from scoring.meetings.instance import Ints


def tables_for(slots: Sequence[int], ends: Sequence[tuple[int, int]], tables: Ints) -> list[int]:
    """A table for each meeting, given its slot and its two people; never two at one table.

    Slot by slot, the first person keeps the table of the slot before, else the second, else the
    lowest free one is taken.
    """
    last: dict[int, int] = {}
    chosen = [-1] * len(slots)
    meetings: list[list[int]] = [[] for _ in tables]
    for k, slot in enumerate(slots):
        meetings[slot].append(k)
    for slot, here in enumerate(meetings):
        taken: set[int] = set()
        for side in range(2):
            for k in here:
                table = last.get(ends[k][side], -1)
                if chosen[k] < 0 and 0 <= table < tables[slot] and table not in taken:
                    chosen[k] = table
                    taken.add(table)
        free = iter(table for table in range(int(tables[slot])) if table not in taken)
        for k in here:
            if chosen[k] < 0:
                chosen[k] = next(free)
            last[ends[k][0]] = last[ends[k][1]] = chosen[k]
    return chosen
