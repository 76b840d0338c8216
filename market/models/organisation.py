"""Organisations: one per registered id, any set of kinds."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from market.database import Base, Id, Json, new_id
from market.enums import OrganisationStatus


class Organisation(Base):
    """A firm, institution or agency; `kinds` is a set of OrganisationKind values."""

    __tablename__ = "organisation"
    __table_args__ = (
        UniqueConstraint("id_scheme", "id_value", name="uq_organisation_registered_id"),
        CheckConstraint(
            "status IN ('unclaimed','pending','approved','rejected','suspended')", name="status"
        ),
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    kinds: Mapped[list[str]] = mapped_column(Json, default=list)
    name_zh: Mapped[str] = mapped_column(String(120), index=True)
    name_en: Mapped[str] = mapped_column(String(200), default="")
    search_text: Mapped[str] = mapped_column(Text, default="")  # folded: see texts.fold
    id_scheme: Mapped[str] = mapped_column(String(12))
    id_value: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(12), default=OrganisationStatus.PENDING, index=True)
    country: Mapped[str] = mapped_column(String(2), default="CN")
    district: Mapped[str] = mapped_column(String(12), default="")  # division code, e.g. 310115
    address: Mapped[str] = mapped_column(String(200), default="")
    industry: Mapped[str] = mapped_column(String(6), default="", index=True)  # GB/T 4754 code
    focus_sector: Mapped[str] = mapped_column(String(24), default="", index=True)
    size_class: Mapped[str] = mapped_column(String(8), default="small")
    operating_since: Mapped[date | None]
    website: Mapped[str] = mapped_column(String(200), default="")
    about_zh: Mapped[str] = mapped_column(Text, default="")
    about_en: Mapped[str] = mapped_column(Text, default="")
    isin: Mapped[str] = mapped_column(String(12), default="", index=True)  # of a listed firm
    source: Mapped[str] = mapped_column(String(200), default="")  # where an imported one is from
    is_sample: Mapped[bool] = mapped_column(default=False)
    evidence_file_id: Mapped[str | None] = mapped_column(ForeignKey("stored_file.id"))
    decision_note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]

    def is_a(self, kind: str) -> bool:
        """Whether the organisation acts in this role on the market."""
        return kind in self.kinds


class OrganisationClaim(Base):
    """Someone's request to act for an imported organisation, with evidence; an operator decides."""

    __tablename__ = "organisation_claim"
    __table_args__ = (UniqueConstraint("organisation_id", "person_id"),)

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    evidence_file_id: Mapped[str | None] = mapped_column(ForeignKey("stored_file.id"))
    statement: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[str] = mapped_column(String(10), default="open", index=True)
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
