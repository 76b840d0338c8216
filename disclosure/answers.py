"""One answer to one question: its state, its value or rows, its evidence."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from disclosure.datapoints import Datapoint
from disclosure.values import (
    Evidence,
    FactError,
    Parts,
    Quantity,
    Value,
    read_evidence,
    read_fields,
    read_list,
    read_optional_text,
    read_value,
    write_value,
)


class State(StrEnum):
    """How a datapoint was answered; the five are never mixed up."""

    VALUE = "value"
    ZERO = "zero"
    NOT_APPLICABLE = "not_applicable"
    NOT_AVAILABLE = "not_available"
    CONFIDENTIAL = "confidential"


WITH_REASON = frozenset({State.NOT_APPLICABLE, State.NOT_AVAILABLE, State.CONFIDENTIAL})
"""States that carry a reason instead of a value."""


@dataclass(frozen=True)
class Answer:
    """The answer to one datapoint: parts (or the rows of a table), or a reason for giving none."""

    state: State
    parts: Parts = field(default_factory=dict)
    rows: tuple[Parts, ...] = ()
    reason: str = ""
    note: str = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def stated(self) -> bool:
        """Tell whether it states something: a value or a zero."""
        return self.state in (State.VALUE, State.ZERO)

    def complete_for(self, datapoint: Datapoint) -> bool:
        """Tell whether every required part (of every row) is there, or the reason is."""
        if self.state in WITH_REASON:
            return bool(self.reason.strip())
        if self.state is State.ZERO:
            return True
        return bool(self.rows or self.parts) and not any(self.gaps_for(datapoint))

    def gaps_for(self, datapoint: Datapoint) -> Iterator[str]:
        """Name the required parts that are missing, each once."""
        given = self.rows if datapoint.table else (self.parts,)
        for column in datapoint.columns:
            if column.required and any(column.id not in parts for parts in given):
                yield column.id

    @classmethod
    def of(
        cls, datapoint: Datapoint, parts: Parts | None = None, *, rows: tuple[Parts, ...] = ()
    ) -> Self:
        """Make a stated answer; it is `zero` when every quantity it states is zero."""
        amounts = [each for each in (parts or {}).values() if isinstance(each, Quantity)]
        zero = bool(amounts) and not any(each.amount for each in amounts)
        empty_table = datapoint.table and not rows
        return cls(State.ZERO if zero or empty_table else State.VALUE, dict(parts or {}), rows)

    @classmethod
    def from_dict(cls, datapoint: Datapoint, raw: Any) -> Self:
        """Read an answer from its JSON form; FactError names datapoint, part and remedy."""
        where = datapoint.id
        given = read_fields(raw, where, {"state"}, {"parts", "rows", "reason", "note", "evidence"})
        if given["state"] not in list(State):
            raise FactError(where, "unknown_state", given=repr(given["state"])[:40])
        answer = cls(
            state=State(given["state"]),
            parts=_parts(datapoint, given.get("parts", {}), where),
            rows=tuple(_rows(datapoint, given.get("rows", []))),
            reason=read_optional_text(given, "reason", where, 1000),
            note=read_optional_text(given, "note", where, 5000),
            evidence=tuple(
                read_evidence(each, where) for each in read_list(given, "evidence", where)
            ),
        )
        answer._refuse_contradictions(datapoint)
        return answer

    def to_dict(self) -> dict[str, Any]:
        """Write the JSON form, leaving out what is empty."""
        form: dict[str, Any] = {"state": str(self.state)}
        if self.parts:
            form["parts"] = {key: write_value(value) for key, value in self.parts.items()}
        if self.rows:
            form["rows"] = [{key: write_value(v) for key, v in row.items()} for row in self.rows]
        texts = {"reason": self.reason, "note": self.note}
        form |= {key: text for key, text in texts.items() if text}
        if self.evidence:
            form["evidence"] = [write_value(each) for each in self.evidence]
        return form

    def _refuse_contradictions(self, datapoint: Datapoint) -> None:
        amounts = [each.amount for each in self.parts.values() if isinstance(each, Quantity)]
        where = datapoint.id
        if self.state in WITH_REASON and (self.parts or self.rows):
            raise FactError(where, "value_beside_reason", state=str(self.state))
        if self.state not in WITH_REASON and self.reason:
            raise FactError(where, "reason_beside_value", state=str(self.state))
        if self.state is State.ZERO and (any(amounts) or self.rows):
            raise FactError(where, "zero_with_value")
        if self.state is State.ZERO and not datapoint.can_be_zero:
            raise FactError(where, "cannot_be_zero")
        if self.state is State.VALUE and amounts and not any(amounts):
            raise FactError(where, "say_zero")


def _parts(datapoint: Datapoint, raw: Any, where: str) -> dict[str, Value]:
    known = {column.id: column for column in datapoint.columns}
    given = read_fields(raw, where, set(), set(known))
    if given and datapoint.table and where == datapoint.id:
        raise FactError(where, "rows_expected")
    return {key: read_value(known[key], each, f"{where}.{key}") for key, each in given.items()}


def _rows(datapoint: Datapoint, raw: Any) -> Iterator[dict[str, Value]]:
    rows = read_list({"rows": raw}, "rows", datapoint.id)
    if rows and not datapoint.table:
        raise FactError(datapoint.id, "parts_expected")
    if len(rows) > datapoint.max_rows:
        raise FactError(datapoint.id, "too_many_rows", limit=datapoint.max_rows)
    for number, row in enumerate(rows, 1):
        yield _parts(datapoint, row, f"{datapoint.id}[{number}]")
