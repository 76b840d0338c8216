"""kill -9 while disclosures are published and appended: nothing acknowledged is lost."""

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask

from market import create_app
from market.database import set_may_write
from market.domain import disclosures as verbs
from market.domain import log, log_agreement
from market.extensions import db
from market.models import Disclosure, LogLeaf, Membership
from tests import databases
from tests.factories import disclosures as made
from tests.factories import organisations, people
from tests.market.domain.test_disclosures import required
from tests.proving import PROVING

_POINTS = 50 if PROVING else 3
_OWNERS = 30 if PROVING else 12  # times _YEARS: more than can be published meanwhile
_FIRST_YEAR, _YEARS = 1991, 30
_PAUSE = 0.02  # seconds, so that the appending process gets its turn
_KINDS = ["sqlite", "postgresql"] if PROVING else [databases.KIND]


@pytest.fixture(params=_KINDS)
def own_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application on a database of its own, which other processes may open."""
    with databases.database_url(request.param, tmp_path, name="crash") as url:
        app = create_app(databases.settings_for(url, tmp_path / "instance"))
        set_may_write(True)
        with app.app_context():
            flask_migrate.upgrade()
            yield app
            db.session.remove()
            db.engine.dispose()


class Process:
    """Work in a process of its own; what it acknowledges comes through a pipe."""

    def __init__(self, work: Callable[[Callable[[str], object]], None]) -> None:
        db.session.remove()
        db.engine.dispose()  # no connection may be shared with the child
        self.read, write = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                work(lambda word: os.write(write, f"{word}\n".encode()))
            finally:
                os._exit(1)
        os.close(write)

    def kill(self) -> list[str]:
        """kill -9; returns what was acknowledged until then."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        _pid, status = os.waitpid(self.pid, 0)
        with os.fdopen(self.read) as pipe:
            told = pipe.read().splitlines()
        assert os.WIFSIGNALED(status), "it stopped by itself"
        return told


def publish_for_ever(tell: Callable[[str], object]) -> None:
    """A new year each time, each publication acknowledged once committed."""
    owners = db.session.query(Membership).order_by(Membership.id).all()
    for year in range(_FIRST_YEAR, _FIRST_YEAR + _YEARS):
        for owner in owners:
            if publish_year(owner, year):
                tell(f"{owner.organisation_id} {year}")
                time.sleep(_PAUSE)


def publish_year(owner: Membership, year: int) -> bool:
    mine = {"organisation_id": owner.organisation_id, "year": year}
    draft = db.session.query(Disclosure).filter_by(**mine).first()
    if draft is None:
        draft = made.draft(owner, year=year, **required())
        db.session.commit()
    if draft.status != "draft":
        return False
    told = made.explanations_for(draft)
    verbs.publish(draft, by=people.acting_for(owner), explanations=told)
    db.session.commit()
    return True


def append_for_ever(tell: Callable[[str], object]) -> None:
    """As the job does, without a pause."""
    while True:
        if log.append_waiting():
            tell("appended")
        db.session.commit()


def published() -> set[str]:
    """What the log says was published."""
    rows = db.session.query(Disclosure.organisation_id, Disclosure.year)
    return {f"{who} {year}" for who, year in rows.join(LogLeaf)}


@pytest.mark.prove
@pytest.mark.slow
def test_log_and_database_agree_after_kill_9(
    own_app: Flask, record_property: Callable[[str, object], None]
) -> None:
    chance, acknowledged, appended, points = random.Random(9), set[str](), 0, 0
    for _ in range(_OWNERS):
        organisations.enterprise()
    db.session.commit()
    while points < _POINTS or not (acknowledged and appended):
        points += 1
        processes = [Process(publish_for_ever), Process(append_for_ever)]
        time.sleep(chance.uniform(0.02, 0.9))
        told = [each.kill() for each in processes]
        acknowledged |= set(told[0])
        appended += len(told[1])
        assert log_agreement.disagreements() == []
        assert acknowledged <= published()
        db.session.commit()
    log.append_all()
    assert log_agreement.disagreements() == []
    assert db.session.query(LogLeaf).filter(LogLeaf.position.is_(None)).count() == 0
    record_property("count", points)
