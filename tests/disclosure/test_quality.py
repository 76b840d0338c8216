from decimal import Decimal

import pytest

from disclosure.assurance import Assured
from disclosure.quality import after_verification, data_quality
from disclosure.texts import say
from tests.disclosure.samples import q, sample, tabling, without

UNVERIFIED = tabling(sample(), "VER-01")


def test_verified_emissions_score_1() -> None:
    assert data_quality(sample()).score == 1


@pytest.mark.parametrize(
    ("missing", "score", "option"),
    [
        ((), 2, "1b"),
        (("EMS-05",), 2, "2a"),
        (("EMS-05", "ENE-04"), 3, "2b"),
        (("EMS-05", "ENE-04", "GEN-09"), 4, "3a"),
        (("EMS-05", "ENE-04", "GEN-09", "GEN-04"), 5, "3b"),
    ],
)
def test_score_follows_what_is_known(missing: tuple[str, ...], score: int, option: str) -> None:
    found = data_quality(without(UNVERIFIED, *missing))
    assert (found.score, found.option) == (score, option)
    assert say(found.why, "zh")


def test_verification_would_raise_reported_figures_to_1() -> None:
    assert data_quality(UNVERIFIED).after_verification == 1
    assert data_quality(without(UNVERIFIED, "EMS-01")).after_verification == 2


def test_verification_of_one_scope_is_not_enough() -> None:
    row = {**sample().rows("VER-01")[0], "scopes": ("scope_1",)}
    assert data_quality(tabling(sample(), "VER-01", row)).score == 2
    none = {**sample().rows("VER-01")[0], "coverage": q("0", "%")}
    assert data_quality(tabling(sample(), "VER-01", none)).score == 2


def test_what_is_attested_replaces_the_disclosures_own_word() -> None:
    assert data_quality(sample(), assured=()).score == 2
    scopes = frozenset({"scope_1", "scope_2_location"})
    attested = Assured(scopes, "limited", Decimal(10))
    assert data_quality(UNVERIFIED, assured=(attested,)).score == 1


def test_only_reported_figures_can_be_verified() -> None:
    assert (after_verification(2, reported=True), after_verification(4, reported=False)) == (1, 4)
