"""One's own account: name and language, and leaving."""

from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import select

from market.domain import audits
from market.enums import MemberRole
from market.errors import MarketError
from market.extensions import db
from market.models import Membership, Person
from market.moments import now
from market.permissions import Acting


class StillOwner(MarketError):
    """An organisation would be left without an owner."""

    message = lazy_gettext(
        "You are the last owner of an organisation with colleagues."
        " Make one of them an owner first."
    )


def settings_of(by: Acting) -> Person:
    """The person behind the keyboard, for the settings form."""
    return db.session.get_one(Person, by.person_id)


def change_settings(data: dict[str, Any], *, by: Acting) -> Person:
    """Set the name and the language of one's mails."""
    person = db.session.get_one(Person, by.person_id)
    person.name, person.locale = data["name"], data["locale"]
    db.session.flush()
    audits.record("account.changed", person, by=by, after={"locale": person.locale})
    return person


def erase(*, by: Acting) -> Person:
    """Delete one's account: name and address go; audit records keep the bare id."""
    person = db.session.get_one(Person, by.person_id)
    for membership in db.session.scalars(
        select(Membership).where(Membership.person_id == person.id)
    ):
        _refuse_last_owner(membership)
        db.session.delete(membership)
    person.email, person.name = f"erased-{person.id}@erased.invalid", ""
    person.password, person.active = None, False
    person.fs_uniquifier, person.erased_at = f"erased-{person.id}", now()
    db.session.flush()
    audits.record("account.erased", person, by=by)
    return person


def _refuse_last_owner(membership: Membership) -> None:
    if membership.role != MemberRole.OWNER:
        return
    roles = db.session.scalars(
        select(Membership.role).where(
            Membership.organisation_id == membership.organisation_id,
            Membership.id != membership.id,
        )
    ).all()
    if roles and MemberRole.OWNER not in roles:
        raise StillOwner
