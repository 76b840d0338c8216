"""Charts: plain data in, a figure's JSON out."""

import json
from decimal import Decimal

import pytest

from market.web import charts


def test_bars_carry_the_data_and_translated_titles() -> None:
    figure = json.loads(
        charts.bars([2024, 2025], {"范围一": [Decimal("1.5"), None]}, x="年度", y="tCO₂e")
    )
    trace = figure["data"][0]
    assert (trace["x"], trace["y"], trace["name"]) == ([2024, 2025], [1.5, None], "范围一")
    assert figure["layout"]["xaxis"]["title"]["text"] == "年度"
    assert figure["layout"]["yaxis"]["title"]["text"] == "tCO₂e"


def test_years_keep_their_distances_and_words_do_not() -> None:
    years = json.loads(charts.bars([2020, 2030], {"a": [1, 2]}))
    words = json.loads(charts.bars(["上海", "江苏"], {"a": [1, 2]}))
    assert "type" not in years["layout"]["xaxis"]
    assert words["layout"]["xaxis"]["type"] == "category"


def test_a_path_is_a_dashed_line_over_the_bars() -> None:
    figure = json.loads(charts.bars([2024], {"a": [1]}, paths={"目标": [(2021, 5), (2030, 2)]}))
    assert figure["data"][1]["line"]["dash"] == "dash"
    assert figure["data"][1]["x"] == [2021, 2030]


def test_lying_bars_grow_with_their_labels() -> None:
    short = json.loads(charts.horizontal_bars(["a"], {"x": [1]}))
    long = json.loads(charts.horizontal_bars([str(n) for n in range(20)], {"x": list(range(20))}))
    assert "height" not in short["layout"]
    assert long["layout"]["height"] > 600


def test_a_spread_marks_the_named_values() -> None:
    figure = json.loads(charts.spread([1, 2, 3], name="行业", marked={"本企业": 2}))
    assert [trace["type"] for trace in figure["data"]] == ["box", "scatter"]
    assert figure["data"][1]["x"] == [2.0]


def test_lines_are_told_apart_without_colour() -> None:
    figure = json.loads(charts.lines({"a": [(1, 2)], "b": [(1, 3)]}))
    assert {trace["line"]["dash"] for trace in figure["data"]} == {"solid", "dot"}


@pytest.mark.parametrize("paper", [1.0, 0.017])
def test_every_colour_stands_out_on_light_and_dark_paper(paper: float) -> None:
    """The contrast with the page; the pattern and the table tell what colour alone does not."""
    assert min(contrast(colour, paper) for colour in charts.PALETTE) > 2.1


def contrast(colour: str, paper: float) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    lighter, darker = max(luminance, paper), min(luminance, paper)
    return (lighter + 0.05) / (darker + 0.05)
