"""The people and organisations of the sample market, founded and approved by the verbs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_security import hash_password
from sqlalchemy import select

from market.domain import accounts, memberships, organisations
from market.enums import FocusSector, IdScheme, OrganisationKind, OrganisationStatus, SizeClass
from market.extensions import db, security
from market.models import Membership, Organisation, Person
from market.moments import now
from market.permissions import Acting
from market.sample.firms import Firm, sample_uscc

PASSWORD = "sample-tanqiao-2026"  # noqa: S105 - printed by the demo, refused in production
_MAIL = "{}@sample.tanqiao.example"


@dataclass(frozen=True)
class Party:
    """A sample organisation and the member who acts for it."""

    organisation: Organisation
    acting: Acting


def mail_of(account: str) -> str:
    """The address a sample account signs in with."""
    return _MAIL.format(account)


def sample_person(account: str, name: str, *, can_sign_in: bool = False) -> Person:
    """A confirmed person; only the demo's logins carry a password."""
    person = security.datastore.create_user(
        email=mail_of(account),
        name=name,
        password=hash_password(PASSWORD) if can_sign_in else None,
        confirmed_at=now(),
        created_at=now(),
        locale="zh",
    )
    db.session.flush()
    assert isinstance(person, Person)
    return person


def sample_operator() -> Acting:
    """The operator who approves everybody."""
    person = sample_person("operator", "示例运营员", can_sign_in=True)
    accounts.set_operator(person.email, grant=True)
    return memberships.acting_for(person)


def found_enterprises(firms: Iterable[Firm], *, operator: Acting) -> list[Party]:
    """The enterprises, in the order of their firms; the first can sign in."""
    parties = []
    for firm in firms:
        details = _details(firm.name_zh, firm.name_en, firm.uscc, OrganisationKind.ENTERPRISE)
        details |= {
            "focus_sector": firm.sector.key,
            "industry": firm.industry,
            "size_class": firm.size,
            "district": firm.district,
            "operating_since": firm.operating_since,
            "about_zh": f"示例企业，主要产品：{'、'.join(firm.sector.products)}。",
            "about_en": "A sample enterprise; its figures are simulated.",
        }
        account = "enterprise" if firm.number == 0 else f"enterprise-{firm.number}"
        parties.append(_found(details, account, operator=operator))
    return parties


def found_others(
    names: Iterable[tuple[str, str]], kind: OrganisationKind, *, operator: Acting
) -> list[Party]:
    """Institutions, providers or organisers by name; the first of a kind can sign in."""
    parties = []
    for number, (name_zh, name_en) in enumerate(names):
        code = "2345"[list(OrganisationKind).index(kind) - 1]
        details = _details(name_zh, name_en, sample_uscc(number, code), kind)
        account = str(kind) if number == 0 else f"{kind}-{number}"
        parties.append(_found(details, account, operator=operator))
    return parties


def _details(
    name_zh: str, name_en: str, id_value: str, kind: OrganisationKind
) -> dict[str, object]:
    return {
        "name_zh": name_zh,
        "name_en": name_en,
        "kinds": [str(kind)],
        "id_scheme": IdScheme.USCC,
        "id_value": id_value,
        "focus_sector": FocusSector.OTHER,
        "size_class": SizeClass.LARGE,
        "district": "310115",
        "operating_since": date(2005, 1, 1),
        "about_zh": "示例机构。",
        "about_en": "A sample organisation.",
        "is_sample": True,
    }


def _found(details: dict[str, object], account: str, *, operator: Acting) -> Party:
    known = "-" not in account
    person = sample_person(account, f"示例·{details['name_zh']}", can_sign_in=known)
    organisation = organisations.found(details, by=memberships.acting_for(person))
    organisations.decide(organisation.id, OrganisationStatus.APPROVED, by=operator)
    return Party(organisation, memberships.acting_for(person))


def party_of(organisation: Organisation) -> Party:
    """The party of an organisation founded earlier."""
    person = db.session.scalars(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.organisation_id == organisation.id)
    ).one()
    return Party(organisation, memberships.acting_for(person))
