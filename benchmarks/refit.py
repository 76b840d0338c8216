"""Refit, compile, store and promote on a log of shown lists, while pages are being served.

`python -m benchmarks.refit [--events N]` needs the sample market in the instance folder
(`make demo SERVE=0`); it works on a copy. The log is simulated: half of the rows are products
shown to needs, half needs shown to products. The job runs as always, in a child process of
`flask scheduler`; it is halted now and then, so that pages are timed without and with it in turns,
under the same load of the machine. One JSON object: CPU seconds of the job, page times at the
95th percentile.
"""

import argparse
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
from flask import Flask
from sqlalchemy import insert, select

from benchmarks.servers import Server, serving
from market import create_app
from market.database import new_id, read_only
from market.domain import accounts, due_work, events, model_promotions, ranking
from market.enums import WorkState
from market.extensions import db
from market.models import DueWork, Impression, Opening, Organisation
from market.moments import now
from market.settings import from_environment, read_settings
from scoring.features import FINANCE
from scoring.scorecard import scorecard_model
from scoring.simulator import SHOWN, Setting, Simulator

_SIMULATED = "simulated"
"""What stands for the model's digest in rows that nobody was really shown."""
_HEADS = {"products": "wants", "needs": "accepts"}
_OPERATOR = "operator@sample.tanqiao.example"
_LONGEST_SECONDS = 580.0
_PAUSE_SECONDS = 0.03
_TURN = 30
"""Requests before the job is halted, or goes on."""


