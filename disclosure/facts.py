"""What an enterprise disclosed for one year: answers with their states, units and evidence.

The JSON form (`Disclosure.from_dict`, `to_dict`) is what a database stores, what
`python -m disclosure check FILE` reads, and what is hashed; docs/data-dictionary.md describes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Self

from disclosure import datapoints, units
from disclosure.answers import Answer, State
from disclosure.datapoints import QUANTITIES, Catalogue
from disclosure.values import (
    Evidence,
    FactError,
    Parts,
    Quantity,
    Value,
    read_date,
    read_fields,
    read_optional_text,
    read_text,
)

FORMAT = "tanqiao-disclosure/1"
SCHEMES = ("USCC", "LEI", "TW", "OTHER")
"""Identifier schemes: unified social credit code, LEI, Taiwan's 8-digit number, any other."""
__all__ = [
    "FORMAT", "SCHEMES", "Answer", "Disclosure", "Emission", "Evidence", "FactError",
    "Organisation", "Period", "Quantity", "State", "Target",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who discloses: our id, the legal name, and an official identifier with its scheme."""

    id: str
    name: str
    scheme: str = "USCC"
    number: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """The reporting period, both days included; `note` explains a short or long one."""

    start: date
    end: date
    note: str = ""

    @property
    def days(self) -> int:
        """Count the days, both ends included."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class Emission:
    """A stated total of one scope in tCO2e."""

    scope: str
    datapoint: str
    tonnes: Decimal


@dataclass(frozen=True, slots=True)
class Target:
    """A stated reduction target; `reduction` in percent of the base value."""

    datapoint: str
    scopes: tuple[str, ...]
    base_year: int
    target_year: int
    reduction: Decimal
    base_value: Quantity | None = None


_SCOPES = {
    "1": ("EMS-01", "value"),
    "2_location": ("EMS-05", "value"),
    "2_market": ("EMS-06", "emissions"),
    "3": ("EMS-08", "value"),
}


@dataclass(frozen=True)
class Disclosure:
    """One enterprise, one reporting year, one version of its answers.

    GEN-01 and GEN-02 (name and identifier, period) are the header, never part of `answers`.
    """

    organisation: Organisation
    year: int
    period: Period
    answers: Mapping[str, Answer] = field(default_factory=dict)
    catalogue_version: str = field(default_factory=lambda: datapoints.current().version)

    @property
    def catalogue(self) -> Catalogue:
        """Return the questionnaire these answers belong to."""
        return datapoints.catalogue(self.catalogue_version)

    def answer(self, datapoint: str) -> Answer | None:
        """Return an answer, the header's for GEN-01 and GEN-02; None when missing."""
        if datapoint == "GEN-01":
            who = self.organisation
            given = {"name": who.name, "scheme": who.scheme, "number": who.number}
            return Answer(State.VALUE, {key: text for key, text in given.items() if text})
        if datapoint == "GEN-02":
            return Answer(State.VALUE, {"start": self.period.start, "end": self.period.end})
        return self.answers.get(datapoint)

    def stated(self, datapoint: str) -> bool:
        """Tell whether a datapoint is completely answered with a value or a zero."""
        answer = self.answer(datapoint)
        return (
            answer is not None and answer.stated and answer.complete_for(self.catalogue[datapoint])
        )

    def value(self, datapoint: str, part: str = "value") -> Value | None:
        """Return one part of an answer, None when it is not stated."""
        answer = self.answer(datapoint)
        return answer.parts.get(part) if answer and answer.stated else None

    def rows(self, datapoint: str) -> tuple[Parts, ...]:
        """Return the rows of a table, none when it is not stated."""
        answer = self.answer(datapoint)
        return answer.rows if answer and answer.stated else ()

    def amount(self, datapoint: str, part: str = "value", *, unit: str = "") -> Decimal | None:
        """Return a quantity in `unit` (canonical by default); None when missing or of another kind.

        A datapoint stated as zero without parts gives 0.
        """
        answer = self.answer(datapoint)
        if answer and answer.state is State.ZERO and part not in answer.parts:
            column = self.catalogue[datapoint].column(part)
            return Decimal(0) if column.input in QUANTITIES else None
        found = self.value(datapoint, part)
        if not isinstance(found, Quantity):
            return None
        try:
            return found.to(unit or found.canonical_unit)
        except units.UnitError:
            return None

    def emissions(self) -> tuple[Emission, ...]:
        """List the stated totals per scope."""
        found = (
            (scope, *where, self.amount(*where, unit="tCO2e")) for scope, where in _SCOPES.items()
        )
        return tuple(Emission(scope, key, t) for scope, key, _, t in found if t is not None)

    def targets(self) -> tuple[Target, ...]:
        """List the complete absolute (TGT-01) and intensity (TGT-02) targets."""
        return tuple(
            target
            for key in ("TGT-01", "TGT-02")
            for row in self.rows(key)
            if (target := _target(key, row)) is not None
        )

    @classmethod
    def from_dict(cls, raw: Any) -> Self:
        """Read the JSON form; FactError names the datapoint, the part and the remedy.

        Commitments to answers that are not public (`private`) are no answers and are left out.
        """
        keys = {"format", "catalogue", "organisation", "year", "period", "answers"}
        given = read_fields(raw, "disclosure", keys, {"private"})
        read_fields(given.get("private", {}), "private", set(), None)
        if given["format"] != FORMAT:
            raise FactError("format", "unknown_format", expected=FORMAT)
        try:
            catalogue = datapoints.catalogue(given["catalogue"])
        except (KeyError, TypeError):
            expected = datapoints.current().version
            raise FactError("catalogue", "unknown_catalogue", expected=expected) from None
        year = given["year"]
        if not isinstance(year, int) or isinstance(year, bool) or not 1990 <= year < 2200:
            raise FactError("year", "not_a_year")
        return cls(
            organisation=_organisation(given["organisation"]),
            year=year,
            period=_period(given["period"]),
            answers=_answers(catalogue, given["answers"]),
            catalogue_version=catalogue.version,
        )

    def to_dict(self) -> dict[str, Any]:
        """Write the JSON form; `from_dict` gives back an equal disclosure."""
        who, period = self.organisation, self.period
        return {
            "format": FORMAT,
            "catalogue": self.catalogue_version,
            "organisation": {
                "id": who.id, "name": who.name, "scheme": who.scheme, "number": who.number,
            },
            "year": self.year,
            "period": {
                "start": period.start.isoformat(), "end": period.end.isoformat(),
                "note": period.note,
            },
            "answers": {key: answer.to_dict() for key, answer in sorted(self.answers.items())},
        }  # fmt: skip


def _target(datapoint: str, row: Parts) -> Target | None:
    match row:
        case {
            "scopes": tuple() as scopes,
            "base_year": int() as base_year,
            "target_year": int() as target_year,
            "reduction": Quantity() as reduction,
        } if reduction.canonical_unit == "%":
            base = row.get("base_value")
            return Target(
                datapoint, scopes, base_year, target_year, reduction.canonical,
                base if isinstance(base, Quantity) else None,
            )  # fmt: skip
    return None


def _answers(catalogue: Catalogue, raw: Any) -> dict[str, Answer]:
    given = read_fields(raw, "answers", set(), None)
    for key in given:
        if key not in catalogue.datapoints:
            raise FactError(str(key)[:40], "unknown_datapoint", version=catalogue.version)
        if catalogue[key].header:
            raise FactError(key, "belongs_to_header")
    return {key: Answer.from_dict(catalogue[key], each) for key, each in given.items()}


def _organisation(raw: Any) -> Organisation:
    given = read_fields(raw, "organisation", {"id", "name", "scheme", "number"}, set())
    if given["scheme"] not in SCHEMES:
        raise FactError("organisation.scheme", "not_an_option", given="", options=SCHEMES)
    return Organisation(
        id=read_text(given["id"], "organisation.id", 100),
        name=read_text(given["name"], "organisation.name", 200),
        scheme=given["scheme"],
        number=read_optional_text(given, "number", "organisation.number", 60),
    )


def _period(raw: Any) -> Period:
    given = read_fields(raw, "period", {"start", "end", "note"}, set())
    return Period(
        read_date(given["start"], "period.start"),
        read_date(given["end"], "period.end"),
        read_optional_text(given, "note", "period.note", 1000),
    )
