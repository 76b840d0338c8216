"""The page that sets two versions side by side, and its download."""

import csv
import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from market.domain import disclosures as verbs
from market.models import Disclosure
from tests.factories import disclosures as made
from tests.factories import organisations, people
from tests.statements import counted_statements

Clients = Callable[..., FlaskClient]


def restated(first: Disclosure, reason: str = "更正范围三") -> Disclosure:
    by = people.acting_for(made.owner_of(first))
    second = verbs.restate(first, reason, by=by)
    changes = {"EMS-08": made.tonnes("5000"), "EMS-09": None}
    verbs.answer(second, changes, by=by)
    return verbs.publish(second, by=by, explanations=made.explanations_for(second))


def rows_of(client: FlaskClient, url: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(client.get(url).data.decode("utf-8-sig"))))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_restatement_shows_old_new_change_and_reason(client: FlaskClient, lang: str) -> None:
    second = restated(made.published())
    client.set_cookie("lang", lang)
    page = client.get(f"/disclosures/{second.id}/compare").text
    for text in ("EMS-08", "5,000", "tCO₂e", "%", "更正范围三"):
        assert text in page
    assert "GOV-01" not in page


def test_what_stayed_the_same_is_shown_on_demand(client: FlaskClient) -> None:
    second = restated(made.published())
    assert "GOV-01" in client.get(f"/disclosures/{second.id}/compare?all=1").text


def test_two_years_are_compared_whichever_page_one_comes_from(client: FlaskClient) -> None:
    owner = organisations.enterprise()
    old = made.published(owner, year=2024)
    new = made.published(owner, year=2025, changes={"GEN-05": made.tonnes("90000", "万元")})
    for here, there in ((old, new), (new, old)):
        rows = rows_of(client, f"/disclosures/{here.id}/compare.csv?with={there.id}")
        revenue = next(row for row in rows if row[0] == "GEN-05")
        assert revenue[3:7] == ["86500.00", "90000", "万元", "4.0"]


def test_the_download_holds_no_formula(client: FlaskClient) -> None:
    owner = organisations.enterprise()
    answer = made.full_answers(2024)["RSK-01"]
    evil = {**answer, "parts": {**answer["parts"], "process": "=cmd|' /C calc'!A0"}}
    made.published(owner, year=2024, changes={"RSK-01": evil})
    new = made.published(owner, year=2025)
    cells = [cell for row in rows_of(client, f"/disclosures/{new.id}/compare.csv") for cell in row]
    assert "'=cmd|' /C calc'!A0" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+c"))]


def test_a_strangers_version_is_not_compared(client: FlaskClient) -> None:
    mine, other = made.published(), made.published()
    for ending in ("", ".csv"):
        url = f"/disclosures/{mine.id}/compare{ending}?with={other.id}"
        assert client.get(url).status_code == 404


def test_a_draft_is_not_compared(client: FlaskClient) -> None:
    version = made.published()
    draft = verbs.restate(version, "示例", by=people.acting_for(made.owner_of(version)))
    assert client.get(f"/disclosures/{draft.id}/compare").status_code == 404
    assert client.get(f"/disclosures/{version.id}/compare?with={draft.id}").status_code == 404


def test_a_first_version_says_when_there_is_something_to_compare(client: FlaskClient) -> None:
    version = made.published()
    assert "empty-state" in client.get(f"/disclosures/{version.id}/compare").text
    assert client.get(f"/disclosures/{version.id}/compare.csv").status_code == 404


@pytest.mark.parametrize("years", [2, 4])
def test_a_longer_history_costs_the_same(
    client: FlaskClient, client_of: Clients, years: int
) -> None:
    owner = organisations.enterprise()
    versions = [made.published(owner, year=year) for year in range(2026 - years, 2026)]
    url = f"/disclosures/{versions[-1].id}/compare"
    browser = client_of(owner)
    with counted_statements() as counted:
        browser.get(url)
    assert counted.number == 5, counted.texts


def test_the_first_year_is_set_beside_the_one_after_it(client: FlaskClient) -> None:
    owner = organisations.enterprise()
    first = made.published(owner, year=2023)
    made.published(owner, year=2025)
    made.published(owner, year=2024, changes={"GEN-05": made.tonnes("90000", "万元")})
    page = client.get(f"/disclosures/{first.id}/compare").text
    assert "90,000" in page
    assert f'action="/disclosures/{first.id}/compare"' not in page  # the newer one leads


def test_the_comparison_shows_the_grade_of_today(client: FlaskClient) -> None:
    second = restated(made.published(year=2022))
    assert second.grade > 1
    page = client.get(f"/disclosures/{second.id}/compare").text
    assert page.count(f"grade grade-{second.grade - 1}") == 2