def main() -> int:
    """Measure, print, and say with the exit code whether it could be done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.refit")
    parser.add_argument("--events", type=int, default=100_000, help="rows of shown lists")
    options = parser.parse_args()
    source = Path(from_environment()["INSTANCE"]) / "tanqiao.sqlite3"
    if not source.exists():
        print(f"no sample market at {source}: run `make demo SERVE=0` first", file=sys.stderr)
        return 2
    if options.events < 10_000:
        print("--events must be at least 10000", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        copy(source, Path(folder) / "tanqiao.sqlite3")
        os.environ |= {"TANQIAO_INSTANCE": folder, "TANQIAO_LOG_LEVEL": "WARNING"}
        answer = measure(folder, options.events)
    print(json.dumps(answer))
    return 0


def copy(source: Path, target: Path) -> None:
    """A consistent copy of a database that may be in use, and of the secrets beside it."""
    with sqlite3.connect(source) as read, sqlite3.connect(target) as written:
        read.backup(written)
    for secret in ("secret-key", "password-salt", "log-key"):
        if (source.parent / secret).is_file():
            shutil.copy(source.parent / secret, target.parent / secret)


def measure(folder: str, rows: int) -> dict[str, Any]:
    """Serve pages, train beside them, promote what came of it."""
    environment = {"TANQIAO_INSTANCE": folder, "TANQIAO_LOG_LEVEL": "WARNING"}
    app = create_app(read_settings(environment))
    with app.app_context():
        logged = write_log(rows)
        _drop_other_work()
        db.session.commit()
    with serving("wsgi:app", environment) as server, _scheduler(environment) as scheduler:
        pages = _pages(server)
        _times(server, pages, 30)  # warm caches
        idle, busy, report = _while_training(app, server, pages, scheduler)
    with app.app_context():
        promoted = _promoted(report["model"])
    idle_p95, busy_p95 = (float(np.percentile(each, 95)) * 1000 for each in (idle, busy))
    return {
        "benchmark": "refit",
        "simulated": True,
        **logged,
        "cpu_seconds": report["cpu_seconds"],
        "promote_seconds": round(promoted, 2),
        "learnt": {name: each["learnt"] for name, each in report["learnt"].items()},
        "requests": {"idle": len(idle), "busy": len(busy)},
        "idle_p95_ms": round(idle_p95, 1),
        "busy_p95_ms": round(busy_p95, 1),
        "ratio": round(busy_p95 / idle_p95, 2),
    }


def write_log(rows: int) -> dict[str, int]:
    """Simulated lists of both directions with what was opened; `rows` listings in all."""
    owner = db.session.scalars(select(Organisation.id).limit(1)).one()
    told = {"lists": 0, "events": 0, "choices": 0}
    for seed, (direction, name) in enumerate(_HEADS.items()):
        prior = getattr(scorecard_model().finance, name)
        simulator = Simulator(FINANCE, prior, Setting.APART, seed)
        sessions = -(-rows // (2 * SHOWN))
        lists, opened = _rows(simulator, sessions, direction, owner)
        db.session.execute(insert(Impression), lists)
        db.session.execute(insert(Opening), opened)
        told["lists"] += len(lists)
        told["events"] += sum(len(each["listed"]) for each in lists)
        told["choices"] += len(opened)
    return told


def _rows(
    simulator: Simulator, sessions: int, direction: str, owner: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    log = simulator.log(sessions)
    start, lists, opened = now() - timedelta(days=60), [], []
    for session in range(sessions):
        rows = np.flatnonzero(log.session == session)
        rows = rows[np.argsort(log.position[rows])]
        identity, shown_at = new_id(), start + timedelta(seconds=session)
        listed = [f"{_SIMULATED}{place}" for place in range(len(rows))]
        lists.append({
            "id": identity, "direction": direction, "asker_id": _SIMULATED,
            "organisation_id": owner, "model": _SIMULATED, "page": 1,
            "randomised": bool(log.randomised[rows[0]]), "propensity": 1.0, "listed": listed,
            "codes": log.codes[rows].astype(np.uint8).tobytes(), "shown_at": shown_at,
        })  # fmt: skip
        opened += [
            {"id": new_id(), "impression_id": identity, "listed_id": listed[place],
             "opened_at": shown_at}
            for place in np.flatnonzero(log.chosen[rows])
        ]  # fmt: skip
    return lists, opened


def _drop_other_work() -> None:
    """Nothing else shall be due while we measure."""
    for row in db.session.scalars(select(DueWork).where(DueWork.state == WorkState.WAITING)):
        db.session.delete(row)


@contextmanager
def _scheduler(environment: dict[str, str]) -> Iterator[int]:
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "scheduler"],
        env={**os.environ, "OMP_NUM_THREADS": "1", **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def _pages(server: Server) -> list[str]:
    item = json.loads(server.get("/api/v1/products")[1])["items"][0]["id"]
    return ["/products", f"/products/{item}", "/technologies"]


def _times(server: Server, pages: list[str], count: int) -> list[float]:
    """Seconds of requests sent one by one with a pause between, page after page."""
    found = []
    for number in range(count):
        time.sleep(_PAUSE_SECONDS)
        found.append(_time(server, pages[number % len(pages)]))
    return found


def _time(server: Server, page: str) -> float:
    before = time.perf_counter()
    status, _body = server.get(page, {"Accept-Language": "zh"})
    if status != 200:
        raise RuntimeError(f"{page} answered {status}")
    return time.perf_counter() - before


def _while_training(
    app: Flask, server: Server, pages: list[str], scheduler: int
) -> tuple[list[float], list[float], dict[str, Any]]:
    """Page times with the job halted and with it running, in turns, until done; its report."""
    with app.app_context():
        due_work.schedule(events.TRAIN_JOB, period=_SIMULATED)
        db.session.commit()
    idle: list[float] = []
    busy: list[float] = []
    started = time.monotonic()
    while time.monotonic() - started < _LONGEST_SECONDS:
        busy += _times(server, pages, _TURN)
        with app.app_context(), read_only():
            row = db.session.scalars(
                select(DueWork).where(DueWork.kind == events.TRAIN_JOB,
                                      DueWork.period == _SIMULATED)
            ).one()  # fmt: skip
            if row.state == WorkState.DONE:
                return idle, busy, row.result
            if row.error:
                raise RuntimeError(f"training failed: {row.error}")
        jobs = _children(scheduler)
        _signal(jobs, signal.SIGSTOP)
        try:
            idle += _times(server, pages, _TURN)
        finally:
            _signal(jobs, signal.SIGCONT)
    raise RuntimeError(f"training took over {_LONGEST_SECONDS:.0f} s")


def _children(pid: int) -> list[int]:
    """The processes that any thread of a process started."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def _signal(pids: list[int], what: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, what)


def _promoted(digest: str) -> float:
    """Seconds until a promoted model ranks: the decision, and the index built with it."""
    before = time.perf_counter()
    by = accounts.operator_acting(_OPERATOR)
    model_promotions.promote(digest, "benchmark of refit and promotion", by=by)
    db.session.commit()
    if ranking.served().model != digest:
        raise RuntimeError("the promoted model does not rank")
    return time.perf_counter() - before


if __name__ == "__main__":
    sys.exit(main())
