"""What a VSME report states, whichever format it came in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class VsmeFact:
    """One fact: `value` as printed in the cell, `lexical` as XBRL writes it, where it stood.

    `period` is a day, or `start/end`; percentages are printed times 100 (`scale` -2).
    """

    concept: str
    value: str
    lexical: str
    unit: str | None
    period: str
    dimensions: Mapping[str, str]
    scale: int = 0
    at: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Write the JSON form of `python -m disclosure convert`."""
        form = {
            "concept": self.concept, "value": self.value, "unit": self.unit,
            "period": self.period, "dimensions": dict(self.dimensions), "lexical": self.lexical,
        }  # fmt: skip
        return form | ({"scale": self.scale} if self.scale else {})


@dataclass(frozen=True)
class VsmeReport:
    """A workbook's metadata and facts."""

    entity: str
    identifier: str
    template: str
    schema: str
    start: date
    end: date
    currency: str
    facts: tuple[VsmeFact, ...] = field(default=())
