"""Which model served since when, and who decided so on which report."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from market.database import Base, Id, new_id


class ModelPromotion(Base):
    """One decision of a person to rank with a model from now on; `replaced` served before."""

    __tablename__ = "model_promotion"

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    digest: Mapped[str] = mapped_column(String(64), ForeignKey("artefact.digest"))
    replaced: Mapped[str] = mapped_column(String(64), default="")
    reason: Mapped[str] = mapped_column(Text)
    rollback: Mapped[bool] = mapped_column(default=False)
    decided_by: Mapped[str] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime] = mapped_column(index=True)
