"""People with confirmed addresses, and who acts."""

from functools import cache
from itertools import count
from typing import Any

from flask_security import hash_password
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from market.domain.memberships import acting_by_membership
from market.domain.memberships import acting_for as acting_of_person
from market.extensions import db, security
from market.models import Membership, Person
from market.moments import now
from market.permissions import Acting

PASSWORD = "示例-correct-horse-17"
_numbers = count(1)


@cache
def _password_hash() -> str:
    return str(hash_password(PASSWORD))  # argon2 is slow on purpose: once a run


def person(**given: Any) -> Person:
    """Someone with a confirmed address, who signs in with PASSWORD."""
    number = next(_numbers)
    values = {"email": f"person{number}@example.com", "name": f"示例人{number}", **given}
    values = {"confirmed_at": now(), "created_at": now(), "locale": "zh", **values}
    made = security.datastore.create_user(password=_password_hash(), **values)
    assert isinstance(made, Person)
    db.session.flush()
    return made


def operator(**given: Any) -> Person:
    """An operator of the platform."""
    role = security.datastore.find_or_create_role("operator")
    return person(roles=[role], **given)


def acting_alone(who: Person) -> Acting:
    """Someone who acts as themselves (and for their first organisation, if any)."""
    return acting_of_person(who)


def acting_for(member: Membership) -> Acting:
    """The acting person behind a membership, with its person and organisation loaded."""
    db.session.flush()
    loaded = db.session.scalars(
        select(Membership)
        .options(joinedload(Membership.person), joinedload(Membership.organisation))
        .where(Membership.id == member.id)
        .execution_options(populate_existing=True)
    ).one()
    return acting_by_membership(loaded)
