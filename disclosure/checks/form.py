"""Whether each single value is of the right kind: unit, range, said once."""

from collections.abc import Iterator
from decimal import Decimal

from disclosure import units
from disclosure.checks.finding import Context, Result, Severity
from disclosure.checks.rule import Issue, plain, rule
from disclosure.datapoints import Column
from disclosure.facts import Disclosure
from disclosure.texts import Bilingual
from disclosure.values import Parts, Quantity, Value


def cells(disclosure: Disclosure) -> Iterator[tuple[str, int, Column, Value]]:
    """List every typed value: datapoint, row (0: not a table), column, value."""
    for key, answer in disclosure.answers.items():
        datapoint = disclosure.catalogue[key]
        columns = {column.id: column for column in datapoint.columns}
        parts = ((0, answer.parts), *enumerate(answer.rows, 1))
        for row, given in parts:
            for part, value in given.items():
                yield key, row, columns[part], value


def place(row: int, column: Column) -> Bilingual:
    """Name a cell for people: the label, and the row of a table."""
    if not row:
        return column.label
    return Bilingual(f"第{row}行“{column.label.zh}”", f"row {row}, {column.label.en}")


@rule("DQ-03", Severity.ERROR, formula="family(unit) = family(datapoint)")
def unit_family(disclosure: Disclosure, _context: Context) -> Iterator[Issue]:
    """Each unit belongs to the family its datapoint asks for; the catalogue states it."""
    for key, row, column, value in cells(disclosure):
        if isinstance(value, Quantity) and not units.fits(value.unit, column.family):
            values = {"part": place(row, column), "unit": value.unit, "expected": column.units[:4]}
            yield Issue("fail", (key,), values, {"unit": value.unit, "family": column.family})


@rule("DQ-04", Severity.ERROR, formula="minimum <= value <= maximum")
def value_range(disclosure: Disclosure, _context: Context) -> Iterator[Issue]:
    """Gross emissions and energy are not negative, shares lie in 0-100 % (GHG Protocol, ch. 9)."""
    for key, row, column, value in cells(disclosure):
        amount = _number(column, value)
        if amount is None:
            continue
        values = {"part": place(row, column), "value": amount}
        if column.minimum is not None and amount < column.minimum:
            values["limit"] = column.minimum
            yield Issue("below", (key,), values, {"value": plain(amount)})
        if column.maximum is not None and amount > column.maximum:
            values["limit"] = column.maximum
            yield Issue("above", (key,), values, {"value": plain(amount)})


@rule("DQ-08", Severity.ERROR, formula="one row per key")
def said_once(disclosure: Disclosure, _context: Context) -> Iterator[Issue]:
    """The same figure is not reported twice in one table; twice with two values is an error."""
    for key, answer in disclosure.answers.items():
        names = [column.id for column in disclosure.catalogue[key].columns if column.key]
        seen: dict[tuple[Value | None, ...], tuple[int, Parts]] = {}
        for number, row in enumerate(answer.rows if names else (), 1):
            identity = tuple(row.get(name) for name in names)
            first, earlier = seen.setdefault(identity, (number, row))
            if first == number:
                continue
            values = {"first": first, "second": number}
            if earlier == row:
                yield Issue("repeated", (key,), values, result=Result.WARN)
            else:
                yield Issue("fail", (key,), values)


def _number(column: Column, value: Value) -> Decimal | None:
    if isinstance(value, Quantity) and units.fits(value.unit, column.family):
        return value.canonical
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return None
