"""Work that falls due: a row is claimed by one scheduler and done once."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from market.database import Base, Id, new_id
from market.enums import WorkState


class DueWork(Base):
    """One piece of work; (kind, key, period) says the same thing is never scheduled twice."""

    __tablename__ = "due_work"
    __table_args__ = (
        UniqueConstraint("kind", "key", "period"),
        Index("ix_due_work_waiting", "state", "due_at"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(64), default="")
    period: Mapped[str] = mapped_column(String(40), default="")
    due_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(8), default=WorkState.WAITING)
    attempt: Mapped[int] = mapped_column(default=0)
    claimed_by: Mapped[str] = mapped_column(String(60), default="")
    claimed_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None] = mapped_column(index=True)
    error: Mapped[str] = mapped_column(Text, default="")
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
