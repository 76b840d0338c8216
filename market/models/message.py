"""What we tell people: mails waiting to leave, and the inbox inside the application."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from market.database import Base, Id, new_id


class MailMessage(Base):
    """A mail, written with its cause, sent by a job; the same `dedupe_key` never twice."""

    __tablename__ = "mail_message"
    __table_args__ = (
        UniqueConstraint("dedupe_key"),
        Index("ix_mail_message_unsent", "sent_at", "created_at"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    recipient: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    topic: Mapped[str] = mapped_column(String(40))
    dedupe_key: Mapped[str | None] = mapped_column(String(200))
    attachment_name: Mapped[str] = mapped_column(String(80), default="")
    attachment_type: Mapped[str] = mapped_column(String(80), default="")
    attachment: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")


class Notification(Base):
    """A line in someone's inbox; the sentence is made from code and values when shown."""

    __tablename__ = "notification"
    __table_args__ = (UniqueConstraint("person_id", "dedupe_key"),)

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(60))
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    url: Mapped[str] = mapped_column(String(200), default="")
    dedupe_key: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(index=True)
    read_at: Mapped[datetime | None]
