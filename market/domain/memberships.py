"""Who acts for whom: the acting person, colleagues, invitations."""

import hashlib
import secrets
from datetime import timedelta

from flask_babel import lazy_gettext
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from market.domain import audits, messages
from market.enums import MemberRole, OrganisationStatus
from market.errors import MarketError, NotFound
from market.extensions import db
from market.models import ColleagueInvitation, Membership, Notification, Organisation, Person
from market.moments import now
from market.permissions import Acting
from market.texts import gettext, in_language

_INVITATION_LIFE = timedelta(days=14)


class LastOwner(MarketError):
    """An organisation keeps at least one owner."""

    message = lazy_gettext(
        "This is the last owner. Make a colleague an owner first, then try again."
    )


class InvitationExpired(MarketError):
    """The invitation link is unknown, used or too old."""

    message = lazy_gettext("This invitation is no longer valid. Ask your colleague for a new one.")


class InvitationForOther(MarketError):
    """The invitation went to another mail address."""

    message = lazy_gettext("This invitation was sent to %(email)s. Sign in with that address.")


class AlreadyMember(MarketError):
    """The person is a colleague already."""

    constraint = "uq_membership_organisation_id_person_id"
    message = lazy_gettext("This person is a member already.")
    field = "email"


class AlreadyInvited(MarketError):
    """An invitation to this address is open."""

    constraint = "uq_colleague_invitation_organisation_id_email"
    message = lazy_gettext("An invitation to this address is open already.")
    field = "email"


def acting_for(person: Person, *, wanted: str = "") -> Acting:
    """The acting person with the organisation they chose (or their first), in one statement."""
    unread = (
        select(func.count())
        .select_from(Notification)
        .where(Notification.person_id == person.id, Notification.read_at.is_(None))
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Membership, Organisation, unread)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.person_id == person.id)
        .order_by(Membership.created_at, Membership.id)
    ).all()
    chosen = next((row for row in rows if row[0].id == wanted), rows[0] if rows else None)
    basis = Acting(
        person_id=person.id,
        name=person.name or person.email,
        email=person.email,
        platform_roles=frozenset(role.name for role in person.roles),
    )
    if chosen is None:
        return basis
    known = tuple((m.id, o.name_zh, o.name_en) for m, o, _unread in rows)
    return _acting(basis, chosen[0], chosen[1], unread=chosen[2], memberships=known)


def _acting(
    basis: Acting,
    membership: Membership,
    organisation: Organisation,
    *,
    unread: int | None,
    memberships: tuple[tuple[str, str, str], ...] = (),
) -> Acting:
    return Acting(
        person_id=basis.person_id,
        name=basis.name,
        email=basis.email,
        platform_roles=basis.platform_roles,
        membership_id=membership.id,
        member_role=membership.role,
        organisation_id=organisation.id,
        organisation_name_zh=organisation.name_zh,
        organisation_name_en=organisation.name_en,
        kinds=frozenset(organisation.kinds),
        approved=organisation.status == OrganisationStatus.APPROVED,
        unread=unread or 0,
        memberships=memberships,
    )


def acting_by_membership(membership: Membership) -> Acting:
    """The acting person behind an API token; person and organisation must be loaded."""
    person = membership.person
    basis = Acting(person_id=person.id, name=person.name or person.email, email=person.email)
    return _acting(basis, membership, membership.organisation, unread=0)


def colleagues(organisation_id: str) -> list[Membership]:
    """The members of an organisation with their persons loaded."""
    return list(
        db.session.scalars(
            select(Membership)
            .options(joinedload(Membership.person))
            .where(Membership.organisation_id == organisation_id)
            .order_by(Membership.created_at, Membership.id)
        )
    )


def open_invitations(organisation_id: str) -> list[ColleagueInvitation]:
    """Invitations not yet accepted."""
    return list(
        db.session.scalars(
            select(ColleagueInvitation)
            .where(ColleagueInvitation.organisation_id == organisation_id)
            .order_by(ColleagueInvitation.created_at)
        )
    )


