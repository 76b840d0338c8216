"""What was shown: ranked lists as people saw them, and the rows they opened."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from market.database import Base, Id, Json, new_id


class Impression(Base):
    """One list as it was shown to somebody of an organisation; the row never changes.

    `codes` holds one unsigned byte per listed row and feature, as the model saw them, so that a
    refit years later reads exactly what was shown. `propensity` is the chance of this very order.
    """

    __tablename__ = "impression"
    __table_args__ = (
        CheckConstraint("direction IN ('products', 'needs')", name="direction"),
        CheckConstraint("page >= 1", name="page"),
        CheckConstraint("propensity > 0 AND propensity <= 1", name="propensity"),
        Index("ix_impression_asked", "direction", "asker_id"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    direction: Mapped[str] = mapped_column(String(8))
    asker_id: Mapped[str] = mapped_column(String(13))  # the need or the product
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    model: Mapped[str] = mapped_column(String(64))
    page: Mapped[int] = mapped_column(default=1)
    randomised: Mapped[bool] = mapped_column(default=False)
    propensity: Mapped[float] = mapped_column(default=1.0)
    listed: Mapped[list[str]] = mapped_column(Json)  # ids in the order shown
    codes: Mapped[bytes] = mapped_column(LargeBinary)
    shown_at: Mapped[datetime] = mapped_column(index=True)


class Opening(Base):
    """A row of a shown list whose own page was opened."""

    __tablename__ = "opening"
    __table_args__ = (UniqueConstraint("impression_id", "listed_id"),)

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    impression_id: Mapped[str] = mapped_column(ForeignKey("impression.id"), index=True)
    listed_id: Mapped[str] = mapped_column(String(13))
    opened_at: Mapped[datetime]
