"""The public pages of disclosures, and one's own list."""

import csv
import hashlib
import html
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from disclosure.carry import Changes, changes
from disclosure.texts import Bilingual
from market.domain import disclosures as verbs
from market.domain.disclosure_reviews import today
from market.extensions import db
from market.models import Organisation
from tests.factories import disclosures as made
from tests.factories import organisations, people
from tests.statements import counted_statements

Clients = Callable[..., FlaskClient]


def figures(page: str) -> list[dict[str, Any]]:
    return [json.loads(html.unescape(text)) for text in re.findall(r'data-figure="([^"]*)"', page)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_published_version_shows_grade_figures_and_answers(
    client: FlaskClient, lang: str
) -> None:
    version = made.published()
    client.set_cookie("lang", lang)
    page = client.get(f"/disclosures/{version.id}").text
    for text in ("grade-2", "tq-1", "1,530 tCO₂e", version.digest, "EMS-09"):
        assert text in page


def test_every_chart_has_its_table(client: FlaskClient) -> None:
    version = made.published()
    for _ in range(4):
        made.published()
    page = client.get(f"/disclosures/{version.id}").text
    charts = re.findall(r'<figure class="chart".*?</figure>', page, re.DOTALL)
    assert len(charts) == 4
    assert all("<table" in chart for chart in charts)


def test_the_emissions_chart_holds_years_and_target(client: FlaskClient) -> None:
    owner = organisations.enterprise()
    made.published(owner, year=2024)
    version = made.published(owner, year=2025)
    emissions = figures(client.get(f"/disclosures/{version.id}").text)[0]
    assert emissions["data"][0]["x"] == [2024, 2025]
    assert emissions["data"][0]["y"] == [1530.0, 1530.0]
    assert emissions["data"][-1]["x"][0] == 2021


def test_peers_are_shown_only_from_five_firms_on(client: FlaskClient) -> None:
    version = made.published()
    assert len(figures(client.get(f"/disclosures/{version.id}").text)) == 3


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_gap_to_the_target_path_is_told_and_tabled(client: FlaskClient, lang: str) -> None:
    version = made.published()
    client.set_cookie("lang", lang)
    page = client.get(f"/disclosures/{version.id}").text
    assert "47.3 tCO₂e" in page  # 9850 t in 2021, 42 % less by 2030: 8,011.3 t are left for 2025
    assert "8,011.3 tCO₂e" in page
    row = next(row for row in table(client, version.id, "emissions") if row[0] == "2025")
    assert row[-1] == "-47.3"


def table(client: FlaskClient, disclosure_id: str, key: str) -> list[list[str]]:
    answer = client.get(f"/disclosures/{disclosure_id}/charts/{key}.csv")
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_every_table_can_be_downloaded_as_plain_numbers(client: FlaskClient) -> None:
    version = made.published()
    for _ in range(4):
        made.published()
    page = client.get(f"/disclosures/{version.id}").text
    keys = re.findall(r"/charts/([a-z]+)\.csv", page)
    assert keys == ["emissions", "energy", "completeness", "intensity"]
    energy = table(client, version.id, "energy")
    assert sum(float(row[1]) for row in energy[1:]) == 19620.0


def test_a_table_that_is_not_drawn_is_not_found(client: FlaskClient) -> None:
    version = made.published()
    for key in ("intensity", "nothing"):
        assert client.get(f"/disclosures/{version.id}/charts/{key}.csv").status_code == 404


@pytest.mark.parametrize("firms", [4, 5])
def test_the_sector_is_compared_from_five_firms_on_and_says_so(
    client: FlaskClient, firms: int
) -> None:
    versions = [made.published() for _ in range(firms)]
    client.set_cookie("lang", "en")
    page = client.get(f"/disclosures/{versions[0].id}").text
    assert ("fewer than 5 firms" in page) == (firms < 5)
    assert ("at least 5 are needed" in page) == (firms < 5)
    assert ("zj-2021" in page, "K = " in page) == (True, firms == 5)


def test_the_owner_sees_the_shortest_list_to_the_next_grade(
    client: FlaskClient, client_of: Clients
) -> None:
    version = made.published(changes={"GOV-01": None, "VER-03": None})
    url = f"/disclosures/{version.id}"
    own = client_of(made.owner_of(version)).get(url).text
    assert re.findall(r"/restate\?to=([A-Z0-9-]+)", own) == ["GOV-01", "VER-03"]
    assert "restate?to=" not in client.get(url).text


def test_a_link_of_that_list_begins_the_new_version_at_the_question(client_of: Clients) -> None:
    version = made.published(changes={"GOV-01": None})
    url = f"/disclosures/{version.id}/restate?to=GOV-01"
    answer = client_of(made.owner_of(version)).post(url, data={"reason": "补充治理信息"})
    assert str(answer.location).endswith("/governance#dp-GOV-01")


def test_the_download_is_what_was_hashed(client: FlaskClient) -> None:
    version = made.published()
    answer = client.get(f"/disclosures/{version.id}/content.json")
    assert hashlib.sha256(answer.data).hexdigest() == version.digest
    assert "attachment" in answer.headers["Content-Disposition"]


def test_third_party_data_is_marked(client: FlaskClient) -> None:
    version = made.third_party()
    page = client.get(f"/disclosures/{version.id}").text
    assert "示例数据集" in page
    assert "第三方数据" in page
    assert "未认领" in page


def test_a_restatement_shows_its_reason_and_the_old_version_points_on(client: FlaskClient) -> None:
    first = made.published()
    by = people.acting_for(made.owner_of(first))
    second = verbs.restate(first, "更正燃料单位", by=by)
    verbs.publish(second, by=by, explanations=made.explanations_for(second))
    assert "更正燃料单位" in client.get(f"/disclosures/{second.id}").text
    assert "alert-warning" in client.get(f"/disclosures/{first.id}").text


def test_a_withdrawn_version_says_why_and_leaves_the_list(client: FlaskClient) -> None:
    version = made.published()
    verbs.withdraw(version, "口径有误", by=people.acting_for(made.owner_of(version)))
    assert "口径有误" in client.get(f"/disclosures/{version.id}").text
    assert version.id not in client.get("/disclosures").text


def test_an_explained_warning_is_shown_with_its_explanation(client: FlaskClient) -> None:
    owner = organisations.enterprise()
    made.published(owner, year=2024)
    changes = {"EMS-08": made.tonnes("41200000"), "EMS-09": None}
    version = made.published(owner, year=2025, changes=changes)
    page = client.get(f"/disclosures/{version.id}").text
    assert "示例说明" in page


def test_the_list_names_a_wrong_filter_and_goes_on(client: FlaskClient) -> None:
    version = made.third_party()
    page = client.get("/disclosures?grade=99&sector=nothing")
    assert (page.status_code, version.id in page.text) == (200, True)
    assert "alert-warning" in page.text


def test_an_empty_list_says_what_to_do(client: FlaskClient) -> None:
    assert "empty-state" in client.get("/disclosures?q=nobody").text


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_with_one_and_three_rows(
    client: FlaskClient, client_of: Clients, rows: int
) -> None:
    owner = organisations.enterprise()
    for year in range(2025 - rows + 1, 2026):
        made.published(owner, year=year)
    browser = client_of(owner)
    with counted_statements() as public:
        client.get("/disclosures")
    with counted_statements() as own:
        browser.get("/disclosures/mine")
    assert (public.number, own.number) == (1, 3)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_public_page_costs_the_same_with_history(
    client: FlaskClient, client_of: Clients, rows: int
) -> None:
    owner = organisations.enterprise()
    versions = [made.published(owner, year=year) for year in range(2026 - rows, 2026)]
    url = f"/disclosures/{versions[-1].id}"
    browser = client_of(owner)
    with counted_statements() as counted:
        assert browser.get(url).status_code == 200
    assert counted.number == 8, counted.texts


def test_a_restatement_lists_what_cannot_come_along(
    client_of: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = organisations.enterprise()
    older = made.third_party(db.session.get_one(Organisation, owner.organisation_id))
    url = f"/disclosures/{older.id}/restate"
    assert "无法带入的内容" not in client_of(owner).get(url).text
    gone = Bilingual("该题已取消。", "No longer asked.")
    monkeypatch.setitem(changes(), "tanqiao-2026.2", Changes({}, {"EMS-01": gone}))
    page = client_of(owner).get(url).text
    assert "无法带入的内容" in page
    assert "<strong>EMS-01</strong> 该题已取消。" in page


def test_only_the_owner_may_restate_or_withdraw(client_of: Clients) -> None:
    version = made.published()
    stranger = client_of(organisations.enterprise())
    for verb in ("restate", "withdraw"):
        url = f"/disclosures/{version.id}/{verb}"
        assert stranger.post(url, data={"reason": "示例"}).status_code == 404


def test_restating_asks_for_a_reason(client_of: Clients) -> None:
    version = made.published()
    url = f"/disclosures/{version.id}/restate"
    answer = client_of(made.owner_of(version)).post(url, data={"reason": ""})
    assert (answer.status_code, 'id="f-reason-error"' in answer.text) == (422, True)


def offered_year(browser: FlaskClient) -> str:
    found = re.search(r'value="(\d{4})"[^>]*name="year"', browser.get("/disclosures/mine").text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("taken", "offered"), [((), -1), ((-1,), 0), ((-1, 0), -2), ((-2, -3), -1)]
)
def test_the_year_offered_to_begin_is_free(
    client_of: Clients, taken: tuple[int, ...], offered: int
) -> None:
    owner, this = organisations.enterprise(), today().year
    for each in taken:
        made.draft(owner, year=this + each)
    browser = client_of(owner)
    year = offered_year(browser)
    assert year == str(this + offered)
    assert browser.post("/disclosures/mine", data={"year": year}).status_code == 302
