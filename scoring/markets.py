"""The two markets: which features, which criteria, and how one side meets the other's columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from scoring.coding import Feature, FeatureTable, PairFeature, Side
from scoring.columns import Columns, Layout
from scoring.criteria import FINANCE_CRITERIA, TECHNOLOGY_CRITERIA
from scoring.eligibility import (
    MET,
    AnyCriterion,
    NumberCriterion,
    ScopeCriterion,
    Verdict,
    judge,
    scope_gap,
)
from scoring.features import FINANCE
from scoring.tables import Head
from scoring.technology_features import TECHNOLOGY

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Coded:
    """The codes of one feature over a side: few distinct `codes`, spread by `ids` where given."""

    codes: Any
    ids: Any = None

    def all(self) -> Any:
        """A code, or an array of one code per fact."""
        return self.codes if self.ids is None else self.codes[self.ids]

    def of(self, table: Floats) -> Any:
        """The table's values: looked up where distinct, then spread."""
        values = table[self.codes]
        return values if self.ids is None else values[self.ids]


@dataclass(frozen=True)
class Market:
    """Features and criteria of one market, and their layouts as columns."""

    table: FeatureTable
    criteria: tuple[AnyCriterion, ...]

    @cached_property
    def pairs(self) -> tuple[PairFeature, ...]:
        """The pair features in table order."""
        return tuple(f for f in self.table.features if isinstance(f, PairFeature))

    @cached_property
    def number_criteria(self) -> tuple[NumberCriterion, ...]:
        """The criteria on whole numbers."""
        return tuple(c for c in self.criteria if isinstance(c, NumberCriterion))

    @cached_property
    def scope_criteria(self) -> tuple[ScopeCriterion, ...]:
        """The criteria on named entries."""
        return tuple(c for c in self.criteria if isinstance(c, ScopeCriterion))

    def need_layout(self, floats: Callable[[Any], tuple[float, ...]]) -> Layout:
        """Columns of needs: criteria operands, then pair keys; `floats` carries priority."""
        return Layout(
            self._one_sided(Side.NEED),
            lambda need: [
                *(c.need(need) for c in self.number_criteria),
                *(pair.key(need) for pair in self.pairs),
            ],
            lambda need: [c.need(need) for c in self.scope_criteria],
            floats,
        )

    @cached_property
    def listing_layout(self) -> Layout:
        """Columns of listings: criteria operands, then pair operands."""
        return Layout(
            self._one_sided(Side.LISTING),
            lambda listing: [
                operand for c in self.number_criteria for operand in c.listing(listing)
            ],
            lambda listing: [
                *(c.listing(listing) for c in self.scope_criteria),
                *(pair.operand(listing) for pair in self.pairs),
            ],
            lambda _: (),
            self.pairs,
        )

    def judge(self, need: Any, listing: Any) -> Verdict:
        """Judge one pair, with reasons."""
        return judge(self.criteria, need, listing)

    def number_operands(self, listings: Columns) -> Iterator[tuple[NumberCriterion, Ints]]:
        """Each number criterion with its rows of listing operands."""
        row = 0
        for criterion in self.number_criteria:
            yield criterion, listings.numbers[row : row + criterion.width]
            row += criterion.width

    def listing_gaps(self, need: Any, listings: Columns) -> Ints:
        """Sums of gaps of one need over all listings."""
        total = np.zeros(len(listings), dtype=np.int64)
        if not len(listings):
            return total
        for criterion, operands in self.number_operands(listings):
            total += criterion.gap(criterion.need(need), *operands)
        for scope, column in zip(self.scope_criteria, listings.objects, strict=False):
            applies = matched(scope, scope.need(need), column.incidence.entries)
            outside = column.incidence.outside(applies)
            total += np.where(outside, scope.gap, MET)[column.ids]
        return total

    def need_gaps(self, listing: Any, needs: Columns) -> Ints:
        """Sums of gaps of one listing over all needs."""
        total = np.zeros(len(needs), dtype=np.int64)
        if not len(needs):
            return total
        for criterion, value in zip(self.number_criteria, needs.numbers, strict=False):
            total += criterion.gap(value, *criterion.listing(listing))
        for scope, column in zip(self.scope_criteria, needs.objects, strict=True):
            gaps = [scope_gap(scope, each, scope.listing(listing)) for each in column.distinct]
            total += np.array(gaps, dtype=np.int64)[column.ids]
        return total

    def own_scores(self, head: Head, listings: Columns) -> Floats:
        """The part of every score that is the listing's own, whoever asks."""
        total = np.full(len(listings), head.base)
        rows = iter(listings.codes)
        for feature, table in zip(self.table.features, head.tables, strict=True):
            if feature.side is Side.LISTING:
                total += table[next(rows)]
        return total

    def listing_scores(self, head: Head, need: Any, listings: Columns, own: Floats) -> Floats:
        """The scores of one need over all listings; `own` as `own_scores` gives it."""
        total = own.copy()
        if not len(listings):
            return total
        columns = list(self.seen_by_need(need, listings))
        for feature, column, table in zip(self.table.features, columns, head.tables, strict=True):
            if feature.side is not Side.LISTING:
                total += column.of(table)
        return _with_pairs(total, head, columns)

    def need_scores(self, head: Head, listing: Any, needs: Columns) -> Floats:
        """The scores of one listing over all needs."""
        total = np.full(len(needs), head.base)
        if not len(needs):
            return total
        columns = list(self.seen_by_listing(listing, needs))
        for column, table in zip(columns, head.tables, strict=True):
            total += column.of(table)
        return _with_pairs(total, head, columns)

    def _one_sided(self, side: Side) -> tuple[Feature, ...]:
        return tuple(f for f in self.table.features if isinstance(f, Feature) and f.side is side)

    def seen_by_need(self, need: Any, listings: Columns) -> Iterator[Coded]:
        """The codes of one need against all listings, in table order."""
        rows = iter(listings.codes)
        operands = iter(listings.objects[len(self.scope_criteria) :])
        levels = iter(listings.levels)
        for feature in self.table.features:
            if isinstance(feature, PairFeature):
                yield Coded(next(levels)[feature.key(need)], next(operands).ids)
            elif feature.side is Side.NEED:
                yield Coded(feature.code_of(need))
            else:
                yield Coded(next(rows))

    def seen_by_listing(self, listing: Any, needs: Columns) -> Iterator[Coded]:
        """The codes of one listing against all needs, in table order."""
        rows = iter(needs.codes)
        keys = iter(needs.numbers[len(self.number_criteria) :])
        for feature in self.table.features:
            if isinstance(feature, PairFeature):
                operand = feature.operand(listing)
                levels = [feature.level(key, operand) for key in range(feature.n_keys)]
                yield Coded(np.array(levels, dtype=np.uint8), next(keys))
            elif feature.side is Side.NEED:
                yield Coded(next(rows))
            else:
                yield Coded(feature.code_of(listing))


def matched(scope: ScopeCriterion, operand: Any, entries: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """Which entries an operand matches."""
    return np.array([scope.matches(operand, entry) for entry in entries], dtype=bool)


def _with_pairs(total: Floats, head: Head, columns: list[Coded]) -> Floats:
    for pair in head.pairs:
        total += pair.values[columns[pair.first].all(), columns[pair.second].all()]
    return total


FINANCE_MARKET = Market(FINANCE, FINANCE_CRITERIA)
TECHNOLOGY_MARKET = Market(TECHNOLOGY, TECHNOLOGY_CRITERIA)
