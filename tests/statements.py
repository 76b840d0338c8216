"""Counts the SQL statements between two points of a test."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import event

from market.extensions import db


@dataclass
class Statements:
    """What was sent to the database."""

    texts: list[str] = field(default_factory=list)

    @property
    def number(self) -> int:
        """How many statements."""
        return len(self.texts)


@contextmanager
def counted_statements() -> Iterator[Statements]:
    """Everything the engine executes inside."""
    found = Statements()

    def note(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        found.texts.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
