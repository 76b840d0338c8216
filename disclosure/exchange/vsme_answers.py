"""VSME facts as answers of our catalogue, and answers as VSME facts.

Only what means the same is taken over. Totals and intensities follow from other answers: they are
not taken over but calculated again, so `vsme_facts` states them too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from disclosure.answers import Answer, State
from disclosure.calculated import with_calculated
from disclosure.datapoints import QUANTITIES, current
from disclosure.exchange.vsme_fact import VsmeFact, VsmeReport
from disclosure.exchange.vsme_places import (
    Place,
    Unplaceable,
    Written,
    key_read,
    key_written,
    places,
    read,
    write,
)
from disclosure.exchange.vsme_taxonomy import RENAMED
from disclosure.exchange.vsme_totals import FOLLOWS, totals
from disclosure.facts import Disclosure
from disclosure.values import Quantity, Value

__all__ = ["Placed", "answers_of", "placed", "vsme_facts"]
_SCOPES = ("GrossScope1GreenhouseGasEmissions", "GrossLocationBasedScope2GreenhouseGasEmissions")
_UNASKED = "our catalogue does not ask it"
_ELSEWHERE = {**FOLLOWS, "GPSLocationOfSite": "we ask latitude and longitude apart (GEN-10)"}
_NACE = ("GEN-04", "system", "nace")


@dataclass(frozen=True)
class Placed:
    """The answers a report gives; each fact with its place, or with why it has none."""

    answers: dict[str, Answer] = field(default_factory=dict)
    taken: tuple[tuple[VsmeFact, str], ...] = ()
    left: tuple[tuple[VsmeFact, str], ...] = ()


def answers_of(report: VsmeReport) -> dict[str, Answer]:
    """Return the answers a report gives; amounts keep their units and currency."""
    return placed(report).answers


def placed(report: VsmeReport) -> Placed:
    """Place every fact of a report in an answer, or say why it cannot be."""
    known = {(each.concept.name, each.member): each for each in places()}
    parts: dict[str, dict[str, Value]] = {}
    rows: dict[str, dict[str, dict[str, Value]]] = {}
    taken: list[tuple[VsmeFact, str]] = []
    left: list[tuple[VsmeFact, str]] = []
    for fact in report.facts:
        place = known.get(_identity(fact))
        if place is None:
            left.append((fact, _ELSEWHERE.get(_name(fact), _UNASKED)))
            continue
        try:
            value = read(place, fact.lexical, fact.unit, fact.value)
        except Unplaceable as why:
            left.append((fact, str(why)))
            continue
        given = parts if place.table is None else None
        where = (
            given.setdefault(place.datapoint, {})
            if given is not None
            else _row(rows.setdefault(place.datapoint, {}), place, fact)
        )
        where[place.part] = value
        taken.append((fact, f"{place.datapoint}.{place.part}"))
    _complete(parts, report)
    answers = {key: Answer.of(current()[key], each) for key, each in parts.items()}
    for key, numbered in rows.items():
        answers[key] = Answer.of(current()[key], rows=tuple(numbered.values()))
    return Placed(answers, tuple(taken), tuple(left))


def _identity(fact: VsmeFact) -> tuple[str, str]:
    """Return the qualified concept and, outside the tables of ours, its member."""
    name = f"vsme:{_name(fact)}"
    members = [each.removeprefix("vsme:") for each in fact.dimensions.values()]
    rows = any(each.table for each in places() if each.concept.name == name)
    return name, "" if rows else " ".join(sorted(members))


def _name(fact: VsmeFact) -> str:
    name = fact.concept.removeprefix("vsme:")
    return RENAMED.get(name, name)


def _row(rows: dict[str, dict[str, Value]], place: Place, fact: VsmeFact) -> dict[str, Value]:
    axis, name = next(iter(fact.dimensions.items()), ("", ""))
    row = rows.setdefault(name, {})
    key = key_read(axis, name, name)
    column = next(each for each in current()[place.datapoint].columns if each.key)
    if key is not None and column.id not in row:
        row[column.id] = key
    return row


def _complete(parts: dict[str, dict[str, Value]], report: VsmeReport) -> None:
    """Add what the answers need and the report says in other words."""
    datapoint, part, value = _NACE
    if datapoint in parts:
        parts[datapoint][part] = value
    base = [
        Decimal(each.lexical)
        for each in report.facts
        if _identity(each) in {(f"vsme:{name}", "BaselineYearMember") for name in _SCOPES}
    ]
    year = parts.get("TGT-07", {}).get("base_year")
    if year and len(base) == len(_SCOPES):
        total = sum(base, Decimal(0))
        parts["BND-05"] = {"year": year, "emissions": Quantity(total, "tCO2e")}


def vsme_facts(disclosure: Disclosure) -> list[VsmeFact]:
    """List what a disclosure states in the concepts of the VSME taxonomy, in its order.

    Each fact has concept, value, lexical form, unit, period, dimensions and (percentages) scale;
    `at` names the part it came from. What the taxonomy has no word for (a waste in free text) is
    left out; `placed` of the facts gives back the same answers.
    """
    whole = with_calculated(disclosure)
    facts = [fact for place in places() for fact in _facts_at(whole, place)]
    return [*facts, *totals(facts, whole.period)]


def _facts_at(disclosure: Disclosure, place: Place) -> Iterator[VsmeFact]:
    answer = disclosure.answer(place.datapoint)
    if answer is None or not answer.stated:
        return
    if place.datapoint == _NACE[0] and answer.parts.get(_NACE[1]) != _NACE[2]:
        return
    if place.table is None:
        value = _value_at(disclosure, place, answer)
        if value is not None and (written := write(place, value)):
            yield _fact(disclosure, place, written, place.dimensions)
        return
    axis = place.table.typed or place.table.explicit
    keys = next(each.id for each in current()[place.datapoint].columns if each.key)
    for number, row in enumerate(answer.rows, 1):
        member = key_written(axis, str(row.get(keys, "")), number)
        value = row.get(place.part)
        if member and value is not None and (written := write(place, value)):
            yield _fact(disclosure, place, written, {axis: member})


def _value_at(disclosure: Disclosure, place: Place, answer: Answer) -> Value | None:
    """Return the part, or the calculated datapoint exported for it; a bare zero is 0."""
    if place.write and (found := disclosure.value(place.write)) is not None:
        return found
    column = place.column
    if answer.state is State.ZERO and column.required and column.input in QUANTITIES:
        return answer.parts.get(place.part, Quantity(Decimal(0), column.unit))
    return answer.parts.get(place.part)


def _fact(
    disclosure: Disclosure, place: Place, written: Written, dimensions: Mapping[str, str]
) -> VsmeFact:
    years = {
        "BaselineYearMember": disclosure.value("TGT-07", "base_year"),
        "TargetYearMember": disclosure.value("TGT-07", "target_year"),
    }
    start, end = disclosure.period.start.isoformat(), disclosure.period.end.isoformat()
    if year := years.get(place.member):
        start, end = f"{year}-01-01", f"{year}-12-31"
    return VsmeFact(
        concept=place.concept.name,
        value=written.value,
        lexical=written.lexical,
        unit=written.unit,
        period=end if place.concept.period == "instant" else f"{start}/{end}",
        dimensions=dict(dimensions),
        scale=written.scale,
        at=f"{place.datapoint}.{place.part}",
    )
