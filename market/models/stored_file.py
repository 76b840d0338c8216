"""Files people upload: the bytes lie content-addressed on disk, this row says whose they are."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from market.database import Base, Id, new_id


class StoredFile(Base):
    """One upload; `digest` is the SHA-256 of the bytes, size in bytes."""

    __tablename__ = "stored_file"

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(String(120))
    content_type: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]
    # The organisation row points back at its evidence, so this reference is made afterwards.
    organisation_id: Mapped[str | None] = mapped_column(
        ForeignKey("organisation.id", use_alter=True), index=True
    )
    uploaded_by: Mapped[str] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
