"""Product carbon footprints with their labels: one product's series, one row a version."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market.database import Base, Id, Json, new_id
from market.enums import FootprintStatus
from market.models.organisation import Organisation
from market.models.stored_file import StoredFile

_IN_WORK = text("status IN ('draft','submitted','verified')")
_PUBLISHED = text("status = 'published'")
_CERTIFIED = (
    "status IN ('draft','submitted') OR (certificate IS NOT NULL AND digest <> ''"
    " AND verifier_id IS NOT NULL AND verified_by IS NOT NULL AND verified_at IS NOT NULL"
    " AND valid_from IS NOT NULL AND valid_until IS NOT NULL AND statement_file_id IS NOT NULL)"
)


class Footprint(Base):
    """A draft by sections (`content`), and once verified its record, certificate and validity.

    What is published never changes: triggers keep it, and keep the maker from being the checker.
    """

    __tablename__ = "footprint"
    __table_args__ = (
        CheckConstraint(
            "status IN ('draft','submitted','verified','published','superseded','expired',"
            "'revoked')",
            name="status",
        ),
        CheckConstraint("verifier_id <> organisation_id", name="maker_is_no_checker"),
        CheckConstraint("valid_until > valid_from", name="validity"),
        CheckConstraint(_CERTIFIED, name="certified"),
        CheckConstraint("status <> 'revoked' OR reason <> ''", name="revoked_with_reason"),
        Index("uq_footprint_certificate", "certificate", unique=True),
        Index(
            "uq_footprint_one_in_work",
            "series_id",
            unique=True,
            sqlite_where=_IN_WORK,
            postgresql_where=_IN_WORK,
        ),
        Index(
            "uq_footprint_one_published",
            "series_id",
            unique=True,
            sqlite_where=_PUBLISHED,
            postgresql_where=_PUBLISHED,
        ),
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=lambda: str(uuid4()))
    series_id: Mapped[str] = mapped_column(String(13), index=True)  # the first version's id
    version: Mapped[int] = mapped_column(default=1)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    verifier_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    status: Mapped[str] = mapped_column(String(10), default=FootprintStatus.DRAFT, index=True)
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)  # section -> what was typed
    editors: Mapped[list[str]] = mapped_column(Json, default=list)  # people who wrote it
    record: Mapped[dict[str, Any]] = mapped_column(default=dict)  # as verified; its bytes hashed
    findings: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    digest: Mapped[str] = mapped_column(String(64), default="")  # SHA-256 of the canonical record
    statement_file_id: Mapped[str | None] = mapped_column(ForeignKey("stored_file.id"))
    certificate: Mapped[str | None] = mapped_column(String(40))
    scheme: Mapped[str] = mapped_column(String(120), default="")
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None] = mapped_column(index=True)
    # Copied out of the record when it is verified, for lists and labels.
    name_zh: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    search_text: Mapped[str] = mapped_column(Text, default="")
    unit: Mapped[str] = mapped_column(String(16), default="")
    amount: Mapped[Decimal | None] = mapped_column(Numeric(20, 6))
    value: Mapped[Decimal | None] = mapped_column(Numeric(20, 6))  # kgCO2e per declared unit
    boundary: Mapped[str] = mapped_column(String(16), default="")
    data_year: Mapped[int | None]
    message: Mapped[str] = mapped_column(Text, default="")  # of the maker, to the verifier
    note: Mapped[str] = mapped_column(Text, default="")  # of the verifier: returned, or public
    reason: Mapped[str] = mapped_column(Text, default="")  # public, of the revocation
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    verified_at: Mapped[datetime | None]
    verified_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]  # superseded, expired or revoked
    organisation: Mapped[Organisation] = relationship(lazy="raise", foreign_keys=[organisation_id])
    verifier: Mapped[Organisation | None] = relationship(lazy="raise", foreign_keys=[verifier_id])
    statement: Mapped[StoredFile | None] = relationship(lazy="raise")
