"""Whether activity lines multiply out, with factors of the right purpose and year."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from disclosure import units
from disclosure.checks.figures import ELECTRICITY, figure, figures, region_of, total
from disclosure.checks.finding import Context, Result, Severity
from disclosure.checks.rule import Issue, not_run, passed, plain, rule
from disclosure.factors import Factor, FactorError, Purpose, product
from disclosure.facts import Disclosure
from disclosure.values import Parts, Quantity

_LINE = Decimal("0.005")
_SCOPE_1, _SCOPE_2 = Decimal("0.10"), Decimal("0.05")
_YEARS = 2
_BURNT = ("stationary", "mobile")


@dataclass(frozen=True)
class _Line:
    number: int
    source: str
    amount: Quantity
    factor: Quantity | None
    factor_id: str
    emissions: Quantity | None


@rule(
    "DQ-14",
    Severity.ERROR,
    formula="amount × factor = emissions, line by line",
    tolerance="0.5 % or the rounding of the stated emissions",
)
def lines_multiply_out(disclosure: Disclosure, _context: Context) -> Iterator[Issue]:
    """Each activity line's emissions are amount times factor (GB/T 32150-2015 §5.3)."""
    whole = [line for line in _lines(disclosure) if line.factor and line.emissions]
    if not whole:
        yield not_run()
    for line in whole:
        assert line.factor
        assert line.emissions
        over, _, under = line.factor.canonical_unit.partition("/")
        if over != line.emissions.canonical_unit or under != line.amount.canonical_unit:
            values = {"row": line.number, "unit": line.amount.unit, "factor": line.factor.unit}
            yield Issue("units", ("EMS-14",), values)
            continue
        expected = product(line.amount, line.factor)
        allowed = max(abs(expected) * _LINE, line.emissions.half_ulp)
        if abs(line.emissions.canonical - expected) > allowed:
            yield _unequal(line, expected, allowed)


@rule(
    "DQ-15",
    Severity.WARNING,
    formula="EMS-05 = MWh × provincial factor; EMS-01 = Σ fuel × default factor",
    tolerance="5 % for scope 2, 10 % for scope 1",
)
def scopes_recomputed(disclosure: Disclosure, context: Context) -> Iterator[Issue]:
    """Scopes 1 and 2 follow from energy and the usual factors (GHG Protocol Scope 2, ch. 6)."""
    found = (*_scope_2(disclosure, context), *_scope_1(disclosure, context))
    if not found:
        yield not_run()
    for key, stated, expected, share in found:
        inputs = {"stated": plain(stated.canonical, "tCO2e")}
        inputs["recomputed"] = plain(expected, "tCO2e")
        if abs(stated.canonical - expected) <= abs(expected) * share:
            yield passed(**inputs)
            continue
        values = {"stated": stated.canonical, "recomputed": expected, "percent": share * 100}
        yield Issue("fail", (key,), values, inputs)


@rule("DQ-16", Severity.ERROR, formula="purpose(factor) = disclosure; value = that of the table")
def factor_purpose(disclosure: Disclosure, context: Context) -> Iterator[Issue]:
    """A disclosure uses disclosure factors, not those of trading or of product footprints.

    A line that names a known factor states its value; one that uses the value of another purpose
    without naming it is warned about (notice 2024 No. 12; 沪环气〔2022〕34号).
    """
    lines = [line for line in _lines(disclosure) if line.factor or line.factor_id]
    if not lines:
        yield not_run()
    for line in lines:
        known = context.factors.by_id.get(line.factor_id)
        if known and known.purpose is not Purpose.DISCLOSURE:
            yield Issue("purpose", ("EMS-14",), _of_factor(line, known))
        elif known and line.factor and not _states(line.factor, known):
            values = _of_factor(line, known) | {"stated": line.factor.amount}
            yield Issue("value", ("EMS-14",), values | {"unit": line.factor.unit})
        elif not known and (other := _looks_like(line, context)):
            yield Issue("looks_like", ("EMS-14",), _of_factor(line, other), result=Result.WARN)


@rule("DQ-17", Severity.WARNING, formula="reporting year - factor year <= 2, or none newer known")
def factor_year(disclosure: Disclosure, context: Context) -> Iterator[Issue]:
    """A factor is not of a later year, and not over two years old while a newer one is known."""
    named = [(line, context.factors.by_id.get(line.factor_id)) for line in _lines(disclosure)]
    dated = [(line, known) for line, known in named if known and known.year]
    if not dated:
        yield not_run()
    for line, known in dated:
        assert known.year
        values = {"row": line.number, "factor": known.id, "year": disclosure.year}
        if known.year > disclosure.year:
            yield Issue("newer", ("EMS-14",), values)
        elif known.year < disclosure.year - _YEARS and _newest(known, disclosure, context) != known:
            yield Issue("older", ("EMS-14",), values)


