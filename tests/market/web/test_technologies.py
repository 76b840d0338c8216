"""Pages of technologies: listing, publishing, searching, and what strangers may not see."""

from decimal import Decimal

import pytest

from market.extensions import db
from market.models import Technology
from tests.factories import organisations, technologies
from tests.statements import counted_statements

TYPED = {
    "name_zh": "示例空压机余热回收",
    "summary_zh": "回收空压机余热用于生活热水。",
    "processes": ["compressed_air", "waste_heat"],
    "trl": "9",
    "reduction_percent": "12.5",
    "payback_years": "2",
    "capex_min": "20万",
    "capex_max": "80万",
}


def test_a_listing_starts_as_a_draft_and_is_public_once_published(client_of, client):
    browser = client_of(organisations.provider())
    made = browser.post("/technologies/new", data=TYPED)
    assert made.status_code == 302
    assert client.get(made.location).status_code == 404
    browser.post(f"{made.location}/publish")
    assert "示例空压机余热回收" in client.get("/technologies").text
    assert db.session.query(Technology).one().capex_max == Decimal(800_000)


def test_reversed_investment_is_refused_and_stays_typed(client_of):
    browser = client_of(organisations.provider())
    answer = browser.post("/technologies/new", data={**TYPED, "capex_min": "900万"})
    assert answer.status_code == 422
    assert 'value="900万"' in answer.text
    assert db.session.query(Technology).count() == 0


def test_search_folds_traditional_characters_and_filters_narrow(app, client):
    provider = organisations.provider()
    technologies.live(provider)
    technologies.live(provider, name_zh="示例照明改造", processes=["lighting"], trl=9)
    technologies.draft(provider, name_zh="示例未公开")
    assert "示例高温热泵" in client.get("/technologies?q=高溫熱泵").text
    lighting = client.get("/technologies?process=lighting&trl_min=9").text
    assert "示例照明改造" in lighting
    assert "示例高温热泵" not in lighting
    assert "示例未公开" not in client.get("/technologies").text


def test_industry_filter_keeps_those_made_for_any_industry(app, client):
    provider = organisations.provider()
    technologies.live(provider, name_zh="示例通用", sectors=[])
    technologies.live(provider, name_zh="示例纺织专用", sectors=["C17"])
    page = client.get("/technologies?sector=C39").text
    assert "示例通用" in page
    assert "示例纺织专用" not in page


def test_a_wrong_filter_is_named_and_left_out(app, client):
    technologies.live(organisations.provider())
    page = client.get("/technologies?trl_min=99&process=magic")
    assert page.status_code == 200
    assert "invalid-note" in page.text
    assert "示例高温热泵" in page.text


def test_paging_reaches_every_technology_once(app, client):
    provider = organisations.provider()
    names = [technologies.live(provider, name_zh=f"示例{n:02}号").name_zh for n in range(26)]
    first = client.get("/technologies").text
    edge = first.split("after=")[1].split('"')[0]
    second = client.get(f"/technologies?after={edge}").text
    seen = [name for name in names if (name in first) + (name in second) == 1]
    assert seen == names


@pytest.mark.parametrize("address", ["", "/edit"])
def test_a_strangers_draft_is_not_found(client_of, address):
    made = technologies.draft(organisations.provider())
    browser = client_of(organisations.provider())
    assert browser.get(f"/technologies/{made.id}{address}").status_code == 404
    assert browser.post(f"/technologies/{made.id}/publish").status_code == 404


def test_pausing_twice_is_a_conflict(client_of):
    provider = organisations.provider()
    made = technologies.live(provider)
    browser = client_of(provider)
    assert browser.post(f"/technologies/{made.id}/pause").status_code == 302
    assert browser.post(f"/technologies/{made.id}/pause").status_code == 409


@pytest.mark.parametrize("count", [1, 3])
def test_the_catalogue_takes_one_statement_whatever_its_length(app, client, count):
    provider = organisations.provider()
    for number in range(count):
        technologies.live(provider, name_zh=f"示例{number}")
    with counted_statements() as statements:
        client.get("/technologies")
    assert statements.number == 1
