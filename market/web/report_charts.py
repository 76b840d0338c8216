"""Charts of printed reports as plain drawings: figures in, rectangles, lines and labels out.

Paper runs no script: a template draws these shapes as SVG, each beside its table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import floor, log10

from market.texts import gettext, number

COLOURS = ("#14685a", "#4f9d8f", "#a8cfc6", "#8f4a0b", "#d08a3c", "#5b6b88")
_WIDTH, _LEFT, _TOP, _PLOT = 640, 70, 12, 190
_ROW, _NAMES = 22, 210


@dataclass(frozen=True)
class Bar:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True)
class Label:
    """A text; `anchor` as SVG says it."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Drawing:
    """One chart: its shapes, its legend (name, colour, dashed) and the table that says the same."""

    title: str
    height: float
    head: list[str]
    rows: list[list[str]]
    bars: list[Bar] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    grid: list[tuple[float, float, float, float]] = field(default_factory=list)
    path: str = ""
    legend: list[tuple[str, str, bool]] = field(default_factory=list)
    width: int = _WIDTH


def over_years(
    title: str,
    years: Sequence[int],
    series: Mapping[str, Sequence[Decimal | None]],
    *,
    target: Mapping[int, Decimal],
) -> Drawing:
    """Stacked bars of tonnes by year, and the stated target as a dashed line."""
    every = sorted({*years, *target})
    stacks = [sum((row[at] or Decimal(0) for row in series.values()), Decimal(0))
              for at in range(len(years))]  # fmt: skip
    top = _rounded_up(max([*stacks, *target.values(), Decimal(1)]))
    span = max(every[-1] - every[0], 1)
    slot = (_WIDTH - _LEFT - 30) / (span + 1)

    def x(year: int) -> float:
        return round(_LEFT + (year - every[0] + 0.5) * slot, 1)

    def y(value: Decimal) -> float:
        return round(_TOP + _PLOT * (1 - float(value / top)), 1)

    width = min(46.0, slot * 0.6)
    bars = []
    for at, year in enumerate(years):
        low = Decimal(0)
        for row, colour in zip(series.values(), COLOURS, strict=False):
            value = row[at] or Decimal(0)
            tall = round(y(low) - y(low + value), 1)
            bars.append(Bar(round(x(year) - width / 2, 1), y(low + value), width, tall, colour))
            low += value
    steps = [top * part / 4 for part in range(5)]
    labels = [Label(_LEFT - 8, y(each) + 4, number(each, 1), "end") for each in steps]
    shown = [year for year in every if year in years or year in target]
    labels += [Label(x(year), _TOP + _PLOT + 18, str(year)) for year in _apart(shown, slot)]
    points = " ".join(f"{x(year)},{y(value)}" for year, value in sorted(target.items()))
    legend = [(name, colour, False) for name, colour in zip(series, COLOURS, strict=False)]
    if target:
        legend.append((gettext("Target (scopes 1 and 2)"), COLOURS[3], True))
    return Drawing(
        title, _TOP + _PLOT + 28, _head(series, target), _rows(every, years, series, target),
        bars=bars, labels=labels, path=points, legend=legend,
        grid=[(_LEFT, y(each), _WIDTH - 20, y(each)) for each in steps],
    )  # fmt: skip


def shares(
    title: str, values: Mapping[str, Decimal], *, unit: str, most: Decimal | None = None
) -> Drawing:
    """Horizontal bars, longest possible `most` (the largest value when not given)."""
    top = most or max([*values.values(), Decimal(1)])
    total = sum(values.values(), Decimal(0))
    room = _WIDTH - _NAMES - 110
    bars, labels = [], []
    for at, (name, value) in enumerate(values.items()):
        y = _TOP + at * _ROW
        long = round(max(float(value / top) * room, 0.5), 1)
        bars.append(Bar(_NAMES, y, long, _ROW - 8, COLOURS[0]))
        labels.append(Label(_NAMES - 8, y + 11, name, "end"))
        labels.append(Label(_NAMES + long + 6, y + 11, f"{number(value, 1)} {unit}", "start"))
    head = [title, unit] if most else [title, unit, "%"]
    rows = [[name, number(value, 1), *([] if most else [_percent(value, total)])]
            for name, value in values.items()]  # fmt: skip
    return Drawing(title, _TOP + _ROW * len(values) + 6, head, rows, bars=bars, labels=labels)


def _percent(value: Decimal, total: Decimal) -> str:
    return number(value * 100 / total, 1) if total else "–"


def _head(series: Mapping[str, object], target: Mapping[int, Decimal]) -> list[str]:
    names = [*series, *([gettext("Target (scopes 1 and 2)")] if target else [])]
    return [gettext("Year"), *(f"{name}, tCO₂e" for name in names)]


def _rows(
    every: Sequence[int], years: Sequence[int], series: Mapping[str, Sequence[Decimal | None]],
    target: Mapping[int, Decimal],
) -> list[list[str]]:  # fmt: skip
    rows = []
    for year in every:
        at = years.index(year) if year in years else None
        cells = [None if at is None else row[at] for row in series.values()]
        cells += [target.get(year)] if target else []
        rows.append([str(year), *(number(each, 1) for each in cells)])
    return rows


def _apart(years: Sequence[int], slot: float) -> list[int]:
    """Leave out year labels that would touch the one before."""
    kept: list[int] = []
    for year in years:
        if not kept or (year - kept[-1]) * slot >= 34:
            kept.append(year)
    return kept


def _rounded_up(value: Decimal) -> Decimal:
    """The next round number, four steps up to which are round as well."""
    power = Decimal(10) ** floor(log10(float(value)))
    steps = (Decimal(each) for each in ("1", "1.2", "1.6", "2", "3", "4", "6", "8", "10"))
    return next(step * power for step in steps if step * power >= value)
