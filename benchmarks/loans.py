"""Our ranker on real loans: who pays back, and which bank lends where.

    python -m benchmarks.loans [--data FOLDER]

Public small-business loans of the United States, approvals 1997-2004 (never committed; the folder
is TANQIAO_REAL_DATA). The first 65 % by date teach; of the last 25 % a third, drawn at random,
recalibrates as a market's randomised slice would, and the rest is judged. The 10 % between
recalibrate a second time, to show what the change of times costs. Only what was known at approval
is used, so an AUC near 0.6 to 0.7 is the honest value; the loans were all granted, so nothing is
said of those refused. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

from benchmarks.loan_banks import bank_ranking
from benchmarks.real_loans import FLAGS, NUMBERS, WORDS, Loans, read
from scoring.evaluation import brier, calibration_error, reliability
from scoring.ranker import AdditiveRanker

Floats = npt.NDArray[np.float64]
TAUGHT, EARLIER, SLICE = 0.65, 0.1, 1 / 3
_PRIOR_LOANS = 50.0
_FOLDS = 5
# Paying back is never less likely with these up (1) or down (-1), all else equal; 0 where the
# direction is not a matter of principle.
SIGNS = {
    "employees": 1, "amount": 0, "guaranteed_share": 0, "jobs_created": 0, "jobs_retained": 0,
    "new_firm": -1, "franchise": 0, "urban": 0, "revolving": 0, "short_form": 0,
    "bank_in_state": 0, "state": 1, "sector": 1, "bank": 1,
}  # fmt: skip
COLUMNS = (*NUMBERS, *FLAGS, *WORDS)


@dataclass(frozen=True)
class Split:
    """Loans to learn from, to recalibrate with (earlier, or of the judged time) and to judge by."""

    taught: Loans
    earlier: Loans
    slice: Loans
    judged: Loans


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; 2 where the data is absent."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.loans")
    parser.add_argument("--data", type=Path, default=default_folder())
    options = parser.parse_args(arguments)
    try:
        loans = read(options.data)
    except (OSError, KeyError, ValueError) as error:
        print(f"benchmarks.loans: {error}", file=sys.stderr)
        return 2
    with threadpool_limits(1):
        print(json.dumps(measure(split_of(loans))))
    return 0


def default_folder() -> Path:
    """Where the real data lies."""
    return Path(os.environ.get("TANQIAO_REAL_DATA", "../shared/data"))


def split_of(loans: Loans) -> Split:
    """Cut by time; the last part by lot."""
    first, second = (int(len(loans) * share) for share in (TAUGHT, TAUGHT + EARLIER))
    late = np.arange(second, len(loans))
    drawn = np.random.default_rng(0).random(len(late)) < SLICE
    rows = (np.arange(first), np.arange(first, second), late[drawn], late[~drawn])
    return Split(*(loans.part(each) for each in rows))


def measure(split: Split) -> dict[str, Any]:
    """Chances of paying back by each model, and the ranking of banks."""
    rows = rows_of(split)
    found = {name: judged(fit, split, rows) for name, fit in MODELS.items()}
    ours, theirs = found["additive_monotone"], found["logistic_regression"]
    return {
        "benchmark": "loans",
        "data": "public loans of the United States, granted ones only",
        "parts": {
            name: {"loans": len(part), "paid": round(float(part.paid.mean()), 4)}
            for name, part in vars(split).items()
        },
        "models": found,
        "brier_ratio": round(ours["brier_recalibrated"] / theirs["brier_recalibrated"], 4),
        "brier_ratio_before": round(ours["brier"] / theirs["brier"], 4),
        "bank_ranking": bank_ranking(split.taught, split.judged),
    }


def rows_of(split: Split) -> dict[str, Floats]:
    """One row a loan; words become the share paid back so far, never from the loan itself."""
    paid = split.taught.paid
    found = {}
    for part_name, part in vars(split).items():
        columns = [part.numbers[name] for name in (*NUMBERS, *FLAGS)]
        for name in WORDS:
            words = split.taught.words[name]
            itself = part is split.taught
            columns.append(
                _out_of_fold(words, paid) if itself else _shares(words, paid, part.words[name])
            )
        found[part_name] = np.column_stack(columns)
    return found


def _out_of_fold(words: Any, paid: Floats) -> Floats:
    fold = np.arange(len(words)) % _FOLDS
    found = np.empty(len(words))
    for each in range(_FOLDS):
        inside = fold == each
        found[inside] = _shares(words[~inside], paid[~inside], words[inside])
    return found


def _shares(words: Any, paid: Floats, asked: Any) -> Floats:
    """The share paid back per word, drawn to the mean while loans are few; NaN if unheard of."""
    known, places = np.unique(words, return_inverse=True)
    count, yes = np.bincount(places), np.bincount(places, weights=paid)
    share = (yes + _PRIOR_LOANS * paid.mean()) / (count + _PRIOR_LOANS)
    share[known == ""] = np.nan
    places = np.searchsorted(known, asked).clip(max=len(known) - 1)
    return np.where(known[places] == asked, share[places], np.nan)


def _additive(signs: tuple[int, ...]) -> Callable[[Floats, Floats], Any]:
    def fit(rows: Floats, paid: Floats) -> Any:
        model = AdditiveRanker(
            monotonic_cst=signs, max_bins=64, max_iter=150, learning_rate=0.06,
            max_leaf_nodes=8, min_samples_leaf=60, label_range=(0.0, 1.0), random_state=0,
        )  # fmt: skip
        return model.fit(rows, paid)

    return fit


class _Logistic:
    """Logistic regression on the same columns: amounts as logarithms, gaps as their own flags."""

    def __init__(self, rows: Floats, paid: Floats) -> None:
        self.middle = np.nanmedian(rows, axis=0)
        self.model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000))
        self.model.fit(self._filled(rows), paid)

    def predict_proba(self, rows: Floats) -> Floats:
        """Chances of both outcomes."""
        return np.asarray(self.model.predict_proba(self._filled(rows)), dtype=np.float64)

    def _filled(self, rows: Floats) -> Floats:
        full = np.where(np.isnan(rows), self.middle, rows)
        full[:, : len(NUMBERS)] = np.log1p(full[:, : len(NUMBERS)])
        return np.column_stack([full, np.isnan(rows)])


MODELS: dict[str, Callable[[Floats, Floats], Any]] = {
    "additive_monotone": _additive(tuple(SIGNS[name] for name in COLUMNS)),
    "additive_free": _additive((0,) * len(COLUMNS)),
    "logistic_regression": _Logistic,
}


def judged(
    fit: Callable[[Floats, Floats], Any], split: Split, rows: dict[str, Floats]
) -> dict[str, Any]:
    """AUC, Brier score and calibration error on the last loans, before and after recalibration."""
    model = fit(rows["taught"], split.taught.paid)
    chances = {name: model.predict_proba(part)[:, 1] for name, part in rows.items()}
    paid, chance = split.judged.paid, chances["judged"]
    earlier, after = (
        _recalibrated(chances[name], part.paid, chance)
        for name, part in (("earlier", split.earlier), ("slice", split.slice))
    )
    return {
        "auc": round(float(roc_auc_score(paid, chance)), 4),
        "brier": round(brier(chance, paid), 5),
        "brier_recalibrated": round(brier(after, paid), 5),
        "calibration_error": round(calibration_error(chance, paid), 4),
        "calibration_error_recalibrated_earlier": round(calibration_error(earlier, paid), 4),
        "calibration_error_recalibrated": round(calibration_error(after, paid), 4),
        "reliability": [
            [each.count, round(each.mean_chance, 4), round(each.mean_outcome, 4)]
            for each in reliability(after, paid)
        ],
    }


def _recalibrated(chance: Floats, paid: Floats, asked: Floats) -> Floats:
    model = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip")
    return np.asarray(model.fit(chance, paid).predict(asked), dtype=np.float64)


if __name__ == "__main__":
    raise SystemExit(main())
