"""Targets out of prose: scopes, percent, base year, target year, and what is no target."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.work.imports.sbti_targets import TargetText, targets_in


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        (
            "X commits to reduce absolute scope 1 and 2 GHG emissions 42% by 2030 from a 2021 base"
            " year.",
            [((1, 2), "42", 2021, 2030, "")],
        ),
        (
            "X commits to reduce scope 1 and scope 2 GHG emissions 58.8% by FY2034 from a FY2021"
            " base year, and to measure and reduce its scope 3 emissions.",
            [((1, 2), "58.8", 2021, 2034, "")],
        ),
        (
            "X commits to reduce scope 3 GHG emissions 51.6% per tonne of product by 2030 from a"
            " 2019 base year.",
            [((3,), "51.6", 2019, 2030, "per tonne of product")],
        ),
        (
            "X commits to reduce absolute scope 1 and 2 GHG emissions 50% by FY2030/31 from a"
            " FY2018/19 base year. X also commits to reduce absolute scope 3 GHG emissions 15%"
            " within the same timeframe.",
            [((1, 2), "50", 2019, 2031, ""), ((3,), "15", 2019, 2031, "")],
        ),
        (
            "X commits to reduce absolute scope 1 and 2 GHG emissions 55% by FY2030 and 100% by"
            " FY2050 from a FY2017 base year.",
            [((1, 2), "55", 2017, 2030, ""), ((1, 2), "100", 2017, 2050, "")],
        ),
        (
            "X commits to reduce scope 1+2+3 emissions 90% by 2050 from a 2020 base year.",
            [((1, 2, 3), "90", 2020, 2050, "")],
        ),
    ],
)
def test_targets_are_read_from_their_sentence(text, targets):
    expected = [TargetText(s, Decimal(p), b, t, m) for s, p, b, t, m in targets]
    assert targets_in(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "X commits to maintain zero scope 1 and scope 2 emissions through 2030.",
        "X commits that 85% of suppliers by spend will have science-based targets by 2028.",
        "X's portfolio targets cover 4% of its total investment and lending as of 2020.",
        "X commits to increase sourcing of renewable electricity from 0% in 2019 to 100% by 2030.",
        "X commits to reduce scope 1 emissions 142% by 2030 from a 2021 base year.",
        "X commits to reduce scope 1 emissions 42% by 2020 from a 2021 base year.",
    ],
)
def test_other_pledges_are_no_reduction_targets(text):
    assert targets_in(text) == []


@given(
    st.decimals(min_value="0.1", max_value=100, places=1),
    st.integers(min_value=1990, max_value=2024),
    st.integers(min_value=2025, max_value=2060),
)
def test_any_figures_in_the_usual_sentence_read_back(percent, base, due):
    text = (
        f"X commits to reduce absolute scope 1 and 2 GHG emissions {percent}% by {due}"
        f" from a {base} base year."
    )
    assert targets_in(text) == [TargetText((1, 2), percent, base, due)]


@given(st.text(max_size=300))
def test_any_text_is_read_without_error(text):
    assert isinstance(targets_in(f"X commits to reduce scope 1 {text} 5% by 2030 {text}"), list)
