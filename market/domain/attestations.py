"""Attestations: asked for by the enterprise, signed by a verifier, revoked with a public reason."""

from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import select

from disclosure.ledger.entries import Statement, share
from market.domain import audits, disclosure_records, messages
from market.domain.assurances import recount
from market.domain.attestation_rules import (
    MakerIsNoChecker,
    refuse_maker,
    refuse_statement,
    refuse_unattestable,
)
from market.domain.disclosure_records import NotRecorded
from market.domain.files import keep_upload
from market.domain.queries import attestations as queries
from market.enums import AttestationStatus
from market.errors import MarketError, NotFound
from market.extensions import db
from market.files import Upload
from market.models import Attestation, Disclosure
from market.moments import now
from market.permissions import Acting

_OPEN = (AttestationStatus.REQUESTED, AttestationStatus.ACCEPTED)

ASKED = messages.sentence(
    "attestation-asked",
    "disclosure",
    lazy_gettext("%(enterprise)s asks you to attest its disclosure of %(year)s."),
)
ACCEPTED = messages.sentence(
    "attestation-accepted",
    "disclosure",
    lazy_gettext("%(verifier)s takes on the verification of your disclosure of %(year)s."),
)
DECLINED = messages.sentence(
    "attestation-declined",
    "disclosure",
    lazy_gettext("%(verifier)s declined to attest your disclosure of %(year)s: %(reason)s"),
)
CANCELLED = messages.sentence(
    "attestation-cancelled",
    "disclosure",
    lazy_gettext("%(enterprise)s took back its request to attest the disclosure of %(year)s."),
)
SIGNED = messages.sentence(
    "attestation-signed",
    "disclosure",
    lazy_gettext("%(verifier)s attested your disclosure of %(year)s; its grade is now %(grade)s."),
)
REVOKED = messages.sentence(
    "attestation-revoked",
    "disclosure",
    lazy_gettext("%(verifier)s revoked its attestation of your disclosure of %(year)s: %(reason)s"),
)


class AskedAlready(MarketError):
    """One open request per version and verifier."""

    constraint = "uq_attestation_one_open"
    status = HTTPStatus.CONFLICT
    field = "verifier_id"
    message = lazy_gettext("This verifier has an open request for this version already.")


class NotAVerifier(MarketError):
    """Only approved verifiers are asked."""

    field = "verifier_id"
    message = lazy_gettext("Choose an approved verifier from the list.")


class AlreadyAnswered(MarketError):
    """The request was signed, declined or taken back meanwhile."""

    status = HTTPStatus.CONFLICT
    message = lazy_gettext("This request was answered or taken back already.")


class NotSigned(MarketError):
    """Only an attestation that stands is revoked."""

    status = HTTPStatus.CONFLICT
    message = lazy_gettext("Only an attestation that stands can be revoked.")


def ask(disclosure: Disclosure, data: Mapping[str, Any], *, by: Acting) -> Attestation:
    """Ask a verifier to attest scopes of one's own published version."""
    refuse_unattestable(disclosure, by.organisation_id)
    if data["verifier_id"] == by.organisation_id:
        raise MakerIsNoChecker
    verifier = next((v for v in queries.verifiers() if v.id == data["verifier_id"]), None)
    if verifier is None:
        raise NotAVerifier
    if _has_open(disclosure.id, verifier.id):
        raise AskedAlready
    asked = Attestation(
        disclosure_id=disclosure.id,
        enterprise_id=disclosure.organisation_id,
        verifier_id=verifier.id,
        scopes=list(data["scopes"]),
        message=data["message"],
        asked_by=by.person_id,
        asked_at=now(),
    )
    db.session.add(asked)
    db.session.flush()
    audits.record("attestation.asked", asked, by=by, after=facts_of(asked))
    _tell(asked, ASKED, {"enterprise": by.organisation_name_zh}, disclosure)
    return asked


def _has_open(disclosure_id: str, verifier_id: str) -> bool:
    query = select(Attestation.id).where(
        Attestation.disclosure_id == disclosure_id,
        Attestation.verifier_id == verifier_id,
        Attestation.status.in_(_OPEN),
    )
    return db.session.scalar(query.limit(1)) is not None


def accept(attestation_id: str, *, by: Acting) -> Attestation:
    """The verifier takes the request on; the enterprise hears so."""
    asked, disclosure = _locked(attestation_id, party="verifier_id", by=by)
    if asked.status != AttestationStatus.REQUESTED:
        raise AlreadyAnswered
    refuse_unattestable(disclosure, asked.enterprise_id)
    asked.status = AttestationStatus.ACCEPTED
    return _written(asked, disclosure, ACCEPTED, by=by)


def decline(attestation_id: str, reason: str, *, by: Acting) -> Attestation:
    """The verifier declines, with a reason for the enterprise."""
    asked, disclosure = _locked(attestation_id, party="verifier_id", by=by)
    _refuse_answered(asked)
    _close(asked, AttestationStatus.DECLINED, reason, by=by)
    return _written(asked, disclosure, DECLINED, by=by)


