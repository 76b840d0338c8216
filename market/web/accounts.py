"""One's own account: settings, API tokens, whom to act for, leaving."""

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask_security import logout_user
from werkzeug.wrappers import Response

from market.domain import accounts as verbs
from market.domain import api_tokens
from market.errors import NotFound
from market.permissions import MEMBER, SIGNED_IN, acting, guarded
from market.schemas.accounts import ApiTokenSchema, LeavingSchema, SettingsSchema
from market.texts import gettext
from market.web.forms import Form

accounts = Blueprint("accounts", __name__, url_prefix="/account")


@accounts.route("/settings", methods=["GET", "POST"])
@guarded(SIGNED_IN)
def settings() -> Response | tuple[str, int]:
    """Name, language, and the way to everything else of the account."""
    form = Form(SettingsSchema(), initial=verbs.settings_of(acting()))
    if form.attempt(lambda data: verbs.change_settings(data, by=acting())):
        flash(gettext("Saved."), "success")
        return redirect(url_for("accounts.settings"))
    return render_template("accounts/settings.html", form=form), form.status


@accounts.route("/tokens", methods=["GET", "POST"])
@guarded(MEMBER)
def tokens() -> tuple[str, int]:
    """API tokens; a new one's secret is shown once, here."""
    form = Form(ApiTokenSchema())
    made = form.attempt(lambda data: api_tokens.create(data["name"], by=acting()))
    secret = made[1] if made else ""
    page = render_template(
        "accounts/tokens.html", form=form, tokens=api_tokens.of(acting()), secret=secret
    )
    return page, form.status


@accounts.post("/tokens/<token_id>/revoke")
@guarded(MEMBER)
def revoke_token(token_id: str) -> Response:
    """End a token."""
    api_tokens.revoke(token_id, by=acting())
    flash(gettext("The token is revoked."), "success")
    return redirect(url_for("accounts.tokens"))


@accounts.post("/act-for/<membership_id>")
@guarded(SIGNED_IN)
def act_for(membership_id: str) -> Response:
    """Act for another of one's organisations."""
    if membership_id not in {known[0] for known in acting().memberships}:
        raise NotFound
    session["membership"] = membership_id
    return redirect(url_for("home.start"))


@accounts.route("/delete", methods=["GET", "POST"])
@guarded(SIGNED_IN)
def delete() -> Response | tuple[str, int]:
    """Delete one's account, after saying what that means."""
    form = Form(LeavingSchema())
    if form.attempt(lambda _data: verbs.erase(by=acting())):
        logout_user()
        flash(gettext("Your account is deleted."), "success")
        return redirect(url_for("home.front"))
    return render_template("accounts/delete.html", form=form), form.status
