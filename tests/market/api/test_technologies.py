"""Technologies and scenarios in the API."""

from tests.factories import organisations, technologies


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
