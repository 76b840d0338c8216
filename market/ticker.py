"""The ticker: looks every half second for due work and does it, each row in its own transaction.

APScheduler only ticks; what is due stands in the database, so restarts, several schedulers and
clock changes neither lose nor double anything.
"""

import multiprocessing
import os
import socket
import threading
from collections.abc import Callable
from multiprocessing.process import BaseProcess

from apscheduler.schedulers.blocking import BlockingScheduler
from flask import Flask

from market.domain import due_work
from market.extensions import db
from market.jobs import JOBS
from market.logs import log

TICK_SECONDS = 0.5
_ROWS_A_TICK = 20
_CHILD_NICENESS = 10  # pages and event steps come first where cores are few


def worker_name() -> str:
    """Who claims: host and process."""
    return f"{socket.gethostname()}:{os.getpid()}"[:60]


def run(app: Flask) -> None:
    """Tick until stopped."""
    plan_recurring(app)
    scheduler = BlockingScheduler(timezone="UTC")
    scheduler.add_job(
        tick,
        "interval",
        args=[app],
        seconds=TICK_SECONDS,
        max_instances=1,
        coalesce=True,
        misfire_grace_time=None,
    )
    scheduler.start()


def tick(app: Flask) -> int:
    """Do what is due; returns how many rows were done."""
    done = 0
    while done < _ROWS_A_TICK and do_one(app):
        done += 1
    return done


def plan_recurring(app: Flask) -> None:
    """One row for each recurring job, made once and moved forward after each run."""
    with app.app_context():
        for kind, job in JOBS.items():
            if job.every is not None:
                due_work.schedule(kind)
        db.session.commit()


def do_one(app: Flask) -> bool:
    """Claim one row and do it; False when nothing is due."""
    with app.app_context():
        row = due_work.claim(worker=worker_name())
        if row is None:
            db.session.rollback()
            return False
        row_id, kind = row.id, row.kind
        db.session.commit()
    job = JOBS.get(kind)
    if job is not None and job.long:
        _run_apart(app, row_id)
    else:
        perform(app, row_id)
    return True


def perform(app: Flask, row_id: str) -> None:
    """Do a claimed row: its effects and its being done are one transaction."""
    with app.app_context():
        row = due_work.claimed(row_id)
        kind, key = row.kind, row.key
        every = JOBS[kind].every if kind in JOBS else None
        db.session.rollback()  # a verb may first load a library for seconds: without the lock
        try:
            result = JOBS[kind].verb(key)
            due_work.finish(due_work.claimed(row_id), result=result, again_in=every)
            db.session.commit()
        except Exception as error:
            db.session.rollback()
            log.error("job failed", kind=kind, key=key, error=repr(error))
            row = due_work.claimed(row_id)
            due_work.fail(row, error=repr(error), give_up=every is None)
            db.session.commit()


def _run_apart(app: Flask, row_id: str) -> None:
    """Long work in a child process, so that no event step waits behind it."""
    start_apart(_perform_in_child, dict(app.config["SETTINGS"]), row_id)


def start_apart(work: Callable[..., object], *args: object) -> BaseProcess:
    """Start work in a child process, which ends with this process, however that ends."""
    child = multiprocessing.get_context("spawn").Process(
        target=_end_with_parent, args=(work, args), daemon=False
    )
    child.start()
    return child


def _end_with_parent(work: Callable[..., object], args: tuple[object, ...]) -> None:
    """Work while the parent lives: what is left undone is claimed anew by the next scheduler."""
    parent = multiprocessing.parent_process()
    assert parent is not None  # only ever called in a child

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    work(*args)


def _perform_in_child(settings: dict[str, object], row_id: str) -> None:
    from market import create_app  # the child starts empty; the factory would be a cycle above

    os.nice(_CHILD_NICENESS)
    perform(create_app(settings), row_id)
