"""How web workers learn what to rank with: a version, the changes since, and the model's bytes."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from market.database import Base, Id, new_id


class RankingState(Base):
    """The one row every ranking request reads first."""

    __tablename__ = "ranking_state"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    version: Mapped[int] = mapped_column(default=0)
    model: Mapped[str] = mapped_column(String(64), default="")  # digest of the artefact served


class RankingChange(Base):
    """A listing, need, technology, scenario or disclosure that changed at a version."""

    __tablename__ = "ranking_change"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    version: Mapped[int] = mapped_column(index=True)
    noun: Mapped[str] = mapped_column(String(16))
    noun_id: Mapped[str] = mapped_column(String(13))


class Artefact(Base):
    """A fitted model's tables as bytes, found by their SHA-256."""

    __tablename__ = "artefact"

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    data: Mapped[bytes] = mapped_column(LargeBinary)
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
