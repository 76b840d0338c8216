"""Pages of an enterprise's financing needs, invitations received and consents given."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from market.domain import consents as consent_verbs
from market.domain import impressions
from market.domain import invitations as invitation_verbs
from market.domain import needs as verbs
from market.domain.queries import needs as queries
from market.domain.queries import rankings
from market.enums import PostingStatus
from market.permissions import ENTERPRISE, MARKET_MEMBER, MEMBER, acting, guarded
from market.schemas.needs import NeedSchema
from market.schemas.words import purpose_name
from market.texts import gettext
from market.web.forms import Form

needs = Blueprint("needs", __name__, url_prefix="/needs")


needs.add_app_template_filter(purpose_name, "purpose_name")


@needs.get("/mine")
@guarded(MEMBER)
def mine() -> str:
    """The acting enterprise's needs."""
    page = queries.own_needs(acting(), after=request.args.get("after", ""))
    return render_template("needs/mine.html", page=page)


@needs.route("/new", methods=["GET", "POST"])
@guarded(ENTERPRISE)
def new() -> Response | tuple[str, int]:
    """Post a need."""
    form = Form(NeedSchema())
    posted = form.attempt(lambda data: verbs.post(data, by=acting()))
    if posted:
        flash(gettext("Posted. These products fit, in this order."), "success")
        return redirect(url_for("needs.show", need_id=posted.id))
    return render_template("needs/form.html", form=form), form.status


@needs.get("/<need_id>")
@guarded(MARKET_MEMBER)
def show(need_id: str) -> str:
    """One's own need with its ranked products."""
    need, found, shown = verbs.own(need_id, by=acting()), None, None
    everything = request.args.get("all") == "1"
    if need.status == PostingStatus.OPEN:
        options = replace(rankings.PAGE, everything=everything)
        found = rankings.products_of(need_id, options=options)
        shown = impressions.shown(found.ranking, need.id, by=acting())
    return render_template(
        "needs/show.html",
        need=need,
        found=found,
        shown=shown,
        drawn=impressions.DRAWN,
        everything=everything,
        unusual=verbs.unusual_reduction(need),
    )


@needs.post("/<need_id>/close")
@guarded(ENTERPRISE)
def close(need_id: str) -> Response:
    """No longer seek it."""
    verbs.close(need_id, by=acting())
    flash(gettext("Closed: it is in no ranking any more."), "success")
    return redirect(url_for("needs.mine"))


@needs.post("/<need_id>/<any(rank, unrank):choice>")
@guarded(ENTERPRISE)
def set_ranked(need_id: str, choice: str) -> Response:
    """Take part in automated ranking, or not."""
    verbs.set_ranked(need_id, choice == "rank", by=acting())
    flash(gettext("Saved."), "success")
    return redirect(url_for("needs.show", need_id=need_id))


@needs.get("/invitations")
@guarded(MEMBER)
def invitations() -> str:
    """Invitations received."""
    return render_template("needs/invitations.html", invitations=queries.invitations(acting()))


@needs.post("/invitations/<invitation_id>/accept")
@guarded(ENTERPRISE)
def accept(invitation_id: str) -> Response:
    """Accept an invitation; this is the consent to be seen by name."""
    invitation_verbs.accept(invitation_id, by=acting())
    flash(gettext("Accepted. The institution now sees your name for this need."), "success")
    return redirect(url_for("needs.consents"))


@needs.post("/invitations/<invitation_id>/decline")
@guarded(ENTERPRISE)
def decline(invitation_id: str) -> Response:
    """Decline an invitation."""
    invitation_verbs.decline(invitation_id, by=acting())
    flash(gettext("Declined. Your name stays hidden."), "success")
    return redirect(url_for("needs.invitations"))


@needs.get("/consents")
@guarded(MEMBER)
def consents() -> str:
    """Who may see which need by name, since when."""
    return render_template("needs/consents.html", consents=queries.consents(acting()))


@needs.post("/consents/<consent_id>/revoke")
@guarded(ENTERPRISE)
def revoke(consent_id: str) -> Response:
    """Take a consent back."""
    consent_verbs.revoke(consent_id, by=acting())
    flash(gettext("Taken back: the institution sees a teaser again."), "success")
    return redirect(url_for("needs.consents"))