def _lines(disclosure: Disclosure) -> Iterator[_Line]:
    for number, row in enumerate(disclosure.rows("EMS-14"), 1):
        amount = _quantity(row, "amount", "activity")
        if amount is not None:
            yield _Line(
                number,
                str(row.get("source", "")),
                amount,
                _quantity(row, "factor", "factor"),
                str(row.get("factor_id", "")),
                _quantity(row, "emissions", "ghg"),
            )


def _quantity(row: Parts, part: str, family: str) -> Quantity | None:
    found = row.get(part)
    fits = isinstance(found, Quantity) and units.fits(found.unit, family)
    return found if fits and isinstance(found, Quantity) else None


def _unequal(line: _Line, expected: Decimal, allowed: Decimal) -> Issue:
    assert line.factor
    assert line.emissions
    inputs = {
        "amount": plain(line.amount.amount, line.amount.unit),
        "factor": plain(line.factor.amount, line.factor.unit),
        "stated": plain(line.emissions.amount, line.emissions.unit),
        "recomputed": plain(expected, "tCO2e"),
        "allowed": plain(allowed, "tCO2e"),
    }
    values = {"row": line.number, "stated": line.emissions.canonical, "recomputed": expected}
    return Issue("fail", ("EMS-14",), values, inputs)


_Recomputed = Iterator[tuple[str, Quantity, Decimal, Decimal]]


def _scope_2(disclosure: Disclosure, context: Context) -> _Recomputed:
    stated, power = figure(disclosure, "EMS-05"), figures(disclosure, ELECTRICITY)
    heat, region = figures(disclosure, (("ENE-05", "value"),)), region_of(disclosure)
    if stated is None or len(power) < len(ELECTRICITY) or not region:
        return
    expected = Decimal(0)
    for item, amount in (("electricity", total(power)), ("heat", total(heat))):
        if amount:
            found = _usual(item, region, disclosure.year, context)
            if found is None:
                return
            expected += found.of(Quantity(amount, "GJ"))
    yield "EMS-05", stated, expected, _SCOPE_2


def _scope_1(disclosure: Disclosure, context: Context) -> _Recomputed:
    stated = figure(disclosure, "EMS-01")
    lines = [line for line in _lines(disclosure) if line.source in _BURNT]
    known = [context.factors.by_id.get(line.factor_id) for line in lines]
    others = any(row.get("source") in ("process", "fugitive") for row in disclosure.rows("EMS-14"))
    if stated is None or not lines or others:
        return
    expected = Decimal(0)
    for line, factor in zip(lines, known, strict=True):
        if factor is None or not factor.value.canonical_unit.endswith(
            "/" + line.amount.canonical_unit
        ):
            return
        expected += factor.of(line.amount)
    yield "EMS-01", stated, expected, _SCOPE_1


def _usual(item: str, region: str, year: int, context: Context) -> Factor | None:
    try:
        return context.factors.find(item, purpose=Purpose.DISCLOSURE, region=region, year=year)
    except FactorError:
        return None


def _newest(known: Factor, disclosure: Disclosure, context: Context) -> Factor | None:
    return _usual(known.item, known.region, disclosure.year, context)


def _states(stated: Quantity, known: Factor) -> bool:
    same = stated.canonical_unit == known.value.canonical_unit
    return same and abs(stated.exact - known.value.exact) <= stated.half_ulp


def _looks_like(line: _Line, context: Context) -> Factor | None:
    """Return a factor of another purpose whose value an unnamed electricity factor equals."""
    if line.source != "electricity" or line.factor is None:
        return None
    equal = [
        each
        for each in context.factors.by_id.values()
        if each.item == "electricity"
        and each.value.canonical_unit == line.factor.canonical_unit
        and each.value.exact == line.factor.exact
    ]
    usual = any(each.purpose is Purpose.DISCLOSURE for each in equal)
    return None if usual or not equal else equal[0]


def _of_factor(line: _Line, factor: Factor) -> dict[str, object]:
    return {
        "row": line.number,
        "factor": factor.id,
        "name": factor.name,
        "table": f"{factor.value.amount} {factor.value.unit}",
    }
