"""Which bank lends to whom: our ranker against the banks' popularity by state."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.real_loans import Loans
from scoring.ranker import AdditiveRanker

Floats = npt.NDArray[np.float64]
MOST_BANKS = 100
_TAUGHT_LOANS = 6000
_AT = 10


class Habits:
    """What is known of each bank from earlier loans: where, to which sector, how much, how often.

    Each habit is the logarithm of a share that is drawn to the bank's overall share.
    """

    def __init__(self, loans: Loans) -> None:
        often = Counter(loans.words["bank"].tolist()).most_common(MOST_BANKS)
        self.banks = [bank for bank, _ in often]
        self.place = {bank: place for place, bank in enumerate(self.banks)}
        total = sum(count for _, count in often)
        self.overall = np.array([count / total for _, count in often])
        self.bands = np.quantile(loans.numbers["amount"], [0.1, 0.25, 0.5, 0.75, 0.9])
        rows = [row for row, bank in enumerate(loans.words["bank"]) if bank in self.place]
        where = np.array([self.place[loans.words["bank"][row]] for row in rows])
        self.shares = {
            name: self._shares(keys[rows], where) for name, keys in self._keys(loans).items()
        }

    def _keys(self, loans: Loans) -> dict[str, Any]:
        bands = np.searchsorted(self.bands, loans.numbers["amount"]).astype(str)
        state, sector = loans.words["state"], loans.words["sector"]
        kind = np.char.add(
            loans.numbers["revolving"].astype(str), loans.numbers["short_form"].astype(str)
        )
        new = loans.numbers["new_firm"].astype(str)
        both = np.char.add(state, kind)
        return {"state": state, "sector": sector, "amount": bands, "kind": kind, "new": new,
                "state and kind": both}  # fmt: skip

    def _shares(self, keys: Any, where: Any) -> dict[str, Floats]:
        found = {}
        for key in np.unique(keys):
            count = np.bincount(where[keys == key], minlength=len(self.banks))
            found[str(key)] = np.log((count + 5 * self.overall) / (count.sum() + 5))
        return found

    def popularity(self, loans: Loans) -> Floats:
        """Log share of every bank (columns) in the state of every loan (rows)."""
        rest = np.log(self.overall)
        return np.array([self.shares["state"].get(str(s), rest) for s in loans.words["state"]])

    def rows(self, loans: Loans) -> Floats:
        """Loans × banks × habits: how much more than usual the bank lends to such a firm."""
        rest = np.log(self.overall)
        columns = [np.broadcast_to(rest, (len(loans), len(self.banks)))]
        for name, keys in self._keys(loans).items():
            shares = self.shares[name]
            columns.append(np.array([shares.get(str(key), rest) - rest for key in keys]))
        return np.stack(columns, axis=-1)


def bank_ranking(taught: Loans, judged: Loans) -> dict[str, Any]:
    """The place of the true bank among the hundred most active, by us and by popularity.

    Habits come from the first half of the loans taught by, the ranker from the second, so that it
    learns how far habits foretell; then habits are refreshed with both.
    """
    half = len(taught) // 2
    places = np.arange(len(taught))
    early, late = Habits(taught.part(places[:half])), taught.part(places[half:])
    rows, yes = _examples(early, late)
    model = AdditiveRanker(
        monotonic_cst=(1,) * rows.shape[1], max_bins=64, max_iter=150, max_leaf_nodes=8,
        label_range=(0.0, 1.0), random_state=0,
    ).fit(rows, yes)  # fmt: skip
    habits = Habits(taught)
    asked = judged.part(_among(habits, judged))
    truth = np.array([habits.place[bank] for bank in asked.words["bank"]])
    features = habits.rows(asked)
    ours = model.decision_function(features.reshape(-1, features.shape[-1])).reshape(len(truth), -1)
    theirs = habits.popularity(asked)
    return {
        "banks": len(habits.banks),
        "loans": len(truth),
        "ours": _quality(ours, truth),
        "popularity_by_state": _quality(theirs, truth),
        "ratio_ndcg_at_10": round(
            _quality(ours, truth)["ndcg_at_10"] / _quality(theirs, truth)["ndcg_at_10"], 4
        ),
        "paired_t": _paired_t(_gains(ours, truth) - _gains(theirs, truth)),
    }


def _examples(habits: Habits, loans: Loans) -> tuple[Floats, Floats]:
    """Every bank for a draw of the loans; yes where it is the one that lent."""
    drawn = np.random.default_rng(0).permutation(_among(habits, loans))[:_TAUGHT_LOANS]
    part = loans.part(np.sort(drawn))
    features = habits.rows(part)
    yes = np.zeros(features.shape[:2])
    yes[np.arange(len(part)), [habits.place[bank] for bank in part.words["bank"]]] = 1
    return features.reshape(-1, features.shape[-1]), yes.ravel()


def _among(habits: Habits, loans: Loans) -> npt.NDArray[np.intp]:
    """The loans of the banks whose habits are known."""
    return np.flatnonzero([bank in habits.place for bank in loans.words["bank"]])


def _ranks(scores: Floats, truth: Any) -> Floats:
    """The place of the true bank, ties broken by the order of size."""
    own = scores[np.arange(len(truth)), truth][:, None]
    before = np.arange(scores.shape[1])[None, :] < truth[:, None]
    return np.asarray(1 + (scores > own).sum(axis=1) + ((scores == own) & before).sum(axis=1))


def _gains(scores: Floats, truth: Any) -> Floats:
    ranks = _ranks(scores, truth)
    return np.asarray(np.where(ranks <= _AT, 1 / np.log2(1 + ranks), 0.0))


def _quality(scores: Floats, truth: Any) -> dict[str, float]:
    ranks = _ranks(scores, truth)
    return {
        "ndcg_at_10": round(float(_gains(scores, truth).mean()), 4),
        "first": round(float((ranks == 1).mean()), 4),
        "among_three": round(float((ranks <= 3).mean()), 4),
    }


def _paired_t(difference: Floats) -> float:
    return round(float(difference.mean() / (difference.std(ddof=1) / np.sqrt(len(difference)))), 2)
