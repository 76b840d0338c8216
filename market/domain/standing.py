"""Where enterprises stand by their published disclosures, in the terms the ranking reads."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from disclosure import facts as disclosed
from disclosure.efficiency import FEWEST_FIRMS
from disclosure.grade import Grade, grade_at
from market.enums import DisclosureStatus, OrganisationStatus, SizeClass
from market.extensions import db
from market.models import Disclosure, Organisation
from scoring.facts import Assurance, DisclosureStanding

_TREND_YEARS = 3
_SMALL = {SizeClass.MICRO, SizeClass.SMALL}
_HIGHEST_UNCLAIMED = 1
_KNOWN_PACES = 20_000

Peers = Mapping[tuple[str, str], list[float]]
"""(sector, currency) -> emission intensities of its firms, rising."""


@dataclass(frozen=True)
class Figures:
    """What one published year says, as far as the ranking reads it."""

    disclosure_id: str
    year: int
    grade: int
    points: int
    assurance: int
    completeness: int
    data_quality: int
    period_end: date | None
    emissions: Decimal | None
    revenue: Decimal | None
    currency: str

    @property
    def intensity(self) -> float | None:
        """Scopes 1 and 2 (location) per 万元 of revenue."""
        if self.emissions is None or not self.revenue or self.revenue <= 0:
            return None
        return float(self.emissions / self.revenue)


def sector_of(organisation: Organisation) -> str:
    """The GB/T 4754 division where known (C39), else the focus sector."""
    industry = organisation.industry
    return industry[:3] if len(industry) >= 3 else organisation.focus_sector


def standings(
    organisations: Iterable[Organisation], *, peers: Peers, on: date
) -> dict[str, DisclosureStanding]:
    """The standing of each organisation on a day, in two statements at most."""
    known = {each.id: each for each in organisations}
    years = _published(known)
    paces = _paces({figures[0].disclosure_id for figures in years.values()})
    return {
        key: _standing(
            known[key], figures, pace=paces[figures[0].disclosure_id], peers=peers, on=on
        )
        for key, figures in years.items()
    }


def peers() -> Peers:
    """The intensities of every sector by each firm's latest published year, in one statement."""
    rows = db.session.execute(
        select(
            Disclosure.organisation_id,
            Disclosure.scope1,
            Disclosure.scope2_location,
            Disclosure.revenue,
            Disclosure.currency,
            Organisation.industry,
            Organisation.focus_sector,
        )
        .join(Organisation, Organisation.id == Disclosure.organisation_id)
        .where(
            Disclosure.status == DisclosureStatus.PUBLISHED,
            Disclosure.revenue > 0,
            Disclosure.scope1.is_not(None),
            Disclosure.scope2_location.is_not(None),
        )
        .order_by(Disclosure.organisation_id, Disclosure.year)
    )
    latest = {row.organisation_id: row for row in rows}  # a later year replaces an earlier one
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in latest.values():
        sector = row.industry[:3] if len(row.industry) >= 3 else row.focus_sector
        emitted = row.scope1 + row.scope2_location
        found[sector, row.currency].append(float(emitted / row.revenue))
    return {key: sorted(values) for key, values in found.items()}


def _published(ids: Iterable[str]) -> dict[str, list[Figures]]:
    """The published years of each organisation, newest first."""
    columns = (
        Disclosure.organisation_id, Disclosure.id, Disclosure.year, Disclosure.grade,
        Disclosure.points, Disclosure.assurance, Disclosure.completeness,
        Disclosure.data_quality, Disclosure.period_end, Disclosure.scope1,
        Disclosure.scope2_location, Disclosure.revenue, Disclosure.currency,
    )  # fmt: skip
    rows = db.session.execute(
        select(*columns)
        .where(
            Disclosure.organisation_id.in_(tuple(ids)),
            Disclosure.status == DisclosureStatus.PUBLISHED,
        )
        .order_by(Disclosure.organisation_id, Disclosure.year.desc())
    )
    found: dict[str, list[Figures]] = defaultdict(list)
    for row in rows:
        found[row.organisation_id].append(_figures(row))
    return found


