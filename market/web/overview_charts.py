"""The charts of the market overview, each with the same as a table."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from market.domain.overview import Overview
from market.schemas.organisations import SECTORS
from market.schemas.words import GRADES, kinds, purposes
from market.texts import gettext, money, number
from market.web import charts
from market.web.disclosure_charts import Chart

_THOUSAND = Decimal(1000)
_COLOURS = len(charts.PALETTE)
_CELL, _FRAME = 44, 150  # pixels a row of the heat map takes, and what stands around it
_SCALE = ((0.0, "#F3E3C8"), (0.001, "#D7ECF8"), (1.0, "#0072B2"))


@dataclass(frozen=True)
class MarketChart(Chart):
    """A chart of the overview; a wide one scrolls sideways on small screens."""

    wide: bool = False


def of_market(seen: Overview) -> list[MarketChart]:
    """The charts that the market's figures allow, in reading order."""
    drawn = (_products(seen), _needs(seen), _grades(seen), _supply(seen), _emissions(seen))
    return [chart for chart in drawn if chart is not None]


def _sectors() -> dict[str, str]:
    return {str(code): str(text) for code, text in SECTORS}


def _offered_kinds(seen: Overview) -> dict[str, str]:
    """The kinds somebody offers, in the order of the standard."""
    return {str(code): str(text) for code, text in kinds() if seen.products.get(code)}


def missing_kinds(seen: Overview) -> list[str]:
    """The kinds nobody offers yet."""
    return [str(text) for code, text in kinds() if not seen.products.get(code)]


def _products(seen: Overview) -> MarketChart | None:
    if not any(seen.products.values()):
        return None
    rows = [(name, seen.products[kind]) for kind, name in _offered_kinds(seen).items()]
    head = gettext("Live products")
    return MarketChart(
        title=gettext("Live products by kind"),
        figure=charts.horizontal_bars([n for n, _ in rows], {head: [c for _, c in rows]}, x=head),
        head=[gettext("Kind"), head],
        rows=[[name, str(count)] for name, count in rows],
    )


def _needs(seen: Overview) -> MarketChart | None:
    if not seen.purposes:
        return None
    names = {code: str(text) for code, text in purposes()}
    labels = [names.get(each.code, each.code) for each in seen.purposes]
    head = gettext("Open needs")
    sums = [money(each.amount) for each in seen.purposes]
    return MarketChart(
        title=gettext("Open needs by purpose"),
        figure=charts.horizontal_bars(labels, {head: [e.needs for e in seen.purposes]}, x=head),
        head=[gettext("Purpose"), head, gettext("Amount sought (from three needs on)")],
        rows=[
            [name, str(each.needs), total]
            for name, each, total in zip(labels, seen.purposes, sums, strict=True)
        ],
    )


def _grades(seen: Overview) -> MarketChart | None:
    if not seen.grades:
        return None
    known = {sector for sector, _ in seen.grades}
    names = {code: text for code, text in _sectors().items() if code in known}
    grades = [(int(code), str(text)) for code, text in GRADES]
    grades[0] = (0, gettext("No grade yet"))
    series = {text: [seen.grades.get((s, g), 0) for s in names] for g, text in grades}
    given = {text: counts for text, counts in series.items() if any(counts)}
    return MarketChart(
        title=gettext("Enterprises by sector and grade of their latest disclosure"),
        figure=charts.horizontal_bars(
            list(names.values()), given, x=gettext("Enterprises"), stacked=True
        ),
        head=[gettext("Sector"), *given],
        rows=[
            [name, *(str(counts[place]) for counts in given.values())]
            for place, name in enumerate(names.values())
        ],
    )


def _supply(seen: Overview) -> MarketChart | None:
    if not any(seen.products.values()):
        return None
    columns = _offered_kinds(seen)
    names = {code: text for code, text in _sectors().items() if code in seen.needs_by_sector}
    counts = [[seen.supply[sector, kind] for kind in columns] for sector in names]
    open_needs = [seen.needs_by_sector[sector] for sector in names]
    labels = [
        gettext("%(sector)s (%(needs)s needs)", sector=name, needs=n)
        for name, n in zip(names.values(), open_needs, strict=True)
    ]
    return MarketChart(
        title=gettext("Live products open to each sector, by kind: 0 beside open needs is a gap"),
        figure=_heat_map(labels, list(columns.values()), counts),
        wide=True,
        head=[gettext("Sector"), gettext("Open needs"), *columns.values()],
        rows=[
            [name, str(n), *(str(each) for each in line)]
            for name, n, line in zip(names.values(), open_needs, counts, strict=True)
        ],
    )


def _heat_map(labels: list[str], columns: list[str], counts: list[list[int]]) -> str:
    """Sectors down, kinds across; each cell carries its figure, so colour is never alone."""
    import plotly.graph_objects as go  # 34 MB that workers which draw none need not hold

    cells = go.Heatmap(
        z=counts,
        x=columns,
        y=labels,
        colorscale=_SCALE,
        zmin=0,
        zmax=max(max(line) for line in counts),
        texttemplate="%{z}",
        showscale=False,
        xgap=2,
        ygap=2,
    )
    layout: dict[str, Any] = {
        "xaxis": {"side": "top", "tickangle": -40, "type": "category"},
        "yaxis": {"autorange": "reversed", "type": "category", "ticksuffix": "  "},
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "height": _FRAME + _CELL * len(labels),
        "template": go.layout.Template(),
    }
    return str(go.Figure(data=[cells], layout=layout).to_json())


def _emissions(seen: Overview) -> MarketChart | None:
    if not seen.emissions:
        return None
    years = sorted({each.year for each in seen.emissions})
    names, series = _sectors(), _largest_sectors(seen, years)
    return MarketChart(
        title=gettext("Emissions disclosed by sector and year, scopes 1 and 2 (location-based)"),
        figure=charts.bars(years, series, y=gettext("thousand tCO₂e"), stacked=True),
        head=[
            gettext("Year"),
            gettext("Sector"),
            gettext("Enterprises"),
            gettext("Scope 1, tCO₂e"),
            gettext("Scope 2 (location-based), tCO₂e"),
        ],
        rows=[
            [
                str(each.year),
                names.get(each.sector, each.sector),
                str(each.enterprises),
                number(each.scope1, 0),
                number(each.scope2, 0),
            ]
            for each in seen.emissions
        ],
    )


def _largest_sectors(seen: Overview, years: list[int]) -> dict[str, list[Decimal | None]]:
    """Thousand tonnes by sector and year; as many sectors as there are colours, then the rest."""
    tonnes: dict[str, dict[int, Decimal]] = {}
    for each in seen.emissions:
        tonnes.setdefault(each.sector, {})[each.year] = (each.scope1 + each.scope2) / _THOUSAND
    ordered = sorted(tonnes, key=lambda sector: -max(tonnes[sector].values()))
    shown = ordered if len(ordered) <= _COLOURS else ordered[: _COLOURS - 1]
    names = _sectors()
    series: dict[str, list[Decimal | None]] = {
        names.get(sector, sector): [tonnes[sector].get(year) for year in years] for sector in shown
    }
    if rest := [tonnes[sector] for sector in ordered if sector not in shown]:
        together = [
            sum((each.get(year, Decimal(0)) for each in rest), Decimal(0)) for year in years
        ]
        series[gettext("Other sectors")] = list(together)
    return series
