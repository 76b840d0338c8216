"""One side of a market as arrays, sorted by id; changing one fact computes one column."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from scoring.coding import Feature, PairFeature

Codes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Layout:
    """How one fact becomes a column: codes, whole numbers, interned objects and floats.

    The last objects are the operands of `pairs`, whose levels are tabled for every key.
    """

    features: tuple[Feature, ...]
    numbers: Callable[[Any], Sequence[int]]
    objects: Callable[[Any], Sequence[Hashable]]
    floats: Callable[[Any], Sequence[float]]
    pairs: tuple[PairFeature, ...] = ()


@dataclass(frozen=True)
class Interned:
    """Objects by number: `ids[i]` is the place of fact i's object in `distinct`."""

    ids: npt.NDArray[np.int32]
    distinct: tuple[Any, ...]

    @classmethod
    def of(cls, objects: Sequence[Hashable], known: tuple[Hashable, ...] = ()) -> Self:
        """Number the objects, keeping the numbers already given."""
        numbers: dict[Hashable, int] = {each: place for place, each in enumerate(known)}
        ids = [numbers.setdefault(each, len(numbers)) for each in objects]
        return cls(np.array(ids, dtype=np.int32), tuple(numbers))

    @cached_property
    def incidence(self) -> Incidence:
        """The distinct objects as scopes over their entries."""
        return Incidence.of(self.distinct)


@dataclass(frozen=True)
class Incidence:
    """Which entries each distinct scope includes and excludes, as rows of zeros and ones."""

    entries: tuple[str, ...]
    include: Codes
    exclude: Codes

    @classmethod
    def of(cls, scopes: Sequence[Any]) -> Self:
        """Table the scopes over every entry that any of them names."""
        entries = tuple(sorted({e for scope in scopes for side in scope for e in side}))
        include, exclude = (
            np.array([[e in scope[side] for e in entries] for scope in scopes], dtype=np.uint8)
            for side in (0, 1)
        )
        shape = (len(scopes), len(entries))
        return cls(entries, include.reshape(shape), exclude.reshape(shape))

    def outside(self, matched: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """For each scope, whether an operand matching these entries lies outside it."""
        open_to_all = self.include.any(axis=1) == 0
        included = self.include[:, matched].any(axis=1) | open_to_all
        excluded = self.exclude[:, matched].any(axis=1)
        return np.asarray(~included | excluded, dtype=np.bool_)


@dataclass(frozen=True)
class Columns:
    """The facts of one side, sorted by id, and their arrays (one column per fact)."""

    layout: Layout
    facts: tuple[Any, ...]
    codes: Codes
    numbers: npt.NDArray[np.int64]
    objects: tuple[Interned, ...]
    floats: npt.NDArray[np.float64]
    levels: tuple[Codes, ...]
    """Per pair feature the level of every key (rows) with every distinct operand."""

    @classmethod
    def build(cls, layout: Layout, facts: Iterable[Any]) -> Self:
        """Compute every column; a repeated id is refused."""
        ordered = tuple(sorted(facts, key=lambda fact: fact.id))
        if len({fact.id for fact in ordered}) < len(ordered):
            raise ValueError("two facts of the index share one id")
        codes = [[feature.code_of(fact) for fact in ordered] for feature in layout.features]
        numbers = [layout.numbers(fact) for fact in ordered]
        rows = list(zip(*(layout.objects(fact) for fact in ordered), strict=True))
        objects = tuple(Interned.of(row) for row in rows)
        floats = [layout.floats(fact) for fact in ordered]
        n = len(ordered)
        return cls(
            layout,
            ordered,
            np.array(codes, dtype=np.uint8).reshape(len(layout.features), n),
            _by_row(numbers, np.int64),
            objects,
            _by_row(floats, np.float64),
            tuple(
                _levels(pair, column.distinct)
                for pair, column in zip(layout.pairs, _operands(layout, objects), strict=False)
            ),
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
        objects = self._joined_objects(kept, added, order)
        return type(self)(
            self.layout,
            tuple(facts[place] for place in order),
            _joined(self.codes, kept, added.codes)[:, order],
            _joined(self.numbers, kept, added.numbers)[:, order],
            objects,
            _joined(self.floats, kept, added.floats)[:, order],
            self._joined_levels(objects),
        )

    def _joined_levels(self, objects: tuple[Interned, ...]) -> tuple[Codes, ...]:
        """The level tables, computed only for operands that are new."""
        pairs, columns = self.layout.pairs, _operands(self.layout, objects)
        return tuple(
            np.concatenate([old, _levels(pair, column.distinct[old.shape[1] :])], axis=1)
            for pair, column, old in zip(pairs, columns, self.levels, strict=True)
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


def _operands(layout: Layout, objects: tuple[Interned, ...]) -> tuple[Interned, ...]:
    return objects[len(objects) - len(layout.pairs) :]


def _levels(pair: PairFeature, operands: Sequence[Any]) -> Codes:
    """The level of every key with every operand."""
    table = [[pair.level(key, operand) for operand in operands] for key in range(pair.n_keys)]
    return np.array(table, dtype=np.uint8).reshape(pair.n_keys, len(operands))


def _by_row(rows: Sequence[Sequence[Any]], dtype: type) -> npt.NDArray[Any]:
    """Facts by rows turned into one array row per value."""
    width = len(rows[0]) if rows else 0
    return np.ascontiguousarray(np.array(rows, dtype=dtype).reshape(len(rows), width).T)


def _joined(old: npt.NDArray[Any], kept: list[int], added: npt.NDArray[Any]) -> npt.NDArray[Any]:
    if not added.shape[1]:
        return old[:, kept]
    return np.concatenate([old[:, kept], added], axis=1)
