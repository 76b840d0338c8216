"""Pages of product footprints: the public list, the maker's steps, the verifier's desk."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from disclosure.factors import Purpose
from disclosure.footprint_terms import STAGE_NAMES
from market.domain import factors as register
from market.domain import footprint_contents as contents
from market.domain import footprint_labels as labels
from market.domain import footprint_states as states
from market.domain import footprints as verbs
from market.domain.queries import attestations
from market.domain.queries import factors as registered
from market.domain.queries import footprints as queries
from market.permissions import (
    ANYONE,
    ENTERPRISE,
    MARKET_MEMBER,
    MARKET_WRITER,
    VERIFIER,
    acting,
    guarded,
)
from market.schemas.footprint_fields import BOUNDARY_NAMES, UNIT_NAMES
from market.schemas.footprint_labels import (
    CertificateSchema,
    FootprintFilter,
    NoteSchema,
    SubmitSchema,
)
from market.schemas.footprints import STEPS, factors
from market.texts import gettext, language, local
from market.web.filters import chosen
from market.web.forms import Form

footprints = Blueprint("footprints", __name__, url_prefix="/footprints")
_AFTER = dict(zip(contents.SECTIONS, contents.SECTIONS[1:], strict=False))


@footprints.app_context_processor
def _names() -> dict[str, Any]:
    """The words of the closed lists, for the templates of footprints and labels."""
    return {
        "unit_names": UNIT_NAMES,
        "boundary_names": BOUNDARY_NAMES,
        "stage_names": {stage: getattr(name, language()) for stage, name in STAGE_NAMES.items()},
        "footprint_steps": contents.STEP_NAMES,
        "label_state": queries.state_of,
    }


@footprints.get("")
@guarded(ANYONE)
def index() -> str:
    """Valid labels, searched and filtered."""
    wanted, wrong = chosen(FootprintFilter())
    page = queries.public(wanted)
    return render_template("footprints/index.html", page=page, wanted=wanted, wrong=wrong)


@footprints.get("/mine")
@guarded(MARKET_MEMBER)
def mine() -> str:
    """The acting enterprise's footprints."""
    page = queries.own(acting(), after=request.args.get("after", ""))
    return render_template("footprints/mine.html", page=page)


@footprints.get("/to-verify")
@guarded(VERIFIER)
def to_verify() -> str:
    """What was sent to the acting verifier."""
    page = queries.to_verify(acting(), after=request.args.get("after", ""))
    return render_template("footprints/to_verify.html", page=page)


@footprints.route("/new", methods=["GET", "POST"])
@guarded(ENTERPRISE)
def new() -> Response | tuple[str, int]:
    """Step 1 of a new footprint."""
    form = Form(STEPS["product"]())
    made = form.attempt(lambda data: verbs.create(data, by=acting()))
    if made:
        return redirect(url_for("footprints.edit", footprint_id=made.id, step="scope"))
    return _step_page(form, None, "product")


@footprints.get("/<footprint_id>")
@guarded(MARKET_MEMBER)
def show(footprint_id: str) -> str:
    """One's own footprint at any point of its life, or one sent to the acting verifier."""
    row = queries.visible(footprint_id, by=acting())
    missing = contents.missing(row)
    found = row.findings or ([] if missing else states.review(row))
    return render_template(
        "footprints/show.html", row=row, missing=missing, findings=found, figures=_figures(row)
    )


@footprints.route(
    "/<footprint_id>/<any(product, scope, figures, method):step>", methods=["GET", "POST"]
)
@guarded(ENTERPRISE)
def edit(footprint_id: str, step: str) -> Response | tuple[str, int]:
    """One step of one's own draft; what is saved stays when another step is refused."""
    row = verbs.own(footprint_id, by=acting())
    states.refuse_unless(row, "draft")
    form = Form(STEPS[step](), initial=contents.typed(row, step) or _usual(step))
    if form.attempt(lambda data: verbs.save(row, step, data, by=acting())):
        flash(gettext("Saved."), "success")
        return _go_on(footprint_id, step)
    return _step_page(form, row, step)


@footprints.route("/<footprint_id>/lines", methods=["GET", "POST"])
@guarded(ENTERPRISE)
def lines(footprint_id: str) -> Response | tuple[str, int]:
    """Step 3: the activity lines, one added at a time."""
    row = verbs.own(footprint_id, by=acting())
    states.refuse_unless(row, "draft")
    form = Form(STEPS["lines"]())
    if form.attempt(lambda data: verbs.add_line(row, data, by=acting())):
        flash(gettext("Added."), "success")
        return redirect(url_for("footprints.lines", footprint_id=footprint_id))
    field = form["factor"]
    field.widget, field.options = "choice", _factors()
    return _step_page(form, row, "lines")


