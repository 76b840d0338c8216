"""Tokens for the JSON API: named, tied to a membership, revocable; only a hash is stored."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market.database import Base, Id, new_id
from market.models.membership import Membership


class ApiToken(Base):
    """One token of one member."""

    __tablename__ = "api_token"
    __table_args__ = (UniqueConstraint("token_hash"),)

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    membership_id: Mapped[str] = mapped_column(
        ForeignKey("membership.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(60))
    token_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    membership: Mapped[Membership] = relationship(lazy="raise")
