"""Pages of organisations: found one, see it, change it, claim it."""

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from werkzeug.wrappers import Response

from market.domain import files
from market.domain import organisations as verbs
from market.permissions import ANYONE, MEMBER, OWNER, SIGNED_IN, acting, guarded
from market.schemas.organisations import ClaimSchema, OrganisationDetails, OrganisationSchema
from market.texts import gettext
from market.web.forms import Form

organisations = Blueprint("organisations", __name__, url_prefix="/organisations")


@organisations.route("/new", methods=["GET", "POST"])
@guarded(SIGNED_IN)
def new() -> Response | tuple[str, int]:
    """Found an organisation."""
    form = Form(OrganisationSchema())
    if form.attempt(lambda data: verbs.found(data, by=acting())):
        flash(
            gettext("Saved. The operator will check it, usually within a working day."), "success"
        )
        return redirect(url_for("home.start"))
    return render_template("organisations/new.html", form=form), form.status


@organisations.get("/mine")
@guarded(MEMBER)
def mine() -> str:
    """One's own organisation, whatever its status."""
    return render_template("organisations/mine.html", organisation=verbs.own(acting()))


@organisations.route("/mine/edit", methods=["GET", "POST"])
@guarded(OWNER)
def edit() -> Response | tuple[str, int]:
    """Change one's own organisation."""
    form = Form(OrganisationDetails(), initial=verbs.own(acting()))
    if form.attempt(lambda data: verbs.change(data, by=acting())):
        flash(gettext("Saved."), "success")
        return redirect(url_for("organisations.mine"))
    return render_template("organisations/edit.html", form=form), form.status


@organisations.get("/<organisation_id>")
@guarded(ANYONE)
def show(organisation_id: str) -> str:
    """The public page of an organisation."""
    return render_template("organisations/show.html", organisation=verbs.find(organisation_id))


@organisations.route("/<organisation_id>/claim", methods=["GET", "POST"])
@guarded(SIGNED_IN)
def claim(organisation_id: str) -> Response | tuple[str, int]:
    """Ask to act for an imported organisation."""
    organisation, form = verbs.find(organisation_id), Form(ClaimSchema())
    if form.attempt(lambda data: verbs.claim(organisation_id, data, by=acting())):
        flash(gettext("Sent. You will hear from the operator by mail."), "success")
        return redirect(url_for("organisations.show", organisation_id=organisation_id))
    page = render_template("organisations/claim.html", form=form, organisation=organisation)
    return page, form.status


@organisations.get("/files/<file_id>")
@guarded(SIGNED_IN)
def file(file_id: str) -> Response:
    """Download evidence one may read; always as an attachment."""
    stored, path = files.readable(file_id, by=acting())
    return send_file(
        path, mimetype=stored.content_type, as_attachment=True, download_name=stored.name
    )