def invite(email: str, role: str, *, by: Acting) -> str:
    """Invite a colleague by mail; returns the secret of the link (only its hash is stored)."""
    email = email.strip().casefold()
    _refuse_member(email, by.organisation_id)
    secret = secrets.token_urlsafe(24)
    invitation = ColleagueInvitation(
        organisation_id=by.organisation_id,
        email=email,
        role=role,
        token_hash=_hash(secret),
        invited_by=by.person_id,
        created_at=now(),
        expires_at=now() + _INVITATION_LIFE,
    )
    db.session.add(invitation)
    db.session.flush()
    _mail_invitation(email, secret, by)
    audits.record("colleague.invited", invitation, by=by, after={"email": email, "role": role})
    return secret


def _refuse_member(email: str, organisation_id: str) -> None:
    known = db.session.scalar(
        select(Membership.id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organisation_id == organisation_id, Person.email == email)
    )
    if known:
        raise AlreadyMember


def _mail_invitation(email: str, secret: str, by: Acting) -> None:
    with in_language("zh"):
        zh = gettext(
            "%(name)s invites you to act for %(organisation)s on Tanqiao.",
            name=by.name,
            organisation=by.organisation_name_zh,
        )
    with in_language("en"):
        en = gettext(
            "%(name)s invites you to act for %(organisation)s on Tanqiao.",
            name=by.name,
            organisation=by.organisation_name_en or by.organisation_name_zh,
        )
    link = messages.absolute(f"/invitations/{secret}")
    body = f"{zh}\n\n{en}\n\n{link}\n"
    messages.queue_mail(recipient=email, subject=zh, body=body, topic="organisation")


def accept(secret: str, *, by: Acting) -> Membership:
    """Join the organisation one was invited to; the address must be the invited one."""
    invitation = db.session.scalars(
        select(ColleagueInvitation).where(ColleagueInvitation.token_hash == _hash(secret))
    ).first()
    if invitation is None or invitation.expires_at < now():
        raise InvitationExpired
    if invitation.email != by.email.casefold():
        raise InvitationForOther(email=invitation.email)
    membership = Membership(
        organisation_id=invitation.organisation_id,
        person_id=by.person_id,
        role=invitation.role,
        created_at=now(),
    )
    db.session.add(membership)
    db.session.delete(invitation)
    db.session.flush()
    audits.record("colleague.joined", membership, by=by, after={"role": membership.role})
    return membership


def withdraw_invitation(invitation_id: str, *, by: Acting) -> None:
    """Take an open invitation back."""
    invitation = db.session.get(ColleagueInvitation, invitation_id)
    if invitation is None or invitation.organisation_id != by.organisation_id:
        raise NotFound
    audits.record("colleague.uninvited", invitation, by=by, before={"email": invitation.email})
    db.session.delete(invitation)
    db.session.flush()


def change_role(membership_id: str, role: str, *, by: Acting) -> None:
    """Give a colleague another role."""
    membership = _own(membership_id, by)
    if membership.role == MemberRole.OWNER and role != MemberRole.OWNER:
        _keep_an_owner(membership)
    audits.record(
        "colleague.role", membership, by=by, before={"role": membership.role}, after={"role": role}
    )
    membership.role = role
    db.session.flush()


def remove(membership_id: str, *, by: Acting) -> None:
    """Remove a leaver; their account stays, their access to the organisation ends at once."""
    membership = _own(membership_id, by)
    if membership.role == MemberRole.OWNER:
        _keep_an_owner(membership)
    audits.record(
        "colleague.removed", membership, by=by, before={"person_id": membership.person_id}
    )
    db.session.delete(membership)
    db.session.flush()


def _own(membership_id: str, by: Acting) -> Membership:
    membership = db.session.get(Membership, membership_id)
    if membership is None or membership.organisation_id != by.organisation_id:
        raise NotFound
    return membership


def _keep_an_owner(membership: Membership) -> None:
    others = db.session.scalar(
        select(func.count())
        .select_from(Membership)
        .where(
            Membership.organisation_id == membership.organisation_id,
            Membership.role == MemberRole.OWNER,
            Membership.id != membership.id,
        )
    )
    if not others:
        raise LastOwner


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
