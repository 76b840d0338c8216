"""Champion and challenger: what each order would have earned on the sessions shown by lot.

On the randomised slice a listing's position says nothing of its worth, so a choice made at one
position tells what it would have earned at another: the ratio of how much both are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scoring.evaluation import PolicyValue, policy_value
from scoring.feedback import Impressions, examination
from scoring.tables import Head

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
FEWEST_SESSIONS = 30
SURE = 2.0
"""Standard errors by which the gain of a challenger must exceed zero to be called better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Choices per row under both orders, and the challenger's gain in choices per session."""

    sessions: int
    champion: PolicyValue
    challenger: PolicyValue
    gain: float
    standard_error: float

    @property
    def better(self) -> bool:
        """Whether the challenger is better beyond chance."""
        return self.gain > SURE * self.standard_error

    @property
    def worse(self) -> bool:
        """Whether it is worse beyond chance."""
        return self.gain < -SURE * self.standard_error


def compare(log: Impressions, *, champion: Head, challenger: Head) -> Comparison:
    """Compare two heads on the randomised slice; ValueError names what the log lacks.

    Both are judged with the champion's chances as the reward model, so neither judges itself alone.
    """
    looked_at = examination(log)
    shown = log.rows(log.randomised)
    sessions, row_session = np.unique(shown.session, return_inverse=True)
    if len(sessions) < FEWEST_SESSIONS:
        raise ValueError(
            f"a comparison needs {FEWEST_SESSIONS} randomised sessions, not {len(sessions)}"
        )
    chance = champion.chance(champion.log_odds(shown.codes.T))
    logged = looked_at[shown.position - 1]
    reward = shown.chosen.astype(np.float64)
    values, by_session = [], []
    for head in (champion, challenger):
        target = looked_at[positions(head, shown, row_session) - 1]
        values.append(
            policy_value(
                reward,
                logged,
                target=target,
                expected=logged * chance,
                expected_under_target=target * chance,
            )
        )
        terms = target * chance + target / logged * (reward - logged * chance)
        by_session.append(np.bincount(row_session, weights=terms))
    difference = by_session[1] - by_session[0]
    return Comparison(
        sessions=len(sessions),
        champion=values[0],
        challenger=values[1],
        gain=float(difference.mean()),
        standard_error=float(difference.std(ddof=1) / np.sqrt(len(difference))),
    )


def positions(head: Head, shown: Impressions, row_session: npt.NDArray[np.intp]) -> Ints:
    """The positions, from 1, a head would have given to the rows of each session."""
    score = np.asarray(head.log_odds(shown.codes.T), dtype=np.float64)
    order = np.lexsort((np.arange(len(score)), -score, row_session))
    sizes = np.bincount(row_session)
    starts = np.repeat(np.cumsum(sizes) - sizes, sizes)
    found = np.empty(len(score), dtype=np.int64)
    found[order] = np.arange(len(score)) - starts + 1
    return found
