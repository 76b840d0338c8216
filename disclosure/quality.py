"""PCAF data-quality score of an enterprise's emissions for a lender: 1 (best) to 5.

Business loans, PCAF Global GHG Standard part A: 1 verified · 2 reported, or own energy data with
factors · 3 production with factors · 4 revenue with a sector factor · 5 assets or sector only.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from disclosure.assurance import Assured, claimed, verified
from disclosure.facts import Disclosure
from disclosure.texts import Text

_REPORTED = ("EMS-01", "EMS-05")
_ENERGY = ("ENE-02", "ENE-04")


@dataclass(frozen=True)
class DataQuality:
    """The score with the option it rests on; `after_verification` is what an audit would give."""

    score: int
    option: str
    why: Text
    after_verification: int


def after_verification(score: int, *, reported: bool) -> int:
    """What a score becomes once scopes 1 and 2 are verified; only reported figures can be."""
    return 1 if reported else score


def data_quality(
    disclosure: Disclosure, *, assured: Iterable[Assured] | None = None
) -> DataQuality:
    """Score how scopes 1 and 2 of a disclosure are known.

    `assured`: what verifiers attested; None believes the disclosure's own word (VER-01).
    """
    if all(disclosure.stated(key) for key in _REPORTED):
        if verified(claimed(disclosure) if assured is None else assured):
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
