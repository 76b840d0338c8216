"""The declarative base, our column types, and the rule that only writing requests can write."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import JSON, Connection, DateTime, Engine, MetaData, Numeric, String, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry
from sqlalchemy.types import TypeDecorator

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_ID_LENGTH = 13

# The one switch: True only inside requests, jobs and commands that may write.
_may_write: ContextVar[bool] = ContextVar("may_write", default=True)


def new_id() -> str:
    """A random identifier of 64 bits, without look-alike letters; safe to show in a URL."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_ID_LENGTH))


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; refuses naive values, returns aware ones on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store as UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite forgets the zone; give it back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json = JSON().with_variant(JSONB(), "postgresql")
Id = Annotated[str, mapped_column(String(_ID_LENGTH))]
Money = Annotated[Decimal, mapped_column(Numeric(18, 2))]


_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of the market; constraints carry predictable names, which become errors."""

    registry = registry(
        metadata=MetaData(naming_convention=_NAMES),
        type_annotation_map={datetime: UtcDateTime, dict[str, Any]: Json, list[str]: Json},
    )


@contextmanager
def read_only() -> Iterator[None]:
    """Transactions begun inside cannot write: SQLite by query_only, PostgreSQL by READ ONLY."""
    token = _may_write.set(False)
    try:
        yield
    finally:
        _may_write.reset(token)


def may_write() -> bool:
    """Whether a transaction begun now may write."""
    return _may_write.get()


def set_may_write(allowed: bool) -> None:
    """Set the rule for the rest of this request (each request begins by setting it)."""
    _may_write.set(allowed)


def prepare_engine(engine: Engine) -> None:
    """Teach an engine our transaction rules; called once per engine."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, below
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "synchronous=FULL",
        "cache_size=-16000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Writers take the lock at once: a deferred read-then-write fails under load."""
    raw: Any = connection.connection.dbapi_connection
    raw.execute(f"PRAGMA query_only={'OFF' if may_write() else 'ON'}")
    raw.execute("BEGIN IMMEDIATE" if may_write() else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    raw: Any = connection.connection.dbapi_connection
    raw.read_only = not may_write()
