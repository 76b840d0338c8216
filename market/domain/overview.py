"""The market at a glance: counts of both sides, where supply is missing, what is disclosed.

Everything is public: counts of live listings and open needs, sums only where three or more
enterprises stand behind them, and emissions as enterprises published them themselves.
"""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, func, select

from market.domain.products import today
from market.enums import (
    DisclosureStatus,
    FocusSector,
    ListingStatus,
    OrganisationKind,
    OrganisationStatus,
    PostingStatus,
)
from market.extensions import db
from market.models import Disclosure, Need, Organisation, Product, Scenario, Technology

FEWEST = 3
"""Sums are shown only when at least so many needs are added."""
_PRODUCTS_AT_MOST = 5000

# Focus sector -> the divisions of GB/T 4754 its enterprises mostly stand in.
DIVISIONS = {
    FocusSector.ELECTRONICS: ("C39",),
    FocusSector.LIFE_HEALTH: ("C27", "C35"),
    FocusSector.AUTOMOTIVE: ("C36",),
    FocusSector.EQUIPMENT: ("C34", "C35", "C37", "C38"),
    FocusSector.MATERIALS: ("C26", "C28", "C29", "C30", "C31", "C32"),
    FocusSector.FASHION: ("C17", "C18"),
    FocusSector.TELECOM: ("I63", "I64"),
    FocusSector.PARK: ("K",),
}


@dataclass(frozen=True)
class Purpose:
    """Open needs of one purpose; the sum is None below FEWEST needs."""

    code: str
    needs: int
    amount: Decimal | None


@dataclass(frozen=True)
class Emissions:
    """What the enterprises of a sector published for a year, in tCO2e."""

    sector: str
    year: int
    enterprises: int
    scope1: Decimal
    scope2: Decimal


@dataclass(frozen=True)
class Overview:
    """All figures of the page."""

    totals: dict[str, int]
    products: dict[str, int]
    purposes: list[Purpose]
    grades: dict[tuple[str, int], int]
    needs_by_sector: dict[str, int]
    supply: dict[tuple[str, str], int]
    emissions: list[Emissions]


def overview(kinds: list[str]) -> Overview:
    """Read the market in six statements; `kinds` are the product kinds there could be."""
    live = _live_products()
    needs = _needs_by_sector()
    sectors = list(DIVISIONS)
    return Overview(
        totals=_totals(),
        products={kind: sum(each == kind for each, _ in live) for kind in kinds},
        purposes=_purposes(),
        grades=_grades(),
        needs_by_sector={sector: needs.get(sector, 0) for sector in sectors},
        supply={(s, k): _open_to(s, k, live) for s in sectors for k in kinds},
        emissions=_emissions(),
    )


def _totals() -> dict[str, int]:
    def organisations(kind: str) -> Any:
        listed = Organisation.kinds.cast(db.Text).contains(f'"{kind}"')
        return _count(Organisation, Organisation.status == OrganisationStatus.APPROVED, listed)

    asked = {
        "enterprises": organisations(OrganisationKind.ENTERPRISE),
        "institutions": organisations(OrganisationKind.INSTITUTION),
        "needs": _count(Need, Need.status == PostingStatus.OPEN),
        "technologies": _count(Technology, Technology.status == ListingStatus.LIVE),
        "scenarios": _count(Scenario, Scenario.status == PostingStatus.OPEN),
        "disclosures": _count(Disclosure, *_published_by_themselves()),
        "third_party": _count(
            Disclosure,
            Disclosure.status == DisclosureStatus.PUBLISHED,
            Disclosure.third_party_source != "",
        ),
    }
    row = db.session.execute(select(*(count for count in asked.values()))).one()
    return dict(zip(asked, row, strict=True))


def _count(model: Any, *conditions: Any) -> Any:
    return select(func.count()).select_from(model).where(*conditions).scalar_subquery()


def _published_by_themselves() -> tuple[Any, ...]:
    return (
        Disclosure.status == DisclosureStatus.PUBLISHED,
        Disclosure.third_party_source == "",
    )


def _live_products() -> list[tuple[str, dict[str, Any]]]:
    query = (
        select(Product.kind, Product.criteria)
        .join(Product.institution)
        .where(
            Product.status == ListingStatus.LIVE,
            Product.valid_to >= today(),
            Organisation.status == OrganisationStatus.APPROVED,
        )
        .limit(_PRODUCTS_AT_MOST)
    )
    return [(kind, criteria) for kind, criteria in db.session.execute(query)]


def _open_to(sector: str, kind: str, live: list[tuple[str, dict[str, Any]]]) -> int:
    """How many live products of a kind admit an enterprise of the sector's divisions."""
    divisions = DIVISIONS[FocusSector(sector)]
    return sum(
        kind == each and any(_admits(criteria, code) for code in divisions)
        for each, criteria in live
    )


def _admits(criteria: dict[str, Any], division: str) -> bool:
    """Entries are prefixes: C admits every C code."""
    wanted, refused = criteria.get("sectors_include"), criteria.get("sectors_exclude") or ()
    if any(division.startswith(each) for each in refused):
        return False
    return not wanted or any(division.startswith(e) or e.startswith(division) for e in wanted)


def _purposes() -> list[Purpose]:
    query = (
        select(Need.purpose, func.count(), func.sum(Need.amount))
        .where(Need.status == PostingStatus.OPEN)
        .group_by(Need.purpose)
        .order_by(func.count().desc(), Need.purpose)
    )
    rows = db.session.execute(query)
    return [Purpose(code, n, amount if n >= FEWEST else None) for code, n, amount in rows]


def _needs_by_sector() -> Counter[str]:
    query = (
        select(Organisation.focus_sector, func.count())
        .select_from(Need)
        .join(Need.enterprise)
        .where(Need.status == PostingStatus.OPEN)
        .group_by(Organisation.focus_sector)
    )
    rows = db.session.execute(query)
    return Counter({sector: number for sector, number in rows if number})


def _grades() -> dict[tuple[str, int], int]:
    """Enterprises by sector and the grade of their latest own disclosure."""
    latest = (
        select(Disclosure.organisation_id, func.max(Disclosure.year).label("year"))
        .where(*_published_by_themselves())
        .group_by(Disclosure.organisation_id)
        .subquery()
    )
    same = and_(
        latest.c.organisation_id == Disclosure.organisation_id, latest.c.year == Disclosure.year
    )
    query = (
        select(Organisation.focus_sector, Disclosure.grade, func.count())
        .select_from(Disclosure)
        .join(latest, same)
        .join(Disclosure.organisation)
        .where(*_published_by_themselves())
        .group_by(Organisation.focus_sector, Disclosure.grade)
    )
    return {(sector, grade): n for sector, grade, n in db.session.execute(query)}


def _emissions() -> list[Emissions]:
    scope1, scope2 = func.sum(Disclosure.scope1), func.sum(Disclosure.scope2_location)
    query = (
        select(Organisation.focus_sector, Disclosure.year, func.count(), scope1, scope2)
        .select_from(Disclosure)
        .join(Disclosure.organisation)
        .where(*_published_by_themselves(), Disclosure.scope1.is_not(None))
        .group_by(Organisation.focus_sector, Disclosure.year)
        .order_by(Disclosure.year, Organisation.focus_sector)
    )
    return [
        Emissions(sector, year, n, Decimal(one or 0), Decimal(two or 0))
        for sector, year, n, one, two in db.session.execute(query)
    ]
