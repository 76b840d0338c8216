"""Matchmaking events, their participants and what each of them wishes."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market.database import Base, Id, Json, new_id
from market.enums import EventKind, EventState
from market.models.organisation import Organisation


class Event(Base):
    """An event: slots count from 0; slot i starts at first_slot_at + i * (slot + pause) minutes."""

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("slots BETWEEN 1 AND 64", name="slots"),
        CheckConstraint("tables BETWEEN 1 AND 1000", name="tables"),
        CheckConstraint(
            "registration_opens_at < registration_closes_at"
            " AND registration_closes_at < preferences_close_at"
            " AND preferences_close_at < first_slot_at",
            name="deadlines",
        ),
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    organiser_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10), default=EventKind.FINANCING)
    name_zh: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(200))
    about_zh: Mapped[str] = mapped_column(Text, default="")
    about_en: Mapped[str] = mapped_column(Text, default="")
    venue: Mapped[str] = mapped_column(String(200), default="")
    online_link: Mapped[str] = mapped_column(String(300), default="")
    state: Mapped[str] = mapped_column(String(12), default=EventState.DRAFT, index=True)
    first_slot_at: Mapped[datetime] = mapped_column(index=True)
    slots: Mapped[int]
    slot_minutes: Mapped[int] = mapped_column(default=20)
    pause_minutes: Mapped[int] = mapped_column(default=5)
    tables: Mapped[int]
    meetings_at_most: Mapped[int] = mapped_column(default=8)  # per participant
    meetings_at_least: Mapped[int] = mapped_column(default=1)  # a floor, kept where possible
    registration_opens_at: Mapped[datetime]
    registration_closes_at: Mapped[datetime]
    preferences_close_at: Mapped[datetime]
    certificate: Mapped[dict[str, Any]] = mapped_column(default=dict)  # score, bound, gap, why not
    version: Mapped[int] = mapped_column(default=1)
    is_sample: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    organiser: Mapped[Organisation] = relationship(lazy="raise")

    def slot_at(self, slot: int) -> datetime:
        """When a slot begins."""
        return self.first_slot_at + slot * timedelta(minutes=self.slot_minutes + self.pause_minutes)

    @property
    def ends_at(self) -> datetime:
        """When the last slot ends."""
        return self.slot_at(self.slots - 1) + timedelta(minutes=self.slot_minutes)


class Participant(Base):
    """An organisation registered for an event, with what it brings and when it can."""

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("event_id", "organisation_id"),
        CheckConstraint("representatives BETWEEN 1 AND 20", name="representatives"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[str] = mapped_column(ForeignKey("event.id"), index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    side: Mapped[str] = mapped_column(String(8))
    representatives: Mapped[int] = mapped_column(default=1)
    unavailable: Mapped[list[int]] = mapped_column(Json, default=list)  # slots
    need_id: Mapped[str | None] = mapped_column(ForeignKey("need.id"))
    product_id: Mapped[str | None] = mapped_column(ForeignKey("product.id"))
    technology_id: Mapped[str | None] = mapped_column(ForeignKey("technology.id"))
    scenario_id: Mapped[str | None] = mapped_column(ForeignKey("scenario.id"))
    withdrawn_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    organisation: Mapped[Organisation] = relationship(lazy="raise")
    event: Mapped[Event] = relationship(lazy="raise")


class Preference(Base):
    """One participant's wish about another of the same event."""

    __tablename__ = "preference"
    __table_args__ = (
        UniqueConstraint("participant_id", "other_id"),
        CheckConstraint("participant_id <> other_id", name="not_oneself"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[str] = mapped_column(ForeignKey("event.id"), index=True)
    participant_id: Mapped[str] = mapped_column(ForeignKey("participant.id"))
    other_id: Mapped[str] = mapped_column(ForeignKey("participant.id"))
    wish: Mapped[str] = mapped_column(String(5))
