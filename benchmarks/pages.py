"""CPU per request of three pages against the floor, alternately; SQL statements and memory too.

`python -m benchmarks.pages [--rounds N] [--requests N]` needs the sample market in the instance
folder (`make demo SERVE=0`); it works on a copy. One JSON object a line.
"""

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy import event

from benchmarks.servers import Server, serving
from market import create_app
from market.extensions import db
from market.settings import from_environment, read_settings

_PAGES = {
    "list": ("/products", "/products"),
    "detail": ("/products/{id}", "/products/{id}"),
    "json": ("/api/v1/products", "/api/v1/products"),
}


def main() -> int:
    """Measure, print, and say with the exit code whether it could be done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--requests", type=int, default=60)
    options = parser.parse_args()
    source = Path(from_environment()["INSTANCE"]) / "tanqiao.sqlite3"
    if not source.exists():
        print(f"no sample market at {source}: run `make demo SERVE=0` first", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tanqiao.sqlite3"
        shutil.copy(source, copy)
        _measure(folder, copy, rounds=options.rounds, count=options.requests)
    return 0


def _measure(folder: str, database: Path, *, rounds: int, count: int) -> None:
    url = f"sqlite:///{database}"
    environment = {"TANQIAO_INSTANCE": folder, "TANQIAO_LOG_LEVEL": "WARNING"}
    ours = serving("wsgi:app", environment)
    floor = serving("benchmarks.floor:create_app()", {"FLOOR_DATABASE": url})
    with ours as market, floor as bare:
        item = json.loads(market.get("/api/v1/products")[1])["items"][0]["id"]
        statements = _statements(environment, item)
        for page, (path, floor_path) in _PAGES.items():
            paths = path.format(id=item), floor_path.format(id=item)
            line = _compare(market, bare, paths, rounds=rounds, count=count)
            print(json.dumps({"page": page, **line, "sql_statements": statements[page]}))
        print(json.dumps({"worker_rss_mb": round(market.worker_rss_mb(), 1),
                          "floor_rss_mb": round(bare.worker_rss_mb(), 1)}))  # fmt: skip


def _compare(
    market: Server, bare: Server, paths: tuple[str, str], *, rounds: int, count: int
) -> dict[str, Any]:
    """Medians over rounds that alternate A B, B A, so that neighbours in time are compared."""
    figures: dict[str, list[float]] = {"market": [], "floor": []}
    sides = {"market": (market, paths[0]), "floor": (bare, paths[1])}
    for name in sides:
        sides[name][0].cpu_ms_per_request(sides[name][1], count=10)  # warm caches
    for turn in range(rounds):
        for name in sorted(sides, reverse=bool(turn % 2)):
            server, path = sides[name]
            figures[name].append(server.cpu_ms_per_request(path, count=count))
    ratios = [a / b for a, b in zip(figures["market"], figures["floor"], strict=True) if b]
    return {
        "cpu_ms": round(statistics.median(figures["market"]), 2),
        "floor_cpu_ms": round(statistics.median(figures["floor"]), 2),
        "ratio": round(statistics.median(ratios), 2),
        "ratio_range": [round(min(ratios), 2), round(max(ratios), 2)],
    }


def _statements(environment: dict[str, str], item: str) -> dict[str, int]:
    """SQL statements a request, counted in this process on the same copy."""
    app = create_app(read_settings(environment))
    counted = 0

    def count(*_arguments: object) -> None:
        nonlocal counted
        counted += 1

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", count)
    result = {}
    for page, (path, _floor) in _PAGES.items():
        counted = 0
        app.test_client().get(path.format(id=item))
        result[page] = counted
    return result


if __name__ == "__main__":
    sys.exit(main())
