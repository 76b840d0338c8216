"""What a check says, and what it may look at besides the disclosure itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from disclosure.exchange.xbrl_received import Received
from disclosure.factors import FactorTable, table
from disclosure.facts import Disclosure
from disclosure.texts import Bilingual, Text, say
from disclosure.values import Quantity


class Result(StrEnum):
    """Outcome of one check."""

    PASS = "pass"  # noqa: S105 - the outcome of a check, not a password
    WARN = "warn"
    FAIL = "fail"
    NOT_RUN = "not_run"


class Severity(StrEnum):
    """E: blocks publishing. W: needs an explanation."""

    ERROR = "E"
    WARNING = "W"


@dataclass(frozen=True)
class Finding:
    """One outcome with what is needed to recompute it."""

    code: str
    result: Result
    severity: Severity
    datapoints: tuple[str, ...]
    text: Text
    inputs: Mapping[str, str] = field(default_factory=dict)
    formula: str = ""
    tolerance: str = ""

    @property
    def blocks(self) -> bool:
        """Tell whether it blocks publishing."""
        return self.result is Result.FAIL and self.severity is Severity.ERROR

    def to_dict(self) -> dict[str, Any]:
        """Write the JSON form of `python -m disclosure check --json`."""
        return {
            "code": self.code,
            "result": str(self.result),
            "severity": str(self.severity),
            "datapoints": list(self.datapoints),
            "zh": say(self.text, "zh"),
            "en": say(self.text, "en"),
            "inputs": dict(self.inputs),
            "formula": self.formula,
            "tolerance": self.tolerance,
        }


@dataclass(frozen=True, slots=True)
class Outside:
    """The same figure as published elsewhere: emissions-trading report, annual report …"""

    source: Bilingual
    datapoint: str
    value: Quantity
    part: str = "value"


@dataclass(frozen=True)
class Peers:
    """Intensities of the sector's other firms in the same year: tCO2e of scopes 1 and 2.

    Per whole unit of the disclosure's own currency, and per employee.
    """

    per_revenue: tuple[Decimal, ...] = ()
    per_employee: tuple[Decimal, ...] = ()


@dataclass(frozen=True)
class Context:
    """What checks may know beyond the disclosure; what is absent makes a check `not_run`.

    `today` is the day of checking, `earlier` the same organisation's published disclosures of
    earlier years; `third_party` marks figures collected by others, which are never complete;
    `certificates` are the green certificates that other disclosures used (None: unknown), `filing`
    the inline XBRL file the figures were taken from.
    """

    today: date | None = None
    earlier: tuple[Disclosure, ...] = ()
    third_party: bool = False
    factors: FactorTable = field(default_factory=table)
    certificates: frozenset[str] | None = None
    outside: tuple[Outside, ...] = ()
    peers: Peers | None = None
    filing: Received | None = None

    def year_before(self, disclosure: Disclosure) -> Disclosure | None:
        """Return the published disclosure of the year before, if known."""
        return self.of_year(disclosure.year - 1)

    def of_year(self, year: int) -> Disclosure | None:
        """Return the published disclosure of a year, if known."""
        return next((each for each in self.earlier if each.year == year), None)
