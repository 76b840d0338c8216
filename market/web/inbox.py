"""The inbox: what the market told this person, and which topics also come by mail."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from market.domain import messages
from market.domain.queries import inbox as queries
from market.permissions import SIGNED_IN, acting, guarded
from market.texts import gettext

inbox = Blueprint("inbox", __name__, url_prefix="/inbox")


@inbox.get("")
@guarded(SIGNED_IN)
def index() -> str:
    """The newest lines first."""
    lines = queries.newest(acting().person_id)
    return render_template("inbox/index.html", lines=lines, text_of=messages.text_of)


@inbox.post("/<notification_id>/open")
@guarded(SIGNED_IN)
def open_line(notification_id: str) -> Response:
    """Mark a line as read and go where it points."""
    line = messages.mark_read(notification_id, by=acting())
    return redirect(line.url if line.url.startswith("/") else url_for("inbox.index"))


@inbox.post("/read")
@guarded(SIGNED_IN)
def read_all() -> Response:
    """Mark everything as read."""
    messages.mark_all_read(by=acting())
    return redirect(url_for("inbox.index"))


@inbox.route("/topics", methods=["GET", "POST"])
@guarded(SIGNED_IN)
def topics() -> Response | str:
    """Choose which topics also come by mail."""
    if request.method == "POST":
        wanted = set(request.form.getlist("topic"))
        messages.mute([name for name in messages.TOPICS if name not in wanted], by=acting())
        flash(gettext("Saved."), "success")
        return redirect(url_for("inbox.topics"))
    muted = queries.muted_topics(acting().person_id)
    return render_template("inbox/topics.html", topics=messages.TOPICS.values(), muted=muted)
