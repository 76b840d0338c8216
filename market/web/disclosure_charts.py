"""The charts of a published disclosure, each with the same as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING

from market.domain.disclosure_stories import Story
from market.domain.queries.disclosures import Peer
from market.enums import DisclosureStatus
from market.texts import gettext, number
from market.web import charts
from market.web.disclosure_texts import catalogue, say

if TYPE_CHECKING:
    from market.models import Disclosure

FEWEST_PEERS = 5


@dataclass(frozen=True)
class Chart:
    """A figure's JSON, its title, and its table: the head and rows of texts."""

    title: str
    figure: str
    head: list[str]
    rows: list[list[str]]


def of_disclosure(
    disclosure: Disclosure, story: Story, *, history: Sequence[Disclosure], peers: Sequence[Peer]
) -> list[Chart]:
    """The charts that this version's figures allow, in reading order."""
    drawn = (
        _emissions(history, story),
        _energy(story),
        _completeness(story),
        _intensity(disclosure, peers),
    )
    return [chart for chart in drawn if chart is not None]


def _emissions(history: Sequence[Disclosure], story: Story) -> Chart | None:
    """Scopes by year with the stated target as a dashed line."""
    counted = [each for each in history if each.status == DisclosureStatus.PUBLISHED][::-1]
    if not counted:
        return None
    years = [each.year for each in counted]
    names = [
        gettext("Scope 1"),
        gettext("Scope 2 (location-based)"),
        gettext("Scope 3"),
    ]
    values = [
        [each.scope1 for each in counted],
        [each.scope2_location for each in counted],
        [each.scope3 for each in counted],
    ]
    series = {name: row for name, row in zip(names, values, strict=True) if any(row)}
    if not series:
        return None
    path = {gettext("Target (scopes 1 and 2)"): list(story.target)} if story.target else {}
    rows = _by_year(years, series, dict(story.target))
    figure = charts.bars(
        years, series, x=gettext("Reporting year"), y="tCO₂e", stacked=True, paths=path
    )
    head = [gettext("Year"), *(f"{name}, tCO₂e" for name in [*series, *path])]
    return Chart(gettext("Emissions by scope and year, and the target"), figure, head, rows)


def _by_year(
    years: Sequence[int], series: charts.Series, target: Mapping[int, Decimal]
) -> list[list[str]]:
    """One row a year; the target has its own column and, where needed, its own years."""
    known = dict(zip(years, zip(*series.values(), strict=True), strict=True))
    nothing = (None,) * len(series)
    return [
        [
            str(year),
            *(number(value, 1) for value in known.get(year, nothing)),
            *([number(target.get(year), 1)] if target else []),
        ]
        for year in sorted({*known, *target})
    ]


def _energy(story: Story) -> Chart | None:
    names = {
        "electricity_renewable": gettext("Purchased electricity, renewable"),
        "electricity_other": gettext("Purchased electricity, not renewable"),
        "self_generated": gettext("Self-generated electricity"),
        "fuels_renewable": gettext("Fuels, renewable"),
        "fuels_other": gettext("Fuels, not renewable"),
        "heat": gettext("Purchased heat, steam, cooling"),
    }
    if not story.energy:
        return None
    labels = [names[key] for key in story.energy]
    total = sum(story.energy.values(), Decimal(0))
    rows = [
        [label, number(value, 1), f"{number(value * 100 / total, 1)}%"]
        for label, value in zip(labels, story.energy.values(), strict=True)
    ]
    figure = charts.horizontal_bars(labels, {"MWh": list(story.energy.values())}, x="MWh")
    return Chart(gettext("Energy mix"), figure, [gettext("Source"), "MWh", gettext("Share")], rows)


def _completeness(story: Story) -> Chart:
    titles = {each.id: say(each.title) for each in catalogue().sections}
    labels = [titles[each.part] for each in story.sections]
    percent = [each.percent for each in story.sections]
    answered = gettext("Answered")
    rows = [
        [label, f"{each.answered} / {each.asked}", f"{each.percent}%"]
        for label, each in zip(labels, story.sections, strict=True)
    ]
    figure = charts.horizontal_bars(labels, {answered: percent}, x="%", most=100)
    head = [gettext("Section"), answered, "%"]
    return Chart(gettext("Completeness by section"), figure, head, rows)


def _intensity(disclosure: Disclosure, peers: Sequence[Peer]) -> Chart | None:
    """Against the sector, once at least five firms of the same year have published."""
    own = next((p for p in peers if p.organisation_id == disclosure.organisation_id), None)
    if own is None or len(peers) < FEWEST_PEERS or disclosure.status != DisclosureStatus.PUBLISHED:
        return None
    values = sorted(each.intensity for each in peers)
    unit = gettext("tCO₂e per 10k %(currency)s of revenue", currency=disclosure.currency)
    middle = median(values)
    marked = {gettext("This disclosure"): own.intensity, gettext("Median of the sector"): middle}
    better = sum(value > own.intensity for value in values)
    rows = [[label, number(value, 4)] for label, value in marked.items()]
    rows += [
        [gettext("Lowest of the sector"), number(values[0], 4)],
        [gettext("Highest of the sector"), number(values[-1], 4)],
        [gettext("Firms compared"), str(len(values))],
        [gettext("Firms with a higher intensity"), str(better)],
    ]
    figure = charts.spread(values, name=gettext("Sector"), marked=marked, x=unit)
    title = gettext("Emission intensity and the sector's, %(year)s", year=disclosure.year)
    return Chart(title, figure, [gettext("Intensity"), unit], rows)
