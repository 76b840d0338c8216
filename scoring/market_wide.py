"""Exact top-k of a whole market at once: digests, event scores, benchmarks.

Everything about a need that matters to a listing is a few small keys, so needs share rows: one row
over all listings per distinct key, criteria as minus infinity. A need's scores are a handful of row
adds in float32; a lower bound from lane maxima leaves a few candidates, which are scored again in
float64. Fused tables lie on a binary grid, so those sums are exact in any order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from scoring.coding import PairFeature, Side
from scoring.columns import Columns
from scoring.eligibility import NumberCriterion
from scoring.market_index import MarketIndex
from scoring.markets import FINANCE_MARKET, Market, matched
from scoring.tables import FusedTables

Floats = npt.NDArray[np.float64]

_LANES = 256
_BLOCK_ROWS = 512
_CHUNK = 512


@dataclass(frozen=True)
class Atom:
    """One term of the score: a small code per need, and a row over listings per code."""

    codes: npt.NDArray[np.intp]
    rows: Floats


@dataclass(frozen=True)
class WideTop:
    """Per need, the places of its best eligible listings and their scores, then -1."""

    places: npt.NDArray[np.int32]
    scores: Floats


def top_products(index: MarketIndex, count: int) -> WideTop:
    """The best eligible products of every need of the snapshot, exactly, ties by id."""
    needs, listings = index.need_columns, index.product_columns
    if not len(needs) or not len(listings):
        empty = (len(needs), 0)
        return WideTop(np.zeros(empty, np.int32), np.zeros(empty))
    blocks = Blocks.build(FINANCE_MARKET, index.model.finance, needs, listings)
    return blocks.top(count)


@dataclass(frozen=True)
class Blocks:
    """The rows of a market: float32 for the sweep, float64 for the exact second look."""

    codes: npt.NDArray[np.intp]
    rows: tuple[Floats, ...]
    quick: tuple[npt.NDArray[np.float32], ...]
    constant: Floats
    margin: float

    @classmethod
    def build(
        cls, market: Market, tables: FusedTables, needs: Columns, listings: Columns
    ) -> Blocks:
        """Rows for the keys these needs have."""
        constant, base = _one_sided(tables, needs, listings)
        atoms = [*_criteria(market, needs, listings), *_features(market, tables, needs, listings)]
        merged = _merged(atoms, base)
        rows = tuple(atom.rows for atom in merged)
        padded = -(-rows[0].shape[1] // _LANES) * _LANES
        quick = tuple(_padded(each, padded) for each in rows)
        size = sum(float(np.abs(each[np.isfinite(each)]).max(initial=0.0)) for each in rows)
        margin = 2.0 * (len(rows) + 1) * size * 2.0**-24
        return cls(np.stack([atom.codes for atom in merged]), rows, quick, constant, margin)

    def part(self, needs: slice) -> Blocks:
        """The same rows for some of the needs."""
        return replace(self, codes=self.codes[:, needs], constant=self.constant[needs])

    def top(self, count: int) -> WideTop:
        """The best `count` of every need."""
        n_needs, n_listings = len(self.constant), self.rows[0].shape[1]
        count = min(count, n_listings)
        places = np.full((n_needs, count), -1, dtype=np.int32)
        scores = np.full((n_needs, count), -np.inf)
        order = np.lexsort(self.codes[::-1])
        for start in range(0, n_needs, _CHUNK):
            chunk = order[start : start + _CHUNK]
            self._settle(chunk, self._candidates(chunk, count), places, scores)
        return WideTop(places, scores)

    def _candidates(self, chunk: npt.NDArray[np.intp], count: int) -> list[npt.NDArray[np.intp]]:
        """For each need, every listing that may be among its best `count`."""
        total = np.empty(self.quick[0].shape[1], dtype=np.float32)
        lanes = np.empty(_LANES, dtype=np.float32)
        grid = total.reshape(-1, _LANES)
        border = _LANES - min(count, _LANES)
        found = []
        for codes in self.codes[:, chunk].T.tolist():
            self._sum(codes, total)
            if count > _LANES:
                bound = -np.inf
            else:
                np.maximum.reduce(grid, axis=0, out=lanes)
                bound = np.partition(lanes, border)[border] - self.margin
            if bound == -np.inf:
                found.append((total > -np.inf).nonzero()[0])
            else:
                found.append((total >= bound).nonzero()[0])
        return found

    def _sum(self, codes: list[int], out: npt.NDArray[np.float32]) -> None:
        quick = self.quick
        if len(quick) == 1:
            out[:] = quick[0][codes[0]]
            return
        np.add(quick[0][codes[0]], quick[1][codes[1]], out=out)
        for rows, code in zip(quick[2:], codes[2:], strict=True):
            np.add(out, rows[code], out=out)

    def _settle(
        self,
        chunk: npt.NDArray[np.intp],
        candidates: list[npt.NDArray[np.intp]],
        places: npt.NDArray[np.int32],
        scores: Floats,
    ) -> None:
        """Score the candidates exactly and keep the best of each need."""
        sizes = np.array([len(each) for each in candidates])
        listing = np.concatenate(candidates)
        asker = np.repeat(np.arange(len(chunk)), sizes)
        exact = np.repeat(self.constant[chunk], sizes)
        for rows, codes in zip(self.rows, self.codes[:, chunk], strict=True):
            exact += rows[codes[asker], listing]
        order = np.lexsort((-exact, asker))
        asker, rank = asker[order], np.arange(len(order))
        rank -= np.repeat(np.cumsum(sizes) - sizes, sizes)
        kept = rank < places.shape[1]
        places[chunk[asker[kept]], rank[kept]] = listing[order][kept]
        scores[chunk[asker[kept]], rank[kept]] = exact[order][kept]


def _one_sided(tables: FusedTables, needs: Columns, listings: Columns) -> tuple[Floats, Floats]:
    """What a need adds to all its scores, and what a listing adds to all of its own."""
    constant = np.full(len(needs), tables.fused.base)
    base = np.zeros(len(listings))
    need_rows, listing_rows = iter(needs.codes), iter(listings.codes)
    for feature, table in zip(tables.table.features, tables.fused.tables, strict=True):
        if feature.side is Side.NEED:
            constant += table[next(need_rows)]
        elif feature.side is Side.LISTING:
            base += table[next(listing_rows)]
    return constant, base


def _criteria(market: Market, needs: Columns, listings: Columns) -> Iterator[Atom]:
    """Each criterion as an atom of zeros and minus infinities."""
    for (criterion, operands), values in zip(
        market.number_operands(listings), needs.numbers, strict=False
    ):
        yield _number_atom(criterion, values, operands)
    for scope, asked, column in zip(
        market.scope_criteria, needs.objects, listings.objects, strict=False
    ):
        entries = column.incidence.entries
        applies = np.array([matched(scope, each, entries) for each in asked.distinct])
        applies = applies.reshape(len(asked.distinct), len(entries))
        different, alias = np.unique(applies, axis=0, return_inverse=True)
        outside = np.stack([column.incidence.outside(each) for each in different])
        yield Atom(alias[asked.ids], np.where(outside, -np.inf, 0.0)[:, column.ids])


def _number_atom(
    criterion: NumberCriterion, values: npt.NDArray[np.int64], operands: npt.NDArray[np.int64]
) -> Atom:
    """Values between the same ends meet the same listings, so they share a row."""
    if criterion.met is None:
        seen, codes = np.unique(values, return_inverse=True)
        gaps = criterion.gap(seen[:, None], *operands)
        return Atom(codes, np.where(gaps == 0, 0.0, -np.inf))
    low, high = criterion.met(*operands)
    edges = np.unique(np.concatenate([low, high + 1]))
    between = np.searchsorted(edges, values, side="right")
    seen, codes = np.unique(between, return_inverse=True)
    value = np.concatenate([edges[:1] - 1, edges])[seen][:, None]
    return Atom(codes, np.where((low <= value) & (value <= high), 0.0, -np.inf))


def _features(
    market: Market, tables: FusedTables, needs: Columns, listings: Columns
) -> Iterator[Atom]:
    """Each pair feature as an atom, and each interaction on top of its two features."""
    views = list(_views(market, needs, listings))
    for feature, view, table in zip(tables.table.features, views, tables.fused.tables, strict=True):
        if isinstance(feature, PairFeature):
            yield Atom(view.codes, table[view.levels])
    for pair in tables.fused.pairs:
        first, second = views[pair.first], views[pair.second]
        keys = np.stack([first.codes, second.codes])
        (one, other), codes = np.unique(keys, axis=1, return_inverse=True)
        yield Atom(codes, pair.values[first.levels[one], second.levels[other]])


@dataclass(frozen=True)
class _View:
    """A feature as the needs see it: a key per need, and the code of every listing per key."""

    codes: npt.NDArray[np.intp]
    levels: npt.NDArray[np.uint8]


def _views(market: Market, needs: Columns, listings: Columns) -> Iterator[_View]:
    need_rows, listing_rows = iter(needs.codes), iter(listings.codes)
    keys = iter(needs.numbers[len(market.number_criteria) :])
    operands = iter(listings.objects[len(market.scope_criteria) :])
    levels = iter(listings.levels)
    for feature in market.table.features:
        if isinstance(feature, PairFeature):
            seen, codes = np.unique(next(keys), return_inverse=True)
            # Keys that see every operand alike share a row.
            different, alias = np.unique(next(levels)[seen], axis=0, return_inverse=True)
            yield _View(alias[codes], different[:, next(operands).ids])
        elif feature.side is Side.NEED:
            seen, codes = np.unique(next(need_rows), return_inverse=True)
            yield _View(codes, np.repeat(seen[:, None], len(listings), axis=1))
        else:
            yield _View(np.zeros(len(needs), dtype=np.intp), next(listing_rows)[None, :])


def _merged(atoms: list[Atom], base: Floats) -> list[Atom]:
    """Few blocks of few rows: small atoms are merged while their joint rows stay few."""
    blocks = [Atom(np.zeros_like(atoms[0].codes), base[None, :])]
    for atom in sorted(atoms, key=lambda each: len(each.rows)):
        for place, block in enumerate(blocks):
            joint = _joint(block, atom)
            if joint is not None:
                blocks[place] = joint
                break
        else:
            blocks.append(atom)
    return sorted(blocks, key=lambda block: -len(block.rows))


def _joint(one: Atom, other: Atom) -> Atom | None:
    """Both as one atom over the key pairs that occur; None when those are too many."""
    keys = one.codes * len(other.rows) + other.codes
    seen, codes = np.unique(keys, return_inverse=True)
    if len(seen) > max(_BLOCK_ROWS, len(one.rows), len(other.rows)):
        return None
    first, second = np.divmod(seen, len(other.rows))
    return Atom(codes, one.rows[first] + other.rows[second])


def _padded(rows: Floats, width: int) -> npt.NDArray[np.float32]:
    """The rows in float32, filled up with minus infinity to whole lanes."""
    quick = np.full((len(rows), width), -np.inf, dtype=np.float32)
    quick[:, : rows.shape[1]] = rows
    return quick
