"""Pages of a draft that take last year's answers over and confirm them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from market.domain import disclosure_copies as copies
from market.domain import disclosures as verbs
from market.errors import MarketError, NotFound
from market.permissions import ENTERPRISE, acting, guarded
from market.texts import gettext
from market.web import disclosure_texts

disclosure_copies = Blueprint("disclosure_copies", __name__, url_prefix="/disclosures/drafts")


@disclosure_copies.route("/<disclosure_id>/copy", methods=["GET", "POST"])
@guarded(ENTERPRISE)
def copy(disclosure_id: str) -> Response | str | tuple[str, int]:
    """Choose the sections of last year's disclosure to take over into open questions."""
    draft = verbs.draft_of(disclosure_id, by=acting())
    if request.method == "GET":
        return _page(draft.id)
    try:
        count = verbs.copy_forward(draft, request.form.getlist("sections"), by=acting())
    except MarketError as fact:
        return _page(draft.id, str(fact)), int(fact.status)
    flash(gettext("Copied: %(count)s answers. Each is marked until you change or confirm it.",
                  count=count), "success")  # fmt: skip
    return redirect(
        url_for("disclosure_drafts.section", disclosure_id=draft.id, part="short-route")
    )


def _page(disclosure_id: str, told: str = "") -> str:
    draft = verbs.draft_of(disclosure_id, by=acting())
    return render_template(
        "disclosures/copy.html",
        draft=draft,
        offer=copies.offered(draft),
        ticked=request.form.getlist("sections") or copies.USUALLY_THE_SAME,
        told=told,
        **disclosure_texts.for_templates(),
    )


@disclosure_copies.post("/<disclosure_id>/confirm")
@guarded(ENTERPRISE)
def confirm(disclosure_id: str) -> Response:
    """The ticked copied answers hold for this year too."""
    draft = verbs.draft_of(disclosure_id, by=acting())
    held = verbs.confirm(draft, request.form.getlist("datapoints"), by=acting())
    if held:
        flash(gettext("Confirmed: %(count)s answers.", count=len(held)), "success")
    else:
        flash(gettext("Tick the answers that still hold, then confirm."), "warning")
    return redirect(url_for("disclosure_drafts.review", disclosure_id=draft.id))


@disclosure_copies.post("/<disclosure_id>/confirm/<datapoint>")
@guarded(ENTERPRISE)
def confirm_one(disclosure_id: str, datapoint: str) -> str:
    """One copied answer holds, said beside its question: answers the mark's new state."""
    draft = verbs.draft_of(disclosure_id, by=acting())
    if datapoint not in disclosure_texts.catalogue().datapoints:
        raise NotFound
    verbs.confirm(draft, [datapoint], by=acting())
    return render_template("disclosures/confirmed.html", draft=draft, datapoint=datapoint)
