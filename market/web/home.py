"""The front page, one's own start page, language, help and privacy."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from market.enums import OrganisationKind
from market.permissions import ANYONE, SIGNED_IN, acting, guarded
from market.texts import LANGUAGES, LazyString, lazy_gettext

home = Blueprint("home", __name__)


@dataclass(frozen=True)
class Card:
    """One thing to do next, for members of organisations of a kind."""

    kind: OrganisationKind
    endpoint: str
    title: LazyString
    text: LazyString
    action: LazyString


DESK = (
    Card(
        OrganisationKind.ENTERPRISE,
        "disclosures.mine",
        lazy_gettext("Disclosures"),
        lazy_gettext("Fill in the climate disclosure of a year and publish it with its grade."),
        lazy_gettext("My disclosures"),
    ),
    Card(
        OrganisationKind.ENTERPRISE,
        "needs.mine",
        lazy_gettext("Financing needs"),
        lazy_gettext("Post what you seek and see which products fit, and why."),
        lazy_gettext("My needs"),
    ),
    Card(
        OrganisationKind.ENTERPRISE,
        "scenarios.mine",
        lazy_gettext("Technology scenarios"),
        lazy_gettext("Describe a process to decarbonise and see which technologies fit."),
        lazy_gettext("My scenarios"),
    ),
    Card(
        OrganisationKind.INSTITUTION,
        "products.mine",
        lazy_gettext("Products"),
        lazy_gettext("List products with terms and criteria, and see the needs that fit."),
        lazy_gettext("My products"),
    ),
    Card(
        OrganisationKind.PROVIDER,
        "technologies.mine",
        lazy_gettext("Technologies"),
        lazy_gettext("List low-carbon technologies with readiness, reduction and payback."),
        lazy_gettext("My technologies"),
    ),
    Card(
        OrganisationKind.ORGANISER,
        "events.mine",
        lazy_gettext("Events"),
        lazy_gettext("Create matchmaking events and review their timetables."),
        lazy_gettext("My events"),
    ),
    Card(
        OrganisationKind.VERIFIER,
        "attestations.mine",
        lazy_gettext("Attestations"),
        lazy_gettext("Start here: requests of enterprises, what you signed, what you revoked."),
        lazy_gettext("Requests and attestations"),
    ),
)

_A_YEAR = 365 * 24 * 3600


@home.get("/")
@guarded(ANYONE)
def front() -> str:
    """What the market is and who it is for."""
    return render_template("home/front.html")


@home.get("/home")
@guarded(SIGNED_IN)
def start() -> str:
    """What to do next, by the kinds of the organisation acted for."""
    kinds = acting().kinds
    cards = [card for card in DESK if card.kind in kinds]
    return render_template("home/start.html", desk_cards=cards)


@home.get("/help")
@guarded(ANYONE)
def help_page() -> str:
    """How to use the market, by role."""
    return render_template("home/help.html")


@home.get("/privacy")
@guarded(ANYONE)
def privacy() -> str:
    """What we keep, why, for how long, and how to have it deleted."""
    return render_template("home/privacy.html")


@home.get("/language/<any(zh, en):lang>")
@guarded(ANYONE)
def choose_language(lang: str) -> Response:
    """Remember the language in a cookie and go back."""
    target = request.args.get("next", "/")
    safe = target.startswith("/") and not target.startswith(("//", "/\\"))
    response = redirect(target if safe else "/")
    assert lang in LANGUAGES
    response.set_cookie("lang", lang, max_age=_A_YEAR, samesite="Lax", httponly=True)
    return response
