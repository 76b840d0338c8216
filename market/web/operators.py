"""The operator's pages: organisations to approve, jobs, mails, audit records."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from market.domain import organisations
from market.domain.queries import operations
from market.enums import OrganisationStatus
from market.errors import NotFound
from market.permissions import OPERATOR, acting, guarded
from market.texts import gettext

operators = Blueprint("operators", __name__, url_prefix="/operation")

_DECISIONS = {
    OrganisationStatus.APPROVED,
    OrganisationStatus.REJECTED,
    OrganisationStatus.SUSPENDED,
}


@operators.get("")
@guarded(OPERATOR)
def index() -> str:
    """What waits for the operator."""
    return render_template(
        "operators/index.html",
        waiting=organisations.waiting(),
        claims=organisations.open_claims(),
        figures=operations.figures(),
    )


@operators.get("/organisations")
@guarded(OPERATOR)
def every_organisation() -> str:
    """All organisations, searchable, with their status."""
    page = operations.organisations(request.args.get("q", ""), after=request.args.get("after", ""))
    return render_template("operators/organisations.html", page=page)


@operators.post("/organisations/<organisation_id>/<decision>")
@guarded(OPERATOR)
def decide(organisation_id: str, decision: str) -> Response:
    """Approve, reject or suspend."""
    if decision not in _DECISIONS:
        raise NotFound
    note = request.form.get("note", "")[:500].strip()
    organisations.decide(organisation_id, decision, note=note, by=acting())
    flash(gettext("Decided; the members are told."), "success")
    return redirect(url_for("operators.index"))


@operators.post("/claims/<claim_id>/<any(grant, refuse):decision>")
@guarded(OPERATOR)
def decide_claim(claim_id: str, decision: str) -> Response:
    """Grant or refuse a claim."""
    note = request.form.get("note", "")[:500].strip()
    organisations.decide_claim(claim_id, grant=decision == "grant", note=note, by=acting())
    flash(gettext("Decided; the person is told."), "success")
    return redirect(url_for("operators.index"))


@operators.get("/jobs")
@guarded(OPERATOR)
def jobs() -> str:
    """Due work: waiting, claimed, failed, done."""
    return render_template("operators/jobs.html", rows=operations.due_work())


@operators.get("/mails")
@guarded(OPERATOR)
def mails() -> str:
    """The outbox: who was written to about what, and what the server answered."""
    return render_template("operators/mails.html", rows=operations.mails())


@operators.get("/audit")
@guarded(OPERATOR)
def audit() -> str:
    """The audit trail, newest first."""
    before = request.args.get("before", type=int)
    page = operations.audit_records(before=before, subject=request.args.get("subject", "")[:64])
    return render_template("operators/audit.html", page=page)
