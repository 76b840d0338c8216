"""Due work: each row is done once, whoever dies, doubles or comes late."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from market import jobs, ticker
from market.database import set_may_write
from market.domain import due_work
from market.enums import WorkState
from market.extensions import db
from market.jobs import Job
from market.models import DueWork
from market.moments import now

_ROWS, _WORKERS = 60, 4


def at_once(app: Flask, task: Callable[[int], Any], *, workers: int = _WORKERS) -> list[Any]:
    """Run the task in several threads that start together; what each returned or raised."""
    start, answers = threading.Barrier(workers), [None] * workers

    def run(number: int) -> None:
        set_may_write(True)
        with app.app_context():
            start.wait()
            try:
                answers[number] = task(number)
            except Exception as error:
                answers[number] = error  # type: ignore[call-overload]  # told to the test
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A job that writes down for which keys it ran."""
    ran: list[str] = []
    monkeypatch.setitem(jobs.JOBS, "count", Job(ran.append))
    return ran


def test_same_work_is_planned_once(app: Flask) -> None:
    assert due_work.schedule("close", key="e1", period="1")
    assert not due_work.schedule("close", key="e1", period="1")
    assert due_work.schedule("close", key="e1", period="2")
    assert db.session.query(DueWork).count() == 2


def test_four_workers_do_each_row_once(app: Flask, counted: list[str]) -> None:
    for number in range(_ROWS):
        due_work.schedule("count", key=str(number))
    db.session.commit()

    def work(_number: int) -> int:
        done = 0
        while ticker.do_one(app):
            done += 1
        return done

    shares = at_once(app, work)
    assert sorted(counted, key=int) == [str(number) for number in range(_ROWS)]
    assert sum(shares) == _ROWS
    states = {state for (state,) in db.session.query(DueWork.state)}
    assert states == {WorkState.DONE}


def test_doubled_scheduler_plans_recurring_work_once(app: Flask) -> None:
    db.session.commit()
    at_once(app, lambda _number: ticker.plan_recurring(app))
    kinds = [kind for (kind,) in db.session.query(DueWork.kind)]
    assert sorted(kinds) == sorted(k for k, job in jobs.JOBS.items() if job.every is not None)


def test_work_that_is_not_due_waits(app: Flask, counted: list[str]) -> None:
    due_work.schedule("count", key="later", due_at=now() + timedelta(hours=1))
    due_work.schedule("count", key="now")
    db.session.commit()
    assert ticker.tick(app) == 1
    assert counted == ["now"]


def test_row_of_a_scheduler_that_died_is_taken_over(app: Flask, counted: list[str]) -> None:
    due_work.schedule("count", key="orphan")
    row = due_work.claim(worker="died")
    assert row is not None
    db.session.commit()
    assert ticker.tick(app) == 0
    row.claimed_at = now() - due_work.ABANDONED_AFTER - timedelta(seconds=1)
    db.session.commit()
    assert ticker.tick(app) == 1
    assert counted == ["orphan"]


def test_failed_work_is_tried_again_later_and_given_up_at_last(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(jobs.JOBS, "break", Job(lambda _key: {"x": 1 // 0}))
    due_work.schedule("break")
    db.session.commit()
    pauses = []
    row = db.session.query(DueWork).one()
    while row.state == WorkState.WAITING:
        row.due_at = now()
        db.session.commit()
        assert ticker.tick(app) == 1
        db.session.refresh(row)
        pauses.append(row.due_at - now())
    assert (row.state, "ZeroDivisionError" in row.error) == (WorkState.FAILED, True)
    assert pauses[1] > pauses[0] > timedelta(seconds=5)


def test_recurring_work_is_never_given_up(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(jobs.JOBS, "break", Job(lambda _key: {"x": 1 // 0}, every=timedelta(1)))
    due_work.schedule("break")
    row = db.session.query(DueWork).one()
    for _ in range(9):
        row.due_at = now()
        db.session.commit()
        ticker.tick(app)
        db.session.refresh(row)
    assert row.state == WorkState.WAITING


def test_effects_and_done_are_one_transaction(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def write_then_fail(_key: str) -> None:
        due_work.schedule("effect")
        raise RuntimeError("after the effect")

    monkeypatch.setitem(jobs.JOBS, "half", Job(write_then_fail))
    due_work.schedule("half")
    db.session.commit()
    ticker.tick(app)
    assert db.session.query(DueWork).filter_by(kind="effect").count() == 0


def test_cancelled_work_is_not_done(app: Flask, counted: list[str]) -> None:
    due_work.schedule("count", key="e1")
    due_work.schedule("count", key="e2")
    due_work.cancel(key="e1")
    db.session.commit()
    ticker.tick(app)
    assert counted == ["e2"]


def test_moved_work_waits_for_its_new_time(app: Flask, counted: list[str]) -> None:
    due_work.schedule("count", key="e1", period="p")
    due_work.reschedule("count", key="e1", period="p", due_at=now() + timedelta(days=1))
    db.session.commit()
    assert ticker.tick(app) == 0
    assert counted == []


def test_work_of_an_unknown_kind_fails_visibly(app: Flask) -> None:
    due_work.schedule("no-such-kind")
    db.session.commit()
    ticker.tick(app)
    assert "KeyError" in db.session.query(DueWork).one().error
