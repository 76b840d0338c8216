"""The firms of the sample market: visibly invented, valid, and repeatable."""

from random import Random

from stdnum.cn import uscc

from market.sample.firms import draw_firms, sample_uscc


def test_the_same_seed_draws_the_same_firms() -> None:
    assert draw_firms(20, Random(3), last_year=2025) == draw_firms(20, Random(3), last_year=2025)


def test_every_name_says_that_it_is_a_sample() -> None:
    firms = draw_firms(120, Random(167), last_year=2025)
    assert all("示例" in firm.name_zh and "(sample)" in firm.name_en for firm in firms)
    assert len({firm.name_zh for firm in firms}) == 120


def test_registered_ids_are_valid_distinct_and_in_the_sample_range() -> None:
    ids = {sample_uscc(number, kind) for number in range(120) for kind in "12345"}
    assert len(ids) == 600
    assert all(uscc.is_valid(each) and each.startswith("91310115TQ") for each in ids)


def test_figures_are_positive_and_years_follow_each_other() -> None:
    for firm in draw_firms(60, Random(1), last_year=2025):
        years = [figures.year for figures in firm.years]
        assert years == list(range(years[0], 2026))
        assert 2 <= len(years) <= 3
        assert all(min(f.revenue, f.scope1, f.scope2) > 0 for f in firm.years)
