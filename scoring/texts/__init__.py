"""The sentences of `scoring`, by code, in Chinese and English."""

from functools import cache
from importlib.resources import files

from disclosure.texts import Bilingual, Lang, Sentences, Text

__all__ = ["Bilingual", "Lang", "Text", "say", "sentences"]


@cache
def sentences() -> Sentences:
    """Return the sentences of `scoring`, read once."""
    return Sentences(files(__name__))


def say(text: Text, lang: Lang) -> str:
    """Fill a sentence of `scoring` in one language."""
    return sentences().say(text, lang)
