"""What the ranking is told of the market: needs, listings and scenarios as frozen facts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from market.domain import standing
from market.enums import ListingStatus, OrganisationStatus, PostingStatus
from market.extensions import db
from market.models import Need, Organisation, Product, Scenario, Technology
from market.texts import SHANGHAI
from scoring import facts
from scoring.products import KINDS

_DAYS_A_YEAR = 365.25
_ACTIVE = OrganisationStatus.APPROVED
_SEEKING = (OrganisationStatus.APPROVED, OrganisationStatus.UNCLAIMED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedNeed(facts.Need):
    """A need that also knows whether its enterprise is known from third-party data only."""

    unclaimed: bool = False


def needs(
    *, on: date, ids: Collection[str] | None = None, whatever_state: bool = False
) -> list[PostedNeed]:
    """The open needs (of these ids) with their enterprises' standings."""
    query = select(Need).join(Need.enterprise).options(contains_eager(Need.enterprise))
    if not whatever_state:
        query = query.where(Need.status == PostingStatus.OPEN, Organisation.status.in_(_SEEKING))
    rows = _rows(query, Need.id, ids)
    peers = standing.peers() if rows else {}
    enterprises = {row.enterprise_id: row.enterprise for row in rows}
    stands = standing.standings(enterprises.values(), peers=peers, on=on) if rows else {}
    return [_need(row, stands.get(row.enterprise_id), on) for row in rows]


def products(
    *, on: date, ids: Collection[str] | None = None, whatever_state: bool = False
) -> list[facts.Product]:
    """The live listings (of these ids) within their validity."""
    query = select(Product).join(Product.institution)
    if not whatever_state:
        query = query.where(
            Product.status == ListingStatus.LIVE,
            Organisation.status == _ACTIVE,
            Product.valid_from <= on,
            Product.valid_to >= on,
        )
    return [_product(row, on) for row in _rows(query, Product.id, ids)]


def technologies(*, ids: Collection[str] | None = None) -> list[facts.Technology]:
    """The live technologies (of these ids)."""
    query = (
        select(Technology)
        .join(Technology.provider)
        .where(Technology.status == ListingStatus.LIVE, Organisation.status == _ACTIVE)
    )
    return [_technology(row) for row in _rows(query, Technology.id, ids)]


def scenarios(ids: Collection[str]) -> list[facts.Scenario]:
    """The open scenarios of these ids with their enterprises' sector and district."""
    query = select(Scenario).options(joinedload(Scenario.enterprise))
    rows = _rows(query.where(Scenario.status == PostingStatus.OPEN), Scenario.id, ids)
    return [_scenario(row) for row in rows]


def _rows(query: Select[Any], key: Any, ids: Collection[str] | None) -> list[Any]:
    if ids is not None:
        query = query.where(key.in_(tuple(ids)))
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def _need(row: Need, stands: facts.DisclosureStanding | None, on: date) -> PostedNeed:
    enterprise = row.enterprise
    since = enterprise.operating_since
    return PostedNeed(
        id=row.id,
        enterprise_id=row.enterprise_id,
        amount=row.amount,
        tenor_months=row.tenor_months,
        purpose=facts.Purpose(row.purpose),
        sector=enterprise.industry,
        district=enterprise.district,
        size_class=facts.SizeClass(enterprise.size_class),
        operating_years=(on - since).days / _DAYS_A_YEAR if since else None,
        collateral=_words(facts.Collateral, row.collateral),
        project_reduction_t=row.project_reduction,
        project_investment=row.project_investment,
        suitability_confirmed=row.suitability,
        standing=stands or facts.DisclosureStanding(),
        posted_on=_day(row.created_at),
        left_out_of_ranking=not row.ranked,
        unclaimed=enterprise.status == OrganisationStatus.UNCLAIMED,
    )


def _product(row: Product, on: date) -> facts.Product:
    """A listing as the ranking reads it, its criteria and terms with their types."""
    who = row.criteria
    quota = (row.quota_total - row.quota_used - row.quota_reserved) / row.quota_total
    step = row.terms.get("step_down_bp")
    return facts.Product(
        id=row.id,
        institution_id=row.institution_id,
        kind=row.kind,
        amount_min=row.amount_min,
        amount_max=row.amount_max,
        tenor_min=row.tenor_min,
        tenor_max=row.tenor_max,
        sectors_include=frozenset(who.get("sectors_include", ())),
        sectors_exclude=frozenset(who.get("sectors_exclude", ())),
        districts=frozenset(who.get("districts", ())),
        size_classes=_words(facts.SizeClass, who.get("size_classes", ())),
        purposes=_words(facts.Purpose, who.get("purposes", ())),
        collateral=_words(facts.Collateral, who.get("collateral", ())),
        grade_required=int(who.get("grade_required", 0)),
        assurance_required=facts.Assurance(int(who.get("assurance_required", 0))),
        max_age_months=who.get("max_age_months"),
        operating_years_min=who.get("operating_years_min"),
        intensity_percentile_max=_share(who.get("intensity_percentile_max")),
        suitability_required=KINDS[row.kind].suitability,
        rate=_float(row.rate),
        step_down_bp=None if step is None else int(Decimal(step)),
        response_hours=row.response_hours,
        quota_left=float(quota),
        attested_age_months=_months(_day(row.listed_at), on),
        listed_on=_day(row.listed_at),
    )


def _technology(row: Technology) -> facts.Technology:
    return facts.Technology(
        id=row.id,
        provider_id=row.provider_id,
        trl=row.trl,
        processes=_words(facts.Process, row.processes),
        sectors=frozenset(row.sectors),
        reduction=float(row.reduction_percent),
        payback=float(row.payback_years),
        references=row.references,
        delivery_months=row.delivery_months,
        capex=row.capex_min,
        listed_on=_day(row.created_at),
    )


def _scenario(row: Scenario) -> facts.Scenario:
    return facts.Scenario(
        id=row.id,
        enterprise_id=row.enterprise_id,
        process=facts.Process(row.process),
        sector=row.enterprise.industry,
        district=row.enterprise.district,
        baseline_t=row.baseline_tco2e,
        capex_cap=row.budget,
        payback_max=_float(row.payback_limit_years),
        trl_min=row.trl_min,
        posted_on=_day(row.created_at),
    )


def _words(kind: Any, values: Iterable[str]) -> frozenset[Any]:
    return frozenset(kind(value) for value in values)


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _share(percent: int | None) -> float | None:
    return None if percent is None else percent / 100


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(SHANGHAI).date() if moment else None


def _months(since: date | None, on: date) -> int | None:
    if since is None:
        return None
    return max(0, (on.year - since.year) * 12 + on.month - since.month - (on.day < since.day))
