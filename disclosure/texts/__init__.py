"""Sentences for people, by code, in Chinese and English, filled by one formatter.

A finding or reason is `Text(code, values)`: data that can be stored and compared. The words stand
in `zh.toml` and `en.toml` of a folder; `Sentences` reads such a folder, so `scoring` keeps its own.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Formatter
from types import MappingProxyType
from typing import Literal, get_args

Lang = Literal["zh", "en"]
LANGUAGES: tuple[Lang, ...] = get_args(Lang)


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same words in Chinese and English."""

    zh: str
    en: str

    def say(self, lang: Lang) -> str:
        """Return the words in one language."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class Text:
    """A sentence by code with its values: str, int, Decimal, date, Bilingual or lists of them."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


def show(value: object, lang: Lang) -> str:
    """Write one value for people: 12,345.6 · 2025年3月1日 / 2025-03-01 · a、b / a, b."""
    if isinstance(value, Bilingual):
        return value.say(lang)
    if isinstance(value, Decimal):
        return show_decimal(value)
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日" if lang == "zh" else value.isoformat()
    if isinstance(value, tuple | list):
        return ("、" if lang == "zh" else ", ").join(show(each, lang) for each in value)
    return str(value)


def show_decimal(value: Decimal) -> str:
    """Write a decimal plainly with thousands separators, never in exponent form."""
    return f"{value:,f}"


class Sentences:
    """The sentences of one folder holding `zh.toml` and `en.toml` with equal keys."""

    def __init__(self, folder: Traversable) -> None:
        self.by_lang: Mapping[Lang, Mapping[str, str]] = MappingProxyType(
            {
                lang: tomllib.loads((folder / f"{lang}.toml").read_text("utf-8"))
                for lang in LANGUAGES
            }
        )

    def say(self, text: Text, lang: Lang) -> str:
        """Fill the sentence of a text in one language; KeyError names an unknown code."""
        sentence = self.by_lang[lang][text.code]
        return sentence.format_map({key: show(each, lang) for key, each in text.values.items()})

    def placeholders(self, lang: Lang) -> dict[str, frozenset[str]]:
        """Map each code to the names its sentence needs (both languages must agree)."""
        return {code: frozenset(_names(each)) for code, each in self.by_lang[lang].items()}


def _names(sentence: str) -> Iterable[str]:
    return (name for _, name, _, _ in Formatter().parse(sentence) if name)


@cache
def sentences() -> Sentences:
    """Return the sentences of `disclosure`, read once."""
    return Sentences(files(__name__))


def say(text: Text, lang: Lang) -> str:
    """Fill a sentence of `disclosure` in one language."""
    return sentences().say(text, lang)
