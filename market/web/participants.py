"""Pages of participants: registering, who else comes, wishes, withdrawing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from marshmallow import ValidationError
from werkzeug.wrappers import Response

from market.domain import participants as verbs
from market.domain import preferences
from market.domain.queries import events as queries
from market.enums import Side
from market.errors import MarketError
from market.extensions import db
from market.permissions import MARKET_MEMBER, MARKET_WRITER, acting, guarded
from market.schemas.participants import RegistrationSchema, WishesSchema
from market.texts import gettext
from market.web import event_words
from market.web.forms import Form

if TYPE_CHECKING:
    from market.models import Event

participants = Blueprint("participants", __name__, url_prefix="/events")
participants.context_processor(event_words.for_templates)
_WISH = "wish-"


@participants.get("/registered")
@guarded(MARKET_MEMBER)
def registered() -> str:
    """The events one takes part in."""
    page = queries.registered(acting(), after=request.args.get("after", ""))
    return render_template("events/registered.html", page=page)


@participants.route("/<event_id>/register", methods=["GET", "POST"])
@guarded(MARKET_WRITER)
def register(event_id: str) -> Response | tuple[str, int]:
    """Register, or change the registration."""
    event = queries.find(event_id, by=acting())
    known = queries.participation(event.id, by=acting())
    form = Form(_registration(event), initial=known)
    if form.attempt(lambda data: verbs.register(event_id, data, by=acting())):
        flash(gettext("You are registered. Say your wishes once registration closes."), "success")
        return redirect(url_for("events.show", event_id=event_id))
    page = render_template("events/register.html", form=form, event=event, known=known)
    return page, form.status


@participants.post("/<event_id>/withdraw")
@guarded(MARKET_WRITER)
def withdraw(event_id: str) -> Response:
    """Leave the event."""
    verbs.withdraw(event_id, by=acting())
    flash(gettext("You have withdrawn. Whoever was to meet you is told."), "success")
    return redirect(url_for("events.show", event_id=event_id))


@participants.get("/<event_id>/participants")
@guarded(MARKET_MEMBER)
def index(event_id: str) -> str:
    """Who comes, for the organiser and the participants only."""
    event = queries.require_insider(event_id, by=acting())
    page = queries.attendees(event_id, after=request.args.get("after", ""))
    return render_template("events/participants.html", event=event, page=page)


@participants.get("/<event_id>/wishes")
@guarded(MARKET_MEMBER)
def wishes(event_id: str) -> str:
    """One's wishes about the other side."""
    return _wishes_page(event_id, [])


@participants.post("/<event_id>/wishes")
@guarded(MARKET_WRITER)
def say_wishes(event_id: str) -> Response | tuple[str, int] | str:
    """Save all wishes of the page by its button, or one of them as it is chosen."""
    wrong = _said(event_id)
    if request.headers.get("HX-Request"):
        return render_template("events/wish_saved.html", wrong=wrong), 422 if wrong else 200
    if wrong:
        return _wishes_page(event_id, [wrong]), 422
    flash(gettext("Your wishes are saved."), "success")
    after = request.args.get("after") or None
    return redirect(url_for("participants.wishes", event_id=event_id, after=after))


def _said(event_id: str) -> str:
    """Say what was typed; why not, if it cannot be."""
    typed = {k.removeprefix(_WISH): v for k, v in request.form.items() if k.startswith(_WISH)}
    try:
        data: dict[str, Any] = WishesSchema().load({"wishes": typed})
        preferences.say(event_id, data["wishes"], by=acting())
    except ValidationError:
        return gettext("Choose must, want, ok or never.")
    except MarketError as fact:
        db.session.rollback()
        if fact.status == 404:
            raise
        return str(fact)
    return ""


def _wishes_page(event_id: str, wrong: list[str]) -> str:
    event, mine = queries.attending(event_id, by=acting())
    other = Side.SEEKS if mine.side == Side.OFFERS else Side.OFFERS
    page = queries.attendees(event_id, side=other, after=request.args.get("after", ""))
    return render_template(
        "events/wishes.html",
        event=event,
        page=page,
        wishes=preferences.of(mine.id) | _typed(),
        wrong=wrong,
    )


def _typed() -> dict[str, str]:
    return {k.removeprefix(_WISH): v for k, v in request.form.items() if k.startswith(_WISH)}


def _registration(event: Event) -> RegistrationSchema:
    slots = [(str(slot), event_words.slot_time(event, slot)) for slot in range(event.slots)]
    return RegistrationSchema.for_form(
        both_sides=len(verbs.sides_open_to(event, acting().kinds)) > 1,
        brings=verbs.bringable(event, by=acting()),
        slots=slots,
    )
