"""Pages of events: the public list and page, and the organiser's side of an event's life."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from market.domain import event_states as states
from market.domain import events as verbs
from market.domain.queries import events as queries
from market.domain.queries import timetables
from market.permissions import ANYONE, ORGANISER, acting, acting_or_none, guarded
from market.schemas.events import DatesSchema, EventFilter, EventSchema, NoteSchema
from market.texts import gettext
from market.web import event_charts, event_words
from market.web.filters import chosen
from market.web.forms import Form

events = Blueprint("events", __name__, url_prefix="/events")
events.context_processor(event_words.for_templates)


@events.get("")
@guarded(ANYONE)
def index() -> str:
    """What is coming, or what is over."""
    wanted, wrong = chosen(EventFilter())
    page = queries.public(wanted)
    return render_template("events/index.html", page=page, wanted=wanted, wrong=wrong)


@events.get("/mine")
@guarded(ORGANISER)
def mine() -> str:
    """The acting organiser's events."""
    page = queries.of_organiser(acting(), after=request.args.get("after", ""))
    return render_template("events/mine.html", page=page)


@events.route("/new", methods=["GET", "POST"])
@guarded(ORGANISER)
def new() -> Response | tuple[str, int]:
    """Make an event; it stays a draft until it is announced."""
    form = Form(EventSchema(), initial=event_words.suggested())
    made = form.attempt(lambda data: verbs.create(data, by=acting()))
    if made:
        flash(gettext("Saved as a draft. Announce it when it is complete."), "success")
        return redirect(url_for("events.show", event_id=made.id))
    return render_template("events/form.html", form=form, event=None), form.status


@events.get("/<event_id>")
@guarded(ANYONE)
def show(event_id: str) -> str:
    """One event, and what the reader can do about it now."""
    event = queries.find(event_id, by=acting_or_none())
    return render_template(
        "events/show.html",
        event=event,
        counts=queries.counts(event.id),
        participation=queries.participation(event.id, by=acting_or_none()),
        deadlines=states.deadlines(event),
    )


@events.route("/<event_id>/edit", methods=["GET", "POST"])
@guarded(ORGANISER)
def edit(event_id: str) -> Response | tuple[str, int]:
    """Change an event; what a colleague saved meanwhile is not overwritten."""
    event = queries.own(event_id, by=acting())
    form = Form(EventSchema(), initial=event)
    version = request.form.get("version", event.version, type=int)
    if form.attempt(lambda data: verbs.change(event_id, data, version=version, by=acting())):
        flash(gettext("Saved."), "success")
        return redirect(url_for("events.show", event_id=event_id))
    page = render_template("events/form.html", form=form, event=event, version=version)
    return page, form.status


@events.post("/<event_id>/publish")
@guarded(ORGANISER)
def publish(event_id: str) -> Response:
    """Announce the event."""
    verbs.publish_event(event_id, by=acting())
    flash(gettext("Announced. From now on its deadlines move it by themselves."), "success")
    return redirect(url_for("events.show", event_id=event_id))


@events.route("/<event_id>/postpone", methods=["GET", "POST"])
@guarded(ORGANISER)
def postpone(event_id: str) -> Response | tuple[str, int]:
    """Give the event other dates."""
    event = queries.own(event_id, by=acting())
    form = Form(DatesSchema(), initial=event)
    if form.attempt(lambda data: verbs.postpone(event_id, data, by=acting())):
        flash(gettext("Postponed. Everyone registered is told."), "success")
        return redirect(url_for("events.show", event_id=event_id))
    return render_template("events/postpone.html", form=form, event=event), form.status


@events.route("/<event_id>/cancel", methods=["GET", "POST"])
@guarded(ORGANISER)
def cancel(event_id: str) -> Response | tuple[str, int]:
    """Call the event off, after asking once more."""
    event, form = queries.own(event_id, by=acting()), Form(NoteSchema())
    if form.attempt(lambda data: verbs.cancel(event_id, note=data["note"], by=acting())):
        flash(gettext("Cancelled. Everyone registered is told."), "success")
        return redirect(url_for("events.show", event_id=event_id))
    return render_template("events/cancel.html", form=form, event=event), form.status


@events.post("/<event_id>/plan-again")
@guarded(ORGANISER)
def plan_again(event_id: str) -> Response:
    """Have the timetable made anew."""
    verbs.plan_again(event_id, by=acting())
    flash(gettext("The timetable is being made anew; you will be told."), "success")
    return redirect(url_for("events.show", event_id=event_id))


@events.post("/<event_id>/publish-timetable")
@guarded(ORGANISER)
def publish_timetable(event_id: str) -> Response:
    """Make the reviewed timetable public."""
    verbs.publish_timetable(event_id, by=acting())
    flash(gettext("Published. Every participant gets their timetable by mail."), "success")
    return redirect(url_for("events.show", event_id=event_id))


@events.get("/<event_id>/report")
@guarded(ORGANISER)
def report(event_id: str) -> str:
    """What the event came to."""
    event = queries.own(event_id, by=acting())
    found = timetables.report(event)
    charts = event_charts.of_report(found)
    return render_template("events/report.html", event=event, report=found, charts=charts)
