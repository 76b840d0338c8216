"""What others do: greedy by score, deferred acceptance per slot, assignment per slot."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from scoring.meetings import ChooseInstance
from scoring.meetings.instance import presence

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
PickOfSlot = Callable[[Floats], list[tuple[int, int]]]


def greedy(instance: ChooseInstance) -> int:
    """Highest score first, each into the first slot with both people and a table free."""
    left, right = presence(instance.left, instance.slots), presence(instance.right, instance.slots)
    tables = np.array(instance.tables)
    room_left = [one.capacity for one in instance.left]
    room_right = [one.capacity for one in instance.right]
    pairs, total = instance.pairs, 0
    for k in np.argsort(-pairs.score, kind="stable"):
        i, j = pairs.left[k], pairs.right[k]
        if room_left[i] and room_right[j]:
            slots = np.flatnonzero(left[i] & right[j] & (tables > 0))
            if len(slots):
                slot = slots[0]
                left[i, slot] = right[j, slot] = False
                tables[slot] -= 1
                room_left[i] -= 1
                room_right[j] -= 1
                total += int(pairs.score[k])
    return total


def deferred_acceptance(instance: ChooseInstance) -> int:
    """Slot by slot a stable matching by score; beyond the tables the lowest scores go."""
    return _by_slot(instance, _stable)


def hungarian(instance: ChooseInstance) -> int:
    """Slot by slot the best assignment; beyond the tables the lowest scores go."""
    return _by_slot(instance, _assigned)


BASELINES = {
    "greedy": greedy,
    "deferred_acceptance": deferred_acceptance,
    "hungarian": hungarian,
}


def _by_slot(instance: ChooseInstance, pick: PickOfSlot) -> int:
    left, right = presence(instance.left, instance.slots), presence(instance.right, instance.slots)
    weight = np.zeros((len(instance.left), len(instance.right)))
    weight[instance.pairs.left, instance.pairs.right] = instance.pairs.score
    room_left = np.array([one.capacity for one in instance.left])
    room_right = np.array([one.capacity for one in instance.right])
    total = 0.0
    for slot, tables in enumerate(instance.tables):
        rows = np.flatnonzero(left[:, slot] & (room_left > 0))
        columns = np.flatnonzero(right[:, slot] & (room_right > 0))
        here = weight[np.ix_(rows, columns)]
        met = sorted(pick(here), key=lambda ij: -here[ij])[:tables]
        for i, j in met:
            total += here[i, j]
            weight[rows[i], columns[j]] = 0
            room_left[rows[i]] -= 1
            room_right[columns[j]] -= 1
    return int(total)


def _assigned(weight: Floats) -> list[tuple[int, int]]:
    rows, columns = linear_sum_assignment(weight, maximize=True)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return [(i, j) for i, j in pairs if weight[i, j] > 0]


def _stable(weight: Floats) -> list[tuple[int, int]]:
    """Rows propose in their order of score; a column keeps the best so far."""
    order = np.argsort(-weight, axis=1, kind="stable")
    nexts = [0] * len(weight)
    held: dict[int, int] = {}
    waiting = list(range(len(weight)))
    while waiting:
        i = waiting.pop()
        while nexts[i] < weight.shape[1]:
            j = int(order[i, nexts[i]])
            nexts[i] += 1
            rival = held.get(j, -1)
            if weight[i, j] <= 0:
                break
            if rival < 0 or weight[i, j] > weight[rival, j]:
                held[j] = i
                if rival >= 0:
                    waiting.append(rival)
                break
    return [(i, j) for j, i in held.items()]
