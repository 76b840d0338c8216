"""Pages of scenarios: posting, ranked technologies with reasons, closing, foreign ones."""

import pytest

from market.extensions import db
from market.models import Scenario
from tests.factories import organisations, technologies
from tests.statements import counted_statements

TYPED = {
    "title": "示例：退火炉余热",
    "process": "waste_heat",
    "pain_point": "烟气直接排空。",
    "baseline_tco2e": "4000",
    "budget": "300万",
    "trl_min": "7",
}


def test_a_posted_scenario_shows_ranked_technologies_with_reasons(client_of):
    provider = organisations.provider()
    fitting = technologies.live(provider)
    technologies.live(provider, name_zh="示例照明改造", processes=["lighting"])
    browser = client_of(organisations.enterprise())
    made = browser.post("/scenarios/new", data=TYPED)
    page = browser.get(made.location).text
    assert page.index("示例高温热泵") > 0
    assert f"/technologies/{fitting.id}" in page
    assert "1,000 tCO₂e" in page  # a quarter of the baseline


def test_a_technology_below_the_least_readiness_is_listed_only_when_asked_for(client_of):
    technologies.live(organisations.provider(), trl=4)
    enterprise = organisations.enterprise()
    made = technologies.scenario(enterprise, trl_min=8)
    browser = client_of(enterprise)
    assert "示例高温热泵" not in browser.get(f"/scenarios/{made.id}").text
    assert "示例高温热泵" in browser.get(f"/scenarios/{made.id}?all=1").text


def test_negative_baseline_is_refused_at_its_field(client_of):
    browser = client_of(organisations.enterprise())
    answer = browser.post("/scenarios/new", data={**TYPED, "baseline_tco2e": "-5"})
    assert answer.status_code == 422
    assert 'href="#f-baseline_tco2e"' in answer.text
    assert db.session.query(Scenario).count() == 0


def test_a_foreign_scenario_is_not_found(client_of):
    made = technologies.scenario(organisations.enterprise())
    browser = client_of(organisations.enterprise())
    for address in (f"/scenarios/{made.id}", f"/scenarios/{made.id}/edit"):
        assert browser.get(address).status_code == 404
    assert browser.post(f"/scenarios/{made.id}/close").status_code == 404


def test_a_closed_scenario_ranks_nothing_until_reopened(client_of):
    technologies.live(organisations.provider())
    enterprise = organisations.enterprise()
    made = technologies.scenario(enterprise)
    browser = client_of(enterprise)
    browser.post(f"/scenarios/{made.id}/close")
    assert "示例高温热泵" not in browser.get(f"/scenarios/{made.id}").text
    browser.post(f"/scenarios/{made.id}/reopen")
    assert "示例高温热泵" in browser.get(f"/scenarios/{made.id}").text


@pytest.mark.parametrize("count", [1, 3])
def test_own_scenarios_take_a_constant_number_of_statements(client_of, count):
    enterprise = organisations.enterprise()
    for number in range(count):
        technologies.scenario(enterprise, title=f"示例{number}")
    browser = client_of(enterprise)
    with counted_statements() as statements:
        browser.get("/scenarios/mine")
    assert statements.number <= 4
