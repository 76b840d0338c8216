"""The sentences of timetables, by code, in Chinese and English."""

from functools import cache
from importlib.resources import files

from disclosure.texts import Sentences
from scoring.texts import Lang, Text

__all__ = ["say", "sentences"]


@cache
def sentences() -> Sentences:
    """Return the sentences of timetables, read once."""
    return Sentences(files(__name__))


def say(text: Text, lang: Lang) -> str:
    """Fill a sentence of timetables in one language."""
    return sentences().say(text, lang)
