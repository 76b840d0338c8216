"""Our own words, in Chinese and English, for the concepts and members of the VSME taxonomy."""

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from disclosure.exchange.vsme_taxonomy import label
from disclosure.texts import Bilingual

_WORD = re.compile(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])")


@cache
def _labels() -> Mapping[str, Bilingual]:
    text = (files("disclosure") / "exchange" / "vsme" / "labels.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["name"]: Bilingual(row["zh"], row["en"]) for row in rows}


def label_of(name: str) -> Bilingual:
    """Return our words for a concept or member; the taxonomy's own where we have none."""
    if found := _labels().get(name):
        return found
    try:
        words = label(name)
    except KeyError:
        words = _WORD.sub(" ", name.partition(":")[2])
    return Bilingual(words, words)