def cancel(attestation_id: str, *, by: Acting) -> Attestation:
    """The enterprise takes its request back while it is unsigned."""
    asked, disclosure = _locked(attestation_id, party="enterprise_id", by=by)
    _refuse_answered(asked)
    _close(asked, AttestationStatus.CANCELLED, "", by=by)
    return _written(asked, disclosure, CANCELLED, by=by)


def sign(attestation_id: str, data: Mapping[str, Any], *, by: Acting) -> Attestation:
    """The verifier attests: what, how surely, by which statement; it counts from now on."""
    asked, disclosure = _locked(attestation_id, party="verifier_id", by=by)
    _refuse_answered(asked)
    refuse_unattestable(disclosure, asked.enterprise_id)
    refuse_maker(disclosure, by)
    refuse_statement(disclosure, data)
    upload: Upload = data["statement"]
    stored = keep_upload(upload, organisation_id=asked.verifier_id, by=by)
    for name in ("coverage", "standard", "level", "statement_date", "note"):
        setattr(asked, name, data[name])
    asked.scopes, asked.statement_file_id = list(data["scopes"]), stored.id
    asked.signed_by, asked.signed_at = by.person_id, now()
    asked.status = AttestationStatus.ATTESTED
    db.session.flush()
    recount(disclosure)
    statement = Statement(
        scopes=tuple(asked.scopes),
        coverage=share(data["coverage"]),
        standard=asked.standard,
        level=asked.level,
        digest=stored.digest,
        verifier_id=asked.verifier_id,
        verifier_name=by.organisation_name_zh,
    )
    with suppress(NotRecorded):  # published before there was a log
        disclosure_records.record_attestation(asked.id, statement, of=disclosure)
    return _written(asked, disclosure, SIGNED, by=by, more={"digest": stored.digest})


def revoke(attestation_id: str, reason: str, *, by: Acting) -> Attestation:
    """The verifier takes its word back, with a public reason; it counts nowhere from now on."""
    given, disclosure = _locked(attestation_id, party="verifier_id", by=by)
    if given.status != AttestationStatus.ATTESTED:
        raise NotSigned
    _close(given, AttestationStatus.REVOKED, reason, by=by)
    db.session.flush()
    recount(disclosure)
    with suppress(NotRecorded):
        disclosure_records.record_revocation(given.id, reason=reason)
    return _written(given, disclosure, REVOKED, by=by)


def own_open(attestation_id: str, *, by: Acting) -> Attestation:
    """A request the acting verifier may still answer."""
    found = _own(attestation_id, "verifier_id", by=by)
    _refuse_answered(found)
    return found


def own_signed(attestation_id: str, *, by: Acting) -> Attestation:
    """An attestation of the acting verifier that stands."""
    found = _own(attestation_id, "verifier_id", by=by)
    if found.status != AttestationStatus.ATTESTED:
        raise NotSigned
    return found


def _own(attestation_id: str, party: str, *, by: Acting) -> Attestation:
    found = db.session.get(Attestation, attestation_id)
    if found is None or getattr(found, party) != by.organisation_id:
        raise NotFound
    return found


def _refuse_answered(asked: Attestation) -> None:
    if asked.status not in _OPEN:
        raise AlreadyAnswered


def _locked(attestation_id: str, *, party: str, by: Acting) -> tuple[Attestation, Disclosure]:
    """One's own attestation and its version, locked in one order: two signers never overtake."""
    found = _own(attestation_id, party, by=by)
    disclosure = db.session.scalars(
        select(Disclosure)
        .where(Disclosure.id == found.disclosure_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    db.session.refresh(found, with_for_update=True)
    return found, disclosure


def _close(given: Attestation, status: AttestationStatus, reason: str, *, by: Acting) -> None:
    given.status, given.reason = status, reason
    given.closed_by, given.closed_at = by.person_id, now()


def _written(
    given: Attestation,
    disclosure: Disclosure,
    code: str,
    *,
    by: Acting,
    more: Mapping[str, Any] | None = None,
) -> Attestation:
    db.session.flush()
    after = {**facts_of(given), **(more or {}), "grade": disclosure.grade}
    audits.record(f"attestation.{given.status}", given, by=by, after=after)
    who = "enterprise" if by.organisation_id == given.enterprise_id else "verifier"
    told = {who: by.organisation_name_zh, "reason": given.reason, "grade": disclosure.grade}
    _tell(given, code, told, disclosure)
    return given


def _tell(given: Attestation, code: str, told: Mapping[str, Any], disclosure: Disclosure) -> None:
    other = given.verifier_id if code in (ASKED, CANCELLED) else given.enterprise_id
    messages.tell(
        messages.members_of(other),
        code,
        values={**told, "year": disclosure.year},
        url=f"/attestations/{given.id}",
        dedupe_key=f"{code}:{given.id}",
    )


def facts_of(given: Attestation) -> dict[str, Any]:
    """What the audit trail keeps of an attestation."""
    names = (
        "disclosure_id", "enterprise_id", "verifier_id", "status", "scopes", "coverage", "standard",
        "level", "statement_date", "reason",
    )  # fmt: skip
    return {name: getattr(given, name) for name in names}
