"""Keys, operands and levels of the pair features: where a need and a listing meet."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal

from scoring.facts import CARBON_COLLATERAL, Collateral

Band = tuple[int, int]
Scope = tuple[frozenset[str], frozenset[str]]

AMOUNT_EDGES = tuple(
    float(digit * 10**power) for power in range(4, 10) for digit in (1, 2, 3, 5, 7)
)
"""CNY, five bins a decade from ten thousand to ten billion."""
TENOR_EDGES = (1.5, 3.5, 6.5, 9.5, 12.5, 18.5, 24.5, 36.5, 48.5, 60.5, 84.5, 120.5, 180.5)
"""Months; an edge lies just above the usual tenors, so that 12 and 13 months differ."""

_TANGIBLE = frozenset({Collateral.EQUIPMENT, Collateral.REAL_ESTATE})
_CLAIMS = frozenset({Collateral.RECEIVABLE, Collateral.INCOME_RIGHT})
_CLASSES = (
    CARBON_COLLATERAL,
    _CLAIMS,
    _TANGIBLE,
    frozenset({Collateral.GUARANTEE}),
    frozenset({Collateral.CREDIT}),
)
_CREDIT_BIT = 1 << (len(_CLASSES) - 1)
COLLATERAL_KEYS = 1 << len(_CLASSES)


def band(value: Decimal | float, edges: Sequence[float]) -> int:
    """The bin of a value between edges, 0..len(edges)."""
    return bisect_right(edges, float(value))


def span(low: Decimal | float, high: Decimal | float, edges: Sequence[float]) -> Band:
    """The first and last bin of a range."""
    return band(low, edges), band(high, edges)


def fit_level(key: int, bands: Band) -> int:
    """1 far outside, 2 next to the range, 3 in its first or last bin, 4 well inside."""
    low, high = bands
    outside = max(low - key, key - high)
    if outside > 0:
        return 2 if outside == 1 else 1
    return 4 if low < key < high else 3


def within_level(key: int, own: int | None) -> int:
    """0 when the listing does not say, 1 more than a bin over, 2 one bin over, 3 within."""
    if own is None:
        return 0
    over = own - key
    return 3 if over <= 0 else 2 if over == 1 else 1


def margin_level(key: int, required: int) -> int:
    """How far a level lies above what is asked, from two below (1) to two above (5)."""
    return min(2, max(-2, key - required)) + 3


def division(sector: str) -> int:
    """The GB/T 4754 division of a code, as 39 of C3911; 0 when it has none."""
    digits = sector[1:3]
    return int(digits) if len(digits) == 2 and digits.isascii() and digits.isdigit() else 0


def scope_level(key: int, scope: Scope) -> int:
    """1 not named or left out, 2 open to all, 3 section named, 4 division or finer named."""
    include, exclude = scope
    if any(_names_division(entry, key) and len(entry) == 3 for entry in exclude):
        return 1
    if not include:
        return 2
    if any(_names_division(entry, key) for entry in include):
        return 4
    return 3 if any(_names_section(entry, key) for entry in include) else 1


def _names_division(entry: str, key: int) -> bool:
    return key != 0 and division(entry) == key


def _names_section(entry: str, key: int) -> bool:
    return len(entry) == 1 and entry == _section(key)


def _section(key: int) -> str:
    """The section letter of a division number, by the standard's own ranges."""
    position = bisect_right(_SECTION_STARTS, key) - 1
    return "ABCDEFGHIJKLMNOPQRST"[position] if position >= 0 else ""


_SECTION_STARTS = (1, 6, 13, 44, 47, 51, 53, 61, 63, 66, 70, 71, 73, 76, 80, 83, 84, 86, 91, 97)


def named_level(key: int, wanted: frozenset[int]) -> int:
    """1 not among the wanted, 2 open to all, 3 named, 4 named as one of at most three."""
    if not wanted:
        return 2
    if key not in wanted:
        return 1
    return 4 if len(wanted) <= 3 else 3


def collateral_mask(kinds: Iterable[Collateral]) -> int:
    """The classes of collateral offered or accepted, as bits."""
    held = frozenset(kinds)
    return sum(1 << bit for bit, members in enumerate(_CLASSES) if held & members)


def collateral_level(key: int, accepted: int) -> int:
    """1 nothing accepted, 2 unsecured only, 3 one class accepted, 4 two classes or more.

    A listing that names no collateral accepts any; a need that names none asks for credit.
    """
    offered = key or _CREDIT_BIT
    shared = offered & accepted if accepted else offered
    secured = (shared & ~_CREDIT_BIT).bit_count()
    if secured == 0:
        return 2 if shared else 1
    return 3 if secured == 1 else 4
