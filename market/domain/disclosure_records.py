"""What the log keeps of a disclosure: its versions, their withdrawal, attestations; the bundle."""

from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from flask_babel import lazy_gettext

from disclosure.ledger.bundle import make_bundle
from disclosure.ledger.canonical import parse
from disclosure.ledger.entries import Statement, make_entry, make_statement
from disclosure.ledger.note import encode
from market.domain import log, log_nodes
from market.domain.queries import log as queries
from market.errors import MarketError, NotFound
from market.models import Disclosure, LogLeaf
from market.moments import now

RETRY_SECONDS = 5


class RecordPending(MarketError):
    """Published, and waiting for the job that appends."""

    status = HTTPStatus.CONFLICT
    message = lazy_gettext(
        "Published, and about to enter the log: try again in about %(seconds)s seconds."
    )


class NotRecorded(MarketError):
    """An attestation is recorded after the version it is about, a revocation after both."""

    status = HTTPStatus.CONFLICT
    message = lazy_gettext("The log holds no record this could refer to.")


def record_publication(version: Disclosure, *, supersedes: Disclosure | None) -> LogLeaf:
    """Queue the entry of a version just published; private answers enter as commitments."""
    before = queries.version_leaf(supersedes.id) if supersedes else None
    reason = "" if version.third_party_source else version.restatement_reason
    entry = _version_entry(
        version,
        kind="restated" if before else "published",
        at=version.published_at or now(),
        supersedes=before,
        reason=reason,
    )
    return log.add(entry, disclosure_id=version.id, subject_id=version.id)


def record_withdrawal(version: Disclosure, reason: str) -> LogLeaf:
    """Queue the entry of a version just withdrawn."""
    before = queries.version_leaf(version.id)
    entry = _version_entry(version, kind="withdrawn", at=now(), supersedes=before, reason=reason)
    return log.add(entry, disclosure_id=version.id, subject_id=version.id)


def record_attestation(attestation_id: str, statement: Statement, *, of: Disclosure) -> LogLeaf:
    """Queue what a verifier attests of a published version; call it in that transaction."""
    about = queries.version_leaf(of.id)
    if about is None:
        raise NotRecorded
    entry = make_statement(statement, about=encode(about.leaf), published_at=_written(now()))
    return log.add(entry, disclosure_id=of.id, subject_id=attestation_id)


def record_revocation(attestation_id: str, *, reason: str = "") -> LogLeaf:
    """Queue that an attestation is revoked: the same statement, with what it revokes."""
    attested = queries.attestation_leaf(attestation_id)
    if attested is None:
        raise NotRecorded
    told = parse(attested.entry)
    statement = Statement(
        scopes=tuple(told["scopes"]),
        coverage=told["coverage"],
        standard=told["standard"],
        level=told["level"],
        digest=told["statement"],
        verifier_id=told["verifier"]["id"],
        verifier_name=told["verifier"]["name"],
    )
    entry = make_statement(
        statement,
        about=told["about"],
        published_at=_written(now()),
        revokes=encode(attested.leaf),
        reason=reason,
    )
    return log.add(entry, disclosure_id=attested.disclosure_id, subject_id=attestation_id)


def bundle_of(
    disclosure_id: str, *, witnessed: bool = False, openings: Mapping[str, Any] | None = None
) -> bytes:
    """The bundle of a version in its one byte form, or RecordPending; drafts have none.

    `witnessed` takes the newest checkpoint that witnesses cosigned, with their cosignatures.
    `openings` maps private datapoints to `{"answer", "salt"}` for a reader who may see them.
    """
    leaf = queries.version_leaf(disclosure_id)
    if leaf is None:
        raise NotFound
    return bundle_of_leaf(leaf, witnessed=witnessed, openings=openings)


def bundle_of_leaf(
    leaf: LogLeaf, *, witnessed: bool = False, openings: Mapping[str, Any] | None = None
) -> bytes:
    """The bundle of any entry."""
    index = leaf.position
    if index is None:
        raise RecordPending(seconds=RETRY_SECONDS)
    cosigned = queries.newest_cosigned(above=index) if witnessed else None
    checkpoint = cosigned or queries.newest_checkpoint()
    assert checkpoint is not None  # an appended leaf has been signed
    lines = queries.cosignature_lines(checkpoint.id) if cosigned else []
    proof = log_nodes.answered(checkpoint.size, lambda tree: tree.inclusion(index))
    return make_bundle(
        parse(leaf.entry),
        index=index,
        proof=proof,
        checkpoint=checkpoint.note + "".join(lines),
        openings=openings,
    )


def _version_entry(
    version: Disclosure, *, kind: str, at: datetime, supersedes: LogLeaf | None, reason: str
) -> dict[str, Any]:
    return make_entry(
        version.content,  # what is not public stands in it as commitments
        kind=kind,
        version=version.version,
        published_at=_written(at),
        supersedes=encode(supersedes.leaf) if supersedes else None,
        source=version.third_party_source,
        reason=reason,
    )


def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
