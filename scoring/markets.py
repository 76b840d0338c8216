"""The two markets: which features, which criteria, and how one side meets the other's columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
import numpy.typing as npt

from scoring.coding import Feature, FeatureTable, PairFeature, Side
from scoring.columns import Columns, Interned, Layout
from scoring.criteria import FINANCE_CRITERIA, TECHNOLOGY_CRITERIA
from scoring.eligibility import AnyCriterion, NumberCriterion, SetCriterion, Verdict, judge
from scoring.features import FINANCE
from scoring.technology_features import TECHNOLOGY

Ints = npt.NDArray[np.int64]
ColumnCodes = list[Any]
"""One entry per feature: an int for the one side, an array for the many."""


@dataclass(frozen=True)
class Market:
    """Features and criteria of one market, and their layouts as columns."""

    table: FeatureTable
    criteria: tuple[AnyCriterion, ...]

    @cached_property
    def pairs(self) -> tuple[PairFeature, ...]:
        """The pair features in table order."""
        return tuple(f for f in self.table.features if isinstance(f, PairFeature))

    def one_sided(self, side: Side) -> tuple[Feature, ...]:
        """The features of one side in table order."""
        return tuple(f for f in self.table.features if isinstance(f, Feature) and f.side is side)

    @cached_property
    def number_criteria(self) -> tuple[NumberCriterion, ...]:
        """The criteria on whole numbers."""
        return tuple(c for c in self.criteria if isinstance(c, NumberCriterion))

    @cached_property
    def set_criteria(self) -> tuple[SetCriterion, ...]:
        """The criteria on hashable operands."""
        return tuple(c for c in self.criteria if isinstance(c, SetCriterion))

    def need_layout(self, floats: Callable[[Any], tuple[float, ...]]) -> Layout:
        """Columns of needs: criteria operands, then pair keys; `floats` carries priority."""
        return Layout(
            self.one_sided(Side.NEED),
            lambda need: [
                *(c.need(need) for c in self.number_criteria),
                *(pair.key(need) for pair in self.pairs),
            ],
            lambda need: [c.need(need) for c in self.set_criteria],
            floats,
        )

    @cached_property
    def listing_layout(self) -> Layout:
        """Columns of listings: criteria operands, then pair operands."""
        return Layout(
            self.one_sided(Side.LISTING),
            lambda listing: [
                operand for c in self.number_criteria for operand in c.listing(listing)
            ],
            lambda listing: [
                *(c.listing(listing) for c in self.set_criteria),
                *(pair.operand(listing) for pair in self.pairs),
            ],
            lambda _: (),
        )

    def judge(self, need: Any, listing: Any) -> Verdict:
        """Judge one pair, with reasons."""
        return judge(self.criteria, need, listing)

    def listing_gaps(self, need: Any, listings: Columns) -> Ints:
        """Sums of gaps of one need over all listings."""
        total = np.zeros(len(listings), dtype=np.int64)
        if not listings.facts:
            return total
        row = 0
        for criterion in self.number_criteria:
            width = len(criterion.listing(listings.facts[0]))
            total += criterion.gap(criterion.need(need), *listings.numbers[row : row + width])
            row += width
        for each, column in zip(self.set_criteria, listings.objects, strict=False):
            operand = each.need(need)
            total += _spread(column, partial(each.gap, operand))
        return total

    def need_gaps(self, listing: Any, needs: Columns) -> Ints:
        """Sums of gaps of one listing over all needs."""
        total = np.zeros(len(needs), dtype=np.int64)
        if not needs.facts:
            return total
        for criterion, value in zip(self.number_criteria, needs.numbers, strict=False):
            total += criterion.gap(value, *criterion.listing(listing))
        for each, column in zip(self.set_criteria, needs.objects, strict=True):
            operand = each.listing(listing)
            total += _spread(column, partial(_swapped, each.gap, operand))
        return total

    def listing_codes(self, need: Any, listings: Columns) -> ColumnCodes:
        """Codes of one need against all listings, in table order."""
        if not listings.facts:
            return list(self.table.reference)
        rows = iter(listings.codes)
        operands = iter(listings.objects[len(self.set_criteria) :])
        found: ColumnCodes = []
        for feature in self.table.features:
            if isinstance(feature, PairFeature):
                key = feature.key(need)
                found.append(_spread(next(operands), partial(feature.level, key)))
            elif feature.side is Side.NEED:
                found.append(feature.code_of(need))
            else:
                found.append(next(rows))
        return found

    def need_codes(self, listing: Any, needs: Columns) -> ColumnCodes:
        """Codes of one listing against all needs, in table order."""
        if not needs.facts:
            return list(self.table.reference)
        rows = iter(needs.codes)
        keys = iter(needs.numbers[len(self.number_criteria) :])
        found: ColumnCodes = []
        for feature in self.table.features:
            if isinstance(feature, PairFeature):
                operand = feature.operand(listing)
                levels = [feature.level(key, operand) for key in range(feature.n_keys)]
                found.append(np.array(levels, dtype=np.int64)[next(keys)])
            elif feature.side is Side.NEED:
                found.append(next(rows))
            else:
                found.append(feature.code_of(listing))
        return found


def _swapped(gap: Callable[[Any, Any], int], listing: Any, need: Any) -> int:
    return gap(need, listing)


def _spread(column: Interned, judge_one: Callable[[Any], int]) -> Ints:
    """Ask once per distinct object and spread the answers over the column."""
    answers = np.array([judge_one(each) for each in column.distinct], dtype=np.int64)
    return answers[column.ids]


FINANCE_MARKET = Market(FINANCE, FINANCE_CRITERIA)
TECHNOLOGY_MARKET = Market(TECHNOLOGY, TECHNOLOGY_CRITERIA)
