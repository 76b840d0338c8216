"""What a disclosure is worth: who is eligible, who ranks first, and why.

Serving (eligibility, features, tables, index, ranking, explanations, priority) needs numpy only;
the workshop (ranker, prior, artefact and what learns from the market) needs scikit-learn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scoring.ranker import AdditiveRanker

__all__ = ["AdditiveRanker"]


def __getattr__(name: str) -> Any:
    if name == "AdditiveRanker":
        # Late, because web workers import this package and must not load scikit-learn.
        from scoring.ranker import AdditiveRanker

        return AdditiveRanker
    raise AttributeError(f"module 'scoring' has no attribute {name!r}")
