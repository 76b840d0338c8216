"""Documents made of published disclosures, and filings received as inline XBRL."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from market.database import Base, Id, new_id


class Report(Base):
    """A PDF of a published version in one language; `state_key` hashes everything it shows.

    `file_digest` is empty until it is made; `error` says why it could not be.
    """

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("disclosure_id", "language", "state_key"),
        CheckConstraint("language IN ('zh','en')", name="language"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    disclosure_id: Mapped[str] = mapped_column(ForeignKey("disclosure.id"))
    language: Mapped[str] = mapped_column(String(2))
    state_key: Mapped[str] = mapped_column(String(64))
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(String(200), default="")
    file_digest: Mapped[str] = mapped_column(String(64), default="")
    size: Mapped[int] = mapped_column(default=0)
    pages: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime]
    made_at: Mapped[datetime | None]


class Filing(Base):
    """An inline XBRL file an enterprise sent in; `result` holds facts and findings once checked.

    It names no draft: drafts may be discarded, what was received and found stays.
    """

    __tablename__ = "filing"

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    file_digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    received_by: Mapped[str] = mapped_column(ForeignKey("people.id"))
    received_at: Mapped[datetime]
    checked_at: Mapped[datetime | None]
    filled_at: Mapped[datetime | None]
