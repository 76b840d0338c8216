"""`make prove`: each long proof at full count, told as one JSON line."""

import json
import os
from collections.abc import Generator
from typing import Any

import pytest

PROVING = os.environ.get("PROVE") == "1"


def count_of(item: pytest.Item) -> int:
    """How many cases the proof tries: what it recorded, else Hypothesis' examples, else one."""
    told = dict(item.user_properties).get("count")
    if isinstance(told, int):
        return told
    function = getattr(item, "obj", None)
    settings: Any = getattr(function, "_hypothesis_internal_use_settings", None)
    return int(settings.max_examples) if settings is not None else 1


def line(item: pytest.Item, report: pytest.TestReport) -> str:
    """The JSON line of one proof."""
    claim = item.name.removeprefix("test_").replace("_", " ")
    return json.dumps(
        {
            "claim": claim,
            "count": count_of(item),
            "failures": int(report.failed),
            "seconds": round(report.duration, 1),
        },
        ensure_ascii=False,
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Print the line when a proof has been tried."""
    report = yield
    if PROVING and item.get_closest_marker("prove") is not None and report.when == "call":
        item.config.get_terminal_writer().line(f"\n{line(item, report)}")
    return report
