"""Pages of a draft: fill it section by section, saved field by field, and publish it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask import (
    Blueprint,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from disclosure.datapoints import SHORT_ROUTE, Datapoint
from market.domain import disclosure_contents as contents
from market.domain import disclosures as verbs
from market.domain import files
from market.domain.disclosure_drafts import AnswersConflict, AnswersRefused, stored_answer
from market.domain.disclosure_reviews import Review
from market.errors import MarketError, NotFound
from market.files import checked
from market.permissions import ENTERPRISE, MEMBER, acting, guarded
from market.schemas.disclosures import AnswersSchema, PublishSchema
from market.texts import gettext
from market.web import disclosure_texts, questionnaires
from market.web.disclosure_answers import Typed, read, uploads
from market.web.disclosure_forms import Question, questions

if TYPE_CHECKING:
    from market.models import Disclosure

disclosure_drafts = Blueprint("disclosure_drafts", __name__, url_prefix="/disclosures/drafts")
Files = dict[str, list[dict[str, str]]]
SHORT = "short-route"
PERIOD = contents.PERIOD
_HEADER = ("GEN-01",)


@disclosure_drafts.context_processor
def _words() -> dict[str, Any]:
    words = {**disclosure_texts.for_templates(), **questionnaires.for_templates()}
    return {**words, "parts": _parts(), "where": part_of}


@dataclass
class Attempt:
    """How a save went: what was refused at which question, and the status to answer with."""

    status: int = 200
    errors: dict[str, list[str]] = field(default_factory=dict)
    boxes: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, Any] = field(default_factory=dict)
    told: str = ""
    files: Files = field(default_factory=dict)


def _parts() -> list[tuple[str, str]]:
    """The pages of the form: the short route first, then every section."""
    sections = disclosure_texts.catalogue().sections
    return [
        (SHORT, gettext("Short route: 20 questions")),
        *((each.id, disclosure_texts.say(each.title)) for each in sections),
    ]


def part_of(datapoint: str, here: str) -> str:
    """The page a question stands on: this one if it holds it, else its section."""
    catalogue = disclosure_texts.catalogue()
    shown_here = here == SHORT and datapoint in SHORT_ROUTE
    return here if shown_here else catalogue[datapoint].section


def _asked(part: str, draft: Disclosure) -> tuple[Datapoint, ...]:
    catalogue = disclosure_texts.catalogue()
    if part == SHORT:
        return tuple(each for each in catalogue.datapoints.values() if each.short_route)
    if part not in {each.id for each in catalogue.sections}:
        raise NotFound
    return questionnaires.asked(part, draft.content["answers"])


@disclosure_drafts.get("/<disclosure_id>/<part>")
@guarded(MEMBER)
def section(disclosure_id: str, part: str) -> str:
    """One page of the form."""
    draft = verbs.draft_of(disclosure_id, by=acting())
    given_back = g.get("given_back")
    return _page(draft, part, typed=MultiDict(given_back) if given_back else None)


@disclosure_drafts.post("/<disclosure_id>/<part>")
@guarded(ENTERPRISE)
def save_section(disclosure_id: str, part: str) -> Response | tuple[str, int]:
    """Save a whole page: what browsers without JavaScript use, and the Save button."""
    draft = verbs.draft_of(disclosure_id, by=acting())
    asked = _asked(part, draft)
    attempt = _save(draft, asked)
    if attempt.status >= 400:
        return _page(draft, part, typed=request.form, attempt=attempt), attempt.status
    flash(gettext("Saved."), "success")
    return redirect(_after(draft, part) if "next" in request.form else _page_of(draft, part))


def _after(draft: Disclosure, part: str) -> str:
    """Where "save and continue" leads: on to publishing once the short route is complete."""
    if part == SHORT:
        route = verbs.review_of(draft).short_route
        if route.answered == route.asked:
            return url_for(".review", disclosure_id=draft.id)
    keys = [SHORT, *questionnaires.sections()]  # of the questionnaire on show
    known = part in keys
    return _page_of(draft, keys[(keys.index(part) + 1) % len(keys)] if known else SHORT)


def _page_of(draft: Disclosure, part: str) -> str:
    return url_for(".section", disclosure_id=draft.id, part=part)


@disclosure_drafts.post("/<disclosure_id>/<part>/<datapoint>")
@guarded(ENTERPRISE)
def save_answer(disclosure_id: str, part: str, datapoint: str) -> tuple[str, int]:
    """Save one question as it is left; answers the parts of the page that changed."""
    draft = verbs.draft_of(disclosure_id, by=acting())
    asked = [each for each in _asked(part, draft) if each.id == datapoint]
    if not asked:
        raise NotFound
    attempt = _save(draft, asked)
    drawn = _questions(draft, asked, attempt, typed=request.form)[0]
    if attempt.told and not attempt.theirs:
        drawn.errors.append(attempt.told)
    _show_new_files(drawn, attempt)
    page = render_template(
        "disclosures/saved.html",
        draft=draft,
        part=part,
        question=drawn,
        asked=_asked(part, draft),
        review=verbs.review_of(draft),
        saved=attempt.status < 400,
    )
    return page, attempt.status


def _save(draft: Disclosure, asked: Iterable[Datapoint]) -> Attempt:
    """Read, check by the schema the API uses, and merge; nothing is half saved."""
    try:
        new_files = _kept_files(draft, asked)
        typed = read(asked, request.form, stored=_stored(draft), files=new_files)
    except MarketError as fact:  # an upload that is too large or not what it says
        return Attempt(int(fact.status), told=str(fact))
    if typed.errors:
        return Attempt(422, boxes=typed.errors)
    attempt = _merge(draft, typed) if typed.answers else Attempt()
    attempt.files = new_files
    return attempt


def _merge(draft: Disclosure, typed: Typed) -> Attempt:
    try:
        data = AnswersSchema().load({"answers": typed.answers})
        verbs.answer(draft, data["answers"], by=acting(), edit=typed.edits)
    except ValidationError as error:
        return Attempt(422, errors=_told_by_schema(error.messages_dict))
    except AnswersRefused as fact:
        problems = {key: [told] for key, told in fact.values["problems"].items()}
        return Attempt(int(fact.status), errors=problems)
    except AnswersConflict as fact:
        return Attempt(int(fact.status), theirs=fact.values["theirs"], told=str(fact))
    return Attempt()


def _told_by_schema(messages: dict[str, Any]) -> dict[str, list[str]]:
    """marshmallow nests what is wrong by datapoint, then by part; show it at the question."""

    def flat(told: Any) -> list[str]:
        if isinstance(told, dict):
            return [line for each in told.values() for line in flat(each)]
        return [str(line) for line in told]

    return {str(key): flat(told) for key, told in messages.get("answers", {}).items()}


def _kept_files(draft: Disclosure, asked: Iterable[Datapoint]) -> Files:
    """Store the uploads that came along; the answer holds their name and SHA-256."""
    limit = current_app.config["SETTINGS"]["UPLOAD_LIMIT_MB"]
    kept: Files = {}
    for name, sent in uploads(asked, request.files):
        body = sent.stream.read(limit * 1024 * 1024 + 1)
        upload = checked(sent.filename or "", body, limit_mb=limit)
        stored = files.keep_upload(upload, organisation_id=draft.organisation_id, by=acting())
        kept.setdefault(name, []).append({"name": stored.name, "sha256": stored.digest})
    return kept


def _show_new_files(drawn: Question, attempt: Attempt) -> None:
    """A box whose upload was stored just now offers to keep it."""
    for cell in drawn.boxes:
        if cell.name in attempt.files:
            cell.kept = attempt.files[cell.name][-1]


def _stored(draft: Disclosure) -> dict[str, Any]:
    return {**draft.content["answers"], PERIOD: stored_answer(draft.content, PERIOD)}


def _questions(
    draft: Disclosure,
    asked: Iterable[Datapoint],
    attempt: Attempt,
    *,
    typed: MultiDict[str, Any] | None,
) -> list[Question]:
    drawn = questions(asked, _stored(draft), edit=draft.edit, typed=typed)
    for each in drawn:
        each.errors = attempt.errors.get(each.id, [])
        each.conflict = each.id in attempt.theirs
        each.theirs = attempt.theirs.get(each.id)
        if f"{each.id}.evidence" in attempt.boxes:
            each.errors.append(attempt.boxes[f"{each.id}.evidence"])
        if each.id != PERIOD:
            usual = contents.in_usual_units(each.asked, each.stored)
            each.converted = [disclosure_texts.amount(*amount) for amount in usual]
        for cell in each.boxes:
            cell.error = attempt.boxes.get(cell.name, "")
            each.errors += [f"{cell.label}: {cell.error}"] if cell.error else []
    return drawn


def _page(
    draft: Disclosure,
    part: str,
    *,
    typed: MultiDict[str, Any] | None = None,
    attempt: Attempt | None = None,
) -> str:
    attempt = attempt or Attempt()
    asked = [each for each in _asked(part, draft) if each.id not in _HEADER]
    review = verbs.review_of(draft)
    drawn = _questions(draft, asked, attempt, typed=typed)
    for each in drawn:
        each.open = not contents.is_answered(review.facts, each.id)
    return render_template(
        "disclosures/draft.html",
        draft=draft,
        part=part,
        questions=drawn,
        review=review,
        attempt=attempt,
        writable="enterprise" in acting().kinds and acting().may_write and acting().approved,
    )


@disclosure_drafts.get("/files/<digest>")
@guarded(MEMBER)
def own_file(digest: str) -> Response:
    """An evidence file of one's own organisation, by the SHA-256 the answer names."""
    stored, path = files.own_by_digest(digest, by=acting())
    return send_file(
        path, mimetype=stored.content_type, as_attachment=True, download_name=stored.name
    )


