"""Pages of activity lines: a year's lines and totals, one line, an upload, taking figures over."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from marshmallow import ValidationError
from werkzeug.wrappers import Response as Answer

from disclosure.factors import Factor
from disclosure.inventory import plain
from market.domain import activities as verbs
from market.domain import activity_answers, activity_imports
from market.domain.activity_calculation import (
    columns_of,
    given_of,
    preview_of,
    tonnes,
    working,
)
from market.domain.activity_refusals import item_name, source_name
from market.domain.queries import activities as queries
from market.errors import MarketError
from market.permissions import ENTERPRISE, MEMBER, acting, acting_or_none, guarded
from market.schemas.activities import (
    ActivityRowSchema,
    ActivitySchema,
    LinesQuery,
    UploadSchema,
)
from market.schemas.activity_fields import categories, places, sources
from market.texts import gettext, number
from market.web import disclosure_texts
from market.web.activity_forms import offering, suggested
from market.web.downloads import csv_file
from market.web.filters import chosen
from market.web.forms import Form
from market.web.limits import uploads

if TYPE_CHECKING:
    from market.models import ActivityLine, Disclosure

activities = Blueprint("activities", __name__, url_prefix="/activities")
_OWNER = ("id_scheme", "id_value", "year")
_RESULTS = (
    "used_factor", "used_version", "used_value", "used_unit", "arithmetic", "tCO2e",
    "tCO2e_market_based",
)  # fmt: skip


@activities.context_processor
def _words() -> dict[str, Any]:
    who = acting_or_none()  # nobody on the page of an error
    return {
        **disclosure_texts.for_templates(),
        "writable": who is not None and who.may_write and who.is_a("enterprise"),
        "item_name": item_name,
        "source_name": source_name,
        "category_names": dict(categories()),
        "region_names": dict(places()),
        "sources": sources(),
        "working": working,
        "tonnes": tonnes,
        "plain": plain,
    }


@activities.get("")
@guarded(MEMBER)
def index() -> str:
    """The years that have lines."""
    year = verbs.last_year()
    return render_template(
        "activities/index.html", rows=queries.years(acting().organisation_id), last_year=year
    )


@activities.get("/<int:year>")
@guarded(MEMBER)
def lines(year: int) -> str:
    """A year's lines with their arithmetic, and what they add up to."""
    verbs.refuse_closed(year)
    wanted, _wrong = chosen(LinesQuery())
    who = acting().organisation_id
    return render_template(
        "activities/lines.html",
        year=year,
        page=queries.page(who, year, after=wanted["after"], source=wanted["source"]),
        totals=queries.totals(who, year),
        draft=verbs.draft_of_year(who, year),
        imports=queries.last_imports(who, year),
        wanted=wanted,
    )


@activities.route("/<int:year>/new", methods=["GET", "POST"])
@guarded(ENTERPRISE)
def new(year: int) -> Answer | tuple[str, int]:
    """Add one line."""
    setting = verbs.setting_of(acting().organisation_id, year)
    form = offering(Form(ActivitySchema()), setting)
    made = form.attempt(lambda data: verbs.add(year, data, by=acting()))
    if made:
        flash(_told(made), "success")
        again = request.form.get("again") == "1"
        return redirect(url_for("activities.new" if again else "activities.lines", year=year))
    return render_template("activities/form.html", form=form, year=year, line=None), form.status


@activities.route("/lines/<line_id>", methods=["GET", "POST"])
@guarded(ENTERPRISE)
def edit(line_id: str) -> Answer | tuple[str, int]:
    """Change one line; it is calculated anew."""
    line = verbs.own(line_id, by=acting())
    setting = verbs.setting_of(line.organisation_id, line.year)
    form = offering(Form(ActivitySchema(), initial=given_of(line)), setting)
    if form.attempt(lambda data: verbs.change(line, data, by=acting())):
        flash(_told(line), "success")
        return redirect(url_for("activities.lines", year=line.year))
    page = render_template("activities/form.html", form=form, year=line.year, line=line)
    return page, form.status


@activities.post("/lines/<line_id>/remove")
@guarded(ENTERPRISE)
def remove(line_id: str) -> Answer:
    """Take one line away."""
    line = verbs.own(line_id, by=acting())
    year = line.year
    verbs.remove(line, by=acting())
    flash(gettext("Removed."), "success")
    return redirect(url_for("activities.lines", year=year))


