"""Small codes: how a fact becomes an integer the tables can be asked with.

Every feature is stored so that up is better. Code 0 means missing and is the least favourable;
codes 1..n are bins between fixed, published edges, so that an explanation can name them and a
refit cannot move them. A pair feature is a level found from a small key of the need and the
operand of the listing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from scoring.texts import Bilingual

MAX_CODES = 254


class Side(StrEnum):
    """Which facts a feature is computed from; a scenario stands on the need's side."""

    NEED = "need"
    LISTING = "listing"
    PAIR = "pair"


class Better(StrEnum):
    """Which raw values are better; `NEITHER` leaves the model free."""

    MORE = "more"
    LESS = "less"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A feature of one side: a raw value cut at `edges`; `reference` is a raw value or None."""

    name: str
    side: Side
    name_zh: str
    name_en: str
    unit: Bilingual
    better: Better
    source: str
    edges: tuple[float, ...]
    value: Callable[[Any], float | None]
    reference: float | None

    @property
    def n_codes(self) -> int:
        """How many codes there are, the missing code included."""
        return len(self.edges) + 2

    def code(self, value: float | None) -> int:
        """The code of a raw value; up is better, 0 is missing."""
        if value is None or value != value:
            return 0
        bin_number = bisect_right(self.edges, value)
        if self.better is Better.LESS:
            return len(self.edges) + 1 - bin_number
        return bin_number + 1

    def code_of(self, fact: Any) -> int:
        """The code of a need or a listing."""
        return self.code(self.value(fact))

    @property
    def reference_code(self) -> int:
        """The code contributions are measured against."""
        return self.code(self.reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairFeature:
    """A feature of both sides: `level(key, operand)` is its code, 1..len(levels), 0 missing.

    `key` maps a need to 0..n_keys-1, `operand` a listing to something hashable; `levels` names the
    codes from 1 upwards, worst first.
    """

    name: str
    name_zh: str
    name_en: str
    better: Better
    source: str
    n_keys: int
    key: Callable[[Any], int]
    operand: Callable[[Any], Hashable]
    level: Callable[[int, Any], int]
    levels: tuple[Bilingual, ...]
    reference_code: int
    side: Side = Side.PAIR

    @property
    def n_codes(self) -> int:
        """How many codes there are, the missing code included."""
        return len(self.levels) + 1

    def code_of(self, need: Any, listing: Any) -> int:
        """The code of one need and one listing."""
        return self.level(self.key(need), self.operand(listing))


AnyFeature = Feature | PairFeature


@dataclass(frozen=True)
class FeatureTable:
    """The columns of one market, in the order of the model's tables."""

    name: str
    features: tuple[AnyFeature, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The column names."""
        return tuple(feature.name for feature in self.features)

    @property
    def n_codes(self) -> tuple[int, ...]:
        """Codes per column."""
        return tuple(feature.n_codes for feature in self.features)

    @property
    def monotone(self) -> tuple[int, ...]:
        """1 where a higher code must never lower the score, else 0."""
        return tuple(int(feature.better is not Better.NEITHER) for feature in self.features)

    @property
    def reference(self) -> tuple[int, ...]:
        """The codes contributions are measured against."""
        return tuple(feature.reference_code for feature in self.features)

    def codes(self, need: Any, listing: Any) -> tuple[int, ...]:
        """All codes of one pair, one by one: the plain path that the index must agree with."""
        found = []
        for feature in self.features:
            if isinstance(feature, PairFeature):
                found.append(feature.code_of(need, listing))
            else:
                found.append(feature.code_of(need if feature.side is Side.NEED else listing))
        return tuple(found)
