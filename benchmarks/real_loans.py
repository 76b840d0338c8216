"""Reader of the public small-business loans (approvals to 2004): what was known at approval.

`Term`, charge-off fields and balances are written after the outcome and never read. Approvals
before 1997 are left out: the file holds almost only failures of those years.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Words = npt.NDArray[np.str_]
FILE = Path("loans_sba") / "sba_loans_approved_to_2004.csv.gz"
NUMBERS = ("employees", "amount", "guaranteed_share", "jobs_created", "jobs_retained")
FLAGS = ("new_firm", "franchise", "urban", "revolving", "short_form", "bank_in_state")
WORDS = ("state", "sector", "bank")
_FIRST_YEAR = 1997
_FLAG = {"Y": 1.0, "N": 0.0}


@dataclass(frozen=True)
class Loans:
    """Loans in order of approval: columns by name, NaN or "" where unknown; `paid` is 1 or 0."""

    numbers: dict[str, Floats]
    words: dict[str, Words]
    paid: Floats

    def __len__(self) -> int:
        """How many loans."""
        return len(self.paid)

    def part(self, rows: npt.NDArray[np.intp]) -> Loans:
        """Some of the loans, by their places."""
        return Loans(
            {name: values[rows] for name, values in self.numbers.items()},
            {name: values[rows] for name, values in self.words.items()},
            self.paid[rows],
        )


def read(folder: Path) -> Loans:
    """Read every loan whose outcome is known, by approval date, then by number."""
    with gzip.open(folder / FILE, "rt", encoding="utf-8", errors="replace", newline="") as file:
        rows = sorted(_kept(csv.DictReader(file)), key=lambda row: row[0])
    lines = [line for _, line in rows]
    numbers = [_numbers(line) for line in lines]
    return Loans(
        {name: np.array([each[name] for each in numbers]) for name in (*NUMBERS, *FLAGS)},
        {name: np.array([_word(line, name) for line in lines]) for name in WORDS},
        np.array([float(line["MIS_Status"] == "P I F") for line in lines]),
    )


def _kept(lines: Iterator[dict[str, str]]) -> Iterator[tuple[tuple[datetime, str], dict[str, str]]]:
    for line in lines:
        approved = datetime.strptime(line["ApprovalDate"], "%m/%d/%Y")  # noqa: DTZ007  # a day
        if line["MIS_Status"] and approved.year >= _FIRST_YEAR:
            yield (approved, line["LoanNr_ChkDgt"]), line


def _numbers(line: dict[str, str]) -> dict[str, float]:
    amount = float(line["GrAppv"])
    return {
        "employees": float(line["NoEmp"]),
        "amount": amount,
        "guaranteed_share": float(line["SBA_Appv"]) / amount,
        "jobs_created": float(line["CreateJob"]),
        "jobs_retained": float(line["RetainedJob"]),
        "new_firm": {"1": 0.0, "2": 1.0}.get(line["NewExist"], np.nan),
        "franchise": float(line["FranchiseCode"] not in ("0", "1")),
        "urban": {"1": 1.0, "2": 0.0}.get(line["UrbanRural"], np.nan),
        "revolving": _FLAG.get(line["RevLineCr"], np.nan),
        "short_form": _FLAG.get(line["LowDoc"], np.nan),
        "bank_in_state": float(line["BankState"] == line["State"]),
    }


def _word(line: dict[str, str], name: str) -> str:
    if name == "sector":
        return "" if line["NAICS"] == "0" else line["NAICS"][:2]
    return line[{"state": "State", "bank": "Bank"}[name]]
