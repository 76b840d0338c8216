"""Pages of visibility: who sees which section, consents to read, requests, readings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from marshmallow import ValidationError
from werkzeug.wrappers import Response as Answer

from market.domain import disclosure_consents as verbs
from market.domain import disclosure_drafts, disclosure_records
from market.domain import visibilities as levels
from market.domain.queries import disclosure_consents as consent_queries
from market.domain.queries import disclosures as published
from market.domain.queries import visibilities as queries
from market.moments import now
from market.permissions import ENTERPRISE, INSTITUTION, MARKET_MEMBER, MEMBER, acting, guarded
from market.schemas.visibilities import (
    AskConsentSchema,
    ConsentSchema,
    DeclineConsentSchema,
    VisibilitySchema,
)
from market.texts import gettext, local
from market.web import disclosure_texts
from market.web.disclosures import page_of, words
from market.web.forms import Form

if TYPE_CHECKING:
    from market.models import Disclosure

visibilities = Blueprint("visibilities", __name__, url_prefix="/disclosure-consents")
visibilities.context_processor(words)


@visibilities.app_context_processor
def _levels() -> dict[str, Any]:
    return {
        "levels_of": levels.by_level,
        "always_public": sorted(levels.ALWAYS_PUBLIC),
        "moment_now": now(),
    }


@visibilities.route("/drafts/<disclosure_id>", methods=["GET"])
@guarded(MEMBER)
def choose(disclosure_id: str) -> str:
    """Who will see which section of a draft."""
    return _choose(disclosure_drafts.draft_of(disclosure_id, by=acting()))


@visibilities.route("/drafts/<disclosure_id>", methods=["POST"])
@guarded(ENTERPRISE)
def save(disclosure_id: str) -> Answer | tuple[str, int]:
    """Save who will see which section."""
    draft = disclosure_drafts.draft_of(disclosure_id, by=acting())
    typed = {key.removeprefix("see."): level for key, level in request.form.items()
             if key.startswith("see.")}  # fmt: skip
    try:
        data = VisibilitySchema().load({"sections": typed})
    except ValidationError:
        told = gettext("Choose public, by consent or private for each section.")
        return _choose(draft, told=told), 422
    levels.choose(draft, data["sections"], by=acting())
    flash(gettext("Saved."), "success")
    return redirect(url_for("visibilities.choose", disclosure_id=draft.id))


def _choose(draft: Disclosure, *, told: str = "") -> str:
    catalogue = levels.catalogue_of(draft)
    by = acting()
    return render_template(
        "visibilities/choose.html",
        draft=draft,
        catalogue=catalogue,
        chosen=levels.levels(catalogue, draft.visibility),
        writable="enterprise" in by.kinds and by.may_write and by.approved,
        told=told,
    )


@visibilities.get("/mine")
@guarded(MEMBER)
def mine() -> str:
    """Requests, consents and readings of one's own organisation."""
    own = acting().organisation_id
    return render_template(
        "visibilities/mine.html",
        asks=consent_queries.asks_of(own),
        consents=consent_queries.consents_of(own),
        readings=consent_queries.readings_of(own),
    )


@visibilities.route("/give", methods=["GET", "POST"])
@guarded(ENTERPRISE)
def give() -> Answer | tuple[str, int]:
    """Open sections to an institution."""
    form = Form(
        ConsentSchema.for_form(
            institution_id=[(each.id, local(each)) for each in consent_queries.institutions()],
            disclosure_id=[
                (each.id, str(each.year))
                for each in consent_queries.openable(acting().organisation_id)
            ],
            sections=_sections(None),
        )
    )
    if form.attempt(lambda data: verbs.give(data, by=acting())):
        flash(gettext("Given. You see each reading here and can take it back."), "success")
        return redirect(url_for("visibilities.mine"))
    title = gettext("Give consent to read")
    lead = gettext("The institution reads the sections that are open by consent; no others.")
    return _form(form, title, lead, gettext("Give consent")), form.status


@visibilities.post("/<consent_id>/revoke")
@guarded(ENTERPRISE)
def revoke(consent_id: str) -> Answer:
    """Take a consent back."""
    verbs.revoke(consent_id, by=acting())
    flash(gettext("Taken back: the institution sees commitments again."), "success")
    return redirect(url_for("visibilities.mine"))


@visibilities.route("/ask/<disclosure_id>", methods=["GET", "POST"])
@guarded(INSTITUTION)
def ask(disclosure_id: str) -> Answer | tuple[str, int]:
    """Ask an enterprise for consent."""
    version = published.public(disclosure_id)
    whose = local(version.organisation)  # before a refusal rolls back what was loaded
    form = Form(AskConsentSchema.for_form(sections=_sections(queries.by_consent(version))))
    if form.attempt(lambda data: verbs.ask(version, data, by=acting())):
        flash(gettext("Asked. You are told when the enterprise answers."), "success")
        return redirect(url_for("disclosures.show", disclosure_id=version.id))
    title = gettext("Ask to read answers that are not public")
    return _form(form, title, whose, gettext("Ask")), form.status


@visibilities.post("/requests/<ask_id>/grant")
@guarded(ENTERPRISE)
def grant(ask_id: str) -> Answer:
    """Give what was asked for."""
    verbs.grant(ask_id, by=acting())
    flash(gettext("Given. You see each reading here and can take it back."), "success")
    return redirect(url_for("visibilities.mine"))


@visibilities.route("/requests/<ask_id>/decline", methods=["GET", "POST"])
@guarded(ENTERPRISE)
def decline(ask_id: str) -> Answer | tuple[str, int]:
    """Say no to a request."""
    form = Form(DeclineConsentSchema())
    if form.attempt(lambda data: verbs.decline(ask_id, data["answer"], by=acting())):
        flash(gettext("Declined. The institution is told."), "success")
        return redirect(url_for("visibilities.mine"))
    return _form(form, gettext("Decline the request"), "", gettext("Decline")), form.status


@visibilities.post("/read/<disclosure_id>")
@guarded(MARKET_MEMBER)
def read(disclosure_id: str) -> str:
    """The page of a version with the answers that consent opens; the reading is logged."""
    version = published.public(disclosure_id)
    opened = verbs.read(version, "page", by=acting())
    return page_of(version, seen=opened.version, opened=opened)


@visibilities.post("/bundle/<disclosure_id>")
@guarded(MARKET_MEMBER)
def bundle(disclosure_id: str) -> Response:
    """The bundle of a version with the opened answers in it; the reading is logged."""
    version = published.public(disclosure_id)
    opened = verbs.read(version, "bundle", by=acting())
    data = disclosure_records.bundle_of(version.id, openings=opened.openings)
    answer = Response(data, mimetype="application/json")
    name = f"bundle-{version.year}-v{version.version}-{version.id}-opened.json"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _sections(among: tuple[str, ...] | None) -> list[tuple[str, str]]:
    """Sections to choose from, by their titles."""
    return [
        (each.id, disclosure_texts.say(each.title))
        for each in disclosure_texts.catalogue().sections
        if among is None or each.id in among
    ]


def _form(form: Form, title: str, lead: str, submit: str) -> str:
    back = url_for("visibilities.mine")
    return render_template(
        "visibilities/form.html", form=form, title=title, lead=lead, submit=submit, back=back
    )
