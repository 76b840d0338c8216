"""One side of a market as arrays, sorted by id; changing one fact computes one column."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from scoring.coding import Feature


@dataclass(frozen=True)
class Layout:
    """How one fact becomes a column: codes, whole numbers, interned objects and floats."""

    features: tuple[Feature, ...]
    numbers: Callable[[Any], Sequence[int]]
    objects: Callable[[Any], Sequence[Hashable]]
    floats: Callable[[Any], Sequence[float]]


@dataclass(frozen=True)
class Interned:
    """Objects by number: `ids[i]` is the place of fact i's object in `distinct`."""

    ids: npt.NDArray[np.int32]
    distinct: tuple[Hashable, ...]

    @classmethod
    def of(cls, objects: Sequence[Hashable], known: tuple[Hashable, ...] = ()) -> Self:
        """Number the objects, keeping the numbers already given."""
        numbers: dict[Hashable, int] = {each: place for place, each in enumerate(known)}
        ids = [numbers.setdefault(each, len(numbers)) for each in objects]
        return cls(np.array(ids, dtype=np.int32), tuple(numbers))


@dataclass(frozen=True)
class Columns:
    """The facts of one side, sorted by id, and their arrays (one column per fact)."""

    layout: Layout
    facts: tuple[Any, ...]
    codes: npt.NDArray[np.uint8]
    numbers: npt.NDArray[np.int64]
    objects: tuple[Interned, ...]
    floats: npt.NDArray[np.float64]

    @classmethod
    def build(cls, layout: Layout, facts: Iterable[Any]) -> Self:
        """Compute every column; a repeated id is refused."""
        ordered = tuple(sorted(facts, key=lambda fact: fact.id))
        if len({fact.id for fact in ordered}) < len(ordered):
            raise ValueError("two facts of the index share one id")
        codes = [[feature.code_of(fact) for fact in ordered] for feature in layout.features]
        numbers = [layout.numbers(fact) for fact in ordered]
        objects = list(zip(*(layout.objects(fact) for fact in ordered), strict=True))
        floats = [layout.floats(fact) for fact in ordered]
        n = len(ordered)
        return cls(
            layout,
            ordered,
            np.array(codes, dtype=np.uint8).reshape(len(layout.features), n),
            _by_row(numbers, np.int64),
            tuple(Interned.of(column) for column in objects),
            _by_row(floats, np.float64),
        )

    def __len__(self) -> int:
        return len(self.facts)

    def edited(self, changed: Iterable[Any], removed: Iterable[str] = ()) -> Self:
        """New columns with facts added or replaced by id and ids removed; this stays as it is."""
        new = {fact.id: fact for fact in changed}
        gone = new.keys() | set(removed)
        kept = [place for place, fact in enumerate(self.facts) if fact.id not in gone]
        added = type(self).build(self.layout, new.values())
        if not len(self):
            return added
        if not len(added) and len(kept) == len(self):
            return self
        facts = [*(self.facts[place] for place in kept), *added.facts]
        order = sorted(range(len(facts)), key=lambda place: facts[place].id)
        if not facts:
            return added
        return type(self)(
            self.layout,
            tuple(facts[place] for place in order),
            _joined(self.codes, kept, added.codes)[:, order],
            _joined(self.numbers, kept, added.numbers)[:, order],
            self._joined_objects(kept, added, order),
            _joined(self.floats, kept, added.floats)[:, order],
        )

    def _joined_objects(
        self, kept: list[int], added: Columns, order: list[int]
    ) -> tuple[Interned, ...]:
        if not len(added):
            return tuple(Interned(c.ids[kept][order], c.distinct) for c in self.objects)
        joined = []
        for old, new in zip(self.objects, added.objects, strict=True):
            fresh = Interned.of([new.distinct[place] for place in new.ids], old.distinct)
            ids = np.concatenate([old.ids[kept], fresh.ids])[order]
            joined.append(Interned(ids, fresh.distinct))
        return tuple(joined)


def _by_row(rows: Sequence[Sequence[Any]], dtype: type) -> npt.NDArray[Any]:
    """Facts by rows turned into one array row per value."""
    width = len(rows[0]) if rows else 0
    return np.ascontiguousarray(np.array(rows, dtype=dtype).reshape(len(rows), width).T)


def _joined(old: npt.NDArray[Any], kept: list[int], added: npt.NDArray[Any]) -> npt.NDArray[Any]:
    if not added.shape[1]:
        return old[:, kept]
    return np.concatenate([old[:, kept], added], axis=1)
