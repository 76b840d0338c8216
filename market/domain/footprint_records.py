"""What the log keeps of product footprints: their publication with its label, their revocation."""

from datetime import UTC

from disclosure.ledger.entries import Labelled, make_footprint
from disclosure.ledger.note import encode
from market.domain import log
from market.domain.disclosure_records import NotRecorded, bundle_of_leaf
from market.domain.queries import footprints
from market.domain.queries import log as queries
from market.errors import NotFound
from market.extensions import db
from market.models import Footprint, LogLeaf, Organisation, StoredFile
from market.moments import now
from market.permissions import Acting


def record_publication(
    footprint: Footprint, *, supersedes: Footprint | None, by: Acting
) -> LogLeaf:
    """Queue the entry of a footprint just published; call it in that transaction."""
    before = queries.footprint_leaf(supersedes.id) if supersedes else None
    return _add(footprint, before, by=by)


def record_revocation(footprint: Footprint, *, by: Acting) -> LogLeaf:
    """Queue that a footprint is revoked: the same record, with what it revokes and why."""
    before = queries.footprint_leaf(footprint.id)
    if before is None:
        raise NotRecorded
    return _add(footprint, before, by=by, revoked=footprint.reason)


def bundle_of(certificate: str, *, witnessed: bool = False) -> bytes:
    """The bundle of a label's publication in its one byte form, or RecordPending."""
    leaf = queries.footprint_leaf(footprints.by_certificate(certificate).id)
    if leaf is None:
        raise NotFound
    return bundle_of_leaf(leaf, witnessed=witnessed)


def _add(footprint: Footprint, before: LogLeaf | None, *, by: Acting, revoked: str = "") -> LogLeaf:
    entry = make_footprint(
        _labelled(footprint),
        by={"id": by.organisation_id, "name": by.organisation_name_zh},
        published_at=now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        supersedes=encode(before.leaf) if before else None,
        revoked=revoked,
    )
    return log.add(entry, footprint_id=footprint.id, subject_id=footprint.id)


def _labelled(footprint: Footprint) -> Labelled:
    maker = db.session.get_one(Organisation, footprint.organisation_id)
    verifier = db.session.get_one(Organisation, footprint.verifier_id)
    statement = db.session.get_one(StoredFile, footprint.statement_file_id)
    return Labelled(
        version=footprint.version,
        organisation={
            "id": maker.id,
            "name": maker.name_zh,
            "scheme": maker.id_scheme,
            "number": maker.id_value,
        },
        verifier={"id": verifier.id, "name": verifier.name_zh},
        statement=statement.digest,
        record=footprint.record,
    )
