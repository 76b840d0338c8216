"""Reads of consents: given and held, asked for, what was read of them, and whom they may name."""

from sqlalchemy import String, cast, or_, select
from sqlalchemy.orm import defer, joinedload

from market.enums import DisclosureStatus, OrganisationKind, OrganisationStatus
from market.extensions import db
from market.models import (
    Disclosure,
    DisclosureAsk,
    DisclosureConsent,
    DisclosureReading,
    Organisation,
)

_ROWS = 50
_INSTITUTIONS = 500
_HEAVY = tuple(defer(getattr(Disclosure, name)) for name in ("content", "findings", "explanations"))


def consents_of(organisation_id: str) -> list[DisclosureConsent]:
    """Consents given or held by an organisation, newest first."""
    query = (
        select(DisclosureConsent)
        .options(
            joinedload(DisclosureConsent.enterprise),
            joinedload(DisclosureConsent.institution),
            joinedload(DisclosureConsent.disclosure).options(*_HEAVY),
        )
        .where(
            or_(
                DisclosureConsent.enterprise_id == organisation_id,
                DisclosureConsent.institution_id == organisation_id,
            )
        )
        .order_by(DisclosureConsent.given_at.desc(), DisclosureConsent.id)
    )
    return list(db.session.scalars(query.limit(_ROWS)))


def asks_of(organisation_id: str) -> list[DisclosureAsk]:
    """Requests made by or to an organisation, newest first."""
    query = (
        select(DisclosureAsk)
        .options(
            joinedload(DisclosureAsk.enterprise),
            joinedload(DisclosureAsk.institution),
            joinedload(DisclosureAsk.disclosure).options(*_HEAVY),
        )
        .where(
            or_(
                DisclosureAsk.enterprise_id == organisation_id,
                DisclosureAsk.institution_id == organisation_id,
            )
        )
        .order_by(DisclosureAsk.asked_at.desc(), DisclosureAsk.id)
    )
    return list(db.session.scalars(query.limit(_ROWS)))


def readings_of(enterprise_id: str) -> list[DisclosureReading]:
    """Who read which answers of an enterprise, newest first."""
    query = (
        select(DisclosureReading)
        .options(
            joinedload(DisclosureReading.institution),
            joinedload(DisclosureReading.person),
            joinedload(DisclosureReading.disclosure).options(*_HEAVY),
        )
        .where(DisclosureReading.enterprise_id == enterprise_id)
        .order_by(DisclosureReading.id.desc())
    )
    return list(db.session.scalars(query.limit(_ROWS)))


def institutions() -> list[Organisation]:
    """The approved financial institutions, by name."""
    query = (
        select(Organisation)
        .where(
            Organisation.status == OrganisationStatus.APPROVED,
            cast(Organisation.kinds, String).contains(f'"{OrganisationKind.INSTITUTION}"'),
        )
        .order_by(Organisation.name_zh, Organisation.id)
        .limit(_INSTITUTIONS)
    )
    return list(db.session.scalars(query))


def openable(organisation_id: str) -> list[Disclosure]:
    """One's own published versions, newest first, without their contents."""
    query = (
        select(Disclosure)
        .options(*_HEAVY)
        .where(
            Disclosure.organisation_id == organisation_id,
            Disclosure.status == DisclosureStatus.PUBLISHED,
        )
        .order_by(Disclosure.year.desc())
    )
    return list(db.session.scalars(query.limit(_ROWS)))
