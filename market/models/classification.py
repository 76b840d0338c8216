"""Official lists: GB/T 4754 industries and administrative divisions."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from market.database import Base


class Industry(Base):
    """A row of GB/T 4754-2017; `level` is section, division, group or class."""

    __tablename__ = "industry"

    code: Mapped[str] = mapped_column(String(6), primary_key=True)
    level: Mapped[str] = mapped_column(String(10))
    name_zh: Mapped[str] = mapped_column(String(80))
    parent_code: Mapped[str] = mapped_column(String(6), default="", index=True)


class District(Base):
    """An administrative division of county level."""

    __tablename__ = "district"

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    name_zh: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60), default="")
    city_code: Mapped[str] = mapped_column(String(6), index=True)
