from scoring.criteria import FINANCE_CRITERIA, TECHNOLOGY_CRITERIA
from scoring.facts import Assurance, Collateral, Process, Purpose, SizeClass
from scoring.moves import CHANGES
from scoring.names import name_of
from scoring.texts import say, sentences


def test_both_languages_have_the_same_codes_and_placeholders():
    assert sentences().placeholders("zh") == sentences().placeholders("en")


def test_every_criterion_and_move_has_words():
    codes = sentences().by_lang["zh"].keys()
    assert {criterion.code for criterion in FINANCE_CRITERIA + TECHNOLOGY_CRITERIA} <= codes
    assert all(say(change.do, "en") for change in CHANGES)


def test_every_fixed_word_has_a_name():
    for words in (Assurance, Collateral, Process, Purpose, SizeClass):
        names = [name_of(word) for word in words]
        assert len({name.zh for name in names}) == len(list(words))
        assert all(name.en for name in names)
