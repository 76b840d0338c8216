"""Whether a figure is likely: against its own history and against itself."""

from collections.abc import Iterator
from decimal import Decimal

from disclosure.checks.figures import (
    ELECTRICITY,
    SCOPE_1_SOURCES,
    SCOPE_2_SOURCES,
    activity_emissions,
    energy_parts,
    figure,
    figures,
    total,
)
from disclosure.checks.finding import Context, Severity
from disclosure.checks.rule import Issue, not_run, plain, rule
from disclosure.facts import Disclosure
from disclosure.values import Quantity

_WATCHED = (
    ("EMS-01", "value"), ("EMS-05", "value"), ("EMS-06", "emissions"), ("EMS-08", "value"),
    ("ENE-01", "value"), ("ENE-02", "non_renewable"), ("ENE-02", "total"),
    ("ENE-04", "non_renewable"), ("GEN-05", "value"), ("GEN-06", "value"), ("GEN-07", "value"),
)  # fmt: skip
_SLIPS = {10: Decimal("1.1"), 10**3: Decimal("1.25"), 10**4: Decimal("1.25"),
          10**6: Decimal("1.25")}  # fmt: skip
"""How near counts: a tenfold change also happens in a business, a thousandfold one does not."""
_GRID = (Decimal("0.1"), Decimal("0.9"))  # tCO2e a MWh: largely hydro to fossil power alone
_GJ_A_MWH = Decimal("3.6")


def slip(one: Decimal, other: Decimal) -> int | None:
    """Return the power of ten two figures seem apart (10, 10³, 10⁴ 万, 10⁶), None if none."""
    if one <= 0 or other <= 0:
        return None
    ratio = max(one, other) / min(one, other)
    return next((x for x, near in _SLIPS.items() if x / near <= ratio <= x * near), None)


@rule(
    "DQ-05",
    Severity.WARNING,
    formula="max(a, b) / min(a, b) near 10, 10³, 10⁴ or 10⁶",
    tolerance="a factor of 1.1 around 10, of 1.25 around the others",
)
def unit_slip(disclosure: Disclosure, context: Context) -> Iterator[Issue]:
    """No figure is a power of ten away from last year's or from its own recomputed value.

    Scope 2 that fits this year's purchased electricity is no slip, whatever last year's was.
    """
    pairs = (*_against_last_year(disclosure, context), *_against_itself(disclosure))
    if not pairs:
        yield not_run()
    for key, stated, other, kind in pairs:
        times = slip(stated.canonical, other)
        if times is None:
            continue
        values = {"times": times, "unit": stated.canonical_unit}
        values |= {"stated": stated.canonical, "other": other}
        inputs = {
            "stated": plain(stated.amount, stated.unit),
            kind: plain(other, stated.canonical_unit),
        }
        yield Issue(kind, (key,), values, inputs)


_Pair = tuple[str, Quantity, Decimal, str]


def _against_last_year(disclosure: Disclosure, context: Context) -> Iterator[_Pair]:
    before, seen = context.year_before(disclosure), set[str]()
    for key, part in _WATCHED if before else ():
        now, then = figure(disclosure, key, part), before and figure(before, key, part)
        if key == "EMS-05" and now and _fits_electricity(now, disclosure):
            continue
        if key not in seen and now and then and now.canonical_unit == then.canonical_unit:
            seen.add(key)
            yield key, now, then.canonical, "last_year"


def _fits_electricity(scope_2: Quantity, disclosure: Disclosure) -> bool:
    """Tell whether scope 2 over purchased electricity is a factor that grids have."""
    bought = total(figures(disclosure, ELECTRICITY)) or total(
        figures(disclosure, (("ENE-02", "total"),))
    )
    return bought > 0 and _GRID[0] <= scope_2.canonical / (bought / _GJ_A_MWH) <= _GRID[1]


def _against_itself(disclosure: Disclosure) -> Iterator[_Pair]:
    for key, sources in (("EMS-01", SCOPE_1_SOURCES), ("EMS-05", SCOPE_2_SOURCES)):
        stated, lines = figure(disclosure, key), activity_emissions(disclosure, sources)
        if stated and lines is not None:
            yield key, stated, lines, "recomputed"
    whole, energy = figure(disclosure, "ENE-01"), energy_parts(disclosure)
    if whole and energy is not None:
        yield "ENE-01", whole, energy, "recomputed"
