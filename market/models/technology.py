"""Low-carbon technologies that providers list, and the scenarios enterprises seek them for."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market.database import Base, Id, Json, new_id
from market.enums import ListingStatus, PostingStatus
from market.models.organisation import Organisation


class Technology(Base):
    """A technology: readiness (TRL), processes it serves, reduction, payback, references."""

    __tablename__ = "technology"
    __table_args__ = (
        CheckConstraint("trl BETWEEN 1 AND 9", name="trl"),
        CheckConstraint("reduction_percent BETWEEN 0 AND 100", name="reduction"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    provider_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    name_zh: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(200))
    summary_zh: Mapped[str] = mapped_column(Text, default="")
    summary_en: Mapped[str] = mapped_column(Text, default="")
    search_text: Mapped[str] = mapped_column(Text, default="")
    processes: Mapped[list[str]] = mapped_column(Json, default=list)
    sectors: Mapped[list[str]] = mapped_column(Json, default=list)
    trl: Mapped[int]
    reduction_percent: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    payback_years: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    capex_min: Mapped[Decimal] = mapped_column(Numeric(18, 2))  # 元
    capex_max: Mapped[Decimal] = mapped_column(Numeric(18, 2))
    references: Mapped[int] = mapped_column(default=0)  # installations in use for a year or more
    delivery_months: Mapped[int | None]  # from order to operation
    status: Mapped[str] = mapped_column(String(8), default=ListingStatus.DRAFT, index=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    provider: Mapped[Organisation] = relationship(lazy="raise")


class Scenario(Base):
    """Where an enterprise would apply a technology: process, baseline, budget."""

    __tablename__ = "scenario"
    __table_args__ = (CheckConstraint("baseline_tco2e >= 0", name="baseline"),)

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    enterprise_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    process: Mapped[str] = mapped_column(String(32), index=True)
    pain_point: Mapped[str] = mapped_column(Text, default="")
    baseline_tco2e: Mapped[Decimal] = mapped_column(Numeric(18, 2))  # a year
    budget: Mapped[Decimal] = mapped_column(Numeric(18, 2))  # 元
    payback_limit_years: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    trl_min: Mapped[int] = mapped_column(default=7)
    status: Mapped[str] = mapped_column(String(8), default=PostingStatus.OPEN, index=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    enterprise: Mapped[Organisation] = relationship(lazy="raise")
