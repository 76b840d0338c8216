"""Who acts for an organisation, and invitations to colleagues."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market.database import Base, Id, new_id
from market.enums import MemberRole
from market.models.organisation import Organisation
from market.models.person import Person


class Membership(Base):
    """A person's role in an organisation."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("organisation_id", "person_id"),)

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(8), default=MemberRole.EDITOR)
    created_at: Mapped[datetime]
    organisation: Mapped[Organisation] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")


class ColleagueInvitation(Base):
    """An open invitation by mail; the token itself is never stored, only its hash."""

    __tablename__ = "colleague_invitation"
    __table_args__ = (UniqueConstraint("token_hash"), UniqueConstraint("organisation_id", "email"))

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    email: Mapped[str] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(8))
    token_hash: Mapped[str] = mapped_column(String(64))
    invited_by: Mapped[str] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    organisation: Mapped[Organisation] = relationship(lazy="raise")
