"""Scenarios in the API: an enterprise's own, and the technologies ranked for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from market.api.frame import After, paged, resource
from market.domain import ranking
from market.domain import scenarios as verbs
from market.domain.queries import rankings
from market.domain.queries import technologies as queries
from market.domain.ranking import RankOptions
from market.permissions import ENTERPRISE, acting, guarded
from market.schemas.rankings import Matches, MatchFilter
from market.schemas.scenarios import ScenarioSchema, ScenarioView

if TYPE_CHECKING:
    from market.models import Scenario

_Page = paged(ScenarioView)
scenarios = resource("scenarios", about="Processes for which a low-carbon technology is sought")


@scenarios.route("", methods=["GET"])
@guarded(ENTERPRISE)
@scenarios.arguments(After, location="query")
@scenarios.response(200, _Page)
def mine(wanted: dict[str, Any]) -> dict[str, Any]:
    """One's own scenarios, newest first."""
    page = queries.own_scenarios(acting(), after=wanted["after"])
    return {"items": page.rows, "next": page.next_key or None}


@scenarios.route("", methods=["POST"])
@guarded(ENTERPRISE)
@scenarios.arguments(ScenarioSchema)
@scenarios.response(201, ScenarioView)
def create(data: dict[str, Any]) -> Scenario:
    """Post a scenario."""
    return verbs.create(data, by=acting())


@scenarios.route("/<string:scenario_id>", methods=["GET"])
@guarded(ENTERPRISE)
@scenarios.response(200, ScenarioView)
def show(scenario_id: str) -> Scenario:
    """One of one's own scenarios."""
    return verbs.own(scenario_id, by=acting())


@scenarios.route("/<string:scenario_id>", methods=["PUT"])
@guarded(ENTERPRISE)
@scenarios.arguments(ScenarioSchema)
@scenarios.response(200, ScenarioView)
def change(data: dict[str, Any], scenario_id: str) -> Scenario:
    """Change one's own scenario."""
    return verbs.change(scenario_id, data, by=acting())


@scenarios.route("/<string:scenario_id>/close", methods=["POST"])
@guarded(ENTERPRISE)
@scenarios.response(200, ScenarioView)
def close(scenario_id: str) -> Scenario:
    """No longer look for a technology."""
    return verbs.close(scenario_id, by=acting())


@scenarios.route("/<string:scenario_id>/reopen", methods=["POST"])
@guarded(ENTERPRISE)
@scenarios.response(200, ScenarioView)
def reopen(scenario_id: str) -> Scenario:
    """Look again."""
    return verbs.reopen(scenario_id, by=acting())


@scenarios.route("/<string:scenario_id>/matches", methods=["GET"])
@guarded(ENTERPRISE)
@scenarios.arguments(MatchFilter, location="query")
@scenarios.response(200, Matches)
def matches(wanted: dict[str, Any], scenario_id: str) -> dict[str, Any]:
    """The technologies ranked for an open scenario, with every reason."""
    verbs.own(scenario_id, by=acting())
    options = RankOptions(top=wanted["top"], everything=wanted["all"], moved=0)
    return rankings.as_json(ranking.technologies_for(scenario_id, options=options))
