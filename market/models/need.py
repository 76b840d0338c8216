"""Financing needs, consents to be seen by name, and invitations from institutions."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market.database import Base, Id, Json, Money, new_id
from market.enums import InvitationStatus, PostingStatus
from market.models.organisation import Organisation
from market.models.product import Product


class Need(Base):
    """What an enterprise seeks: amount in 元, tenor in months, purpose, collateral, project."""

    __tablename__ = "need"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("tenor_months BETWEEN 1 AND 600", name="tenor"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    enterprise_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    amount: Mapped[Money]
    currency: Mapped[str] = mapped_column(String(3), default="CNY")
    tenor_months: Mapped[int]
    purpose: Mapped[str] = mapped_column(String(32), index=True)
    collateral: Mapped[list[str]] = mapped_column(Json, default=list)
    project: Mapped[str] = mapped_column(Text, default="")
    project_investment: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))  # 元
    project_reduction: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))  # tCO2e a year
    status: Mapped[str] = mapped_column(String(8), default=PostingStatus.OPEN, index=True)
    ranked: Mapped[bool] = mapped_column(default=True)  # False: left out of automated ranking
    suitability: Mapped[bool] = mapped_column(default=False)  # assessed as fit for derivatives
    created_at: Mapped[datetime] = mapped_column(index=True)
    updated_at: Mapped[datetime]
    enterprise: Mapped[Organisation] = relationship(lazy="raise")


class Consent(Base):
    """An enterprise lets one institution see who stands behind a need; revocable."""

    __tablename__ = "consent"
    __table_args__ = (UniqueConstraint("need_id", "institution_id"),)

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    need_id: Mapped[str] = mapped_column(ForeignKey("need.id"), index=True)
    institution_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    given_by: Mapped[str] = mapped_column(ForeignKey("people.id"))
    given_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    institution: Mapped[Organisation] = relationship(lazy="raise")


class NeedInvitation(Base):
    """An institution invites the enterprise behind a need to talk about one product."""

    __tablename__ = "need_invitation"
    __table_args__ = (UniqueConstraint("need_id", "product_id"),)

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    need_id: Mapped[str] = mapped_column(ForeignKey("need.id"), index=True)
    product_id: Mapped[str] = mapped_column(ForeignKey("product.id"), index=True)
    message: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[str] = mapped_column(String(8), default=InvitationStatus.SENT)
    invited_by: Mapped[str] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    need: Mapped[Need] = relationship(lazy="raise")
    product: Mapped[Product] = relationship(lazy="raise")
