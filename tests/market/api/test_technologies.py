"""Technologies and scenarios in the API."""

from market.domain import api_tokens
from market.extensions import db
from tests.factories import organisations, people, technologies

BODY = {
    "name_zh": "示例空压机余热回收",
    "summary_zh": "示例",
    "processes": ["compressed_air"],
    "sectors": [],
    "trl": 9,
    "reduction_percent": "12.5",
    "payback_years": "2",
    "capex_min": "200000",
    "capex_max": "800000",
}


def test_the_catalogue_is_open_and_paged(app, client):
    provider = organisations.provider()
    for number in range(25):
        technologies.live(provider, name_zh=f"示例{number}")
    page = client.get("/api/v1/technologies").json
    rest = client.get(f"/api/v1/technologies?after={page['next']}").json
    assert (len(page["items"]), len(rest["items"]), rest["next"]) == (24, 1, None)


def test_a_wrong_filter_is_an_error_with_its_field(app, client):
    answer = client.get("/api/v1/technologies?trl_min=99")
    assert answer.status_code == 422
    assert "trl_min" in answer.text


def test_a_draft_is_not_found_by_strangers(app, client):
    made = technologies.draft(organisations.provider())
    assert client.get(f"/api/v1/technologies/{made.id}").status_code == 404


def test_scenarios_ask_for_a_token(app, client):
    made = technologies.scenario(organisations.enterprise())
    assert client.get(f"/api/v1/scenarios/{made.id}/matches").status_code == 401


def token_of(member):
    secret = api_tokens.create("示例", by=people.acting_for(member))[1]
    db.session.commit()
    return {"Authorization": f"Bearer {secret}"}


def test_a_provider_lists_and_publishes_by_token(app, client):
    headers = token_of(organisations.provider())
    made = client.post("/api/v1/technologies", json=BODY, headers=headers)
    assert (made.status_code, made.json["status"]) == (201, "draft")
    path = f"/api/v1/technologies/{made.json['id']}"
    assert client.post(f"{path}/publish", headers=headers).json["status"] == "live"
    assert client.get(path).json["reduction_percent"] == "12.50"


def test_a_strangers_technology_cannot_be_changed(app, client):
    made = technologies.live(organisations.provider())
    headers = token_of(organisations.provider())
    answer = client.put(f"/api/v1/technologies/{made.id}", json=BODY, headers=headers)
    assert answer.status_code == 404


def test_ranked_technologies_add_up_to_their_score(app, client):
    technologies.live(organisations.provider())
    enterprise = organisations.enterprise()
    made = technologies.scenario(enterprise)
    path = f"/api/v1/scenarios/{made.id}/matches"
    answer = client.get(path, headers=token_of(enterprise)).json
    row = answer["items"][0]
    total = answer["base"] + sum(part["points"] for part in row["contributions"])
    assert answer["direction"] == "technologies"
    assert abs(total - row["score"]) < 1e-9
    assert client.get(path, headers=token_of(organisations.enterprise())).status_code == 404
