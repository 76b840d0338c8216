"""Languages, and how numbers, dates and search words look in them."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from flask import g, has_request_context, request
from flask_babel import LazyString, force_locale, get_locale, gettext, lazy_gettext
from opencc import OpenCC

LANGUAGES = ("zh", "en")
SHANGHAI = ZoneInfo("Asia/Shanghai")
WAN = Decimal(10_000)
YI = Decimal(100_000_000)
_BABEL_LOCALES = {"zh": "zh_Hans_CN", "en": "en"}

__all__ = [
    "LANGUAGES",
    "LazyString",
    "babel_locale",
    "fold",
    "gettext",
    "in_language",
    "language",
    "lazy_gettext",
    "local",
    "select_language",
]


def select_language() -> str:
    """The Babel locale of this request: chosen, else the person's, else the browser's, else zh."""
    if not has_request_context():
        return _BABEL_LOCALES["zh"]
    chosen = request.cookies.get("lang") or g.get("person_locale")
    if chosen not in LANGUAGES:
        chosen = request.accept_languages.best_match(["zh", "zh-CN", "zh-TW", "zh-HK", "en"], "zh")
    return _BABEL_LOCALES[str(chosen)[:2]]


def language() -> str:
    """ "zh" or "en", for texts of the pure packages and for columns in two languages."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "zh"


def babel_locale(lang: str) -> str:
    """The Babel locale of one of our two languages."""
    return _BABEL_LOCALES[lang if lang in LANGUAGES else "zh"]


def in_language(lang: str) -> Any:
    """Context manager: speak this language, e.g. in a mail."""
    return force_locale(babel_locale(lang))


def local(thing: Any, field: str = "name") -> str:
    """The zh or en column of an object by the reader's language, the other where it is empty."""
    first, second = ("en", "zh") if language() == "en" else ("zh", "en")
    return str(getattr(thing, f"{field}_{first}") or getattr(thing, f"{field}_{second}"))


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def fold(text: str) -> str:
    """Search form of a text: Simplified, lower case, one space between words."""
    simple = _simplifier().convert(text.replace("臺", "台"))
    return " ".join(simple.casefold().split())


def number(value: Decimal | float | int | None, digits: int = 2) -> str:
    """A number with thousands separators, at most `digits` decimals; a dash for nothing."""
    if value is None:
        return "–"
    text = f"{Decimal(str(value)):,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(value: Decimal | None, currency: str = "CNY") -> str:
    """An amount in 元 written in 万元 or 亿元 (zh), CNY 10k or million (en)."""
    if value is None:
        return "–"
    if language() == "en":
        scaled = f"{number(value / 1_000_000)} million" if value >= 1_000_000 else number(value)
        return f"{currency} {scaled}"
    unit = "元" if currency == "CNY" else currency
    if value >= YI:
        return f"{number(value / YI)} 亿{unit}"
    return f"{number(value / WAN)} 万{unit}" if value >= WAN else f"{number(value)} {unit}"


def carbon(value: Decimal | None) -> str:
    """A quantity of greenhouse gas with its unit."""
    return "–" if value is None else f"{number(value, 1)} tCO₂e"


def day(value: date | datetime | None) -> str:
    """A date as people in Shanghai see it."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = value.astimezone(SHANGHAI).date()
    return value.isoformat()


def moment(value: datetime | None) -> str:
    """A time as people in Shanghai see it."""
    return "–" if value is None else value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
