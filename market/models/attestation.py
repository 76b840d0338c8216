"""Attestations: a verifier's signed word about one published version of a disclosure."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market.database import Base, Id, Json, new_id
from market.enums import AttestationStatus, OrganisationStatus
from market.models.disclosure import Disclosure
from market.models.organisation import Organisation
from market.models.stored_file import StoredFile

_OPEN = text("status IN ('requested','accepted')")
_SIGNED = (
    "status NOT IN ('attested','revoked') OR (standard <> '' AND level <> ''"
    " AND coverage IS NOT NULL AND statement_file_id IS NOT NULL"
    " AND statement_date IS NOT NULL AND signed_by IS NOT NULL AND signed_at IS NOT NULL)"
)


class Attestation(Base):
    """Asked for by the enterprise, signed or declined by the verifier, perhaps revoked later.

    Triggers add what a check cannot see: the enterprise is the one that disclosed, the signer
    is none of its people and answered nothing of that year, and what is signed never changes.
    """

    __tablename__ = "attestation"
    __table_args__ = (
        CheckConstraint("verifier_id <> enterprise_id", name="maker_is_no_checker"),
        CheckConstraint(
            "status IN ('requested','accepted','declined','cancelled','attested','revoked')",
            name="status",
        ),
        CheckConstraint("level IN ('','limited','reasonable')", name="level"),
        CheckConstraint("coverage > 0 AND coverage <= 100", name="coverage"),
        CheckConstraint(_SIGNED, name="signed"),
        CheckConstraint("status <> 'revoked' OR reason <> ''", name="revoked_with_reason"),
        Index(
            "uq_attestation_one_open",
            "disclosure_id",
            "verifier_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    disclosure_id: Mapped[str] = mapped_column(ForeignKey("disclosure.id"), index=True)
    enterprise_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    verifier_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    status: Mapped[str] = mapped_column(String(9), default=AttestationStatus.REQUESTED)
    scopes: Mapped[list[str]] = mapped_column(Json, default=list)  # asked; once signed, attested
    message: Mapped[str] = mapped_column(Text, default="")  # of the enterprise, to the verifier
    coverage: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))  # percent of those scopes
    standard: Mapped[str] = mapped_column(String(24), default="")
    level: Mapped[str] = mapped_column(String(10), default="")
    statement_file_id: Mapped[str | None] = mapped_column(ForeignKey("stored_file.id"))
    statement_date: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")  # public, with the statement
    reason: Mapped[str] = mapped_column(Text, default="")  # of declining; of revoking: public
    asked_by: Mapped[str] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    signed_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    signed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    closed_at: Mapped[datetime | None]  # declined, cancelled or revoked
    disclosure: Mapped[Disclosure] = relationship(lazy="raise")
    enterprise: Mapped[Organisation] = relationship(lazy="raise", foreign_keys=[enterprise_id])
    verifier: Mapped[Organisation] = relationship(lazy="raise", foreign_keys=[verifier_id])
    statement: Mapped[StoredFile | None] = relationship(lazy="raise")

    @property
    def counts(self) -> bool:
        """Whether it counts now: signed, not revoked, and the verifier in good standing."""
        approved = self.verifier.status == OrganisationStatus.APPROVED
        return self.status == AttestationStatus.ATTESTED and approved
