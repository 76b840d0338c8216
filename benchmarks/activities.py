"""Import of activity lines from a workbook: `python -m benchmarks.activities [--lines N]`.

Prints one JSON object: wall and processor seconds and peak resident memory of importing N lines
(every tenth row wrong) into an empty SQLite market, and of importing the same file again, against
a bare openpyxl pass over the same file (the named baseline). Each runs in a process of its own.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

YEAR = 2025
_NUMBER = "91310115MA1K000016"
_COLUMNS = (
    "id_scheme", "id_value", "year", "key", "source", "item", "label", "amount", "unit", "region",
    "site", "period_start", "period_end", "evidence",
)  # fmt: skip
_KINDS = (
    ("electricity", "electricity", "kWh"),
    ("electricity", "electricity", "万kWh"),
    ("stationary", "natural_gas", "Nm3"),
    ("mobile", "diesel", "t"),
    ("mobile", "petrol", "kg"),
    ("heat", "heat", "GJ"),
    ("fugitive", "R-410A", "kg"),
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--part", choices=["bare", "import", "again"])
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.part:
        print(json.dumps(_part(given.part, given.folder)))
        return
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder) / "lines.xlsx", given.lines)
        found = {part: _apart(part, folder) for part in ("bare", "import", "again")}
    first, bare = found["import"], found["bare"]
    print(
        json.dumps(
            {
                "benchmark": "activities",
                "lines": given.lines,
                **{name: first[name] for name in ("seconds", "cpu_seconds", "peak_mb")},
                "rows": first["rows"],
                "again_seconds": found["again"]["seconds"],
                "again_rows": found["again"]["rows"],
                "baseline": "bare openpyxl pass over the same file",
                "baseline_seconds": bare["seconds"],
                "baseline_cpu_seconds": bare["cpu_seconds"],
                "baseline_peak_mb": bare["peak_mb"],
                "ratio": round(first["cpu_seconds"] / bare["cpu_seconds"], 2),
            }
        )
    )


def _apart(part: str, folder: str) -> dict[str, Any]:
    """One part in a fresh interpreter, so that its memory is its own."""
    command = [sys.executable, "-m", "benchmarks.activities", "--part", part, "--folder", folder]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return found


def _part(part: str, folder: Path) -> dict[str, Any]:
    path = folder / "lines.xlsx"
    if part == "bare":
        return _measured(lambda: _bare(path))
    from flask_migrate import upgrade  # late: the bare pass must not carry our application

    from market import create_app
    from market.settings import read_settings
    from market.work.imports import formats

    environ = {"TANQIAO_ENV": "test", "TANQIAO_INSTANCE": str(folder), "TANQIAO_LOG_LEVEL": "ERROR"}
    app = create_app(read_settings(environ))
    with app.app_context():
        if part == "import":
            upgrade()
            _found_enterprise()

        def take() -> dict[str, int]:
            report = formats.import_file(path, "activity", limit_mb=100).to_json()
            counts = {name: report[name] for name in ("read", "imported", "unchanged")}
            return {**counts, "skipped": len(report["skipped"])}

        return _measured(take)


def _measured(work: Callable[[], dict[str, int]]) -> dict[str, Any]:
    wall, cpu = time.perf_counter(), time.process_time()
    rows = work()
    return {
        "seconds": round(time.perf_counter() - wall, 2),
        "cpu_seconds": round(time.process_time() - cpu, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "rows": rows,
    }


def _bare(path: Path) -> dict[str, int]:
    from openpyxl import load_workbook  # late: each part loads what it measures

    book = load_workbook(path, read_only=True)
    cells = sum(cell.value is not None for row in book.worksheets[0].iter_rows() for cell in row)
    return {"cells": cells}


def _write(path: Path, lines: int) -> None:
    from openpyxl import Workbook  # late: as above

    book, random_ = Workbook(write_only=True), random.Random(0)
    sheet = book.create_sheet()
    sheet.append(_COLUMNS)
    for number in range(lines):
        source, item, unit = random_.choice(_KINDS)
        amount = "many" if number % 10 == 9 else round(random_.uniform(0.1, 5000), 3)
        month = f"{number % 12 + 1:02d}"
        days = (f"{YEAR}-{month}-01", f"{YEAR}-{month}-28")
        places = ("CN-SH", f"Site {number % 7}", *days, f"INV-{number:06d}")
        head = ("uscc", _NUMBER, YEAR, f"row-{number:06d}")
        sheet.append((*head, source, item, f"Meter {number % 90}", amount, unit, *places))
    book.save(path)


def _found_enterprise() -> None:
    from market.extensions import db  # late: as above
    from market.models import Organisation
    from market.moments import now

    made = Organisation(
        name_zh="示例企业", kinds=["enterprise"], id_scheme="uscc", id_value=_NUMBER,
        status="approved", district="310115", created_at=now(), search_text="",
    )  # fmt: skip
    db.session.add(made)
    db.session.commit()


if __name__ == "__main__":
    main()
