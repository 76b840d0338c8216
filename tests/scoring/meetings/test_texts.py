"""Every sentence stands in both languages and names the same values."""

from scoring.meetings.texts import sentences


def test_both_languages_have_the_same_sentences_and_values():
    assert sentences().placeholders("zh") == sentences().placeholders("en")
