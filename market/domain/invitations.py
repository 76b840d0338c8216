"""Invitations: an institution asks the enterprise behind a need to talk about one product."""

from flask_babel import lazy_gettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from market.domain import audits, consents, messages, ranking
from market.domain.products import own as own_product
from market.enums import InvitationStatus, ListingStatus, PostingStatus
from market.errors import MarketError, NotFound
from market.extensions import db
from market.models import Need, NeedInvitation
from market.moments import now
from market.permissions import Acting
from scoring.rows import Eligibility

INVITED = messages.sentence(
    "need-invited",
    "match",
    lazy_gettext("%(institution)s invites you to talk about “%(product)s” for “%(need)s”."),
)
ACCEPTED = messages.sentence(
    "invitation-accepted",
    "match",
    lazy_gettext("%(enterprise)s accepted your invitation for “%(product)s”."),
)
DECLINED = messages.sentence(
    "invitation-declined",
    "match",
    lazy_gettext("An enterprise declined your invitation for “%(product)s”."),
)


class InvitedAlready(MarketError):
    """One invitation per need and product."""

    constraint = "uq_need_invitation_need_id_product_id"
    status = 409
    message = lazy_gettext("You have invited this enterprise for this product already.")


class NotInvitable(MarketError):
    """The listing is not live, the need is closed, or the criteria rule the pair out."""

    message = lazy_gettext(
        "This need cannot be invited: the product is not live, the need is closed,"
        " or your criteria rule it out."
    )


class Answered(MarketError):
    """The invitation was answered before."""

    status = 409
    message = lazy_gettext("This invitation was answered already.")


def invite(product_id: str, need_id: str, message: str, *, by: Acting) -> NeedInvitation:
    """Invite the enterprise behind a need; its name stays hidden until it accepts."""
    product, need = own_product(product_id, by=by), db.session.get(Need, need_id)
    if need is None:
        raise NotFound
    open_both = product.status == ListingStatus.LIVE and need.status == PostingStatus.OPEN
    if not open_both or ranking.eligibility(need.id, product.id) is Eligibility.NO:
        raise NotInvitable
    invitation = NeedInvitation(
        need_id=need.id,
        product_id=product.id,
        message=message,
        invited_by=by.person_id,
        created_at=now(),
    )
    db.session.add(invitation)
    db.session.flush()
    after = {"need": need.id, "product": product.id}
    audits.record("need.invited", invitation, by=by, after=after)
    messages.tell(
        messages.members_of(need.enterprise_id),
        INVITED,
        values={
            "institution": by.organisation_name_zh,
            "product": product.name_zh,
            "need": need.title,
        },
        url="/needs/invitations",
    )
    return invitation


def accept(invitation_id: str, *, by: Acting) -> NeedInvitation:
    """Accept: this is the consent that this institution may see the name behind the need."""
    invitation = _own_open(invitation_id, by=by)
    _answer(invitation, InvitationStatus.ACCEPTED, by=by)
    consents.give(invitation.need, invitation.product.institution_id, by=by)
    messages.tell(
        messages.members_of(invitation.product.institution_id),
        ACCEPTED,
        values={
            "enterprise": by.organisation_name_zh,
            "product": invitation.product.name_zh,
        },
        url=f"/products/{invitation.product_id}/needs",
    )
    return invitation


def decline(invitation_id: str, *, by: Acting) -> NeedInvitation:
    """Decline: the institution hears so, and still not from whom."""
    invitation = _own_open(invitation_id, by=by)
    _answer(invitation, InvitationStatus.DECLINED, by=by)
    messages.tell(
        messages.members_of(invitation.product.institution_id),
        DECLINED,
        values={"product": invitation.product.name_zh},
        url=f"/products/{invitation.product_id}/needs",
    )
    return invitation


def _own_open(invitation_id: str, *, by: Acting) -> NeedInvitation:
    invitation = db.session.scalars(
        select(NeedInvitation)
        .options(joinedload(NeedInvitation.need), joinedload(NeedInvitation.product))
        .join(Need, Need.id == NeedInvitation.need_id)
        .where(NeedInvitation.id == invitation_id, Need.enterprise_id == by.organisation_id)
    ).first()
    if invitation is None:
        raise NotFound
    if invitation.status != InvitationStatus.SENT:
        raise Answered
    return invitation


def _answer(invitation: NeedInvitation, status: InvitationStatus, *, by: Acting) -> None:
    before = {"status": invitation.status}
    invitation.status, invitation.answered_at = status, now()
    db.session.flush()
    audits.record(f"invitation.{status}", invitation, by=by, before=before)
