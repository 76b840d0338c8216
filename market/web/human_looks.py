"""Pages where somebody asks for a person's look at a ranking, and where operators answer."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from market.domain import human_looks as verbs
from market.permissions import MARKET_WRITER, OPERATOR, acting, guarded
from market.schemas.models import AnswerSchema, QuestionSchema
from market.texts import gettext
from market.web.forms import Form

human_looks = Blueprint("human_looks", __name__)


@human_looks.route("/human-looks/<need_id>/<product_id>", methods=["GET", "POST"])
@guarded(MARKET_WRITER)
def ask(need_id: str, product_id: str) -> Response | tuple[str, int]:
    """Ask a person to look at one pair."""
    verbs.refuse_strangers(need_id, product_id, by=acting())
    form = Form(QuestionSchema())
    if form.attempt(lambda data: verbs.ask(need_id, product_id, data["question"], by=acting())):
        flash(gettext("Asked. A person answers within 15 days."), "success")
        return redirect(url_for("human_looks.ask", need_id=need_id, product_id=product_id))
    asked = verbs.look_at(need_id, product_id, by=acting())
    return render_template("human_looks/ask.html", form=form, asked=asked), form.status


@human_looks.get("/operation/human-looks")
@guarded(OPERATOR)
def waiting() -> str:
    """The questions that wait, the nearest deadline first."""
    return render_template("human_looks/waiting.html", looks=verbs.waiting())


@human_looks.route("/operation/human-looks/<look_id>", methods=["GET", "POST"])
@guarded(OPERATOR)
def answer(look_id: str) -> Response | tuple[str, int]:
    """Look, and answer."""
    form = Form(AnswerSchema())
    if form.attempt(lambda data: verbs.answer(look_id, data["answer"], by=acting())):
        flash(gettext("Answered; the members are told."), "success")
        return redirect(url_for("human_looks.waiting"))
    look = verbs.question(look_id)  # read after a refusal, which rolls back what was loaded
    return render_template("human_looks/answer.html", form=form, look=look), form.status
