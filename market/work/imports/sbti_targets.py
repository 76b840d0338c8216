"""Reduction targets out of the prose of the Science Based Targets initiative.

A target is (scopes, percent, base year, target year), absolute or per unit of something. Only what
a sentence says outright is read; supplier engagement, renewable shares and headings are not targets
of reduction and stay in the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_YEAR = r"(?:the\s)?(?:end\sof\s)?(?:(?:FY|CY|fiscal\syear|calendar\syear|financial\syear)\s?)?"
_DIGITS = r"(?P<{name}>(?:19|20)\d\d(?:[/-](?:20)?\d\d(?!\d))?)"
_TARGET = re.compile(
    r"(?:reduc\w+|decreas\w+|cut)\s(?P<what>(?:(?!\bcommits?\b).){0,600}?)"
    r"(?:\sby\s|\s|\()(?P<percent>\d{1,3}(?:[.,]\d+)?)\s?%\)?(?P<metric>\s(?:per|/)\s?.{1,160}?)?"
    r"(?P<more>[^.%]{0,160}?)"
    r"(?:,?\s(?:by|in|through|until)\s" + _YEAR + _DIGITS.format(name="target") + r"[^.%]{0,80}?"
    r"(?:from|compared\s(?:to|with)|against|versus|relative\sto|over|based\son|using)\s"
    r"(?:an?\s|the\s|its\s)?(?:base\s?year\s(?:of\s)?)?"
    + _YEAR
    + _DIGITS.format(name="base")
    + r"|(?P<same>(?:over|within|in|by|during|across)\sth(?:e|is)\ssame\s"
    r"(?:time\s?-?frame|target\s?(?:year|period)|period|time\s?period|timeline)))",
    re.IGNORECASE,
)
_SCOPE = re.compile(
    r"scopes?\s*((?:[123](?:\s*(?:,|and|&|\+|plus|/|to|-)\s*(?:and\s)?(?:scopes?\s*)?(?=[123]))?)+)",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"(?P<percent>\d{1,3}(?:\.\d+)?)\s?%\sby\s" + _YEAR + _DIGITS.format(name="target")
)
_LARGEST = Decimal(100)


@dataclass(frozen=True)
class TargetText:
    """One target: reduction in percent of the base year; `metric` is empty for absolute ones."""

    scopes: tuple[int, ...]
    reduction: Decimal
    base_year: int
    target_year: int
    metric: str = ""


def targets_in(text: str) -> list[TargetText]:
    """The targets a text states, in its order, each once."""
    return list(dict.fromkeys(_read(" ".join(text.split()))))


def _read(text: str) -> Iterator[TargetText]:
    target_year = base_year = 0
    for found in _TARGET.finditer(text):
        scopes = _scopes(found["what"]) or _scopes(found["more"])
        if found["target"]:
            target_year, base_year = _year(found["target"]), _year(found["base"])
        if not scopes:
            continue
        metric = " ".join((found["metric"] + found["more"]).split()) if found["metric"] else ""
        steps = [(each["percent"], _year(each["target"])) for each in _steps(found["what"])]
        for percent, due in [*steps, (found["percent"], target_year)]:
            reduction = Decimal(percent.replace(",", "."))
            if 1990 <= base_year < due <= 2100 and 0 < reduction <= _LARGEST:
                yield TargetText(scopes, reduction, base_year, due, metric)


def _steps(words: str) -> Iterator[re.Match[str]]:
    """“55% by 2030 and 100% by 2050 from a 2017 base year” is two targets."""
    return _EARLIER.finditer(words)


def _year(digits: str) -> int:
    """A year; a fiscal year written 2030/31 is named by the year it ends in."""
    return int(digits[:2] + digits[-2:]) if len(digits) > 4 else int(digits)


def _scopes(words: str) -> tuple[int, ...]:
    """The scopes named; “1 to 3” and “1-3” mean all three."""
    named: set[int] = set()
    for group in _SCOPE.findall(words):
        numbers = [int(digit) for digit in re.findall(r"[123]", group)]
        if re.search(r"\bto\b|-", group) and len(numbers) == 2:
            numbers = list(range(numbers[0], numbers[1] + 1))
        named.update(numbers)
    return tuple(sorted(named))
