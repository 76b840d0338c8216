"""Reads of the inbox."""

from sqlalchemy import select

from market.extensions import db
from market.models import Notification, Person

_SHOWN = 50


def newest(person_id: str) -> list[Notification]:
    """The newest lines of someone's inbox."""
    return list(
        db.session.scalars(
            select(Notification)
            .where(Notification.person_id == person_id)
            .order_by(Notification.created_at.desc(), Notification.id)
            .limit(_SHOWN)
        )
    )


def muted_topics(person_id: str) -> list[str]:
    """Topics this person wants no mail about."""
    return db.session.scalars(select(Person.muted_topics).where(Person.id == person_id)).one()