def _figures(row: Any) -> Figures:
    both = row.scope1 is not None and row.scope2_location is not None
    return Figures(
        disclosure_id=row.id,
        year=row.year,
        grade=row.grade,
        points=row.points,
        assurance=row.assurance,
        completeness=row.completeness,
        data_quality=row.data_quality,
        period_end=row.period_end.date() if row.period_end else None,
        emissions=row.scope1 + row.scope2_location if both else None,
        revenue=row.revenue,
        currency=row.currency,
    )


def _standing(
    organisation: Organisation,
    years: list[Figures],
    *,
    pace: float | None,
    peers: Peers,
    on: date,
) -> DisclosureStanding:
    latest = years[0]
    level = latest.grade
    if latest.period_end:
        given = Grade(latest.grade, latest.points)
        level = grade_at(given, period_end=latest.period_end, on=on).level
    if organisation.status == OrganisationStatus.UNCLAIMED:
        level = min(level, _HIGHEST_UNCLAIMED)
    return DisclosureStanding(
        grade=level,
        points=float(latest.points),
        assurance=Assurance(latest.assurance),
        age_months=_months(latest.period_end, on),
        completeness=latest.completeness / 100,
        data_quality=latest.data_quality,
        intensity_percentile=_percentile(
            latest, peers.get((sector_of(organisation), latest.currency))
        ),
        trend=_trend(years),
        target_ambition=pace,
        short_route=organisation.size_class in _SMALL,
    )


def _months(end: date | None, on: date) -> int | None:
    """Whole months since the reporting period ended."""
    if end is None:
        return None
    months = (on.year - end.year) * 12 + on.month - end.month
    return max(0, months - (on.day < end.day))


def _percentile(latest: Figures, peers: list[float] | None) -> float | None:
    """The share of the other firms of the sector that emit less per revenue."""
    own = latest.intensity
    if own is None or peers is None or len(peers) < FEWEST_FIRMS:
        return None
    return bisect_left(peers, own) / (len(peers) - 1)


def _trend(years: list[Figures]) -> float | None:
    """Yearly reduction in percent over the last three years at most, compounded."""
    latest = years[0]
    earlier = [y for y in years[1:] if latest.year - y.year <= _TREND_YEARS and y.emissions]
    if not earlier or not latest.emissions or latest.emissions <= 0:
        return None
    first = earlier[-1]
    assert first.emissions is not None
    ratio = float(latest.emissions / first.emissions)
    return float((1 - ratio ** (1 / (latest.year - first.year))) * 100)


def _paces(ids: set[str]) -> dict[str, float | None]:
    """The yearly reduction each disclosure promises; published ones never change, so it is kept."""
    unknown = [each for each in ids if each not in _PACES]
    if unknown:
        rows = db.session.execute(
            select(Disclosure.id, Disclosure.content).where(Disclosure.id.in_(unknown))
        )
        if len(_PACES) > _KNOWN_PACES:
            _PACES.clear()
        _PACES.update({row.id: promised_pace(row.content) for row in rows})
    return {each: _PACES.get(each) for each in ids}


_PACES: dict[str, float | None] = {}


def promised_pace(content: Any) -> float | None:
    """Percent a year of the most ambitious absolute target over scopes 1 and 2."""
    try:
        targets = disclosed.Disclosure.from_dict(content).targets()
    except disclosed.FactError:
        return None
    found = [
        float(target.reduction) / (target.target_year - target.base_year)
        for target in targets
        if target.datapoint == "TGT-01"
        and "scope_1" in target.scopes
        and target.target_year > target.base_year
        and 0 < target.reduction <= 100
    ]
    return max(found, default=None)
