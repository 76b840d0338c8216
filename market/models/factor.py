"""Emission factors of organisations: private, with a source, and never changed but superseded."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from market.database import Base, Id, new_id


class OwnFactor(Base):
    """One version of an organisation's own factor; a changed factor is a new row.

    `value` is the decimal as written, per `unit` such as tCO2e/t; with a `gas` it is mass of that
    gas. `superseded_at` is empty for the version in use.
    """

    __tablename__ = "own_factor"
    __table_args__ = (
        UniqueConstraint("organisation_id", "code", "version"),
        Index(
            "uq_own_factor_one_in_use",
            "organisation_id",
            "code",
            unique=True,
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
        CheckConstraint("purpose IN ('disclosure', 'ets', 'footprint')", name="purpose"),
        CheckConstraint("year BETWEEN 1990 AND 2100", name="year"),
        CheckConstraint("version >= 1", name="version"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(String(120))
    item: Mapped[str] = mapped_column(String(40))
    purpose: Mapped[str] = mapped_column(String(12))
    region: Mapped[str] = mapped_column(String(12), default="CN")
    year: Mapped[int | None]
    value: Mapped[str] = mapped_column(String(32))
    unit: Mapped[str] = mapped_column(String(24))
    gas: Mapped[str] = mapped_column(String(12), default="")
    source: Mapped[str] = mapped_column(String(300))
    note: Mapped[str] = mapped_column(String(400), default="")
    evidence_file_id: Mapped[str | None] = mapped_column(ForeignKey("stored_file.id"))
    created_at: Mapped[datetime]
    created_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    superseded_at: Mapped[datetime | None]
