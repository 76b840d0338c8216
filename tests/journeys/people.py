"""How the people of a journey sign in."""

from market.extensions import db
from market.models import Membership, Person


def email_of(member: Membership) -> str:
    """The address a member signs in with."""
    return db.session.get_one(Person, member.person_id).email
