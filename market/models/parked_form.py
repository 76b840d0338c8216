"""What someone had typed when their login expired; kept a day, given back after signing in."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from market.database import Base, Id, Json, new_id


class ParkedForm(Base):
    """The fields of one refused POST, found only with the random id in that browser's session."""

    __tablename__ = "parked_form"

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    path: Mapped[str] = mapped_column(String(300))
    data: Mapped[list[Any]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(index=True)
