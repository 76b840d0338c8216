"""Pages of low-carbon technologies: the public catalogue, and a provider's own listings."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from market.domain import technologies as verbs
from market.domain.queries import technologies as queries
from market.permissions import ANYONE, PROVIDER, acting, acting_or_none, guarded
from market.schemas.sectors import SECTORS
from market.schemas.technologies import TechnologyFilter, TechnologySchema, processes
from market.texts import gettext
from market.web.filters import chosen
from market.web.forms import Form

technologies = Blueprint("technologies", __name__, url_prefix="/technologies")


@technologies.context_processor
def _names() -> dict[str, dict[str, str]]:
    """The words of the closed lists, for the templates of this noun."""
    return {
        "process_names": dict(processes()),
        "sector_names": {code: str(text) for code, text in SECTORS},
    }


@technologies.get("")
@guarded(ANYONE)
def index() -> str:
    """The catalogue, searched and filtered."""
    wanted, wrong = chosen(TechnologyFilter())
    page = queries.catalogue(wanted)
    return render_template("technologies/index.html", page=page, wanted=wanted, wrong=wrong)


@technologies.get("/mine")
@guarded(PROVIDER)
def mine() -> str:
    """The acting provider's technologies."""
    page = queries.own_technologies(acting(), after=request.args.get("after", ""))
    return render_template("technologies/mine.html", page=page)


@technologies.route("/new", methods=["GET", "POST"])
@guarded(PROVIDER)
def new() -> Response | tuple[str, int]:
    """List a technology; it stays a draft until published."""
    form = Form(TechnologySchema())
    made = form.attempt(lambda data: verbs.create(data, by=acting()))
    if made:
        flash(gettext("Saved as a draft. Publish it when it is complete."), "success")
        return redirect(url_for("technologies.show", technology_id=made.id))
    return render_template("technologies/form.html", form=form, technology=None), form.status


@technologies.get("/<technology_id>")
@guarded(ANYONE)
def show(technology_id: str) -> str:
    """One technology."""
    technology = queries.technology(technology_id, by=acting_or_none())
    return render_template("technologies/show.html", technology=technology)


@technologies.route("/<technology_id>/edit", methods=["GET", "POST"])
@guarded(PROVIDER)
def edit(technology_id: str) -> Response | tuple[str, int]:
    """Change one's own technology."""
    technology = verbs.own(technology_id, by=acting())
    form = Form(TechnologySchema(), initial=technology)
    if form.attempt(lambda data: verbs.change(technology_id, data, by=acting())):
        flash(gettext("Saved."), "success")
        return redirect(url_for("technologies.show", technology_id=technology_id))
    return render_template("technologies/form.html", form=form, technology=technology), form.status


@technologies.post("/<technology_id>/publish")
@guarded(PROVIDER)
def publish(technology_id: str) -> Response:
    """Put it into the catalogue."""
    verbs.publish(technology_id, by=acting())
    flash(gettext("It is public now and ranked for open scenarios."), "success")
    return redirect(url_for("technologies.show", technology_id=technology_id))


@technologies.post("/<technology_id>/pause")
@guarded(PROVIDER)
def pause(technology_id: str) -> Response:
    """Take it out of the catalogue for a while."""
    verbs.pause(technology_id, by=acting())
    flash(gettext("It is paused: nobody else sees it until you publish it again."), "success")
    return redirect(url_for("technologies.show", technology_id=technology_id))
