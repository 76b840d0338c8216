"""Pages of attestations: asked for, signed or declined, revoked; the data-quality scale."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from disclosure.quality import after_verification
from market.domain import attestations as verbs
from market.domain import disclosures
from market.domain.queries import attestations as queries
from market.permissions import (
    ANYONE,
    ENTERPRISE,
    MEMBER,
    VERIFIER,
    acting,
    acting_or_none,
    guarded,
)
from market.schemas import attestations as schemas
from market.texts import gettext, local
from market.web.forms import Form

attestations = Blueprint("attestations", __name__, url_prefix="/attestations")


@attestations.app_template_global()
def attestation_words(kind: str, code: str) -> str:
    """The name of a scope, standard or level."""
    named: Callable[[], Any] = getattr(schemas, kind)
    return {key: str(text) for key, text in named()}.get(code, code)


attestations.add_app_template_global(after_verification, "quality_after_verification")


@attestations.get("")
@guarded(MEMBER)
def mine() -> str:
    """What one's organisation asked for, or was asked for."""
    page = queries.own(acting(), after=request.args.get("after", ""))
    return render_template("attestations/index.html", page=page)


@attestations.get("/data-quality")
@guarded(ANYONE)
def data_quality() -> str:
    """The scale of the data-quality score, and what verification changes."""
    return render_template("attestations/data_quality.html")


@attestations.route("/ask/<disclosure_id>", methods=["GET", "POST"])
@guarded(ENTERPRISE)
def ask(disclosure_id: str) -> Response | tuple[str, int]:
    """Ask a verifier to attest one's own published version."""
    version = disclosures.own_published(disclosure_id, by=acting())
    form = Form(schemas.AskSchema(), initial={"scopes": ["scope_1", "scope_2_location"]})
    asked = form.attempt(lambda data: verbs.ask(version, data, by=acting()))
    if asked:
        flash(gettext("Sent. You will hear when the verifier answers."), "success")
        return redirect(url_for("attestations.show", attestation_id=asked.id))
    field = form["verifier_id"]
    field.widget = "choice"
    field.options = [(each.id, local(each)) for each in queries.verifiers()]
    return render_template("attestations/ask.html", form=form, version=version), form.status


@attestations.get("/<attestation_id>")
@guarded(ANYONE)
def show(attestation_id: str) -> str:
    """One attestation: public once signed, before that for its two parties."""
    by = acting_or_none()
    given = queries.visible(attestation_id, by=by)
    party = queries.is_party(given, by)
    return render_template("attestations/show.html", given=given, party=party)


@attestations.get("/<attestation_id>/statement")
@guarded(ANYONE)
def statement(attestation_id: str) -> Response:
    """The signed statement, always as a download."""
    stored, path = queries.statement(attestation_id, by=acting_or_none())
    return send_file(
        path, mimetype=stored.content_type, as_attachment=True, download_name=stored.name
    )


@attestations.post("/<attestation_id>/accept")
@guarded(VERIFIER)
def accept(attestation_id: str) -> Response:
    """Take the request on."""
    verbs.accept(attestation_id, by=acting())
    flash(gettext("Taken on. Sign here once your statement is ready."), "success")
    return redirect(url_for("attestations.show", attestation_id=attestation_id))


@attestations.post("/<attestation_id>/cancel")
@guarded(ENTERPRISE)
def cancel(attestation_id: str) -> Response:
    """Take one's own request back."""
    verbs.cancel(attestation_id, by=acting())
    flash(gettext("Taken back. You can ask again at any time."), "success")
    return redirect(url_for("attestations.mine"))


@attestations.route("/<attestation_id>/sign", methods=["GET", "POST"])
@guarded(VERIFIER)
def sign(attestation_id: str) -> Response | tuple[str, int]:
    """Attest, with the signed statement."""
    return _answered(
        "sign",
        attestation_id,
        Form(schemas.SignSchema(), initial=verbs.own_open(attestation_id, by=acting())),
        verb=lambda data: verbs.sign(attestation_id, data, by=acting()),
        told=gettext("Signed. It counts from now on, everywhere."),
    )


@attestations.route("/<attestation_id>/decline", methods=["GET", "POST"])
@guarded(VERIFIER)
def decline(attestation_id: str) -> Response | tuple[str, int]:
    """Decline, with a reason for the enterprise."""
    verbs.own_open(attestation_id, by=acting())
    return _answered(
        "decline",
        attestation_id,
        Form(schemas.DeclineSchema()),
        verb=lambda data: verbs.decline(attestation_id, data["reason"], by=acting()),
        told=gettext("Declined. The enterprise reads your reason."),
    )


@attestations.route("/<attestation_id>/revoke", methods=["GET", "POST"])
@guarded(VERIFIER)
def revoke(attestation_id: str) -> Response | tuple[str, int]:
    """Take one's word back, with a public reason."""
    verbs.own_signed(attestation_id, by=acting())
    return _answered(
        "revoke",
        attestation_id,
        Form(schemas.RevokeSchema()),
        verb=lambda data: verbs.revoke(attestation_id, data["reason"], by=acting()),
        told=gettext("Revoked. It counts nowhere any more; the reason is public."),
    )


def _answered(
    page: str,
    attestation_id: str,
    form: Form,
    *,
    verb: Callable[[dict[str, Any]], object],
    told: str,
) -> Response | tuple[str, int]:
    """The pages a verifier answers on: a form, then back to the attestation."""
    if form.attempt(verb):
        flash(told, "success")
        return redirect(url_for("attestations.show", attestation_id=attestation_id))
    given = queries.visible(attestation_id, by=acting())
    return render_template(f"attestations/{page}.html", form=form, given=given), form.status
