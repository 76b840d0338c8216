"""Errors are business facts: one class each, told in the reader's language, never a traceback."""

from http import HTTPStatus
from typing import Any, ClassVar

from flask_babel import LazyString, lazy_gettext
from sqlalchemy import MetaData, UniqueConstraint
from sqlalchemy.exc import IntegrityError


class MarketError(Exception):
    """A refusal that people can act on; `message` may carry %(placeholders)s.

    A subclass that names a database `constraint` is raised whenever that constraint refuses.
    """

    status: ClassVar[int] = HTTPStatus.UNPROCESSABLE_ENTITY
    message: ClassVar[LazyString | str] = lazy_gettext("This cannot be done.")
    constraint: ClassVar[str] = ""
    field: ClassVar[str] = ""  # the form field it concerns, if one does
    by_constraint: ClassVar[dict[str, type["MarketError"]]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.constraint:
            MarketError.by_constraint[cls.constraint] = cls

    def __init__(self, **values: Any) -> None:
        super().__init__(type(self).__name__)
        self.values = values

    @property
    def code(self) -> str:
        """The fact's name, stable for API clients."""
        return type(self).__name__

    def __str__(self) -> str:
        text = str(self.message)
        return text % self.values if self.values else text


class NotFound(MarketError):
    """No such object, or not yours: the answer is the same."""

    status = HTTPStatus.NOT_FOUND
    message = lazy_gettext("There is nothing here, or it is not yours to see.")


class Forbidden(MarketError):
    """The page is for another role."""

    status = HTTPStatus.FORBIDDEN
    message = lazy_gettext("This page is for %(who)s.")


class ChangedMeanwhile(MarketError):
    """Someone else saved the same thing after this page was loaded."""

    status = HTTPStatus.CONFLICT
    message = lazy_gettext(
        "%(who)s changed this after you opened it. Compare both versions, then save again."
    )


class AlreadyExists(MarketError):
    """A uniqueness rule without a better name refused."""

    status = HTTPStatus.CONFLICT
    message = lazy_gettext("This exists already.")


class RuleBroken(MarketError):
    """A database rule without a better name refused."""

    message = lazy_gettext("These values contradict each other; check the limits and dates.")


def fact_behind(error: IntegrityError, metadata: MetaData) -> MarketError:
    """Translate a database refusal into the business fact it stands for."""
    name = _constraint_name(error, metadata)
    if name in MarketError.by_constraint:
        return MarketError.by_constraint[name]()
    return AlreadyExists() if name.startswith("uq_") else RuleBroken()


def _constraint_name(error: IntegrityError, metadata: MetaData) -> str:
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:  # PostgreSQL says it
        return str(diagnosis.constraint_name or "")
    text = str(error.orig)
    if text.startswith("CHECK constraint failed: "):
        return text.removeprefix("CHECK constraint failed: ")
    if text.startswith("UNIQUE constraint failed: "):
        return _unique_name(text.removeprefix("UNIQUE constraint failed: "), metadata)
    return ""


def _unique_name(columns: str, metadata: MetaData) -> str:
    """SQLite names the columns only; look the constraint up by them."""
    pairs = [part.strip().split(".") for part in columns.split(",")]
    table = metadata.tables.get(pairs[0][0])
    wanted = {pair[-1] for pair in pairs}
    if table is None:
        return ""
    for constraint in table.constraints:
        if not isinstance(constraint, UniqueConstraint):
            continue
        if {c.name for c in constraint.columns} == wanted:
            return str(constraint.name)
    for index in table.indexes:
        if index.unique and {c.name for c in index.columns} == wanted:
            return str(index.name)
    return "uq_"
