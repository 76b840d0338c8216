"""Criteria as data: eligible, nearly (what is missing), or no, with reason codes.

A criterion compares one operand of the need with the operands of the listing and says how far
apart they are: `MET`, a gap the enterprise can close, or a gap it cannot. The same functions judge
one pair and whole columns. `NEARLY` is at most two gaps, all of them closable.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from scoring.rows import Eligibility
from scoring.texts import Text

MET = 0
CLOSABLE = 1
CLOSED = 100
"""What a gap that cannot be closed counts; more than any number of closable ones."""
_NEARLY_AT_MOST = 2

Scope = tuple[frozenset[str], frozenset[str]]
"""The entries a listing includes and excludes."""


Reason = Callable[[Any, Any], dict[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberCriterion:
    """Whole numbers or bit masks compared exactly; `gap` takes ints or arrays alike.

    `width` is how many operands a listing has. Where the need operands without a gap form an
    interval, `met` gives its ends, so that needs between the same ends can share work; None where
    they do not.
    """

    code: str
    need: Callable[[Any], int]
    listing: Callable[[Any], tuple[int, ...]]
    gap: Callable[..., Any]
    reason: Reason
    width: int = 1
    met: Callable[..., tuple[Any, Any]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeCriterion:
    """A listing names entries it includes (none: all) and excludes; `matches` tells which apply.

    `gap` is what being outside counts.
    """

    code: str
    need: Callable[[Any], Hashable]
    listing: Callable[[Any], Scope]
    matches: Callable[[Any, str], bool]
    gap: int
    reason: Reason


AnyCriterion = NumberCriterion | ScopeCriterion


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the criteria say about one pair, and what is missing."""

    eligibility: Eligibility
    missing: tuple[Text, ...]


def gap_of(criterion: AnyCriterion, need: Any, listing: Any) -> int:
    """The gap of one pair under one criterion."""
    if isinstance(criterion, NumberCriterion):
        return int(criterion.gap(criterion.need(need), *criterion.listing(listing)))
    return scope_gap(criterion, criterion.need(need), criterion.listing(listing))


def scope_gap(criterion: ScopeCriterion, operand: Any, scope: Scope) -> int:
    """The gap of one operand under one scope."""
    include, exclude = scope
    included = not include or any(criterion.matches(operand, entry) for entry in include)
    excluded = any(criterion.matches(operand, entry) for entry in exclude)
    return MET if included and not excluded else criterion.gap


def judge(criteria: tuple[AnyCriterion, ...], need: Any, listing: Any) -> Verdict:
    """Judge one pair, with a reason for each gap."""
    total, missing = 0, []
    for criterion in criteria:
        gap = gap_of(criterion, need, listing)
        total += gap
        if gap:
            missing.append(Text(criterion.code, criterion.reason(need, listing)))
    return Verdict(standing_of(total), tuple(missing))


def standing_of(total: int) -> Eligibility:
    """What a sum of gaps amounts to."""
    if total == MET:
        return Eligibility.ELIGIBLE
    return Eligibility.NEARLY if total <= _NEARLY_AT_MOST else Eligibility.NO


def tiers(totals: npt.NDArray[np.int64]) -> npt.NDArray[np.int8]:
    """Sums of gaps as sorting tiers: 0 eligible, 1 nearly, 2 no."""
    return np.where(totals == MET, 0, np.where(totals <= _NEARLY_AT_MOST, 1, 2)).astype(np.int8)
