"""The audit trail: who did what, when, from what to what; rows can never be changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from market.database import Base, Json


class AuditRecord(Base):
    """One consequential write, with the SHA-256 of its own content."""

    __tablename__ = "audit_record"
    __table_args__ = (Index("ix_audit_record_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(index=True)
    person_id: Mapped[str] = mapped_column(String(13), default="", index=True)  # "" = the platform
    organisation_id: Mapped[str] = mapped_column(String(13), default="")
    action: Mapped[str] = mapped_column(String(60), index=True)
    subject_kind: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[str] = mapped_column(String(64))
    before: Mapped[dict[str, Any] | None] = mapped_column(Json)
    after: Mapped[dict[str, Any] | None] = mapped_column(Json)
    request_id: Mapped[str] = mapped_column(String(36), default="")
    digest: Mapped[str] = mapped_column(String(64))


class AuditSeal(Base):
    """The chain: SHA-256(previous chain || digest), written in order by a job."""

    __tablename__ = "audit_seal"
    __table_args__ = (UniqueConstraint("record_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("audit_record.id"))
    chain: Mapped[str] = mapped_column(String(64))
