"""The served ranking: how workers learn of a change, and the answers of both directions."""

from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from market.extensions import db
from market.models import RankingChange, RankingState

NOUNS = frozenset({"product", "need", "technology", "scenario", "disclosure", "organisation"})


def touch(noun: str, noun_id: str) -> None:
    """Say, in the transaction of the change, that this row must be ranked anew."""
    if noun not in NOUNS:
        raise ValueError(f"the ranking knows no {noun}")
    if not _raise_version():
        _first_state()
        _raise_version()
    version = select(RankingState.version).where(RankingState.id == 1).scalar_subquery()
    db.session.execute(insert(RankingChange).values(version=version, noun=noun, noun_id=noun_id))


def _raise_version() -> bool:
    """One more; the row's lock puts concurrent changes in order until they commit."""
    raised: Any = db.session.execute(
        update(RankingState)
        .where(RankingState.id == 1)
        .values(version=RankingState.version + 1)
        .execution_options(synchronize_session=False)
    )
    return bool(raised.rowcount)


def _first_state() -> None:
    insert_new: Any = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    db.session.execute(
        insert_new(RankingState).values(id=1, version=0, model="").on_conflict_do_nothing()
    )
