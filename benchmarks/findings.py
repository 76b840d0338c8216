"""What the checks find in real disclosures: 224 big emitters of Taiwan, three years, no database.

Prints one JSON object: results per check over all firm-years, and ten warnings or failures drawn by
seed with their inputs, to be judged by hand. Each check knows the firm's earlier years, the firms
of its sector in the same year, and the figures of the separate register of scopes 1 and 2.
The sheet is company_disclosure_tw under TANQIAO_REAL_DATA (../shared/data).
"""

import argparse
import csv
import json
import os
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from disclosure.calculated import with_calculated
from disclosure.checks import Context, Finding, Outside, Peers, Result, check
from disclosure.datapoints import current
from disclosure.facts import FORMAT, Disclosure
from disclosure.texts import Bilingual
from disclosure.values import Quantity
from market.work.imports import tw_columns as tw
from market.work.imports.report import RowRefused
from market.work.imports.sheets import rows
from market.work.imports.tw_answers import Sheet, answers_of

TODAY = date(2025, 12, 31)
SEED, DRAWN = 20261122, 10
_LIMIT_MB = 20
_ID_DIGITS = 8
_REGISTER = Bilingual("厂区登记（盘查）数据", "register of plant emissions")


@dataclass(frozen=True)
class Firm:
    """A row of the sheet: its id, sector and disclosures by year."""

    id: str
    sector: str
    years: Mapping[int, Disclosure]


def folder() -> Path:
    """Where the sheets lie."""
    return Path(os.environ.get("TANQIAO_REAL_DATA", "../shared/data")) / "company_disclosure_tw"


def firms(where: Path) -> list[Firm]:
    """The firms of the sheet with a disclosure for each year that has figures."""
    found = []
    for row in rows(where / "tw_company_disclosure.csv", limit_mb=_LIMIT_MB):
        sheet = Sheet(row.cells)
        sector = tw.TRADES.get(sheet.text(tw.TRADE), ("", "other"))[1]
        key = sheet.text(tw.ID).zfill(_ID_DIGITS)
        years = {year: _disclosure(sheet, key, year) for year in tw.YEARS}
        found.append(Firm(key, sector, {y: each for y, each in years.items() if each}))
    return found


def _disclosure(sheet: Sheet, key: str, year: int) -> Disclosure | None:
    try:
        answers = answers_of(sheet, year)
    except RowRefused:
        return None
    content = {
        "format": FORMAT,
        "catalogue": current().version,
        "organisation": {"id": key, "name": sheet.text(tw.NAME), "scheme": "TW", "number": key},
        "year": year,
        "period": {"start": f"{year}-01-01", "end": f"{year}-12-31", "note": ""},
        "answers": answers,
    }
    return with_calculated(Disclosure.from_dict(content)) if answers else None


def contexts(found: Iterable[Firm], where: Path) -> dict[tuple[str, int], Context]:
    """What each firm-year's checks may know."""
    listed = list(found)
    register = _register(where / "tw_company_s1s2_2022_2024.csv")
    intensities: dict[tuple[str, int], dict[str, Decimal]] = defaultdict(dict)
    for firm in listed:
        for year, each in firm.years.items():
            if (intensity := _intensity(each)) is not None:
                intensities[firm.sector, year][firm.id] = intensity
    return {
        (firm.id, year): Context(
            today=TODAY,
            earlier=tuple(each for y, each in sorted(firm.years.items())[::-1] if y < year),
            third_party=True,
            certificates=frozenset(),
            outside=register.get((firm.id, year), ()),
            peers=Peers(
                tuple(v for key, v in intensities[firm.sector, year].items() if key != firm.id)
            ),
        )
        for firm in listed
        for year in firm.years
    }


def _intensity(disclosure: Disclosure) -> Decimal | None:
    one, two = (disclosure.amount(key, unit="tCO2e") for key in ("EMS-01", "EMS-05"))
    revenue = disclosure.amount("GEN-05")
    return (one + two) / revenue if revenue and one is not None and two is not None else None


def _register(path: Path) -> dict[tuple[str, int], tuple[Outside, ...]]:
    """Registered scopes 1 and 2 by firm and year; lost leading zeros of the ids come back."""
    found: dict[tuple[str, int], tuple[Outside, ...]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line in csv.DictReader(file):
            key = line["事業統編"].zfill(_ID_DIGITS)
            for year in tw.YEARS:
                stated = (
                    _outside(line[f"{year}範疇一"], "EMS-01"),
                    _outside(line[f"{year}範疇二"], "EMS-05"),
                )
                found[key, year] = tuple(each for each in stated if each is not None)
    return found


def _outside(cell: str, key: str) -> Outside | None:
    try:
        amount = Decimal(cell.replace(",", "").strip())
    except InvalidOperation:
        return None
    fits = amount.is_finite() and amount > 0
    return Outside(_REGISTER, key, Quantity(amount, "tCO2e")) if fits else None


def judged(found: Iterable[Firm], where: Path) -> list[tuple[Firm, int, Finding]]:
    """Every finding of every firm-year."""
    listed = list(found)
    known = contexts(listed, where)
    return [
        (firm, year, finding)
        for firm in listed
        for year, each in firm.years.items()
        for finding in check(each, context=known[firm.id, year])
    ]


def drawn(found: list[tuple[Firm, int, Finding]], *, seed: int) -> list[dict[str, Any]]:
    """Ten warnings or failures by seed, of different checks as far as there are so many.

    DQ-07 is left out: that an answer is missing needs no judgement.
    """
    told = (Result.WARN, Result.FAIL)
    shuffled = [e for e in found if e[2].result in told and e[2].code != "DQ-07"]
    random.Random(seed).shuffle(shuffled)
    seen: Counter[str] = Counter()
    ranked: list[tuple[int, int, tuple[Firm, int, Finding]]] = []
    for each in shuffled:
        ranked.append((seen[each[2].code], len(ranked), each))
        seen[each[2].code] += 1
    chosen = [each for _, _, each in sorted(ranked, key=lambda one: one[:2])[:DRAWN]]
    return [{"firm": firm.id, "year": year, **finding.to_dict()} for firm, year, finding in chosen]


def main() -> int:
    """Print the object; exit 2 without the data."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    seed = parser.parse_args().seed
    where = folder()
    if not where.is_dir():
        print(f"no real data at {where}: set TANQIAO_REAL_DATA", file=sys.stderr)
        return 2
    found = firms(where)
    findings = judged(found, where)
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for _, _, each in findings:
        table[each.code][str(each.result)] += 1
    results = [str(each) for each in Result]
    print(
        json.dumps(
            {
                "benchmark": "findings",
                "firms": len(found),
                "disclosures": sum(len(each.years) for each in found),
                "checks": {
                    code: {name: counts[name] for name in results}
                    for code, counts in sorted(table.items())
                },
                "seed": seed,
                "drawn": drawn(findings, seed=seed),
            },
            ensure_ascii=False,
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
