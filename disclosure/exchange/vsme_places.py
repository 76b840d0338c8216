"""Where each VSME concept stands in our catalogue, and how one value is written in either.

`vsme/answers.csv` names the place of every concept, `vsme/codes.csv` the member each choice means.
`write` in a place names the calculated datapoint that is exported instead of the stated part.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from disclosure.datapoints import Column, Input, current
from disclosure.exchange.vsme_taxonomy import (
    AXIS_OF_MEMBER,
    Concept,
    Table,
    concepts,
    label,
    member,
    tables,
)
from disclosure.units import CURRENCIES, UnitError
from disclosure.values import MAX_PLACES, Quantity, Value

_FOLDER = files("disclosure") / "exchange" / "vsme"
_UNITS = {
    "utr:tCO2e": "tCO2e", "utr:MWh": "MWh", "utr:t": "t", "utr:kg": "kg", "utr:m3": "m3",
    "utr:ha": "ha", "utr:sqm": "m2",
}  # fmt: skip
_WRITTEN = {ours: theirs for theirs, ours in _UNITS.items()}
_USUAL = {"ghg": "tCO2e", "energy": "MWh", "mass": "t", "volume": "m3", "area": "ha"}
_PURE = {"pure": "1", "time": "h", "frequency": "1/200000h", "share": "%"}
_SITE = "Site "
_EMPTY_SET = "None"


class Unplaceable(ValueError):
    """A fact's value does not fit the answer it belongs to; says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """One part of one datapoint and the concept (with its member) that states the same."""

    datapoint: str
    part: str
    concept: Concept
    member: str
    codes: str
    write: str

    @property
    def column(self) -> Column:
        """Return the typed input of the part."""
        return current()[self.datapoint].column(self.part)

    @property
    def table(self) -> Table | None:
        """Return the concept's table where each row is a row of ours, None elsewhere."""
        return tables().get(self.concept.name) if current()[self.datapoint].table else None

    @property
    def dimensions(self) -> dict[str, str]:
        """Return the explicit dimension of a part that is not in a table of ours."""
        return {AXIS_OF_MEMBER[self.member]: f"vsme:{self.member}"} if self.member else {}


