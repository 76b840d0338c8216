"""Consents: an enterprise lets one institution see who stands behind a need, and takes it back."""

from flask_babel import lazy_gettext
from sqlalchemy import select

from market.domain import audits, messages
from market.errors import NotFound
from market.extensions import db
from market.models import Consent, Need
from market.moments import now
from market.permissions import Acting

REVOKED = messages.sentence(
    "consent-revoked",
    "match",
    lazy_gettext("An enterprise took back its consent: the need “%(need)s” is a teaser again."),
)


def give(need: Need, institution_id: str, *, by: Acting) -> Consent:
    """Let an institution see the name behind a need; giving it again renews the date."""
    consent = db.session.scalars(
        select(Consent).where(Consent.need_id == need.id, Consent.institution_id == institution_id)
    ).first()
    if consent is None:
        consent = Consent(need_id=need.id, institution_id=institution_id)
        db.session.add(consent)
    consent.given_by, consent.given_at, consent.revoked_at = by.person_id, now(), None
    db.session.flush()
    after = {"need": need.id, "institution": institution_id}
    audits.record("consent.given", consent, by=by, after=after)
    return consent


def revoke(consent_id: str, *, by: Acting) -> Consent:
    """Take a consent back: from now on the institution sees a teaser again."""
    found = db.session.execute(
        select(Consent, Need)
        .join(Need, Need.id == Consent.need_id)
        .where(Consent.id == consent_id, Need.enterprise_id == by.organisation_id)
    ).first()
    if found is None:
        raise NotFound
    consent, need = found
    if consent.revoked_at is None:
        consent.revoked_at = now()
        db.session.flush()
        before = {"need": need.id, "institution": consent.institution_id}
        audits.record("consent.revoked", consent, by=by, before=before)
        told = messages.members_of(consent.institution_id)
        messages.tell(told, REVOKED, values={"need": need.title}, url="/products/mine")
    return consent
