import json
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from disclosure.ledger.canonical import MAX_INTEGER, CanonicalError, canonical, parse

VECTORS = Path(__file__).parent / "vectors" / "jcs"
NAMES = sorted(path.stem for path in (VECTORS / "input").iterdir())
WITH_FLOATS = {"structures", "values"}
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def vector(name: str) -> tuple[Any, bytes]:
    given = json.loads((VECTORS / "input" / f"{name}.json").read_text("utf-8"))
    return given, (VECTORS / "output" / f"{name}.json").read_bytes()


@pytest.mark.parametrize("name", [name for name in NAMES if name not in WITH_FLOATS])
def test_published_vector_has_its_canonical_form(name: str) -> None:
    value, expected = vector(name)
    assert canonical(value) == expected == rfc8785.dumps(value)
    assert parse(expected) == value


@pytest.mark.parametrize("name", sorted(WITH_FLOATS))
def test_published_vector_with_floats_is_refused(name: str) -> None:
    value, expected = vector(name)
    assert rfc8785.dumps(value) == expected
    with pytest.raises(CanonicalError, match="amounts as text"):
        canonical(value)


@given(VALUES)
def test_own_form_equals_the_second_opinion_and_reads_back(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)
    assert parse(canonical(value)) == value


@pytest.mark.parametrize(
    "data",
    [
        b'{"b":1,"a":2}', b'{"a": 1}', b'{"a":1,"a":1}', b'"\\u0041"', b'"\\/"', b"1.0", b"1e2",
        b"-0", b"NaN", b"[1,]", b"", b"\xff", b'"\\ud800"', b"\xef\xbb\xbf1", b" 1", b"1\n",
        b"9007199254740992", b"[" * 100_000, b"1" * 5000, b'"\\u000A"',
    ],
)  # fmt: skip
def test_every_other_byte_form_is_refused(data: bytes) -> None:
    with pytest.raises(CanonicalError):
        parse(data)


@pytest.mark.parametrize("value", [1.5, {1: 2}, {1, 2}, b"x", MAX_INTEGER + 1, "\ud800", object()])
def test_value_without_a_form_is_refused(value: Any) -> None:
    with pytest.raises(CanonicalError):
        canonical(value)


def test_nesting_is_bounded() -> None:
    deep: list[Any] = []
    for _ in range(70):
        deep = [deep]
    with pytest.raises(CanonicalError, match="nested"):
        canonical(deep)
