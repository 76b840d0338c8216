from typing import Any

import pytest

from disclosure.facts import Disclosure
from tests.disclosure.samples import keys, q, sample, stating, without

GIVEN = dict(sample().answers["EMS-06"].parts)
OTHERS = frozenset({"GEC-9"})


def market(**change: Any) -> Disclosure:
    parts = {key: value for key, value in {**GIVEN, **change}.items() if value is not None}
    return stating(sample(), "EMS-06", **parts)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ["pass"]),
        ({"certificates": "GEC-1\n GEC-2 \n\n"}, ["pass"]),
        ({"certificates": "GEC-1\nGEC-1"}, ["twice"]),
        ({"certificates": "GEC-1\nGEC-9"}, ["used"]),
        ({"electricity": q("11000", "MWh")}, ["pass"]),
        ({"electricity": q("11000.1", "MWh")}, ["too_much"]),
        ({"vintage": 2024}, ["vintage"]),
        ({"vintage": None}, ["pass"]),
        ({"certificates": None, "electricity": None}, ["not_run"]),
    ],
)
def test_certificates_are_used_once_for_power_bought(
    change: dict[str, Any], expected: list[str]
) -> None:
    assert keys(market(**change), "DQ-18", certificates=OTHERS) == expected


def test_use_by_others_may_be_unknown() -> None:
    assert keys(sample(), "DQ-18") == ["unknown"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ["pass"]),
        ({"instruments": None}, ["pass"]),
        ({"instruments": None, "electricity": None}, ["no_instrument"]),
        ({"instruments": None, "electricity": None, "emissions": q("6434.0", "tCO2e")}, ["pass"]),
        ({"emissions": q("0", "tCO2e")}, ["zero"]),
        ({"emissions": q("0", "tCO2e"), "electricity": q("11000", "MWh")}, ["pass"]),
    ],
)
def test_market_based_rests_on_instruments(change: dict[str, Any], expected: list[str]) -> None:
    assert keys(market(**change), "DQ-19") == expected


def test_one_method_alone_is_not_run() -> None:
    assert keys(without(sample(), "EMS-06"), "DQ-19") == ["not_run"]
