"""Visibility in the API: who sees which section, consents to read, requests, readings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from market.api.frame import paged, resource
from market.domain import disclosure_consents as verbs
from market.domain import disclosure_drafts, visibilities
from market.domain.queries import disclosure_consents as consent_queries
from market.domain.queries import disclosures as published
from market.domain.queries import visibilities as queries
from market.permissions import ENTERPRISE, INSTITUTION, MARKET_MEMBER, MEMBER, acting, guarded
from market.schemas.visibilities import (
    AskConsentSchema,
    ConsentOut,
    ConsentRequestOut,
    ConsentSchema,
    DeclineConsentSchema,
    OpenedOut,
    ReadingOut,
    SectionsOut,
    VisibilitySchema,
)

if TYPE_CHECKING:
    from market.models import Disclosure, DisclosureAsk, DisclosureConsent

disclosure_consents = resource(
    "disclosure-consents", about="Who sees which section of a disclosure; consents to read"
)


@disclosure_consents.route("/drafts/<string:disclosure_id>", methods=["GET"])
@guarded(MEMBER)
@disclosure_consents.response(200, SectionsOut)
def chosen(disclosure_id: str) -> dict[str, Any]:
    """Who will see which section of one's own draft."""
    return _chosen(disclosure_drafts.draft_of(disclosure_id, by=acting()))


@disclosure_consents.route("/drafts/<string:disclosure_id>", methods=["PUT"])
@guarded(ENTERPRISE)
@disclosure_consents.arguments(VisibilitySchema)
@disclosure_consents.response(200, SectionsOut)
def choose(data: dict[str, Any], disclosure_id: str) -> dict[str, Any]:
    """Say who will see which section; sections left out stay as they are."""
    draft = disclosure_drafts.draft_of(disclosure_id, by=acting())
    return _chosen(visibilities.choose(draft, data["sections"], by=acting()))


def _chosen(draft: Disclosure) -> dict[str, Any]:
    catalogue = visibilities.catalogue_of(draft)
    return {"id": draft.id, "sections": visibilities.levels(catalogue, draft.visibility)}


@disclosure_consents.route("", methods=["GET"])
@guarded(MEMBER)
@disclosure_consents.response(200, paged(ConsentOut))
def mine() -> dict[str, Any]:
    """Consents one's own organisation gave or holds, newest first."""
    return {"items": consent_queries.consents_of(acting().organisation_id), "next": None}


@disclosure_consents.route("", methods=["POST"])
@guarded(ENTERPRISE)
@disclosure_consents.arguments(ConsentSchema)
@disclosure_consents.response(201, ConsentOut)
def give(data: dict[str, Any]) -> DisclosureConsent:
    """Open sections to an institution; without a disclosure, of every year."""
    return verbs.give(data, by=acting())


@disclosure_consents.route("/<string:consent_id>/revoke", methods=["POST"])
@guarded(ENTERPRISE)
@disclosure_consents.response(200, ConsentOut)
def revoke(consent_id: str) -> DisclosureConsent:
    """Take a consent back."""
    return verbs.revoke(consent_id, by=acting())


@disclosure_consents.route("/requests", methods=["GET"])
@guarded(MEMBER)
@disclosure_consents.response(200, paged(ConsentRequestOut))
def requests() -> dict[str, Any]:
    """Requests made by or to one's own organisation, newest first."""
    return {"items": consent_queries.asks_of(acting().organisation_id), "next": None}


@disclosure_consents.route("/requests/<string:ask_id>/grant", methods=["POST"])
@guarded(ENTERPRISE)
@disclosure_consents.response(201, ConsentOut)
def grant(ask_id: str) -> DisclosureConsent:
    """Give what was asked for."""
    return verbs.grant(ask_id, by=acting())


@disclosure_consents.route("/requests/<string:ask_id>/decline", methods=["POST"])
@guarded(ENTERPRISE)
@disclosure_consents.arguments(DeclineConsentSchema)
@disclosure_consents.response(200, ConsentRequestOut)
def decline(data: dict[str, Any], ask_id: str) -> DisclosureAsk:
    """Say no, with a message if one likes."""
    return verbs.decline(ask_id, data["answer"], by=acting())


@disclosure_consents.route("/readings", methods=["GET"])
@guarded(MEMBER)
@disclosure_consents.response(200, paged(ReadingOut))
def readings() -> dict[str, Any]:
    """Who read which of one's own answers under a consent, newest first."""
    return {"items": consent_queries.readings_of(acting().organisation_id), "next": None}


@disclosure_consents.route("/ask/<string:disclosure_id>", methods=["POST"])
@guarded(INSTITUTION)
@disclosure_consents.arguments(AskConsentSchema)
@disclosure_consents.response(201, ConsentRequestOut)
def ask(data: dict[str, Any], disclosure_id: str) -> DisclosureAsk:
    """Ask an enterprise to open sections of a published version."""
    return verbs.ask(published.public(disclosure_id), data, by=acting())


@disclosure_consents.route("/read/<string:disclosure_id>", methods=["POST"])
@guarded(MARKET_MEMBER)
@disclosure_consents.response(200, OpenedOut)
def read(disclosure_id: str) -> queries.Opened:
    """The answers that consent opens; the reading is logged and shown to the enterprise."""
    return verbs.read(published.public(disclosure_id), "api", by=acting())
