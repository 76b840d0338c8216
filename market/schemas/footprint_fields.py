"""The figures of footprints as fields, and the words of their closed lists."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext

from disclosure.footprint_terms import Boundary, Unit
from market.schemas.fields import Amount
from market.texts import LazyString

LARGEST = Decimal(999_999_999)
UNIT_NAMES: Mapping[str, LazyString] = {
    Unit.PIECE: lazy_gettext("piece"),
    Unit.KILOGRAM: lazy_gettext("kilogram"),
    Unit.LITER: lazy_gettext("litre"),
    Unit.CUBIC_METER: lazy_gettext("cubic metre"),
    Unit.SQUARE_METER: lazy_gettext("square metre"),
    Unit.KILOWATT_HOUR: lazy_gettext("kilowatt hour"),
    Unit.MEGAJOULE: lazy_gettext("megajoule"),
    Unit.TON_KILOMETER: lazy_gettext("tonne kilometre"),
    Unit.HOUR: lazy_gettext("hour"),
    Unit.MEGABIT_SECOND: lazy_gettext("megabit second"),
}
BOUNDARY_NAMES: Mapping[str, LazyString] = {
    Boundary.GATE: lazy_gettext("cradle to gate"),
    Boundary.GRAVE: lazy_gettext("cradle to grave"),
}


class Figure(Amount):
    """A plain decimal kept exactly as typed, without the suffixes of money."""

    def __init__(self, label: Any, **given: Any) -> None:
        given = {"most": LARGEST, "places": 6, "unit": "", **given}
        super().__init__(label, **given)
        self.metadata = {**self.metadata, "widget": "whole"}

    def _parse(self, value: str) -> Decimal:
        text = value.replace(",", "").replace("，", "").strip()
        if not re.fullmatch(r"-?\d{1,9}(\.\d{1,6})?", text, re.ASCII):
            raise self.make_error("invalid")
        return Decimal(text)

    def _deserialize(self, value: Any, *given: Any, **more: Any) -> Decimal:
        super()._deserialize(value, *given, **more)
        return self._parse(value)


def optional(label: Any, **given: Any) -> Figure:
    """A figure that may be left out."""
    return Figure(label, load_default=None, allow_none=True, **given)