@activities.get("/<int:year>/preview")
@guarded(ENTERPRISE)
def preview(year: int) -> str:
    """What the line being typed would come to, and which factors there are for it."""
    setting = verbs.setting_of(acting().organisation_id, year)
    schema = ActivitySchema()
    typed = {key: text for key, text in request.args.items() if text and key in schema.load_fields}
    told, shown, others = "", None, list[Factor]()
    try:
        data = schema.load(typed)
        others = suggested(data["item"], data["unit"], data["region"], setting)
        shown = preview_of(columns_of(data, setting))
    except ValidationError:
        told = gettext("Choose source and item, then write amount and unit.")
    except MarketError as fact:
        told = str(fact)
    return render_template("activities/preview.html", told=told, shown=shown, others=others[:4])


@activities.route("/<int:year>/upload", methods=["GET", "POST"])
@guarded(ENTERPRISE)
@uploads
def upload(year: int) -> Answer | tuple[str, int]:
    """Upload a file of lines; a job reads it."""
    verbs.refuse_closed(year)
    form = Form(UploadSchema())
    made = form.attempt(lambda data: activity_imports.upload(year, data["file"], by=acting()))
    if made:
        return redirect(url_for("activities.show_import", import_id=made.id))
    return render_template("activities/upload.html", form=form, year=year), form.status


@activities.get("/<int:year>/template")
@guarded(MEMBER)
def template(year: int) -> Response:
    """An empty csv with the columns of a file, explained in its second line."""
    fields = ActivityRowSchema().load_fields
    names = _columns()
    about = [_about(fields[name].metadata) for name in names]
    about[0] = f"# {about[0]}"
    return csv_file(f"activity-{year}", names, [about])


@activities.get("/<int:year>/lines.csv")
@guarded(MEMBER)
def export(year: int) -> Response:
    """A year's lines with the columns of a file, what each was multiplied by and came to."""
    wanted, _wrong = chosen(LinesQuery())
    names = _columns()
    found = queries.listed(acting().organisation_id, year, source=wanted["source"])
    rows = (
        [
            *(_cell({**given_of(line), "key": line.key}[name]) for name in names),
            *(line.factor_id, line.factor_version, line.factor_value, line.factor_unit),
            *(working(line), f"{tonnes(line.grams):f}", f"{tonnes(line.market_grams):f}"),
        ]
        for line in found
    )
    return csv_file(f"activity-lines-{year}", [*names, *_RESULTS], rows)


def _columns() -> list[str]:
    return ["key", *(name for name in ActivityRowSchema().load_fields if name != "key")]


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def _about(told: Mapping[str, Any]) -> str:
    return " · ".join(str(told[name]) for name in ("label", "hint", "unit") if told.get(name))


@activities.get("/uploads/<import_id>")
@guarded(MEMBER)
def show_import(import_id: str) -> str:
    """How far an upload is, then what became of each row; asked for again while it runs."""
    found = activity_imports.own(import_id, by=acting())
    part = "part" if request.headers.get("HX-Request") else "page"
    return render_template(f"activities/import_{part}.html", upload=found)


@activities.route("/<int:year>/take-over", methods=["GET", "POST"])
@guarded(ENTERPRISE)
def take_over(year: int) -> Answer | tuple[str, int]:
    """Put the figures into the draft: before and after, and only what is ticked."""
    draft = verbs.draft_for(year, by=acting())
    problem, status = "", 200
    if request.method == "POST":
        try:
            ticked, mark = request.form.getlist("chosen"), request.form.get("mark", "")
            taken = activity_answers.take_over(draft, ticked, mark=mark, by=acting())
            flash(gettext("Taken over: %(names)s.", names=", ".join(taken)), "success")
            section = url_for("disclosure_drafts.section", disclosure_id=draft.id, part="emissions")
            return redirect(section)
        except MarketError as fact:
            problem, status = str(fact), int(fact.status)
    return _proposal_page(draft, problem), status


def _proposal_page(draft: Disclosure, problem: str) -> str:
    """The figures side by side, or why there are none."""
    proposal = None
    try:
        proposal = activity_answers.propose(draft)
    except MarketError as fact:
        problem = problem or str(fact)
    return render_template(
        "activities/take_over.html", draft=draft, proposal=proposal, problem=problem
    )


@activities.post("/<int:year>/warming-set")
@guarded(ENTERPRISE)
def warming_set(year: int) -> Answer:
    """Calculate the lines of gases anew with the set the draft states."""
    count = verbs.use_warming_set(year, by=acting())
    flash(gettext("Calculated anew: %(count)s lines.", count=count), "success")
    return redirect(url_for("activities.take_over", year=year))


def _told(line: ActivityLine) -> str:
    return gettext("Saved: %(tonnes)s tCO₂e.", tonnes=number(tonnes(line.grams), 3))
