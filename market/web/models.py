"""Pages of the ranking's models: public card, fairness report, and the operator's decision."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from market.domain import model_promotions as verbs
from market.domain import ranking
from market.domain.queries import learning
from market.domain.queries import models as queries
from market.permissions import ANYONE, OPERATOR, acting, guarded
from market.schemas.models import DecisionSchema
from market.texts import gettext, language
from market.web import model_charts
from market.web.forms import Form

models = Blueprint("models", __name__)


@models.get("/model")
@guarded(ANYONE)
def card() -> str:
    """The model card: what ranks, from what, how well, where it ends, who decided so."""
    served = ranking.served()
    model, digest = served.index.model, served.model
    stored = queries.model(digest) if digest and not served.by_prior else None
    return render_template(
        "models/card.html",
        model=model,
        report=stored.report if stored else {},
        stored=stored,
        features=model.finance.table.features,
        source_names=model_charts.SOURCES,
        en=language() == "en",
        span_chart=model_charts.spans(model.finance, en=language() == "en"),
        decisions=queries.decisions(),
    )


@models.get("/fairness")
@guarded(ANYONE)
def fairness() -> str:
    """Who is seen, against who deserves to be."""
    stored = queries.fairness()
    report: dict[str, Any] = stored.report if stored else {}
    drawn = [model_charts.shares(*each) for each in sorted(report.get("shares", {}).items())]
    return render_template("models/fairness.html", report=report, stored=stored, charts=drawn)


@models.get("/operation/models")
@guarded(OPERATOR)
def index() -> str:
    """Candidates and the model that serves."""
    return render_template(
        "models/index.html",
        models=queries.models(),
        serving=queries.serving_digest(),
        decisions=queries.decisions(),
        funnel=learning.funnel(),
    )


@models.route("/operation/models/<digest>", methods=["GET", "POST"])
@guarded(OPERATOR)
def show(digest: str) -> Response | tuple[str, int]:
    """One model's report, and the decision to let it serve."""
    found = queries.model(digest)
    form = Form(DecisionSchema())
    if form.attempt(lambda data: verbs.promote(digest, data["reason"], by=acting())):
        flash(gettext("This model ranks from now on."), "success")
        return redirect(url_for("models.index"))
    comparison, drift = found.report.get("comparison"), found.report.get("drift")
    page = render_template(
        "models/show.html",
        found=found,
        form=form,
        serving=queries.serving_digest(),
        earned=model_charts.earned(comparison) if comparison else None,
        drift=model_charts.drift(drift) if drift else None,
    )
    return page, form.status


@models.route("/operation/models/rollback", methods=["GET", "POST"])
@guarded(OPERATOR)
def rollback() -> Response | tuple[str, int]:
    """Go back to the model before, in one step."""
    form = Form(DecisionSchema())
    if form.attempt(lambda data: verbs.roll_back(data["reason"], by=acting())):
        flash(gettext("The model before ranks again."), "success")
        return redirect(url_for("models.index"))
    return render_template(
        "models/rollback.html", form=form, latest=queries.latest_promotion()
    ), form.status
