"""Organisations founded and approved through the verbs, and their members."""

from itertools import count
from typing import Any

from sqlalchemy import select
from stdnum.cn import uscc

from market.domain import memberships, organisations
from market.enums import MemberRole, OrganisationStatus
from market.extensions import db
from market.models import Membership, Organisation, Person
from tests.factories import people

_numbers = count(1)


def uscc_number() -> str:
    """A valid unified social credit code nobody has."""
    base = f"91310115MA1K{next(_numbers):05d}"
    return str(base + uscc.calc_check_digit(base))


def details(*kinds: str, **given: Any) -> dict[str, Any]:
    """What OrganisationSchema loads from the founding form."""
    number = uscc_number()
    return {
        "name_zh": f"示例机构{number[-6:]}",
        "name_en": f"Sample organisation {number[-6:]}",
        "kinds": list(kinds or ("enterprise",)),
        "focus_sector": "electronics",
        "industry": "C3912",
        "size_class": "medium",
        "district": "310115",
        "address": "示例路100号",
        "operating_since": None,
        "website": "",
        "about_zh": "",
        "about_en": "",
        "id_scheme": "uscc",
        "id_value": number,
        **given,
    }


def founded(*kinds: str, by: Person | None = None, **given: Any) -> Membership:
    """The owner of a new organisation that still waits for the operator."""
    owner = by or people.person()
    made = organisations.found(details(*kinds, **given), by=people.acting_alone(owner))
    return _membership(made, owner)


def owner_of(*kinds: str, by: Person | None = None, **given: Any) -> Membership:
    """The owner of a new, approved organisation of these kinds."""
    member = founded(*kinds, by=by, **given)
    return decided(member, OrganisationStatus.APPROVED)


def decided(member: Membership, status: str) -> Membership:
    """The same member after the operator decided about the organisation."""
    operator = people.acting_alone(people.operator())
    organisations.decide(member.organisation_id, status, note="示例", by=operator)
    return member


def enterprise(**given: Any) -> Membership:
    """The owner of an approved enterprise."""
    return owner_of("enterprise", **given)


def institution(**given: Any) -> Membership:
    """The owner of an approved financial institution."""
    return owner_of("institution", **given)


def provider(**given: Any) -> Membership:
    """The owner of an approved technology provider."""
    return owner_of("provider", **given)


def organiser(**given: Any) -> Membership:
    """The owner of an approved organiser."""
    return owner_of("organiser", **given)


def colleague_of(owner: Membership, role: str = MemberRole.EDITOR) -> Membership:
    """A new colleague, invited by the owner and joined."""
    joined = people.person()
    secret = memberships.invite(joined.email, role, by=people.acting_for(owner))
    return memberships.accept(secret, by=people.acting_alone(joined))


def unclaimed(**given: Any) -> Organisation:
    """An organisation known only from imported third-party data."""
    made = organisations.add(details(**given))
    made.status, made.source = OrganisationStatus.UNCLAIMED, "示例来源"
    db.session.flush()
    return made


def first_of(organisation_id: str) -> Membership:
    """The member who joined this organisation first."""
    return db.session.scalars(
        select(Membership)
        .where(Membership.organisation_id == organisation_id)
        .order_by(Membership.created_at, Membership.id)
    ).all()[0]


def _membership(organisation: Organisation, person: Person) -> Membership:
    return db.session.scalars(
        select(Membership).where(
            Membership.organisation_id == organisation.id, Membership.person_id == person.id
        )
    ).one()
