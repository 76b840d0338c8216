"""The transparency log in the API: checkpoint, entries, proofs, bundles, cosignatures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Response, after_this_request

from market.api.frame import After, paged, resource
from market.domain import disclosure_records as records
from market.domain import footprint_records, log_proofs, log_witnesses
from market.domain.queries import log as queries
from market.permissions import ANYONE, INSTITUTION, acting, guarded
from market.schemas.log import (
    CheckpointOut,
    ConsistencyOut,
    ConsistencySchema,
    CosignedOut,
    CosignSchema,
    EntryOut,
    EntryRowOut,
    ProofOut,
    ProofSchema,
    WitnessedSchema,
    WitnessOut,
)

if TYPE_CHECKING:
    from market.models import LogCosignature, LogLeaf

log = resource(
    "log", about="The transparency log: what was published, provable and never rewritten"
)


@log.route("/checkpoint", methods=["GET"])
@guarded(ANYONE)
@log.arguments(WitnessedSchema, location="query")
@log.response(200, CheckpointOut)
def checkpoint(wanted: dict[str, Any]) -> log_proofs.Commitment:
    """The newest signed checkpoint; `witnesses=1`: the newest cosigned, with cosignatures."""
    return log_proofs.commitment(witnessed=wanted["witnesses"])


@log.route("/entries", methods=["GET"])
@guarded(ANYONE)
@log.arguments(After, location="query")
@log.response(200, paged(EntryRowOut))
def entries(wanted: dict[str, Any]) -> dict[str, Any]:
    """Entries in the order of the log; `after` is an index."""
    page = queries.entries_from(wanted["after"])
    return {"items": page.rows, "next": page.next_key or None}


@log.route("/entries/<int:index>", methods=["GET"])
@guarded(ANYONE)
@log.response(200, EntryOut)
def entry(index: int) -> LogLeaf:
    """One entry with what was hashed."""
    return queries.entry(index)


@log.route("/proof", methods=["GET"])
@guarded(ANYONE)
@log.arguments(ProofSchema, location="query")
@log.response(200, ProofOut)
def proof(wanted: dict[str, Any]) -> log_proofs.Inclusion:
    """An inclusion proof (RFC 6962)."""
    return log_proofs.inclusion(wanted["index"], wanted["size"])


@log.route("/consistency", methods=["GET"])
@guarded(ANYONE)
@log.arguments(ConsistencySchema, location="query")
@log.response(200, ConsistencyOut)
def consistency(wanted: dict[str, Any]) -> log_proofs.Consistency:
    """A consistency proof between two sizes (RFC 6962)."""
    return log_proofs.consistency(wanted["old"], wanted["new"])


@log.route("/bundles/<string:disclosure_id>", methods=["GET"])
@guarded(ANYONE)
@log.arguments(WitnessedSchema, location="query")
@log.response(200, {"type": "object"}, description="a bundle in its one byte form")
@log.alt_response(409, description="pending: see Retry-After")
def bundle(wanted: dict[str, Any], disclosure_id: str) -> Response:
    """The bundle `python -m disclosure verify` proves; `witnesses=1`: with cosignatures."""
    return _bundle(lambda: records.bundle_of(disclosure_id, witnessed=wanted["witnesses"]))


@log.route("/bundles/labels/<string:certificate>", methods=["GET"])
@guarded(ANYONE)
@log.arguments(WitnessedSchema, location="query")
@log.response(200, {"type": "object"}, description="a bundle in its one byte form")
@log.alt_response(409, description="pending: see Retry-After")
def label_bundle(wanted: dict[str, Any], certificate: str) -> Response:
    """The bundle of a footprint's label; `witnesses=1`: with cosignatures."""
    return _bundle(lambda: footprint_records.bundle_of(certificate, witnessed=wanted["witnesses"]))


@log.route("/witnesses", methods=["GET"])
@guarded(ANYONE)
@log.response(200, WitnessOut(many=True))
def witnesses() -> list[queries.Watching]:
    """Who cosigns checkpoints."""
    return queries.witnesses()


@log.route("/cosignatures", methods=["POST"])
@guarded(INSTITUTION)
@log.arguments(CosignSchema)
@log.response(201, CosignedOut)
def cosign(data: dict[str, Any]) -> LogCosignature:
    """Hand in one's own institution's cosignature; a wrong one is refused with the reason."""
    return log_witnesses.cosign(data["note"], by=acting())


def _bundle(made: Callable[[], bytes]) -> Response:
    """Its bytes as they are; what still waits says when to come back."""
    try:
        return Response(made(), mimetype="application/json")
    except records.RecordPending:
        after_this_request(_retry_later)
        raise


def _retry_later(answer: Response) -> Response:
    answer.headers["Retry-After"] = str(records.RETRY_SECONDS)
    return answer
