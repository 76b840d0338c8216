"""Carbon-finance products that institutions list."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market.database import Base, Id, Money, new_id
from market.enums import ListingStatus
from market.models.organisation import Organisation


class Product(Base):
    """A listing; `terms` are the kind's typed terms, `criteria` who may apply, as data."""

    __tablename__ = "product"
    __table_args__ = (
        CheckConstraint("amount_min > 0 AND amount_min <= amount_max", name="amounts"),
        CheckConstraint("tenor_min > 0 AND tenor_min <= tenor_max", name="tenors"),
        CheckConstraint(
            "quota_reserved >= 0 AND quota_used >= 0"
            " AND quota_reserved + quota_used <= quota_total",
            name="quota",
        ),
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    institution_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40), index=True)
    name_zh: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(200))
    summary_zh: Mapped[str] = mapped_column(Text, default="")
    summary_en: Mapped[str] = mapped_column(Text, default="")
    search_text: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[str] = mapped_column(String(8), default=ListingStatus.DRAFT, index=True)
    version: Mapped[int] = mapped_column(default=1)
    currency: Mapped[str] = mapped_column(String(3), default="CNY")
    amount_min: Mapped[Money]  # 元
    amount_max: Mapped[Money]
    tenor_min: Mapped[int]  # months
    tenor_max: Mapped[int]
    rate: Mapped[Decimal | None] = mapped_column(Numeric(8, 4))  # all-in, percent a year
    terms: Mapped[dict[str, Any]] = mapped_column(default=dict)
    criteria: Mapped[dict[str, Any]] = mapped_column(default=dict)
    quota_total: Mapped[Money]
    quota_used: Mapped[Money] = mapped_column(default=Decimal(0))
    quota_reserved: Mapped[Money] = mapped_column(default=Decimal(0))
    response_hours: Mapped[int] = mapped_column(default=72)
    valid_from: Mapped[date]
    valid_to: Mapped[date] = mapped_column(index=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    listed_at: Mapped[datetime | None] = mapped_column(index=True)
    institution: Mapped[Organisation] = relationship(lazy="raise")
