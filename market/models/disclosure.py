"""Disclosures: one enterprise, one year, one version; published versions never change."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Numeric,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market.database import Base, Id, Json, new_id
from market.enums import DisclosureStatus
from market.models.organisation import Organisation


class Disclosure(Base):
    """A draft or published version; `content` is the dict form of disclosure.facts.Disclosure.

    Of a published version it is the public record: answers that are not public stand under
    `private` as salted commitments; they themselves are in DisclosurePrivate.
    """

    __tablename__ = "disclosure"
    __table_args__ = (
        UniqueConstraint("organisation_id", "year", "version"),
        Index(
            "uq_disclosure_one_draft",
            "organisation_id",
            "year",
            unique=True,
            sqlite_where=text("status = 'draft'"),
            postgresql_where=text("status = 'draft'"),
        ),
        Index(
            "uq_disclosure_one_published",
            "organisation_id",
            "year",
            unique=True,
            sqlite_where=text("status = 'published'"),
            postgresql_where=text("status = 'published'"),
        ),
        CheckConstraint("year BETWEEN 1990 AND 2100", name="year"),
        CheckConstraint("grade BETWEEN 0 AND 4", name="grade"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    year: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    status: Mapped[str] = mapped_column(String(10), default=DisclosureStatus.DRAFT, index=True)
    content: Mapped[dict[str, Any]]
    edit: Mapped[int] = mapped_column(default=0)  # counts changes of a draft: two editors are seen
    # Of a draft: datapoint -> [the edit that changed it last, the person], to merge two editors.
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # Of a draft: datapoint -> the year its answer was copied from, until it is confirmed.
    copied: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    # Section -> public, consent or private, where it is not the default; fixed at publication.
    visibility: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    restatement_reason: Mapped[str] = mapped_column(String(400), default="")
    third_party_source: Mapped[str] = mapped_column(String(200), default="")
    findings: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    explanations: Mapped[dict[str, Any]] = mapped_column(default=dict)
    grade: Mapped[int] = mapped_column(default=0, index=True)
    points: Mapped[int] = mapped_column(default=0)
    method: Mapped[str] = mapped_column(String(8), default="tq-1")
    digest: Mapped[str] = mapped_column(String(64), default="")  # SHA-256 of the canonical content
    # Figures copied out of the content at publication, for lists, charts and the ranking.
    scope1: Mapped[Decimal | None] = mapped_column(Numeric(20, 4))
    scope2_location: Mapped[Decimal | None] = mapped_column(Numeric(20, 4))
    scope2_market: Mapped[Decimal | None] = mapped_column(Numeric(20, 4))
    scope3: Mapped[Decimal | None] = mapped_column(Numeric(20, 4))
    energy_mwh: Mapped[Decimal | None] = mapped_column(Numeric(20, 4))
    revenue: Mapped[Decimal | None] = mapped_column(Numeric(20, 4))  # 万元 of `currency`
    currency: Mapped[str] = mapped_column(String(3), default="CNY")
    carbon_l: Mapped[Decimal | None] = mapped_column(Numeric(20, 6))  # L, tCO2 per 万元
    employees: Mapped[int | None] = mapped_column(BigInteger)
    completeness: Mapped[int] = mapped_column(default=0)  # percent of the catalogue answered
    assurance: Mapped[int] = mapped_column(default=0)  # 0 none, 1 limited, 2 reasonable
    data_quality: Mapped[int] = mapped_column(default=5)  # PCAF 1 (best) to 5
    period_end: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    updated_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    organisation: Mapped[Organisation] = relationship(lazy="raise")