@cache
def places() -> tuple[Place, ...]:
    """List all places in the order of the standard's modules."""
    return tuple(
        Place(
            row["datapoint"], row["part"], concepts()[row["concept"]], row["member"],
            row["codes"], row["write"],
        )
        for row in _rows("answers.csv")
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """A value as XBRL writes it: as printed, lexically, its unit and scale."""

    value: str
    lexical: str
    unit: str | None = None
    scale: int = 0


def read(place: Place, lexical: str, unit: str | None, printed: str) -> Value:
    """Return the value of a fact as our answer holds it, or raise Unplaceable."""
    column = place.column
    if place.codes == "labels":
        return _bounded(printed, column)
    if place.codes == "nace":
        codes = " ".join(each.removeprefix("nace:NACE_") for each in lexical.split())
        return _bounded(codes, column)
    if place.codes == "country":
        return lexical.removeprefix("country:")
    if place.codes:
        return _chosen(place, lexical)
    if column.input in (Input.TEXT, Input.LONG_TEXT, Input.URL):
        return _bounded(printed.replace("\r\n", "\n").replace("\r", "\n"), column)
    if column.input is Input.BOOLEAN:
        return lexical == "true"
    if column.input is Input.DATE:
        return date.fromisoformat(lexical)
    if column.input is Input.INTEGER:
        return _whole(Decimal(lexical))
    return _quantity(column, Decimal(lexical), unit or "")


def write(place: Place, value: Value) -> Written | None:
    """Return how XBRL writes a value of ours; None when the taxonomy has no word for it."""
    if isinstance(value, bool):
        return Written(str(value), str(value).lower())
    if isinstance(value, Quantity):
        return _amount(place.concept, value)
    if isinstance(value, int):
        unit = None if place.concept.type == "gYear" else "xbrli:pure"
        return Written(str(value), str(value), unit)
    if isinstance(value, date):
        return Written(value.isoformat(), value.isoformat())
    texts = value if isinstance(value, tuple) else (str(value),)
    return _members(place, texts) if place.codes else Written(texts[0], texts[0])


def key_read(axis: str, name: str, lexical: str) -> str | None:
    """Return the key of a table's row as people read it; None where rows are only numbered."""
    if axis.endswith(":IdentifierOfSiteTypedAxis"):
        return f"{_SITE}{lexical}"
    if axis.endswith(("MaterialTypedAxis", "SubsidiaryTypedAxis")):
        return None
    if name.startswith("waste:W-"):
        code, _, kind = name.removeprefix("waste:W-").partition("-")
        hazard = "Non-Hazardous" if kind.startswith("Non-Hazardous") else "Hazardous"
        return f"{code[:2]} {code[2:4]} {code[4:]} {hazard}"
    return name.removeprefix("country:") if name.startswith("country:") else label(name)


def key_written(axis: str, key: str, number: int) -> str | None:
    """Return the member or typed value of a row; None when the taxonomy does not know the key."""
    if axis.endswith(":IdentifierOfSiteTypedAxis"):
        return key.removeprefix(_SITE) if key.startswith(_SITE) else key
    if axis.endswith("TypedAxis"):
        return str(number)
    if axis.endswith(":CountryOfEmploymentContractAxis"):
        return f"country:{key}"
    return member(key, older=True)


def _amount(concept: Concept, value: Quantity) -> Written | None:
    if concept.type == "percent":
        percent = value.to("%")
        return Written(f"{percent:f}", f"{percent / 100:f}", "xbrli:pure", -2)
    if concept.type == "decimal":
        family = next((each for each in _PURE.values() if _same_kind(value, each)), "")
        return Written(*(f"{value.to(family):f}",) * 2, "xbrli:pure") if family else None
    if concept.type == "monetary":
        plain = f"{value.canonical:f}"
        return Written(plain, plain, f"iso4217:{value.canonical_unit}")
    if value.unit not in _WRITTEN:
        usual = next((each for each in _USUAL.values() if _same_kind(value, each)), "")
        value = Quantity(value.to(usual), usual) if usual else value
    unit = _WRITTEN.get(value.unit)
    return Written(f"{value.amount:f}", f"{value.amount:f}", unit) if unit else None


def _same_kind(value: Quantity, unit: str) -> bool:
    try:
        value.to(unit)
    except UnitError:
        return False
    return True


def _members(place: Place, texts: tuple[str, ...]) -> Written | None:
    if place.codes == "labels":
        if texts[0].strip() == _EMPTY_SET:
            return Written(_EMPTY_SET, "")
        lines = [each for each in texts[0].splitlines() if each.strip()]
        found = [member(each, place.concept.members) for each in lines]
    elif place.codes == "nace":
        lines = texts[0].split()
        found = [f"nace:NACE_{each}" for each in lines]
    elif place.codes == "country":
        lines, found = [texts[0]], [f"country:{texts[0]}"]
    else:
        found = [_member_of(place.codes).get(each) for each in texts]
        lines = [label(each) for each in found if each]
    known = sorted(each for each in found if each)
    complete = bool(known) and len(known) == len(found)
    return Written("\n".join(lines), " ".join(known)) if complete else None


def _chosen(place: Place, lexical: str) -> Value:
    codes = {name: code for code, name in reversed(tuple(_member_of(place.codes).items()))}
    chosen = [codes.get(each) for each in lexical.split()]
    if not chosen or None in chosen:
        raise Unplaceable(f"our question has no choice for {lexical or 'none of them'}")
    if place.column.input is Input.MULTI_ENUM:
        order = [option.code for option in place.column.options]
        return tuple(sorted((each for each in chosen if each), key=order.index))
    return str(chosen[0])


def _quantity(column: Column, amount: Decimal, unit: str) -> Quantity:
    if unit == "xbrli:pure":
        ours = _PURE[column.family]
        amount = amount * 100 if ours == "%" else amount
    else:
        currency = unit.removeprefix("iso4217:")
        ours = _UNITS.get(unit, currency if currency in CURRENCIES else "")
    if not ours:
        raise Unplaceable(f"our catalogue does not know the unit {unit}")
    exponent = amount.as_tuple().exponent
    # A spreadsheet's sixteenth digit is noise: an answer holds twelve decimals.
    cut = isinstance(exponent, int) and exponent < -MAX_PLACES
    return Quantity(round(amount, MAX_PLACES) if cut else amount, ours)


def _whole(amount: Decimal) -> int:
    if amount % 1:
        raise Unplaceable("our question takes whole numbers only")
    return int(amount)


def _bounded(text: str, column: Column) -> str:
    if not text.strip():
        raise Unplaceable("it is empty")
    if len(text) > column.max_length:
        raise Unplaceable(f"it is longer than {column.max_length} characters")
    return text


@cache
def _member_of(codes: str) -> Mapping[str, str]:
    return {row["code"]: row["member"] for row in _rows("codes.csv") if row["codes"] == codes}


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((_FOLDER / name).read_text("utf-8").splitlines()))
