"""Tokens for the JSON API: shown once, stored as a hash, revocable at once."""

import hashlib
import secrets

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from market.domain import audits
from market.errors import NotFound
from market.extensions import db
from market.models import ApiToken, Membership
from market.moments import now
from market.permissions import Acting

PREFIX = "tq_"


def create(name: str, *, by: Acting) -> tuple[ApiToken, str]:
    """Make a token; the secret is returned here and never again."""
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        membership_id=by.membership_id, name=name, token_hash=_hash(secret), created_at=now()
    )
    db.session.add(token)
    db.session.flush()
    audits.record("api-token.created", token, by=by, after={"name": name})
    return token, secret


def revoke(token_id: str, *, by: Acting) -> None:
    """End a token of one's own."""
    token = db.session.get(ApiToken, token_id)
    if token is None or token.membership_id != by.membership_id:
        raise NotFound
    token.revoked_at = token.revoked_at or now()
    db.session.flush()
    audits.record("api-token.revoked", token, by=by)


def of(by: Acting) -> list[ApiToken]:
    """One's own tokens, revoked ones included."""
    return list(
        db.session.scalars(
            select(ApiToken)
            .where(ApiToken.membership_id == by.membership_id)
            .order_by(ApiToken.created_at.desc(), ApiToken.id)
        )
    )


def membership_behind(secret: str) -> Membership | None:
    """The membership a live token speaks for, person and organisation loaded."""
    token = db.session.scalars(
        select(ApiToken)
        .options(
            joinedload(ApiToken.membership).joinedload(Membership.organisation),
            joinedload(ApiToken.membership).joinedload(Membership.person),
        )
        .where(ApiToken.token_hash == _hash(secret), ApiToken.revoked_at.is_(None))
    ).first()
    return token.membership if token is not None and token.membership.person.active else None


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
