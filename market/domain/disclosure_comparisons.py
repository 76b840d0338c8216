"""Two versions of a disclosure set side by side: datapoint by datapoint, row by row."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any

from disclosure.answers import State
from disclosure.datapoints import QUANTITIES, Column, Datapoint, Input
from disclosure.facts import Disclosure as Facts
from disclosure.units import UnitError
from disclosure.values import Quantity, write_value
from market.domain.disclosure_drafts import stored_answer
from market.models import Disclosure

PRIVATE = "private"
"""The state of an answer of which only a commitment is public."""
_SAID = {State.VALUE, State.ZERO}
_WORDS = {Input.TEXT, Input.ENUM}
_SHARE = "%"  # a change of a share in percent of itself misleads


@dataclass(frozen=True)
class Line:
    """One value in both versions, in the JSON form of answers.

    `part` is "" where whole answers stand against each other; `row` names a table's row by its
    key columns. An older quantity is stated in the newer one's unit; `change` is in percent.
    """

    asked: Datapoint
    part: str
    old: Any
    new: Any
    row: tuple[tuple[str, Any], ...] = ()
    change: Decimal | None = None

    @property
    def same(self) -> bool:
        """Whether both versions say the same."""
        return bool(self.old == self.new)


def compare(older: Disclosure, newer: Disclosure) -> list[Line]:
    """Every answer that either version gives, in the newer questionnaire's order."""
    asked = {
        key: each
        for version in (newer, older)
        for key, each in Facts.from_dict(version.content).catalogue.datapoints.items()
    }
    return [line for each in asked.values() for line in _lines(each, older.content, newer.content)]


def _lines(asked: Datapoint, older: Mapping[str, Any], newer: Mapping[str, Any]) -> Iterator[Line]:
    old, new = _answer(older, asked.id), _answer(newer, asked.id)
    if old is None and new is None:
        return
    both_said = all(each is not None and each["state"] in _SAID for each in (old, new))
    if old is None or new is None or not both_said:
        yield Line(asked, "", old, new)
    elif asked.table:
        yield from _by_row(asked, old.get("rows", []), new.get("rows", []))
    else:
        yield from _by_part(asked, _parts(asked, old), _parts(asked, new), ())
    remark, remark_now = ((each or {}).get("note") or None for each in (old, new))
    if remark != remark_now:
        yield Line(asked, "note", remark, remark_now)


def _answer(content: Mapping[str, Any], datapoint: str) -> dict[str, Any] | None:
    """The public answer; where only a commitment is public, an answer that says so."""
    if datapoint in content.get("private", {}):
        return {"state": PRIVATE}
    return stored_answer(content, datapoint)


def _parts(asked: Datapoint, answer: Mapping[str, Any]) -> dict[str, Any]:
    """The parts; a bare zero stands as 0 in the usual unit."""
    if answer.get("parts") or answer["state"] != State.ZERO:
        return dict(answer.get("parts", {}))
    columns = (each for each in asked.columns if each.input in QUANTITIES and each.required)
    return {each.id: {"amount": "0", "unit": each.unit} for each in columns}


def _by_part(
    asked: Datapoint,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    row: tuple[tuple[str, Any], ...],
) -> Iterator[Line]:
    named = {key for key, _ in row}
    for column in asked.columns:
        before, after = old.get(column.id), new.get(column.id)
        if column.id not in named and not (before is None and after is None):
            before, change = _against(column, before, after)
            yield Line(asked, column.id, before, after, row, change)


def _by_row(asked: Datapoint, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Line]:
    """Rows of the same name belong together; the second of a name with the second."""
    before, after = _keyed(asked, old), _keyed(asked, new)
    for key in {**after, **before}:
        given = after.get(key) or before[key]
        row = tuple((each.id, given[each.id]) for each in _naming(asked) if each.id in given)
        yield from _by_part(asked, before.get(key, {}), after.get(key, {}), row)


def _naming(asked: Datapoint) -> list[Column]:
    """The columns that name a row: its key, else the words and choices every row states."""
    key = [each for each in asked.columns if each.key]
    words = [each for each in asked.columns if each.required and each.input in _WORDS]
    return key or words


def _keyed(asked: Datapoint, rows: Sequence[Any]) -> dict[tuple[str, int], Mapping[str, Any]]:
    """Rows under their names, counted where several share one."""
    seen: Counter[str] = Counter()
    found: dict[tuple[str, int], Mapping[str, Any]] = {}
    for row in rows:
        name = json.dumps([row.get(each.id) for each in _naming(asked)], sort_keys=True)
        found[name, seen[name]] = row
        seen[name] += 1
    return found


def _against(column: Column, old: Any, new: Any) -> tuple[Any, Decimal | None]:
    """The older value in the newer one's unit, and the change in percent where it means one."""
    if column.input not in QUANTITIES or old is None or new is None:
        return old, None
    before = Quantity(Decimal(old["amount"]), old["unit"])
    after = Quantity(Decimal(new["amount"]), new["unit"])
    try:
        restated = before.to(after.unit)
    except UnitError:
        return old, None
    if restated == after.amount:
        return new, Decimal(0)
    moved = Quantity(restated, after.unit)
    return write_value(moved), _percent(before, after)


def _percent(before: Quantity, after: Quantity) -> Decimal | None:
    base = before.canonical
    if not base or before.canonical_unit == _SHARE:
        return None
    with localcontext(prec=28):
        return (after.canonical - base) / abs(base) * 100
