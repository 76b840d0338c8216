"""The rows a ranking hands out, and their JSON form."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from disclosure.texts import Text
from scoring.texts import say


class Eligibility(StrEnum):
    """Whether the criteria let a pair meet; `NEARLY` is one or two gaps that can be closed."""

    ELIGIBLE = "eligible"
    NEARLY = "nearly"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one feature adds to the score, in log-odds against the reference."""

    feature: str
    value: float | str | None
    points: float
    text: Text

    def to_json(self) -> dict[str, Any]:
        """The contribution as formats.md writes it."""
        return {
            "feature": self.feature,
            "value": self.value,
            "points": self.points,
            **_both(self.text),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Something the enterprise can change, verified by ranking again with it changed."""

    do: Text
    score_after: float
    rank_after: int | None
    unlocks: int

    def to_json(self) -> dict[str, Any]:
        """The move as formats.md writes it."""
        return {
            "do": _both(self.do),
            "score_after": self.score_after,
            "rank_after": self.rank_after,
            "unlocks": self.unlocks,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedRow:
    """One ranked listing or need: `score` = base + contributions, `order` = score + priority."""

    id: str
    rank: int | None
    eligibility: Eligibility
    missing: tuple[Text, ...]
    score: float
    priority: float
    order: float
    mutual: float
    contributions: tuple[Contribution, ...] = ()
    moves: tuple[Move, ...] = ()
    enterprise: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The row as formats.md writes it, `enterprise` only when needs are ranked."""
        row: dict[str, Any] = {
            "id": self.id,
            "rank": self.rank,
            "eligibility": self.eligibility.value,
            "missing": [{"code": text.code, **_both(text)} for text in self.missing],
            "score": self.score,
            "priority": self.priority,
            "order": self.order,
            "mutual": self.mutual,
            "contributions": [part.to_json() for part in self.contributions],
            "moves": [move.to_json() for move in self.moves],
        }
        if self.enterprise is not None:
            row["enterprise"] = self.enterprise
        return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """A whole answer; `by_date` lists what asked to be left out of automated ranking."""

    model: str
    direction: str
    base: float
    items: tuple[RankedRow, ...]
    by_date: tuple[str, ...] = ()

    def to_json(self, *, as_of: str) -> dict[str, Any]:
        """The answer as formats.md writes it; `as_of` is a UTC time ending in Z."""
        return {
            "model": self.model,
            "as_of": as_of,
            "direction": self.direction,
            "base": self.base,
            "items": [row.to_json() for row in self.items],
            "by_date": list(self.by_date),
        }


def _both(text: Text) -> dict[str, str]:
    return {"zh": say(text, "zh"), "en": say(text, "en")}
