"""Activity lines of an enterprise's year, and the files they were imported from."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market.database import Base, Id, Json, new_id
from market.models.stored_file import StoredFile


class ActivityLine(Base):
    """One calculated line; what it was calculated with stays with it.

    Decimals stand as written (`amount`, `green`, `factor_value`, `warming`), so that no digit is
    lost on any database; emissions are whole grams of CO2e, so that the database adds exactly.
    """

    __tablename__ = "activity_line"
    __table_args__ = (
        UniqueConstraint("organisation_id", "year", "key"),
        Index("ix_activity_line_shown", "organisation_id", "year", "source", "key"),
        CheckConstraint("year BETWEEN 1990 AND 2100", name="year"),
        CheckConstraint("grams >= 0 AND market_grams >= 0", name="grams"),
        CheckConstraint("market_grams <= grams", name="market"),
        CheckConstraint("(source = 'scope_3') = (category <> '')", name="category"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    year: Mapped[int]
    key: Mapped[str] = mapped_column(String(60))
    source: Mapped[str] = mapped_column(String(12))
    category: Mapped[str] = mapped_column(String(3), default="")
    item: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(120), default="")
    amount: Mapped[str] = mapped_column(String(32))
    unit: Mapped[str] = mapped_column(String(12))
    region: Mapped[str] = mapped_column(String(12), default="CN")
    site: Mapped[str] = mapped_column(String(80), default="")
    period_start: Mapped[date | None]
    period_end: Mapped[date | None]
    # As chosen by a person or row; empty: the best one, which the next columns tell.
    chosen_factor: Mapped[str] = mapped_column(String(80), default="")
    factor_id: Mapped[str] = mapped_column(String(80), default="")
    factor_version: Mapped[str] = mapped_column(String(20), default="")
    factor_value: Mapped[str] = mapped_column(String(32), default="")
    factor_unit: Mapped[str] = mapped_column(String(24), default="")
    factor_source: Mapped[str] = mapped_column(String(300), default="")
    gas: Mapped[str] = mapped_column(String(12), default="")
    warming: Mapped[str] = mapped_column(String(32), default="")
    gwp_set: Mapped[str] = mapped_column(String(3), default="")
    green: Mapped[str] = mapped_column(String(32), default="")  # MWh
    instrument: Mapped[str] = mapped_column(String(14), default="")
    certificates: Mapped[str] = mapped_column(String(1000), default="")
    vintage: Mapped[int | None]
    evidence: Mapped[str] = mapped_column(String(120), default="")
    evidence_file_id: Mapped[str | None] = mapped_column(ForeignKey("stored_file.id"))
    note: Mapped[str] = mapped_column(String(400), default="")
    grams: Mapped[int] = mapped_column(BigInteger)
    market_grams: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str] = mapped_column(String(64))  # of what was given: equal rows change nothing
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    updated_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    evidence_file: Mapped[StoredFile | None] = relationship(lazy="raise")


class ActivityImport(Base):
    """One uploaded file of lines: how far its job is, and what became of each row."""

    __tablename__ = "activity_import"
    __table_args__ = (CheckConstraint("year BETWEEN 1990 AND 2100", name="year"),)

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    year: Mapped[int]
    file_id: Mapped[str] = mapped_column(ForeignKey("stored_file.id"))
    lang: Mapped[str] = mapped_column(String(2), default="zh")
    rows_done: Mapped[int] = mapped_column(default=0)
    refusal: Mapped[str] = mapped_column(String(400), default="")  # of the file as a whole
    report: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(ForeignKey("people.id"))
    finished_at: Mapped[datetime | None]
    file: Mapped[StoredFile] = relationship(lazy="raise")
