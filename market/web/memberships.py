"""Pages of colleagues: who acts for the organisation, invitations, leavers."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from market.domain import memberships as verbs
from market.enums import MemberRole
from market.permissions import MEMBER, OWNER, SIGNED_IN, acting, guarded
from market.schemas.organisations import ROLES, ColleagueSchema
from market.texts import gettext
from market.web.forms import Form

memberships = Blueprint("memberships", __name__)


@memberships.get("/colleagues")
@guarded(MEMBER)
def index() -> str:
    """The colleagues; owners invite here."""
    return _page(Form(ColleagueSchema()))


@memberships.post("/colleagues")
@guarded(OWNER)
def invite() -> Response | tuple[str, int]:
    """Invite a colleague by mail."""
    form = Form(ColleagueSchema())
    if form.attempt(lambda data: verbs.invite(data["email"], data["role"], by=acting())):
        flash(gettext("The invitation is on its way."), "success")
        return redirect(url_for("memberships.index"))
    return _page(form), form.status


def _page(form: Form) -> str:
    return render_template(
        "memberships/index.html",
        form=form,
        members=verbs.colleagues(acting().organisation_id),
        invitations=verbs.open_invitations(acting().organisation_id),
        roles=ROLES,
        role_names=dict(ROLES),
    )


@memberships.post("/colleagues/<membership_id>/role")
@guarded(OWNER)
def change_role(membership_id: str) -> Response:
    """Give a colleague another role."""
    role = request.form.get("role", "")
    if role in set(MemberRole):
        verbs.change_role(membership_id, role, by=acting())
        flash(gettext("Saved."), "success")
    return redirect(url_for("memberships.index"))


@memberships.post("/colleagues/<membership_id>/remove")
@guarded(OWNER)
def remove(membership_id: str) -> Response:
    """Remove a leaver."""
    verbs.remove(membership_id, by=acting())
    flash(gettext("Removed. The person can no longer act for the organisation."), "success")
    return redirect(url_for("memberships.index"))


@memberships.post("/colleagues/invitations/<invitation_id>/withdraw")
@guarded(OWNER)
def withdraw_invitation(invitation_id: str) -> Response:
    """Take an invitation back."""
    verbs.withdraw_invitation(invitation_id, by=acting())
    return redirect(url_for("memberships.index"))


@memberships.route("/invitations/<secret>", methods=["GET", "POST"])
@guarded(SIGNED_IN)
def accept(secret: str) -> Response | str:
    """Accept an invitation; the link alone changes nothing, the button does."""
    if request.method == "POST":
        membership = verbs.accept(secret, by=acting())
        session["membership"] = membership.id
        flash(gettext("Welcome. You can act for the organisation now."), "success")
        return redirect(url_for("home.start"))
    return render_template("memberships/accept.html")
