"""Disclosures in the API: the published ones, and one's own drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from market.api.frame import paged, resource
from market.domain import disclosures as verbs
from market.domain.disclosure_reviews import Review, today
from market.domain.queries import disclosures as queries
from market.permissions import ANYONE, ENTERPRISE, MEMBER, acting, guarded
from market.schemas.disclosures import (
    AnswersSchema,
    DisclosureOut,
    DraftOut,
    PublishedOut,
    PublishSchema,
    RestateSchema,
    ReviewOut,
    SearchSchema,
    StartSchema,
    WithdrawSchema,
)

if TYPE_CHECKING:
    from market.models import Disclosure

_Page = paged(DisclosureOut)
disclosures = resource("disclosures", about="Climate disclosures, published and in draft")


@disclosures.route("", methods=["GET"])
@guarded(ANYONE)
@disclosures.arguments(SearchSchema, location="query")
@disclosures.response(200, _Page)
def published(wanted: dict[str, Any]) -> dict[str, Any]:
    """Published disclosures, searched and filtered, newest first; `grade` is today's."""
    search = queries.Wanted(wanted.pop("q"), **wanted)
    page = queries.published(search, on=today())
    return {"items": page.rows, "next": page.next_key or None}


@disclosures.route("", methods=["POST"])
@guarded(ENTERPRISE)
@disclosures.arguments(StartSchema)
@disclosures.response(201, DraftOut)
def start(data: dict[str, Any]) -> Disclosure:
    """Begin the draft of a year, empty."""
    return verbs.start(data["year"], by=acting())


@disclosures.route("/mine", methods=["GET"])
@guarded(MEMBER)
@disclosures.response(200, _Page)
def mine() -> dict[str, Any]:
    """Every draft and version of one's own organisation, newest year first."""
    return {"items": queries.own(acting().organisation_id), "next": None}


@disclosures.route("/<string:disclosure_id>", methods=["GET"])
@guarded(ANYONE)
@disclosures.response(200, PublishedOut)
def show(disclosure_id: str) -> Disclosure:
    """One published version with its content, findings and explanations."""
    return queries.public(disclosure_id)


@disclosures.route("/drafts/<string:disclosure_id>", methods=["GET"])
@guarded(MEMBER)
@disclosures.response(200, DraftOut)
def draft(disclosure_id: str) -> Disclosure:
    """One's own draft."""
    return verbs.draft_of(disclosure_id, by=acting())


@disclosures.route("/drafts/<string:disclosure_id>/answers", methods=["PATCH"])
@guarded(ENTERPRISE)
@disclosures.arguments(AnswersSchema)
@disclosures.response(200, DraftOut)
def answer(data: dict[str, Any], disclosure_id: str) -> Disclosure:
    """Merge answers into a draft; 409 when someone else changed one since `edit`."""
    own = verbs.draft_of(disclosure_id, by=acting())
    return verbs.answer(own, data["answers"], by=acting(), edit=data["edit"])


@disclosures.route("/drafts/<string:disclosure_id>/review", methods=["GET"])
@guarded(MEMBER)
@disclosures.response(200, ReviewOut)
def review(disclosure_id: str) -> Review:
    """Findings, the grade publishing would give, and what stops the next one."""
    return verbs.review_of(verbs.draft_of(disclosure_id, by=acting()))


@disclosures.route("/drafts/<string:disclosure_id>/publish", methods=["POST"])
@guarded(ENTERPRISE)
@disclosures.arguments(PublishSchema)
@disclosures.response(200, PublishedOut)
def publish(data: dict[str, Any], disclosure_id: str) -> Disclosure:
    """Make the draft an immutable version; each warning needs an explanation."""
    own = verbs.draft_of(disclosure_id, by=acting())
    if data["confirm_copied"]:
        verbs.confirm(own, list(own.copied), by=acting())
    return verbs.publish(own, by=acting(), explanations=data["explanations"], edit=data["edit"])


@disclosures.route("/<string:disclosure_id>/restate", methods=["POST"])
@guarded(ENTERPRISE)
@disclosures.arguments(RestateSchema)
@disclosures.response(201, DraftOut)
def restate(data: dict[str, Any], disclosure_id: str) -> Disclosure:
    """Begin the next version of a published year, with a public reason."""
    own = verbs.own_published(disclosure_id, by=acting())
    return verbs.restate(own, data["reason"], by=acting())


@disclosures.route("/<string:disclosure_id>/withdraw", methods=["POST"])
@guarded(ENTERPRISE)
@disclosures.arguments(WithdrawSchema)
@disclosures.response(200, DisclosureOut)
def withdraw(data: dict[str, Any], disclosure_id: str) -> Disclosure:
    """Take a published version back; it stays readable, marked."""
    own = verbs.own_published(disclosure_id, by=acting())
    return verbs.withdraw(own, data["reason"], by=acting())
