"""Reads of attestations: one's own list, what is public of a version, who may attest."""

from collections.abc import Iterable
from pathlib import Path

from flask import current_app
from sqlalchemy import ColumnElement, String, case, cast, or_, select, tuple_
from sqlalchemy.orm import contains_eager, defer, joinedload

from disclosure.assurance import Assured
from market import files
from market.domain.queries.technologies import Page
from market.enums import AttestationStatus, DisclosureStatus, OrganisationKind, OrganisationStatus
from market.errors import NotFound
from market.extensions import db
from market.models import Attestation, Disclosure, Organisation, StoredFile
from market.permissions import Acting

_ROWS = 30
_OPEN = (AttestationStatus.REQUESTED, AttestationStatus.ACCEPTED)
_VERIFIERS = 300
SIGNED = (AttestationStatus.ATTESTED, AttestationStatus.REVOKED)
_HEAVY = tuple(
    defer(column) for column in (Disclosure.content, Disclosure.findings, Disclosure.explanations)
)
_LOADED = (
    joinedload(Attestation.enterprise),
    joinedload(Attestation.verifier),
    joinedload(Attestation.statement),
)


def own(by: Acting, *, after: str = "", rows: int = _ROWS) -> Page[Attestation]:
    """What the acting organisation asked for or was asked for: open ones first, then newest."""
    waiting = case((Attestation.status.in_(_OPEN), 1), else_=0)
    place = (waiting, Attestation.asked_at, Attestation.id)
    query = (
        select(Attestation)
        .join(Attestation.disclosure)
        .options(contains_eager(Attestation.disclosure).options(*_HEAVY), *_LOADED)
        .where(_of_party(by))
    )
    if after:
        edge = select(*place).where(Attestation.id == after).correlate(None)
        query = query.where(tuple_(*place) < edge.scalar_subquery())
    order = [column.desc() for column in place]
    found = list(db.session.scalars(query.order_by(*order).limit(rows + 1)))
    return Page(found[:rows], found[rows - 1].id if len(found) > rows else "")


def _of_party(by: Acting) -> ColumnElement[bool]:
    return or_(
        Attestation.verifier_id == by.organisation_id,
        Attestation.enterprise_id == by.organisation_id,
    )


def visible(attestation_id: str, *, by: Acting | None) -> Attestation:
    """A signed one of a public version is for everyone; the rest for its two parties only."""
    found = db.session.scalars(
        select(Attestation)
        .join(Attestation.disclosure)
        .options(contains_eager(Attestation.disclosure).options(*_HEAVY), *_LOADED)
        .where(Attestation.id == attestation_id, Disclosure.status != DisclosureStatus.DRAFT)
    ).first()
    if found is None or not (found.status in SIGNED or is_party(found, by)):
        raise NotFound
    return found


def is_party(attestation: Attestation, by: Acting | None) -> bool:
    """Whether someone acts for the enterprise or the verifier."""
    parties = {attestation.verifier_id, attestation.enterprise_id}
    return by is not None and by.organisation_id in parties


def of_version(disclosure_id: str) -> list[Attestation]:
    """What verifiers signed about a version, revoked ones among them, newest first."""
    return list(
        db.session.scalars(
            select(Attestation)
            .options(joinedload(Attestation.verifier), joinedload(Attestation.statement))
            .where(Attestation.disclosure_id == disclosure_id, Attestation.status.in_(SIGNED))
            .order_by(Attestation.signed_at.desc(), Attestation.id.desc())
        )
    )


def counted(given: Iterable[Attestation]) -> tuple[Assured, ...]:
    """What counts as assured by these attestations of a version."""
    return tuple(
        Assured(frozenset(each.scopes), each.level, each.coverage)
        for each in given
        if each.counts and each.coverage
    )


def live(disclosure_id: str) -> tuple[Assured, ...]:
    """What counts as assured of a version now."""
    rows = db.session.execute(
        select(Attestation.scopes, Attestation.level, Attestation.coverage)
        .join(Organisation, Organisation.id == Attestation.verifier_id)
        .where(
            Attestation.disclosure_id == disclosure_id,
            Attestation.status == AttestationStatus.ATTESTED,
            Organisation.status == OrganisationStatus.APPROVED,
        )
    )
    return tuple(Assured(frozenset(scopes), level, cover) for scopes, level, cover in rows if cover)


def attested_by(verifier_id: str) -> list[Disclosure]:
    """Every version a verifier's word stands for, with its content."""
    attested = select(Attestation.disclosure_id).where(
        Attestation.verifier_id == verifier_id, Attestation.status == AttestationStatus.ATTESTED
    )
    query = select(Disclosure).where(Disclosure.id.in_(attested)).order_by(Disclosure.id)
    return list(db.session.scalars(query.with_for_update()))


def verifiers() -> list[Organisation]:
    """The approved verifiers, by name."""
    return list(
        db.session.scalars(
            select(Organisation)
            .where(
                Organisation.status == OrganisationStatus.APPROVED,
                cast(Organisation.kinds, String).contains(f'"{OrganisationKind.VERIFIER}"'),
            )
            .order_by(Organisation.name_zh, Organisation.id)
            .limit(_VERIFIERS)
        )
    )


def statement(attestation_id: str, *, by: Acting | None) -> tuple[StoredFile, Path]:
    """The signed statement, for everyone who may see the attestation."""
    found = visible(attestation_id, by=by).statement
    if found is None:
        raise NotFound
    return found, files.path_of(Path(current_app.instance_path), found.digest)
