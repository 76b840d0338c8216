"""The page that arranges a published version by another standard."""

import csv
import io
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from disclosure.crosswalk import standards
from market.domain import disclosures as verbs
from market.domain import visibilities
from tests.factories import disclosures as made
from tests.factories import organisations, people
from tests.statements import counted_statements

Clients = Callable[..., FlaskClient]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_standard_has_a_page_in_both_languages(client: FlaskClient, language: str) -> None:
    version = made.published()
    client.get(f"/language/{language}")
    for standard, known in standards().items():
        with counted_statements() as counted:
            page = client.get(f"/disclosures/{version.id}/crosswalk?standard={standard}")
        assert (page.status_code, counted.number <= 8) == (200, True)
        assert (known.title.en if language == "en" else known.title.zh) in page.text
        assert "EMS-01" in page.text


def test_the_usual_page_is_the_cdp_style_one(client: FlaskClient) -> None:
    version = made.published()
    usual = client.get(f"/disclosures/{version.id}/crosswalk").text
    assert standards()["cdp"].title.zh in usual
    assert f"/disclosures/{version.id}/crosswalk" in client.get(f"/disclosures/{version.id}").text


@pytest.mark.parametrize("path", ["crosswalk", "crosswalk.csv"])
def test_unknown_standards_and_drafts_do_not_exist(client: FlaskClient, path: str) -> None:
    version, draft = made.published(), made.draft()
    assert client.get(f"/disclosures/{version.id}/{path}?standard=tcfd").status_code == 404
    assert client.get(f"/disclosures/{draft.id}/{path}").status_code == 404


def test_the_download_holds_every_line_and_no_formula(client: FlaskClient) -> None:
    note = {"state": "value", "parts": {"process": "=SUM(A1)", "frequency": "yearly"}}
    version = made.published(changes={"RSK-01": note})
    answer = client.get(f"/disclosures/{version.id}/crosswalk.csv?standard=ifrs")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert answer.mimetype == "text/csv"
    assert len(rows) > 40
    assert {len(row) for row in rows} == {5}
    assert not [cell for row in rows for cell in row if cell.startswith("=")]


def test_answers_that_are_not_public_are_only_named(app: Flask, client_of: Clients) -> None:
    owner = organisations.enterprise()
    by = people.acting_for(owner)
    draft = made.filled(owner)
    visibilities.choose(draft, {"targets": "private"}, by=by)
    version = verbs.publish(draft, by=by, explanations=made.explanations_for(draft))
    url = f"/disclosures/{version.id}/crosswalk?standard=cdp"
    told = "已回答，未公开"
    assert told in client_of(organisations.institution()).get(url).text
    assert told not in client_of(owner).get(url).text
