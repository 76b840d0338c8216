"""What every test may ask for: an application on an empty database, browsers, no network."""

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from hypothesis import HealthCheck, settings
from sqlalchemy.orm import scoped_session

from market import catalogues, create_app
from market.database import set_may_write
from market.extensions import db
from market.models import Membership, Person
from market.permissions import Acting
from tests import databases
from tests.clients import Browser
from tests.factories import people

pytest_plugins = ["tests.proving", "tests.browser.fixtures"]
_SHARED_MACHINE = [HealthCheck.too_slow]
settings.register_profile("fast", deadline=None, suppress_health_check=_SHARED_MACHINE)
settings.register_profile(
    "prove", deadline=None, max_examples=2000, suppress_health_check=_SHARED_MACHINE
)
settings.load_profile("prove" if os.environ.get("PROVE") == "1" else "fast")


@pytest.fixture(scope="session")
def test_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all workers of this run."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(scope="session")
def migrated_app(test_folder: Path) -> Iterator[Flask]:
    """The application of this run on a migrated, empty database."""
    catalogues.compile_catalogue()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with databases.database_url(databases.KIND, test_folder, name=f"market_{worker}") as url:
        app = create_app(databases.settings_for(url, test_folder / f"instance-{worker}"))
        app.test_client_class = Browser
        with app.app_context():
            upgrade()
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def emptying(migrated_app: Flask) -> databases.Emptying:
    """Brings the database back to its first state."""
    with migrated_app.app_context():
        return databases.Emptying(migrated_app)


@pytest.fixture
def app(migrated_app: Flask, emptying: databases.Emptying) -> Iterator[Flask]:
    """The application, in its context, on an empty database that the test may fill."""
    set_may_write(True)
    with migrated_app.app_context():
        yield migrated_app
        db.session.remove()
        set_may_write(True)  # a request made without our client may have left it off
        emptying()


@pytest.fixture
def db_session(app: Flask) -> scoped_session[Any]:
    """The session of the test; requests of `client` have their own."""
    return db.session


@pytest.fixture
def client(app: Flask) -> Browser:
    """A browser nobody is signed in with."""
    browser = app.test_client()
    assert isinstance(browser, Browser)
    return browser


@pytest.fixture
def client_of(app: Flask) -> Callable[[Person | Membership], Browser]:
    """A browser this person (or this member) is signed in with."""

    def signed_in(who: Person | Membership) -> Browser:
        browser = app.test_client()
        assert isinstance(browser, Browser)
        person = db.session.get_one(Person, who.person_id) if isinstance(who, Membership) else who
        return browser.sign_in(person)

    return signed_in


@pytest.fixture
def acting_for(app: Flask) -> Callable[[Membership], Acting]:
    """The acting person behind a membership, as verbs want it."""
    return people.acting_for


@pytest.fixture(autouse=True)
def closed_sockets(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing reaches the network, except where a test is about that."""
    if request.node.get_closest_marker("network") or request.node.get_closest_marker("browser"):
        return

    def refuse(_socket: socket.socket, address: object) -> None:
        raise AssertionError(f"a test tried to reach {address}; mark it `network` if it must")

    monkeypatch.setattr(socket.socket, "connect", refuse)
