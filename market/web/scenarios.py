"""Pages of application scenarios: an enterprise's own, with the technologies ranked for each."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from market.domain import scenarios as verbs
from market.domain.queries import scenarios as ranked
from market.domain.queries import technologies as queries
from market.domain.ranking import RankOptions
from market.enums import PostingStatus
from market.permissions import ENTERPRISE, acting, guarded
from market.schemas.scenarios import ScenarioSchema
from market.schemas.technologies import processes
from market.texts import gettext
from market.web.forms import Form

scenarios = Blueprint("scenarios", __name__, url_prefix="/scenarios")


@scenarios.context_processor
def _names() -> dict[str, dict[str, str]]:
    """The words of the closed lists, for the templates of this noun."""
    return {"process_names": dict(processes())}


@scenarios.get("/mine")
@guarded(ENTERPRISE)
def mine() -> str:
    """The acting enterprise's scenarios."""
    page = queries.own_scenarios(acting(), after=request.args.get("after", ""))
    return render_template("scenarios/mine.html", page=page)


@scenarios.route("/new", methods=["GET", "POST"])
@guarded(ENTERPRISE)
def new() -> Response | tuple[str, int]:
    """Post a scenario."""
    form = Form(ScenarioSchema())
    made = form.attempt(lambda data: verbs.create(data, by=acting()))
    if made:
        flash(gettext("Posted. These technologies fit it best."), "success")
        return redirect(url_for("scenarios.show", scenario_id=made.id))
    return render_template("scenarios/form.html", form=form, scenario=None), form.status


@scenarios.get("/<scenario_id>")
@guarded(ENTERPRISE)
def show(scenario_id: str) -> str:
    """One's own scenario and the technologies ranked for it, with reasons."""
    scenario, found = verbs.own(scenario_id, by=acting()), None
    everything = request.args.get("all") == "1"
    if scenario.status == PostingStatus.OPEN:
        options = RankOptions(top=ranked.SHOWN, everything=everything, moved=0)
        found = ranked.technologies_of(scenario_id, options=options)
    return render_template(
        "scenarios/show.html", scenario=scenario, found=found, everything=everything
    )


@scenarios.route("/<scenario_id>/edit", methods=["GET", "POST"])
@guarded(ENTERPRISE)
def edit(scenario_id: str) -> Response | tuple[str, int]:
    """Change one's own scenario."""
    scenario = verbs.own(scenario_id, by=acting())
    form = Form(ScenarioSchema(), initial=scenario)
    if form.attempt(lambda data: verbs.change(scenario_id, data, by=acting())):
        flash(gettext("Saved."), "success")
        return redirect(url_for("scenarios.show", scenario_id=scenario_id))
    return render_template("scenarios/form.html", form=form, scenario=scenario), form.status


@scenarios.post("/<scenario_id>/close")
@guarded(ENTERPRISE)
def close(scenario_id: str) -> Response:
    """No longer look for a technology."""
    verbs.close(scenario_id, by=acting())
    return redirect(url_for("scenarios.show", scenario_id=scenario_id))


@scenarios.post("/<scenario_id>/reopen")
@guarded(ENTERPRISE)
def reopen(scenario_id: str) -> Response:
    """Look again."""
    verbs.reopen(scenario_id, by=acting())
    return redirect(url_for("scenarios.show", scenario_id=scenario_id))
