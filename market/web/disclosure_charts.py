"""The charts of a published disclosure, each with the same as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING

from disclosure.datapoints import climate
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
    """A figure's JSON, its title, its table (head and rows of texts), what it says in a sentence.

    Where there is nothing to draw, `figure` is "" and `note` says why.
    """

    title: str
    figure: str
    head: list[str]
    rows: list[list[str]]
    key: str = ""  # its name in addresses
    note: str = ""


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
    gaps = [_gap(each, story) for each in counted]
    rows = _by_year(years, series, dict(story.target), dict(zip(years, gaps, strict=True)))
    figure = charts.bars(
        years, series, x=gettext("Reporting year"), y="tCO₂e", stacked=True, paths=path
    )
    names = [*series, *path, *([gettext("Above (+) or below (-) the path")] if path else [])]
    head = [gettext("Year"), *(f"{name}, tCO₂e" for name in names)]
    title = gettext("Emissions by scope and year, and the target")
    return Chart(title, figure, head, rows, "emissions", _gap_told(counted[-1], story))


def _gap(disclosure: Disclosure, story: Story) -> Decimal | None:
    """Scopes 1 and 2 less where the straight path to the target stands that year."""
    path = story.path_in(disclosure.year)
    if path is None or disclosure.scope1 is None or disclosure.scope2_location is None:
        return None
    return disclosure.scope1 + disclosure.scope2_location - path


def _gap_told(newest: Disclosure, story: Story) -> str:
    gap, path = _gap(newest, story), story.path_in(newest.year)
    if gap is None or not path:
        return ""
    values = {
        "year": newest.year,
        "gap": number(abs(gap), 1),
        "percent": number(abs(gap) * 100 / path, 1),
        "path": number(path, 1),
    }
    if gap > 0:
        return gettext(
            "%(year)s: scopes 1 and 2 are %(gap)s tCO₂e (%(percent)s%%) above the straight path"
            " from the base year to the target (%(path)s tCO₂e).",
            **values,
        )
    return gettext(
        "%(year)s: scopes 1 and 2 are %(gap)s tCO₂e (%(percent)s%%) below the straight path"
        " from the base year to the target (%(path)s tCO₂e).",
        **values,
    )


def _by_year(
    years: Sequence[int],
    series: charts.Series,
    target: Mapping[int, Decimal],
    gaps: Mapping[int, Decimal | None],
) -> list[list[str]]:
    """One row a year; the target has its own columns and, where needed, its own years."""
    known = dict(zip(years, zip(*series.values(), strict=True), strict=True))
    nothing = (None,) * len(series)
    return [
        [
            str(year),
            *(number(value, 1) for value in known.get(year, nothing)),
            *([number(target.get(year), 1), _signed(gaps.get(year))] if target else []),
        ]
        for year in sorted({*known, *target})
    ]


def energy_names() -> dict[str, str]:
    """What the sources of a story's energy are called."""
    return {
        "electricity_renewable": gettext("Purchased electricity, renewable"),
        "electricity_other": gettext("Purchased electricity, not renewable"),
        "self_generated": gettext("Self-generated electricity"),
        "fuels_renewable": gettext("Fuels, renewable"),
        "fuels_other": gettext("Fuels, not renewable"),
        "heat": gettext("Purchased heat, steam, cooling"),
    }


def _signed(value: Decimal | None) -> str:
    return f"+{number(value, 1)}" if value is not None and value > 0 else number(value, 1)


def _energy(story: Story) -> Chart | None:
    names = energy_names()
    if not story.energy:
        return None
    labels = [names[key] for key in story.energy]
    total = sum(story.energy.values(), Decimal(0))
    rows = [
        [label, number(value, 1), f"{number(value * 100 / total, 1)}%"]
        for label, value in zip(labels, story.energy.values(), strict=True)
    ]
    figure = charts.horizontal_bars(labels, {"MWh": list(story.energy.values())}, x="MWh")
    head = [gettext("Source"), "MWh", gettext("Share")]
    return Chart(gettext("Energy mix"), figure, head, rows, "energy")


def _completeness(story: Story) -> Chart:
    """The climate sections, and others where something is answered."""
    titles = {each.id: say(each.title) for each in catalogue().sections}
    always = {each.id for each in climate().sections}
    shown = [each for each in story.sections if each.answered or each.part in always]
    labels = [titles[each.part] for each in shown]
    percent = [each.percent for each in shown]
    answered = gettext("Answered")
    rows = [
        [label, f"{each.answered} / {each.asked}", f"{each.percent}%"]
        for label, each in zip(labels, shown, strict=True)
    ]
    figure = charts.horizontal_bars(labels, {answered: percent}, x="%", most=100)
    head = [gettext("Section"), answered, "%"]
    return Chart(gettext("Completeness by section"), figure, head, rows, "completeness")


def _intensity(disclosure: Disclosure, peers: Sequence[Peer]) -> Chart | None:
    """Against the sector, once at least five firms of the same year have published."""
    if disclosure.status != DisclosureStatus.PUBLISHED:
        return None
    title = gettext("Emission intensity and the sector's, %(year)s", year=disclosure.year)
    known = {p.organisation_id: p.intensity for p in peers if p.intensity is not None}
    own = known.get(disclosure.organisation_id)
    if own is None:
        why = gettext(
            "Not available, because this disclosure states no revenue or no scopes 1 and 2."
        )
        return Chart(title, "", [], [], "intensity", why)
    if len(known) < FEWEST_PEERS:
        return Chart(title, "", [], [], "intensity", _too_few(len(known)))
    return _against_sector(disclosure, own, sorted(known.values()), title)


def _too_few(firms: int) -> str:
    return gettext(
        "Not available, because fewer than %(needed)s firms of the sector published this year"
        " (so far: %(firms)s).",
        needed=FEWEST_PEERS,
        firms=firms,
    )


def _against_sector(
    disclosure: Disclosure, own: Decimal, values: Sequence[Decimal], title: str
) -> Chart:
    unit = gettext("tCO₂e per 10k %(currency)s of revenue", currency=disclosure.currency)
    middle = median(values)
    marked = {gettext("This disclosure"): own, gettext("Median of the sector"): middle}
    better = sum(value > own for value in values)
    rows = [[label, number(value, 4)] for label, value in marked.items()]
    rows += [
        [gettext("Lowest of the sector"), number(values[0], 4)],
        [gettext("Highest of the sector"), number(values[-1], 4)],
        [gettext("Firms compared"), str(len(values))],
        [gettext("Firms with a higher intensity"), str(better)],
    ]
    figure = charts.spread(values, name=gettext("Sector"), marked=marked, x=unit)
    return Chart(title, figure, [gettext("Intensity"), unit], rows, "intensity")
