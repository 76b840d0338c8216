"""Human looks: somebody asks a person to look at how a ranking placed a pair."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market.database import Base, Id, new_id
from market.models.need import Need
from market.models.organisation import Organisation
from market.models.product import Product


class HumanLook(Base):
    """A question about one need and one product, asked by either side, answered by an operator."""

    __tablename__ = "human_look"
    __table_args__ = (UniqueConstraint("need_id", "product_id", "organisation_id"),)

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    need_id: Mapped[str] = mapped_column(ForeignKey("need.id"))
    product_id: Mapped[str] = mapped_column(ForeignKey("product.id"))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    question: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[str] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]
    need: Mapped[Need] = relationship(lazy="raise")
    product: Mapped[Product] = relationship(lazy="raise")
    organisation: Mapped[Organisation] = relationship(lazy="raise")
