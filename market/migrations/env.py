"""Runs the migrations on the application's database, SQLite and PostgreSQL alike."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from flask_security import AsaList
from sqlalchemy import JSON, Connection

from market.database import UtcDateTime

migrate = current_app.extensions["migrate"]


def _plain_type(kind: str, item: object, writing: AutogenContext) -> str | Literal[False]:
    """Migrations outlive the code: write our own column types as the plain ones below them."""
    if kind == "type" and isinstance(item, JSON) and item._variant_mapping:
        writing.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AsaList):
        return "sa.UnicodeText()"
    return False


def _raw(connection: Connection, statement: str) -> list[Any]:
    """Run a statement outside any transaction (SQLite ignores this pragma inside one)."""
    raw: Any = connection.connection.dbapi_connection
    return list(raw.execute(statement))


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=migrate.db.metadata,
        render_item=_plain_type,
        **migrate.configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()


def main() -> None:
    """Migrate; on SQLite foreign keys rest meanwhile, for tables are rebuilt, and are checked."""
    with migrate.db.engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            _run(connection)
            return
        _raw(connection, "PRAGMA foreign_keys=OFF")
        try:
            _run(connection)
            broken = _raw(connection, "PRAGMA foreign_key_check")
        finally:
            _raw(connection, "PRAGMA foreign_keys=ON")
        if broken:
            raise RuntimeError(f"the migration left {len(broken)} broken references: {broken[:5]}")


main()