@footprints.post("/<footprint_id>/lines/<int:number>/remove")
@guarded(ENTERPRISE)
def remove_line(footprint_id: str, number: int) -> Response:
    """Take a line out."""
    verbs.remove_line(verbs.own(footprint_id, by=acting()), number, by=acting())
    return redirect(url_for("footprints.lines", footprint_id=footprint_id))


@footprints.route("/<footprint_id>/submit", methods=["GET", "POST"])
@guarded(ENTERPRISE)
def submit(footprint_id: str) -> Response | tuple[str, int]:
    """Send it to a verifier."""
    row = verbs.own(footprint_id, by=acting())
    form = Form(SubmitSchema())
    if form.attempt(lambda data: verbs.submit(row, data, by=acting())):
        flash(gettext("Sent. You will hear when the verifier answers."), "success")
        return _shown(footprint_id)
    field = form["verifier_id"]
    field.widget = "choice"
    field.options = [(each.id, local(each)) for each in attestations.verifiers()]
    return render_template("footprints/submit.html", form=form, row=row), form.status


@footprints.post("/<footprint_id>/<any('take-back', publish, discard, renew):verb>")
@guarded(ENTERPRISE)
def act(footprint_id: str, verb: str) -> Response:
    """Take a step that asks nothing more."""
    row = verbs.own(footprint_id, by=acting())
    if verb == "discard":
        verbs.discard(row, by=acting())
        flash(gettext("The draft is discarded."), "success")
        return redirect(url_for("footprints.mine"))
    steps = {"take-back": verbs.take_back, "publish": labels.publish, "renew": verbs.renew}
    return _shown(steps[verb](row, by=acting()).id)


@footprints.route("/<footprint_id>/verify", methods=["GET", "POST"])
@guarded(VERIFIER)
def verify(footprint_id: str) -> Response | tuple[str, int]:
    """Sign it: certificate number, scheme, validity."""
    row = labels.for_verifier(footprint_id, by=acting())
    form = Form(CertificateSchema(), initial={"valid_from": queries.today()})
    if form.attempt(lambda data: labels.verify(row, data, by=acting())):
        flash(gettext("Verified. The enterprise can publish it now."), "success")
        return _shown(footprint_id)
    return render_template("footprints/verify.html", form=form, row=row), form.status


@footprints.route("/<footprint_id>/return", methods=["GET", "POST"])
@guarded(VERIFIER)
def send_back(footprint_id: str) -> Response | tuple[str, int]:
    """Return it with what to mend."""
    row = labels.for_verifier(footprint_id, by=acting())
    form = Form(NoteSchema())
    if form.attempt(lambda data: labels.send_back(row, data["note"], by=acting())):
        flash(gettext("Returned to the enterprise."), "success")
        return redirect(url_for("footprints.to_verify"))
    return render_template("footprints/reason.html", form=form, row=row, end=False), form.status


@footprints.route("/<footprint_id>/revoke", methods=["GET", "POST"])
@guarded(MARKET_WRITER)
def revoke(footprint_id: str) -> Response | tuple[str, int]:
    """Take a label back for good, with a public reason."""
    row = labels.for_either(footprint_id, by=acting())
    form = Form(NoteSchema())
    if form.attempt(lambda data: labels.revoke(row, data["note"], by=acting())):
        flash(gettext("Revoked. The label's page says so to everyone."), "success")
        return _shown(footprint_id)
    return render_template("footprints/reason.html", form=form, row=row, end=True), form.status


def _factors() -> list[tuple[str, str]]:
    """What a line may be multiplied by: the table's, those of one's register, one typed here."""
    mine = [
        (each.id, f"{each.name.zh} {each.version}: {each.value.amount} {each.value.unit}")
        for each in map(register.pure, registered.in_use(acting().organisation_id))
        if each.purpose is Purpose.FOOTPRINT
    ]
    *known, typed = [(code, str(text)) for code, text in factors()]
    return [*known, *mine, typed]


def _usual(step: str) -> dict[str, Any] | None:
    return {"amount": "1"} if step == "scope" else {"gwp": ["AR6"]} if step == "method" else None


def _figures(row: Any) -> Any:
    """The pure footprint for the figures: as verified, else as the draft makes it."""
    if row.record:
        return queries.pure(row)
    return None if contents.missing(row) else contents.build(row, row.organisation)


def _go_on(footprint_id: str, step: str) -> Response:
    """The next step, or the overview after the last."""
    following = _AFTER.get(step)
    if following is None:
        return _shown(footprint_id)
    if following == "lines":
        return redirect(url_for("footprints.lines", footprint_id=footprint_id))
    return redirect(url_for("footprints.edit", footprint_id=footprint_id, step=following))


def _shown(footprint_id: str) -> Response:
    return redirect(url_for("footprints.show", footprint_id=footprint_id))


def _step_page(form: Form, row: Any, step: str) -> tuple[str, int]:
    lines = contents.lines_of(row) if row is not None and step == "lines" else ()
    page = render_template("footprints/step.html", form=form, row=row, step=step, lines=lines)
    return page, form.status
