from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest

from disclosure.texts import Bilingual, Lang, Sentences, Text, say, sentences, show


def test_both_languages_have_equal_keys_and_placeholders() -> None:
    assert sentences().placeholders("zh") == sentences().placeholders("en")
    assert len(sentences().placeholders("zh")) > 80


def test_no_sentence_is_empty() -> None:
    assert all(
        text.strip() for lang in get_args(Lang) for text in sentences().by_lang[lang].values()
    )


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (Decimal("1234567.50"), "1,234,567.50", "1,234,567.50"),
        (Decimal("1E+3"), "1,000", "1,000"),
        (2025, "2025", "2025"),
        (date(2025, 3, 1), "2025年3月1日", "2025-03-01"),
        ((Bilingual("甲", "A"), "b"), "甲、b", "A, b"),
        ("文", "文", "文"),
    ],
)
def test_one_formatter_for_each_language(value: object, zh: str, en: str) -> None:
    assert (show(value, "zh"), show(value, "en")) == (zh, en)


def test_sentence_is_filled() -> None:
    text = Text("DQ-02.length", {"days": 90, "datapoints": ()})
    assert "90天" in say(text, "zh")
    assert "90 days" in say(text, "en")


def test_unknown_code_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        say(Text("DQ-99.none"), "zh")


def test_another_folder_has_its_own_sentences(tmp_path: Path) -> None:
    for lang, words in (("zh", "你好{name}"), ("en", "hello {name}")):
        (tmp_path / f"{lang}.toml").write_text(f'greet = "{words}"', "utf-8")
    own = Sentences(tmp_path)
    assert own.say(Text("greet", {"name": "x"}), "en") == "hello x"
    assert own.placeholders("zh") == {"greet": frozenset({"name"})}
