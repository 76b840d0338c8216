"""Pages of meetings: one's own day and its calendar, the organiser's review, ratings."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from market.domain import calendars, preferences, ratings
from market.domain import meetings as verbs
from market.domain.queries import events as event_queries
from market.domain.queries import meetings as queries
from market.domain.queries import timetables
from market.permissions import MARKET_MEMBER, MARKET_WRITER, ORGANISER, acting, guarded
from market.schemas.meetings import PlaceSchema, RatingSchema
from market.texts import gettext
from market.web import event_words
from market.web.forms import Form

meetings = Blueprint("meetings", __name__, url_prefix="/events/<event_id>")
meetings.context_processor(event_words.for_templates)


@meetings.get("/timetable")
@guarded(MARKET_MEMBER)
def timetable(event_id: str) -> str:
    """One's own day."""
    event, mine = event_queries.attending(event_id, by=acting())
    return render_template(
        "events/timetable.html",
        event=event,
        mine=mine,
        entries=queries.day_of(event, mine),
        unmet=queries.unmet_of(event, mine, preferences.of(mine.id)),
    )


@meetings.get("/timetable.ics")
@guarded(MARKET_MEMBER)
def ics(event_id: str) -> Response:
    """One's own day as a calendar file."""
    event, mine = event_queries.attending(event_id, by=acting())
    text = calendars.calendar(event, queries.appointments(queries.day_of(event, mine)))
    named = {"Content-Disposition": f'attachment; filename="event-{event.id}.ics"'}
    return Response(text, content_type="text/calendar; charset=utf-8", headers=named)


@meetings.get("/review")
@guarded(ORGANISER)
def review(event_id: str) -> str:
    """The whole timetable, by table."""
    event = event_queries.own(event_id, by=acting())
    first = max(0, request.args.get("first", 0, type=int))
    grid = timetables.by_table(event, first=min(first, event.tables - 1))
    return render_template("events/review.html", event=event, grid=grid)


@meetings.get("/review/participants")
@guarded(ORGANISER)
def review_people(event_id: str) -> str:
    """The whole timetable, by participant."""
    event = event_queries.own(event_id, by=acting())
    grid = timetables.by_participant(event, after=request.args.get("after", ""))
    return render_template("events/review_people.html", event=event, grid=grid)


@meetings.route("/meetings/<meeting_id>", methods=["GET", "POST"])
@guarded(ORGANISER)
def place(event_id: str, meeting_id: str) -> Answer | tuple[str, int]:
    """One meeting and where it could move; conflicts are shown before they are tried."""
    event = event_queries.own(event_id, by=acting())
    form = Form(PlaceSchema())
    if form.attempt(lambda data: verbs.move(event_id, meeting_id, data, by=acting())):
        flash(gettext("Moved."), "success")
        return redirect(url_for("meetings.place", event_id=event_id, meeting_id=meeting_id))
    meeting = queries.one(meeting_id, event_id=event.id)
    found = timetables.places(event, meeting)
    page = render_template(
        "events/meeting.html", event=event, meeting=meeting, places=found, form=form
    )
    return page, form.status


@meetings.post("/meetings/<meeting_id>/remove")
@guarded(ORGANISER)
def remove(event_id: str, meeting_id: str) -> Answer:
    """Take the meeting out."""
    verbs.remove(event_id, meeting_id, by=acting())
    flash(gettext("Removed from the timetable."), "success")
    return redirect(url_for("meetings.review", event_id=event_id))


@meetings.route("/meetings/<meeting_id>/rating", methods=["GET", "POST"])
@guarded(MARKET_WRITER)
def rate(event_id: str, meeting_id: str) -> Answer | tuple[str, int]:
    """Rate a meeting one was in."""
    event, meeting, mine = queries.rated(meeting_id, event_id=event_id, by=acting())
    form = Form(RatingSchema(), initial=ratings.of(meeting.id, mine.id))
    if form.attempt(lambda data: ratings.rate(meeting_id, data, by=acting())):
        flash(gettext("Thank you. Your rating is saved."), "success")
        return redirect(url_for("meetings.timetable", event_id=event.id))
    other = meeting.seeks if mine.id == meeting.offers_id else meeting.offers
    page = render_template("events/rate.html", event=event, meeting=meeting, other=other, form=form)
    return page, form.status