@disclosure_drafts.get("/<disclosure_id>/publish")
@guarded(MEMBER)
def review(disclosure_id: str) -> str:
    """What blocks publishing, what must be explained, and the grade it would get."""
    draft = verbs.draft_of(disclosure_id, by=acting())
    return _publish_page(draft, verbs.review_of(draft), dict(g.get("given_back") or ()))


@disclosure_drafts.post("/<disclosure_id>/publish")
@guarded(ENTERPRISE)
def publish(disclosure_id: str) -> Response | tuple[str, int]:
    """Make the draft an immutable version."""
    draft = verbs.draft_of(disclosure_id, by=acting())
    typed = {key: text for key, text in request.form.items() if key.startswith("explain.")}
    given = {key.removeprefix("explain."): text for key, text in typed.items()}
    confirmed = "confirm_copied" in request.form
    edit = request.form.get("edit", -1, type=int)  # a form without it is not ours
    try:
        data = PublishSchema().load(
            {"explanations": given, "edit": edit, "confirm_copied": confirmed}
        )
        if data["confirm_copied"]:
            verbs.confirm(draft, list(draft.copied), by=acting())
        verbs.publish(draft, by=acting(), explanations=data["explanations"], edit=data["edit"])
    except ValidationError:
        told = gettext("Each explanation may have at most 1000 characters.")
        return _publish_page(draft, verbs.review_of(draft), typed, told), 422
    except MarketError as fact:
        return _publish_page(draft, verbs.review_of(draft), typed, str(fact)), int(fact.status)
    flash(gettext("Published. This version can never change."), "success")
    return redirect(url_for("disclosures.show", disclosure_id=draft.id))


def _publish_page(draft: Disclosure, seen: Review, typed: dict[str, str], told: str = "") -> str:
    return render_template(
        "disclosures/publish.html", draft=draft, review=seen, typed=typed, told=told
    )


@disclosure_drafts.route("/<disclosure_id>/discard", methods=["GET", "POST"])
@guarded(ENTERPRISE)
def discard(disclosure_id: str) -> Response | str:
    """Delete a draft, after saying what is lost."""
    draft = verbs.draft_of(disclosure_id, by=acting())
    if request.method == "POST":
        verbs.discard(draft, by=acting())
        flash(gettext("The draft is deleted."), "success")
        return redirect(url_for("disclosures.mine"))
    return render_template("disclosures/discard.html", draft=draft)
