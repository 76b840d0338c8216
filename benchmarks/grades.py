"""Our grade beside an outside level: `python -m benchmarks.grades`.

Prints one JSON object of two rank correlations (Spearman) with the Management Quality level 0-4*
of the Transition Pathway Initiative (TPI, 2022, 491 large emitters of the world):

1. `same_answers`: the gates of tq-1 applied to TPI's own yes/no answers. A "no" takes the mapped
   datapoints out of a full sample disclosure; what TPI does not ask counts as answered. Both sides
   read the same answers, so this compares two rules, not two sets of data. Baseline: the number of
   "yes" among the mapped questions.
2. `own_figures`: firms of Taiwan that both TPI and the sheet of big emitters hold (matched by
   ISIN), TPI's level against the climate datapoints the sheet answers for 2022.
Folders company_disclosure_tpi and company_disclosure_tw under TANQIAO_REAL_DATA (../shared/data).
"""

import csv
import json
import math
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from scipy import stats

from disclosure.calculated import with_calculated
from disclosure.checks import Context, check
from disclosure.facts import Disclosure
from disclosure.grade import METHOD, grade
from market.work.imports import tw_columns as tw
from market.work.imports.sheets import rows
from market.work.imports.tw_answers import Sheet, answers_of

TODAY, YEAR = date(2026, 6, 1), 2022
_SAMPLE = Path(__file__).parent.parent / "tests" / "disclosure" / "data" / "sample-2025.json"
_LEVELS = {"0": 0, "1": 1, "2": 2, "3": 3, "4": 4, "4STAR": 5}
# TPI's question -> the datapoints that answer it; questions without one of ours are left out.
_ASKED = {
    "Q2L1": ("RSK-03",),
    "Q3L1": ("GOV-05",),
    "Q4L2": ("TGT-01", "TGT-02", "TGT-03"),
    "Q5L2": ("EMS-01", "EMS-05"),
    "Q6L3": ("GOV-01",),
    "Q7L3": ("TGT-01", "TGT-02"),
    "Q8L3": ("EMS-08", "EMS-09"),
    "Q9L3": ("VER-01", "VER-02"),
    "Q11L3": ("RSK-01",),
    "Q14L4": ("TGT-03",),
    "Q15L4": ("GOV-03",),
    "Q16L4": ("STR-02",),
    "Q17L4": ("STR-01",),
    "Q18L4": ("STR-03",),
}
_LIMIT_MB = 20


def main() -> int:
    """Compare and print."""
    where = Path(os.environ.get("TANQIAO_REAL_DATA", "../shared/data"))
    if not (where / "company_disclosure_tpi").is_dir():
        print(f"no real data at {where}: set TANQIAO_REAL_DATA", file=sys.stderr)
        return 2
    firms = [each for each in _tpi(where) if each["Level"] in _LEVELS]
    told = {"benchmark": "grades", "method": METHOD, "outside": "TPI Management Quality, 2022"}
    print(json.dumps({**told, "same_answers": _same_answers(firms),
                      "own_figures": _own_figures(firms, where)}))  # fmt: skip
    return 0


def _tpi(where: Path) -> list[dict[str, str]]:
    file = where / "company_disclosure_tpi" / "tpi_latest_assessments_2022.csv"
    with file.open(encoding="utf-8-sig", newline="") as text:
        return [
            {key.partition("|")[0]: each for key, each in row.items() if key}
            for row in csv.DictReader(text)
        ]


def _same_answers(firms: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    outside = [_LEVELS[each["Level"]] for each in firms]
    graded = [_graded(frozenset(q for q in _ASKED if each[q] == "No")) for each in firms]
    yes = [sum(each[question] == "Yes" for question in _ASKED) for each in firms]
    ours = _correlation([1000 * level + points for level, points in graded], outside)
    baseline = _correlation(yes, outside)
    crossed = Counter(zip((each["Level"] for each in firms), (g for g, _ in graded), strict=True))
    return {
        "compared": "tq-1 grade, then points, against TPI's level of the same answers",
        "questions_mapped": len(_ASKED),
        **ours,
        "grade_only": _correlation([level for level, _ in graded], outside)["rho"],
        "baseline": "number of yes answers",
        "baseline_rho": baseline["rho"],
        "ratio": round(ours["rho"] / baseline["rho"], 3),
        "firms_by_level_and_grade": {f"{a}:{b}": n for (a, b), n in sorted(crossed.items())},
    }


@cache
def _graded(denied: frozenset[str]) -> tuple[int, int]:
    """Grade and points of the sample disclosure without what these questions deny."""
    gone = {datapoint for question in denied for datapoint in _ASKED[question]}
    full = _full()
    left = {key: each for key, each in full.answers.items() if key not in gone}
    facts = with_calculated(replace(full, answers=left))
    found = grade(facts, check(facts, context=Context(today=TODAY)))
    return found.level, found.points


@cache
def _full() -> Disclosure:
    """The sample disclosure, reasonably assured: TPI does not ask for the level of assurance."""
    raw = json.loads(_SAMPLE.read_text("utf-8"))
    for row in raw["answers"]["VER-01"]["rows"]:
        row["level"] = "reasonable"
    facts = Disclosure.from_dict(raw)
    typed = {k: each for k, each in facts.answers.items() if not facts.catalogue[k].calculated}
    return replace(facts, answers=typed)


def _own_figures(firms: Sequence[Mapping[str, str]], where: Path) -> dict[str, Any]:
    """Few firms, and a sheet that asks little: said plainly, not sold."""
    sheet = where / "company_disclosure_tw" / "tw_company_disclosure.csv"
    answered = {}
    for row in rows(sheet, limit_mb=_LIMIT_MB):
        cells = Sheet(row.cells)
        answered[cells.text(tw.CODE)] = len(answers_of(cells, YEAR))
    pairs = [
        (answered[code], _LEVELS[each["Level"]])
        for each in firms
        for code in {isin[5:9] for isin in each["ISINs"].split(";") if isin[:5] == "TW000"}
        if code in answered
    ]
    ours, outside = [a for a, _ in pairs], [b for _, b in pairs]
    return {
        "compared": f"climate datapoints the sheet answers for {YEAR} against TPI's level",
        **_correlation(ours, outside),
        "weakness": "too few firms to conclude; the sheet states too little for a grade above 0",
    }


def _correlation(ours: Sequence[float], outside: Sequence[float]) -> dict[str, Any]:
    """Spearman's rho with p and a 95 % interval (Fisher's z, variance 1.06 / (n - 3))."""
    n = len(ours)
    if n < 5 or len(set(ours)) == 1 or len(set(outside)) == 1:
        return {"n": n, "rho": None, "ci95": None, "p": None}
    found = stats.spearmanr(ours, outside)
    rho = float(found.statistic)
    half = 1.96 * math.sqrt(1.06 / (n - 3))
    z = math.atanh(max(min(rho, 0.999999), -0.999999))
    return {
        "n": n,
        "rho": round(rho, 3),
        "ci95": [round(math.tanh(z - half), 3), round(math.tanh(z + half), 3)],
        "p": float(f"{found.pvalue:.2g}"),
    }


if __name__ == "__main__":
    sys.exit(main())
