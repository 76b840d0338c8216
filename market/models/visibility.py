"""Answers that are not public, who may see them, who read them, and certificates in use."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market.database import Base, Id, Json, new_id
from market.enums import AskStatus
from market.models.disclosure import Disclosure
from market.models.organisation import Organisation
from market.models.person import Person


class DisclosurePrivate(Base):
    """What a published version keeps from the public: answers, their salts, the full findings."""

    __tablename__ = "disclosure_private"

    disclosure_id: Mapped[str] = mapped_column(ForeignKey("disclosure.id"), primary_key=True)
    answers: Mapped[dict[str, Any]]  # datapoint -> the answer in its JSON form
    salts: Mapped[dict[str, Any]]  # datapoint -> 32 random bytes in base64
    findings: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    explanations: Mapped[dict[str, Any]] = mapped_column(default=dict)


class DisclosureConsent(Base):
    """An enterprise opens sections to one institution until a day; no disclosure: every year."""

    __tablename__ = "disclosure_consent"
    __table_args__ = (
        Index("ix_disclosure_consent_pair", "institution_id", "enterprise_id"),
        Index("ix_disclosure_consent_enterprise", "enterprise_id", "given_at"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    enterprise_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    institution_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    disclosure_id: Mapped[str | None] = mapped_column(ForeignKey("disclosure.id"), index=True)
    sections: Mapped[list[str]] = mapped_column(Json)
    purpose: Mapped[str] = mapped_column(String(200))
    expires_at: Mapped[datetime]
    given_by: Mapped[str] = mapped_column(ForeignKey("people.id"))
    given_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    enterprise: Mapped[Organisation] = relationship(lazy="raise", foreign_keys=[enterprise_id])
    institution: Mapped[Organisation] = relationship(lazy="raise", foreign_keys=[institution_id])
    disclosure: Mapped[Disclosure | None] = relationship(lazy="raise")


class DisclosureAsk(Base):
    """An institution asks to see sections of one published version."""

    __tablename__ = "disclosure_ask"
    __table_args__ = (
        Index("ix_disclosure_ask_pair", "institution_id", "disclosure_id"),
        Index("ix_disclosure_ask_enterprise", "enterprise_id", "asked_at"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    enterprise_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    institution_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    disclosure_id: Mapped[str] = mapped_column(ForeignKey("disclosure.id"), index=True)
    sections: Mapped[list[str]] = mapped_column(Json)
    purpose: Mapped[str] = mapped_column(String(200))
    expires_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(8), default=AskStatus.WAITING)
    asked_by: Mapped[str] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(String(400), default="")
    enterprise: Mapped[Organisation] = relationship(lazy="raise", foreign_keys=[enterprise_id])
    institution: Mapped[Organisation] = relationship(lazy="raise", foreign_keys=[institution_id])
    disclosure: Mapped[Disclosure] = relationship(lazy="raise")


class DisclosureReading(Base):
    """Someone read answers under a consent: who, what, when; rows can never be changed."""

    __tablename__ = "disclosure_reading"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    consent_id: Mapped[str] = mapped_column(ForeignKey("disclosure_consent.id"), index=True)
    disclosure_id: Mapped[str] = mapped_column(ForeignKey("disclosure.id"), index=True)
    enterprise_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    institution_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    how: Mapped[str] = mapped_column(String(8))  # page, api or bundle
    sections: Mapped[list[str]] = mapped_column(Json)
    institution: Mapped[Organisation] = relationship(lazy="raise", foreign_keys=[institution_id])
    person: Mapped[Person] = relationship(lazy="raise")
    disclosure: Mapped[Disclosure] = relationship(lazy="raise")


class CertificateUse(Base):
    """A green certificate in use by a year that counts; `key` is a hash of its number."""

    __tablename__ = "certificate_use"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_certificate_use_year", "organisation_id", "year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(64))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    year: Mapped[int]
    disclosure_id: Mapped[str] = mapped_column(ForeignKey("disclosure.id"), index=True)
