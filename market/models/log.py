"""The transparency log: waiting and appended leaves, tree nodes, checkpoints, cosignatures."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market.database import Base, Id, new_id
from market.models.disclosure import Disclosure
from market.models.footprint import Footprint
from market.models.organisation import Organisation


class LogLeaf(Base):
    """An entry: its canonical bytes and leaf hash; `position` is its index once appended."""

    __tablename__ = "log_leaf"
    __table_args__ = (
        UniqueConstraint("subject_id", "kind"),
        UniqueConstraint("position"),
        CheckConstraint("position >= 0", name="position"),
        CheckConstraint("(disclosure_id IS NULL) <> (footprint_id IS NULL)", name="one_subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(24))
    disclosure_id: Mapped[str | None] = mapped_column(ForeignKey("disclosure.id"), index=True)
    footprint_id: Mapped[str | None] = mapped_column(ForeignKey("footprint.id"), index=True)
    subject_id: Mapped[str] = mapped_column(String(13))  # disclosure, attestation or footprint
    entry: Mapped[bytes] = mapped_column(LargeBinary)
    leaf: Mapped[bytes] = mapped_column(LargeBinary(32))
    added_at: Mapped[datetime]
    position: Mapped[int | None]
    disclosure: Mapped[Disclosure | None] = relationship(lazy="raise")
    footprint: Mapped[Footprint | None] = relationship(lazy="raise")


class LogNode(Base):
    """A complete node of the tree over the leaves [place · 2^level, (place + 1) · 2^level)."""

    __tablename__ = "log_node"

    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))


class LogCheckpoint(Base):
    """What the log committed to at a size: root hash, the signed note, the key that signed."""

    __tablename__ = "log_checkpoint"
    __table_args__ = (UniqueConstraint("size", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    size: Mapped[int]
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    note: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(200))  # the verifier key, so that old ones stay known
    signed_at: Mapped[datetime]


class LogWitness(Base):
    """An institution's key for cosigning checkpoints."""

    __tablename__ = "log_witness"
    __table_args__ = (UniqueConstraint("organisation_id", "key"),)

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    key: Mapped[str] = mapped_column(String(200))
    registered_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    organisation: Mapped[Organisation] = relationship(lazy="raise")


class LogCosignature(Base):
    """A witness's signature line under a checkpoint, checked before it was stored."""

    __tablename__ = "log_cosignature"
    __table_args__ = (UniqueConstraint("checkpoint_id", "witness_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    checkpoint_id: Mapped[int] = mapped_column(ForeignKey("log_checkpoint.id"))
    witness_id: Mapped[str] = mapped_column(ForeignKey("log_witness.id"), index=True)
    line: Mapped[str] = mapped_column(String(400))
    cosigned_at: Mapped[datetime]  # as the witness says
    witness: Mapped[LogWitness] = relationship(lazy="raise")
