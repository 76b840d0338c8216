"""The forms of the log's entries: exact keys, exact types, one way to write a share."""

from decimal import Decimal
from typing import Any

import pytest

from disclosure.ledger.entries import EntryError, Statement, check_entry, make_statement, share

STATEMENT = Statement(
    scopes=("scope_1", "scope_2_market"),
    coverage="95",
    standard="iso_14064_3",
    level="limited",
    digest="ab" * 32,
    verifier_id="v1",
    verifier_name="示例核查机构",
)


def attested(**changed: Any) -> dict[str, Any]:
    made = make_statement(STATEMENT, about="bGVhZg==", published_at="2026-04-12T08:00:00Z")
    return {**made, **changed}


def test_an_attestation_tells_the_share_it_covers() -> None:
    assert check_entry(attested())["coverage"] == "95"


@pytest.mark.parametrize("given", ["0", "-1", "100.01", "NaN", "95.0", "9.5E1", "all", ""])
def test_a_share_out_of_range_or_written_otherwise_is_refused(given: str) -> None:
    with pytest.raises(EntryError, match="coverage"):
        check_entry(attested(coverage=given))


@pytest.mark.parametrize(
    ("given", "written"), [("100", "100"), ("95.000000", "95"), ("0.5", "0.5")]
)
def test_a_share_has_one_form(given: str, written: str) -> None:
    assert share(Decimal(given)) == written
    assert check_entry(attested(coverage=written))


def test_an_attestation_without_a_share_is_refused() -> None:
    made = attested()
    del made["coverage"]
    with pytest.raises(EntryError, match="missing"):
        check_entry(made)
