"""Reads of an enterprise's needs, the invitations it received and the consents it gave."""

from flask_babel import lazy_gettext
from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import joinedload

from market.domain.queries.technologies import Page
from market.errors import MarketError
from market.extensions import db
from market.models import Consent, Need, NeedInvitation, Organisation, Product
from market.permissions import Acting

_ROWS = 24
_SHOWN = 50


class UnknownEnterprise(MarketError):
    """No such enterprise, or more than one of that name."""

    message = lazy_gettext(
        "No enterprise, or more than one, is known as %(text)s: give its id or registered id."
    )


def enterprise(text: str) -> Organisation:
    """The enterprise with this id, registered id or Chinese name."""
    named = or_(
        Organisation.id == text, Organisation.id_value == text, Organisation.name_zh == text
    )
    found = list(db.session.scalars(select(Organisation).where(named).limit(2)))
    if len(found) != 1:
        raise UnknownEnterprise(text=text)
    return found[0]


def own_needs(by: Acting, *, after: str = "") -> Page[Need]:
    """All needs of the acting enterprise, newest first."""
    query = select(Need).where(Need.enterprise_id == by.organisation_id)
    if after:
        edge = select(Need.created_at, Need.id).where(Need.id == after).correlate(None)
        query = query.where(tuple_(Need.created_at, Need.id) < edge.scalar_subquery())
    order = (Need.created_at.desc(), Need.id.desc())
    rows = list(db.session.scalars(query.order_by(*order).limit(_ROWS + 1)))
    return Page(rows[:_ROWS], rows[_ROWS - 1].id if len(rows) > _ROWS else "")


def invitations(by: Acting, *, need_id: str = "") -> list[NeedInvitation]:
    """The newest invitations the acting enterprise received (about one need)."""
    query = (
        select(NeedInvitation)
        .join(Need, Need.id == NeedInvitation.need_id)
        .options(
            joinedload(NeedInvitation.need),
            joinedload(NeedInvitation.product).joinedload(Product.institution),
        )
        .where(Need.enterprise_id == by.organisation_id)
        .order_by(NeedInvitation.created_at.desc(), NeedInvitation.id)
        .limit(_SHOWN)
    )
    if need_id:
        query = query.where(Need.id == need_id)
    return list(db.session.scalars(query))


def consents(by: Acting) -> list[tuple[Consent, Need]]:
    """The newest consents the acting enterprise gave, revoked ones among them."""
    rows = db.session.execute(
        select(Consent, Need)
        .join(Need, Need.id == Consent.need_id)
        .options(joinedload(Consent.institution))
        .where(Need.enterprise_id == by.organisation_id)
        .order_by(Consent.given_at.desc(), Consent.id)
        .limit(_SHOWN)
    )
    return [(consent, need) for consent, need in rows]
