"""Reads of emission factors: the tables of the release, searched, and an organisation's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from disclosure.factor_data import issues
from disclosure.factors import VERSION, Factor, table
from market.extensions import db
from market.models import OwnFactor
from market.texts import fold

ROWS = 50


@dataclass(frozen=True)
class Page:
    """Factors, how many fit altogether, and the id the next page starts after ("": the last)."""

    rows: list[Factor]
    total: int
    next_key: str


def tabled(wanted: Mapping[str, Any]) -> list[Factor]:
    """Factors of an issue that fit the filters, in the order of the table."""
    found = list(table(wanted.get("version") or VERSION).by_id.values())
    for name in ("purpose", "region", "item"):
        if wanted.get(name):
            found = [each for each in found if getattr(each, name) == wanted[name]]
    words = fold(wanted.get("q") or "").split()
    return [each for each in found if all(word in _text(each) for word in words)]


def page(wanted: Mapping[str, Any]) -> Page:
    """One page of them."""
    found = tabled(wanted)
    ids = [each.id for each in found]
    after = wanted.get("after") or ""
    begin = ids.index(after) + 1 if after in ids else 0
    rows = found[begin : begin + ROWS]
    more = begin + ROWS < len(found)
    return Page(rows, len(found), rows[-1].id if more else "")


def versions() -> list[str]:
    """The issues of the factor table, the one in use first."""
    return [each.version for each in issues() if each.file.startswith("cn-")]


def in_use(organisation_id: str) -> list[OwnFactor]:
    """The factors an organisation's lines may choose, by code."""
    return list(
        db.session.scalars(
            select(OwnFactor)
            .where(OwnFactor.organisation_id == organisation_id, OwnFactor.superseded_at.is_(None))
            .order_by(OwnFactor.code)
        )
    )


def history(organisation_id: str, code: str) -> list[OwnFactor]:
    """All versions of an own factor, the newest first."""
    return list(
        db.session.scalars(
            select(OwnFactor)
            .where(OwnFactor.organisation_id == organisation_id, OwnFactor.code == code)
            .order_by(OwnFactor.version.desc())
        )
    )


def count_in_use(organisation_id: str) -> int:
    """How many own factors are in use."""
    wanted = OwnFactor.organisation_id == organisation_id, OwnFactor.superseded_at.is_(None)
    return int(db.session.scalar(select(func.count()).select_from(OwnFactor).where(*wanted)) or 0)


def last_version(organisation_id: str, code: str) -> int:
    """The highest version of a code so far; 0 when there is none."""
    last = select(func.max(OwnFactor.version)).where(
        OwnFactor.organisation_id == organisation_id, OwnFactor.code == code
    )
    return int(db.session.scalar(last) or 0)


def _text(factor: Factor) -> str:
    return fold(f"{factor.id} {factor.name.zh} {factor.name.en} {factor.source}")
