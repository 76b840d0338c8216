"""PCAF data-quality score of an enterprise's emissions for a lender: 1 (best) to 5.

Business loans, PCAF Global GHG Standard part A: 1 verified · 2 reported, or own energy data with
factors · 3 production with factors · 4 revenue with a sector factor · 5 assets or sector only.
"""

from dataclasses import dataclass
from decimal import Decimal

from disclosure.facts import Disclosure
from disclosure.texts import Text
from disclosure.values import Quantity

_REPORTED = ("EMS-01", "EMS-05")
_ENERGY = ("ENE-02", "ENE-04")


@dataclass(frozen=True)
class DataQuality:
    """The score with the option it rests on; `after_verification` is what an audit would give."""

    score: int
    option: str
    why: Text
    after_verification: int


def data_quality(disclosure: Disclosure) -> DataQuality:
    """Score how scopes 1 and 2 of a disclosure are known."""
    if all(disclosure.stated(key) for key in _REPORTED):
        if _verified(disclosure):
            return DataQuality(1, "1a", Text("quality.1a"), 1)
        return DataQuality(2, "1b", Text("quality.1b"), 1)
    for score, option, known in (
        (2, "2a", all(disclosure.stated(key) for key in _ENERGY)),
        (3, "2b", disclosure.stated("GEN-09") and bool(disclosure.rows("GEN-09"))),
        (4, "3a", bool(disclosure.amount("GEN-05")) and disclosure.stated("GEN-04")),
    ):
        if known:
            return DataQuality(score, option, Text(f"quality.{option}"), score)
    return DataQuality(5, "3b", Text("quality.3b"), 5)


def _verified(disclosure: Disclosure) -> bool:
    """Tell whether scopes 1 and 2 are verified, whatever the level of assurance."""
    scopes: set[str] = set()
    for row in disclosure.rows("VER-01"):
        match row:
            case {
                "status": "verified",
                "scopes": tuple() as named,
                "coverage": Quantity() as cover,
            }:
                scopes |= set(named) if cover.amount > Decimal(0) else set()
    return "scope_1" in scopes and bool(scopes & {"scope_2_location", "scope_2_market"})
