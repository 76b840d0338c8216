"""Attestations in the API: asked for, answered by verifiers, read by everyone once signed."""

from typing import Any

from market.api.frame import After, paged, resource
from market.domain import attestations as verbs
from market.domain import disclosures
from market.domain.queries import attestations as queries
from market.domain.queries.disclosures import public
from market.permissions import (
    ANYONE,
    ENTERPRISE,
    MEMBER,
    VERIFIER,
    acting,
    acting_or_none,
    guarded,
)
from market.schemas.attestations import (
    AskBody,
    AttestationOut,
    DeclineSchema,
    RevokeSchema,
    SignFields,
    StatementFile,
)

attestations = resource("attestations", about="What verifiers say about published disclosures")


@attestations.route("", methods=["GET"])
@guarded(MEMBER)
@attestations.arguments(After, location="query")
@attestations.response(200, paged(AttestationOut))
def mine(wanted: dict[str, Any]) -> dict[str, Any]:
    """What one's organisation asked for or was asked for, newest first."""
    page = queries.own(acting(), after=wanted["after"])
    return {"items": page.rows, "next": page.next_key or None}


@attestations.route("", methods=["POST"])
@guarded(ENTERPRISE)
@attestations.arguments(AskBody)
@attestations.response(201, AttestationOut)
def ask(data: dict[str, Any]) -> Any:
    """Ask a verifier to attest scopes of one's own published version."""
    version = disclosures.own_published(data["disclosure_id"], by=acting())
    made = verbs.ask(version, data, by=acting())
    return queries.visible(made.id, by=acting())


@attestations.route("/disclosures/<string:disclosure_id>", methods=["GET"])
@guarded(ANYONE)
@attestations.response(200, AttestationOut(many=True))
def of_version(disclosure_id: str) -> Any:
    """What verifiers signed about a public version, revoked ones among them, newest first."""
    return queries.of_version(public(disclosure_id).id)


@attestations.route("/<string:attestation_id>", methods=["GET"])
@guarded(ANYONE)
@attestations.response(200, AttestationOut)
def show(attestation_id: str) -> Any:
    """One attestation: public once signed, before that for its two parties."""
    return queries.visible(attestation_id, by=acting_or_none())


@attestations.route("/<string:attestation_id>/accept", methods=["POST"])
@guarded(VERIFIER)
@attestations.response(200, AttestationOut)
def accept(attestation_id: str) -> Any:
    """Take a request on."""
    verbs.accept(attestation_id, by=acting())
    return queries.visible(attestation_id, by=acting())


@attestations.route("/<string:attestation_id>/sign", methods=["POST"])
@guarded(VERIFIER)
@attestations.arguments(SignFields, location="form")
@attestations.arguments(StatementFile, location="files")
@attestations.response(200, AttestationOut)
def sign(data: dict[str, Any], file: dict[str, Any], attestation_id: str) -> Any:
    """Attest, as multipart/form-data with the signed statement (PDF)."""
    verbs.sign(attestation_id, {**data, **file}, by=acting())
    return queries.visible(attestation_id, by=acting())


@attestations.route("/<string:attestation_id>/decline", methods=["POST"])
@guarded(VERIFIER)
@attestations.arguments(DeclineSchema)
@attestations.response(200, AttestationOut)
def decline(data: dict[str, Any], attestation_id: str) -> Any:
    """Decline, with a reason for the enterprise."""
    verbs.decline(attestation_id, data["reason"], by=acting())
    return queries.visible(attestation_id, by=acting())


@attestations.route("/<string:attestation_id>/cancel", methods=["POST"])
@guarded(ENTERPRISE)
@attestations.response(200, AttestationOut)
def cancel(attestation_id: str) -> Any:
    """Take one's own request back."""
    verbs.cancel(attestation_id, by=acting())
    return queries.visible(attestation_id, by=acting())


@attestations.route("/<string:attestation_id>/revoke", methods=["POST"])
@guarded(VERIFIER)
@attestations.arguments(RevokeSchema)
@attestations.response(200, AttestationOut)
def revoke(data: dict[str, Any], attestation_id: str) -> Any:
    """Take one's word back, with a public reason."""
    verbs.revoke(attestation_id, data["reason"], by=acting())
    return queries.visible(attestation_id, by=acting())
