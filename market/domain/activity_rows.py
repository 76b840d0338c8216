"""Activity lines saved by the thousand, known by their keys, in a handful of statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import insert, select, update

from market.database import new_id
from market.domain import audits
from market.domain.activity_calculation import Setting, columns_of
from market.errors import MarketError
from market.extensions import db
from market.models import ActivityLine, Organisation
from market.moments import now
from market.permissions import Acting

MOST = 20_000
"""Lines of one organisation and year."""


class KeyTwice(MarketError):
    """The same key in two rows of one file."""

    field = "key"
    message = lazy_gettext("Row %(row)s has the same key; keys name one line each.")


class LinesFull(MarketError):
    """A bound, so that totals and published tables stay exact and readable."""

    message = lazy_gettext(
        "A year holds at most %(most)s lines. Add up lines of the same factor first."
    )


@dataclass(frozen=True)
class GivenRow:
    """One row of a file or push: its number, and what its schema loaded, with its key."""

    number: int
    data: Mapping[str, Any]


@dataclass
class Saved:
    """What became of many rows; `refused` are (row, column, why)."""

    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str, str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """The figures for the audit trail."""
        skipped = len(self.refused)
        counts = {"imported": self.imported, "updated": self.updated, "unchanged": self.unchanged}
        return {**counts, "skipped": skipped}


def save_rows(rows: Sequence[GivenRow], setting: Setting, *, by: Acting | None) -> Saved:
    """Save rows by their keys, each wholly or not at all, in a handful of statements.

    An equal row changes nothing; a row that cannot be calculated is refused with its column.
    """
    saved, known = Saved(), _known(setting)
    room, seen = MOST - len(known), dict[str, int]()
    fresh: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for row in rows:
        key = row.data["key"]
        try:
            if key in seen:
                raise KeyTwice(row=seen[key])
            seen[key] = row.number
            columns = columns_of(row.data, setting)
            if key not in known and len(fresh) >= room:
                raise LinesFull(most=MOST)
        except MarketError as fact:
            saved.refused.append((row.number, fact.field or "key", str(fact)))
            continue
        if key not in known:
            fresh.append(row_of(columns, setting, by, key=key))
            saved.ids.append(fresh[-1]["id"])
            continue
        saved.ids.append(known[key][0])
        if known[key][1] == columns["digest"]:
            saved.unchanged += 1
        else:
            stamp = {"updated_at": now(), "updated_by": _person(by)}
            changed.append({"id": known[key][0], **columns, **stamp})
    saved.imported, saved.updated = len(fresh), len(changed)
    _write(fresh, changed)
    organisation = db.session.get_one(Organisation, setting.organisation_id)
    after = {"year": setting.year, **saved.counts()}
    audits.record("activity.saved", organisation, by=by, after=after)
    return saved


def refuse_full(lines: int) -> None:
    """A bound on the lines of a year."""
    if lines >= MOST:
        raise LinesFull(most=MOST)


def row_of(
    columns: Mapping[str, Any], setting: Setting, by: Acting | None, *, key: str | None
) -> dict[str, Any]:
    """The columns of a new line."""
    moment, line_id = now(), new_id()
    return {
        **columns,
        "id": line_id,
        "organisation_id": setting.organisation_id,
        "year": setting.year,
        "key": key or f"m-{moment:%y%m%d%H%M%S%f}-{line_id[:4]}",  # in the order they were added
        "created_at": moment,
        "updated_at": moment,
        "updated_by": _person(by),
    }


def _known(setting: Setting) -> dict[str, tuple[str, str]]:
    """key -> (id, digest) of the lines there are."""
    query = select(ActivityLine.key, ActivityLine.id, ActivityLine.digest).where(
        ActivityLine.organisation_id == setting.organisation_id, ActivityLine.year == setting.year
    )
    return {key: (line_id, digest) for key, line_id, digest in db.session.execute(query)}


def _write(fresh: Iterable[dict[str, Any]], changed: Iterable[dict[str, Any]]) -> None:
    if fresh := list(fresh):
        db.session.execute(insert(ActivityLine), fresh)
    if changed := list(changed):
        db.session.execute(update(ActivityLine), changed)


def _person(by: Acting | None) -> str | None:
    return by.person_id or None if by else None
