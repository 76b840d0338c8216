"""What a third party assured: as a disclosure states it (VER-01), or as verifiers attested it.

Scopes 1 and 2 count as assured when each is covered for 95 % or more; scope 2 by either method.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from disclosure.facts import Disclosure
from disclosure.ledger.entries import STATEMENT_KINDS, leaf_of
from disclosure.ledger.note import encode
from disclosure.values import Parts, Quantity

LEVELS = ("limited", "reasonable")
FULL_COVER = Decimal(95)
_SCOPE_2 = {"scope_2_location", "scope_2_market"}


@dataclass(frozen=True, slots=True)
class Assured:
    """One statement: the scopes it covers, its level of assurance, the share covered in percent."""

    scopes: frozenset[str]
    level: str
    coverage: Decimal

    @classmethod
    def from_dict(cls, raw: Any) -> "Assured":
        """Read the form the market publishes attestations in; ValueError says what is wrong."""
        try:
            scopes, level = frozenset(map(str, raw["scopes"])), str(raw["level"])
            coverage = Decimal(str(raw["coverage"]))
        except (TypeError, KeyError, ArithmeticError) as error:
            raise ValueError("an attestation has scopes, level and coverage") from error
        within = coverage.is_finite() and 0 < coverage <= 100
        if level not in LEVELS or not within:
            raise ValueError("level is limited or reasonable, coverage above 0 and at most 100")
        return cls(scopes, level, coverage)


def claimed(disclosure: Disclosure) -> tuple[Assured, ...]:
    """What the disclosure says of itself: the rows of VER-01 that call something verified."""
    rows = (_statement(row) for row in disclosure.rows("VER-01"))
    return tuple(each for each in rows if each is not None)


def standing(entries: Iterable[Mapping[str, Any]], *, about: str) -> tuple[Assured, ...]:
    """What the entries of a log attest of the version with leaf `about`, without what was revoked.

    Whether a verifier is still approved is no entry of the log.
    """
    attested, revoked = STATEMENT_KINDS
    told = [each for each in entries if each.get("about") == about]
    ended = {each["supersedes"] for each in told if each["kind"] == revoked}
    return tuple(
        Assured.from_dict(each)
        for each in told
        if each["kind"] == attested and encode(leaf_of(each)) not in ended
    )


def level_of(assured: Iterable[Assured]) -> int:
    """2 when scopes 1 and 2 are reasonably assured for 95 % or more, 1 when limitedly, else 0."""
    full = [each for each in assured if each.coverage >= FULL_COVER and each.level in LEVELS]
    for rank in (2, 1):
        if _both({s for e in full if LEVELS.index(e.level) + 1 >= rank for s in e.scopes}):
            return rank
    return 0


def verified(assured: Iterable[Assured]) -> bool:
    """Whether scopes 1 and 2 are verified at all, whatever the level and the share."""
    return _both({scope for each in assured if each.coverage > 0 for scope in each.scopes})


def _both(scopes: set[str]) -> bool:
    return "scope_1" in scopes and bool(scopes & _SCOPE_2)


def _statement(row: Parts) -> Assured | None:
    match row:
        case {
            "status": "verified",
            "scopes": tuple() as scopes,
            "coverage": Quantity() as cover,
        } if cover.canonical_unit == "%":
            return Assured(frozenset(map(str, scopes)), str(row.get("level", "")), cover.canonical)
    return None
