"""Cells of real spreadsheets: numbers with separators, years of either era, yes and prose.

A cell that holds nothing is None. One that holds something no single value can be read from
raises `Unreadable`; one known to say "not available" (#DIV/0!) raises `NotAvailable`.
"""

import re
from decimal import Decimal

from flask_babel import LazyString, lazy_gettext

ROC_BEGINS = 1911  # year 1 of the Republic of China calendar is 1912
_EMPTY = frozenset({"", "-", "–", "—", "無", "无", "N/A", "NA", "n/a"})
_ERRORS = ("#DIV/0!", "#N/A", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!")
_NUMBER = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?|-?\d+(\.\d+)?", re.ASCII)
_ROC_YEAR = re.compile(r"民國\s*(\d{2,3})\s*年?|民国\s*(\d{2,3})\s*年?")
_YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20\d\d|2100)(?!\d)")
_TRUE, _FALSE = frozenset({"TRUE", "是", "有", "1"}), frozenset({"FALSE", "否", "無承諾", "0"})


class Unreadable(ValueError):
    """The cell holds something that is not one value of its kind; `why` says what."""

    def __init__(self, why: LazyString | str) -> None:
        super().__init__(str(why))
        self.why = why


class NotAvailable(Unreadable):
    """The cell says that the figure could not be computed, or is of another kind altogether."""


def number(cell: str) -> Decimal | None:
    """A plain number; thousands separators are dropped, a percent sign is refused."""
    text = _content(cell)
    if text is None:
        return None
    if text.endswith("%"):
        told = lazy_gettext("“%(cell)s” is a percentage where a quantity belongs; left out.")
        raise NotAvailable(told % {"cell": cell})
    if not _NUMBER.fullmatch(text):
        raise Unreadable(lazy_gettext("“%(cell)s” is not a number.") % {"cell": cell[:40]})
    return Decimal(text.replace(",", ""))


def amount(cell: str) -> Decimal | None:
    """A quantity that cannot be negative, such as emissions or energy."""
    value = number(cell)
    if value is not None and value < 0:
        told = lazy_gettext("%(cell)s is negative, which this quantity cannot be.")
        raise Unreadable(told % {"cell": cell})
    return value


def percent(cell: str) -> Decimal | None:
    """A percentage from 0 to 100, with or without its sign."""
    text = _content(cell)
    if text is None:
        return None
    value = number(text.removesuffix("%"))
    if value is None or not 0 <= value <= 100:
        told = lazy_gettext("“%(cell)s” is not a percentage from 0 to 100; left out.")
        raise NotAvailable(told % {"cell": cell[:40]})
    return value


def year(cell: str) -> int | None:
    """A year; “民國 139 年” is 2050; a list or a span of years is no single year."""
    text = _content(cell)
    if text is None:
        return None
    found = years_in(text)
    if len(found) != 1:
        told = lazy_gettext("“%(cell)s” is not one year; left out.")
        raise NotAvailable(told % {"cell": cell[:40]})
    return found[0]


def years_in(text: str) -> list[int]:
    """The distinct years a text names, of either calendar, in the order they appear."""
    western = _ROC_YEAR.sub(lambda m: f" {int(m[1] or m[2]) + ROC_BEGINS} ", text)
    return list(dict.fromkeys(int(each) for each in _YEAR.findall(western)))


def yes(cell: str) -> bool | None:
    """TRUE or FALSE; None for prose (which is neither) and for nothing."""
    text = cell.strip().upper()
    return True if text in _TRUE else False if text in _FALSE else None


def tw_id(cell: str) -> str:
    """A Taiwan business number with the zeros a spreadsheet dropped from its front."""
    text = cell.strip()
    return text.zfill(8) if text.isascii() and text.isdigit() else text


def _content(cell: str) -> str | None:
    text = cell.strip()
    if text in _EMPTY:
        return None
    if text.upper() in _ERRORS:
        told = lazy_gettext("%(cell)s: the sheet could not compute it; left out.")
        raise NotAvailable(told % {"cell": text})
    return text
