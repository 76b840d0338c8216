"""Financing needs: posting, closing, and staying out of automated ranking."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import select

from market.domain import audits, ranking
from market.enums import DisclosureStatus, OrganisationKind, PostingStatus
from market.errors import MarketError, NotFound
from market.extensions import db
from market.models import Disclosure, Need, Organisation
from market.moments import now
from market.permissions import Acting
from market.texts import WAN, number

_KEPT = (
    "title", "amount", "tenor_months", "purpose", "collateral", "project_investment",
    "project_reduction", "status", "ranked", "suitability",
)  # fmt: skip
_REVENUES = 3
"""A need above this many yearly revenues is asked about once more."""
_REDUCTION_BAND = (Decimal(20), Decimal(2000))
"""Tonnes a year per CNY million of investment that projects usually lie within."""
_MILLION = Decimal(1_000_000)


class AmountFarAboveRevenue(MarketError):
    """Probably a slip of four zeros; the enterprise may confirm that it is meant."""

    field = "amount"
    message = lazy_gettext(
        "This is %(times)s times the revenue of %(year)s (%(revenue)s 万)."
        " Check the zeros; if the amount is right, tick “The amount is right” below."
    )


class AlreadyClosed(MarketError):
    """The need was closed meanwhile."""

    status = 409
    message = lazy_gettext("This need is closed already.")


class NoEnterprise(MarketError):
    """Needs belong to enterprises."""

    message = lazy_gettext("%(name)s is not an enterprise on this market.")


def post(data: Mapping[str, Any], *, by: Acting) -> Need:
    """Post a need of the acting enterprise; data as NeedSchema loads it."""
    return _posted(by.organisation_id, data, by=by)


def post_for(enterprise: Organisation, data: Mapping[str, Any]) -> Need:
    """Post a need on behalf of an enterprise, by the platform (so that imports can be ranked)."""
    if not enterprise.is_a(OrganisationKind.ENTERPRISE):
        raise NoEnterprise(name=enterprise.name_zh)
    return _posted(enterprise.id, data, by=None)


def close(need_id: str, *, by: Acting) -> Need:
    """No longer seek it; the need leaves every ranking."""
    need = own(need_id, by=by)
    if need.status == PostingStatus.CLOSED:
        raise AlreadyClosed
    before = facts(need)
    need.status = PostingStatus.CLOSED
    return _written("need.closed", need, before=before, by=by)


def set_ranked(need_id: str, ranked: bool, *, by: Acting) -> Need:
    """Take part in automated ranking, or be listed by date only."""
    need = own(need_id, by=by)
    if need.status == PostingStatus.CLOSED:
        raise AlreadyClosed
    before = facts(need)
    need.ranked = ranked
    return _written("need.ranked" if ranked else "need.left-out", need, before=before, by=by)


def own(need_id: str, *, by: Acting) -> Need:
    """A need of the organisation acted for; anyone else's does not exist."""
    need = db.session.get(Need, need_id)
    if need is None or need.enterprise_id != by.organisation_id:
        raise NotFound
    return need


def facts(need: Need) -> dict[str, Any]:
    """What the audit trail keeps of a need."""
    return {name: getattr(need, name) for name in _KEPT}


def unusual_reduction(need: Need) -> Decimal | None:
    """Tonnes a year per CNY million when outside what projects usually reach, else None."""
    if not need.project_investment or need.project_reduction is None:
        return None
    rate = need.project_reduction / need.project_investment * _MILLION
    low, high = _REDUCTION_BAND
    return None if low <= rate <= high else rate


def _posted(enterprise_id: str, data: Mapping[str, Any], *, by: Acting | None) -> Need:
    given = dict(data)
    confirmed, left_out = given.pop("amount_confirmed"), given.pop("left_out")
    if not confirmed:
        _doubt(given["amount"], enterprise_id)
    need = Need(
        **given,
        enterprise_id=enterprise_id,
        ranked=not left_out,
        created_at=now(),
        updated_at=now(),
    )
    db.session.add(need)
    return _written("need.posted", need, before=None, by=by)


def _doubt(amount: Decimal, enterprise_id: str) -> None:
    """Refuse an amount far above the latest published revenue."""
    latest = db.session.execute(
        select(Disclosure.year, Disclosure.revenue)
        .where(
            Disclosure.organisation_id == enterprise_id,
            Disclosure.status == DisclosureStatus.PUBLISHED,
            Disclosure.revenue > 0,
            Disclosure.currency == "CNY",
        )
        .order_by(Disclosure.year.desc())
        .limit(1)
    ).first()
    if latest and latest.revenue and amount > _REVENUES * latest.revenue * WAN:
        times = number(amount / (latest.revenue * WAN), 1)
        shown = number(latest.revenue, 0)
        raise AmountFarAboveRevenue(times=times, year=latest.year, revenue=shown)


def _written(
    action: str, need: Need, *, before: Mapping[str, Any] | None, by: Acting | None
) -> Need:
    need.updated_at = now()
    db.session.flush()
    audits.record(action, need, by=by, before=before, after=facts(need))
    ranking.touch("need", need.id)
    return need
