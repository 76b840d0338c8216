"""Meetings of an event; the seats make a double booking impossible, not merely unlikely."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market.database import Base, Id, new_id
from market.enums import MeetingStatus, Outcome
from market.models.event import Participant


class Meeting(Base):
    """Two participants at a table in a slot; a cancelled one stays, its table and seats free."""

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("event_id", "offers_id", "seeks_id", name="uq_meeting_pair"),
        Index(
            "uq_meeting_table",
            "event_id",
            "slot",
            "table_no",
            unique=True,
            sqlite_where=text("status <> 'cancelled'"),
            postgresql_where=text("status <> 'cancelled'"),
        ),
        UniqueConstraint("id", "event_id", "slot", name="uq_meeting_place"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[str] = mapped_column(ForeignKey("event.id"), index=True)
    offers_id: Mapped[str] = mapped_column(ForeignKey("participant.id"))
    seeks_id: Mapped[str] = mapped_column(ForeignKey("participant.id"))
    slot: Mapped[int]
    table_no: Mapped[int]
    score: Mapped[int] = mapped_column(default=0)  # round(1000 sqrt(p q))
    status: Mapped[str] = mapped_column(String(10), default=MeetingStatus.PLANNED)
    offers: Mapped[Participant] = relationship(lazy="raise", foreign_keys=[offers_id])
    seeks: Mapped[Participant] = relationship(lazy="raise", foreign_keys=[seeks_id])


class MeetingSeat(Base):
    """One seat taken: a participant's representative in a slot; two rows a meeting."""

    __tablename__ = "meeting_seat"
    __table_args__ = (
        UniqueConstraint("participant_id", "seat", "slot", name="uq_meeting_seat_taken"),
        ForeignKeyConstraint(
            ["meeting_id", "event_id", "slot"],
            ["meeting.id", "meeting.event_id", "meeting.slot"],
            name="fk_meeting_seat_place",
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    meeting_id: Mapped[str] = mapped_column(index=True)
    event_id: Mapped[str] = mapped_column(index=True)
    participant_id: Mapped[str] = mapped_column(ForeignKey("participant.id"))
    seat: Mapped[int] = mapped_column(default=0)
    slot: Mapped[int]


class MeetingRating(Base):
    """What one side says of a meeting afterwards; a label for the ranking."""

    __tablename__ = "meeting_rating"
    __table_args__ = (
        UniqueConstraint("meeting_id", "participant_id"),
        CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    meeting_id: Mapped[str] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    participant_id: Mapped[str] = mapped_column(ForeignKey("participant.id"))
    stars: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(10), default=Outcome.NONE)
    comment: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
