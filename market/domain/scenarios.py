"""Application scenarios: an enterprise says where it would use a low-carbon technology."""

from collections.abc import Mapping
from typing import Any

from market.domain import audits, ranking
from market.domain.technologies import NotInThisState
from market.enums import PostingStatus
from market.errors import NotFound
from market.extensions import db
from market.models import Scenario
from market.moments import now
from market.permissions import Acting

_KEPT = (
    "title", "process", "pain_point", "baseline_tco2e", "budget", "payback_limit_years",
    "trl_min", "status",
)  # fmt: skip


def create(data: Mapping[str, Any], *, by: Acting) -> Scenario:
    """Post a scenario of the acting enterprise; data as ScenarioSchema loads it."""
    scenario = Scenario(
        **data, enterprise_id=by.organisation_id, created_at=now(), updated_at=now()
    )
    db.session.add(scenario)
    return _written("scenario.posted", scenario, before=None, by=by)


def change(scenario_id: str, data: Mapping[str, Any], *, by: Acting) -> Scenario:
    """Change one's own scenario."""
    scenario = own(scenario_id, by=by)
    before = facts(scenario)
    for name, value in data.items():
        setattr(scenario, name, value)
    return _written("scenario.changed", scenario, before=before, by=by)


def close(scenario_id: str, *, by: Acting) -> Scenario:
    """No longer look for a technology."""
    return _set_status(scenario_id, PostingStatus.CLOSED, by=by)


def reopen(scenario_id: str, *, by: Acting) -> Scenario:
    """Look again."""
    return _set_status(scenario_id, PostingStatus.OPEN, by=by)


def own(scenario_id: str, *, by: Acting) -> Scenario:
    """A scenario of the organisation acted for; anyone else's does not exist."""
    scenario = db.session.get(Scenario, scenario_id)
    if scenario is None or scenario.enterprise_id != by.organisation_id:
        raise NotFound
    return scenario


def facts(scenario: Scenario) -> dict[str, Any]:
    """What the audit trail keeps of a scenario."""
    return {name: getattr(scenario, name) for name in _KEPT}


def _set_status(scenario_id: str, status: PostingStatus, *, by: Acting) -> Scenario:
    scenario = own(scenario_id, by=by)
    if scenario.status == status:
        raise NotInThisState
    before = facts(scenario)
    scenario.status = status
    action = "scenario.closed" if status == PostingStatus.CLOSED else "scenario.reopened"
    return _written(action, scenario, before=before, by=by)


def _written(
    action: str, scenario: Scenario, *, before: Mapping[str, Any] | None, by: Acting
) -> Scenario:
    scenario.updated_at = now()
    db.session.flush()
    audits.record(action, scenario, by=by, before=before, after=facts(scenario))
    ranking.touch("scenario", scenario.id)
    return scenario
