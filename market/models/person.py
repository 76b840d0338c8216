"""People who sign in, and the two operator roles of the platform itself."""

from datetime import datetime

from flask_security import AsaList, RoleMixin, UserMixin
from sqlalchemy import Column, ForeignKey, String, Table, UniqueConstraint
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market.database import Base, Id, Json, new_id

role_of_person = Table(
    "role_of_person",
    Base.metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("role.id", ondelete="CASCADE"), primary_key=True),
)


class Role(Base, RoleMixin):
    """A platform role: operator or programme_office; market roles are memberships."""

    __tablename__ = "role"
    __table_args__ = (UniqueConstraint("name"),)

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)  # type: ignore[assignment]  # the mixin says int
    name: Mapped[str] = mapped_column(String(40))
    permissions: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))


class Person(Base, UserMixin):
    """Someone with an account; Flask-Security's user."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("email"), UniqueConstraint("fs_uniquifier"))

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)  # type: ignore[assignment]  # the mixin says int
    email: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(80), default="")
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64))
    confirmed_at: Mapped[datetime | None]
    locale: Mapped[str] = mapped_column(String(2), default="zh")
    muted_topics: Mapped[list[str]] = mapped_column(Json, default=list)
    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]
    roles: Mapped[list[Role]] = relationship(  # type: ignore[assignment]  # invariance of list
        secondary=role_of_person, lazy="selectin"
    )
