"""One's own account: name and language, and leaving."""

from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import select

from market.domain import audits
from market.enums import MemberRole
from market.errors import MarketError
from market.extensions import db, security
from market.models import Membership, Person
from market.moments import now
from market.permissions import OPERATOR, Acting


class StillOwner(MarketError):
    """An organisation would be left without an owner."""

    message = lazy_gettext(
        "You are the last owner of an organisation with colleagues."
        " Make one of them an owner first."
    )


class NobodyThere(MarketError):
    """No confirmed account has this address."""

    message = lazy_gettext("No confirmed account has the address %(email)s.")


class NoOperator(MarketError):
    """Who is named does not operate this platform, so may not decide for it."""

    message = lazy_gettext("%(email)s is no operator of this platform.")


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


def set_operator(email: str, *, grant: bool) -> Person:
    """Make a confirmed person an operator of the platform, or take that away."""
    person = security.datastore.find_user(email=email, case_insensitive=True)
    if person is None or person.confirmed_at is None:
        raise NobodyThere(email=email)
    assert isinstance(person, Person)
    role = security.datastore.find_or_create_role(name="operator")
    if grant:
        security.datastore.add_role_to_user(person, role)
    else:
        security.datastore.remove_role_from_user(person, role)
    db.session.flush()
    audits.record("account.operator", person, by=None, after={"operator": grant})
    return person


def operator_acting(email: str) -> Acting:
    """The operator with this address, who answers for what a command decides."""
    person = db.session.scalars(select(Person).where(Person.email == email)).first()
    roles = frozenset(role.name for role in person.roles) if person else frozenset()
    if person is None or OPERATOR.platform_role not in roles:
        raise NoOperator(email=email)
    return Acting(person_id=person.id, name=person.name, platform_roles=roles)
