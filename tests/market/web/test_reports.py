"""Documents of a published disclosure, as its readers meet them."""

import re
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from disclosure.exchange import ixbrl_reader
from market.domain import reports as verbs
from market.extensions import db
from market.web import report_charts
from tests.factories import disclosures
from tests.statements import counted_statements


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "如何验证本文件"), ("en", "How to verify this document")]
)
def test_print_view_tells_grade_figures_answers_and_proof(
    client: FlaskClient, lang: str, words: str
) -> None:
    version = disclosures.published()
    client.set_cookie("lang", lang)
    page = client.get(f"/disclosures/{version.id}/print").text
    for text in (words, "tq-1", "1,530 tCO₂e", version.digest, "EMS-01", "<polyline", "qrline"):
        assert text in page
    assert "<script" not in page
    assert f"/disclosures/{version.id}</a>" in page


def test_print_view_asks_the_database_seldom(client: FlaskClient) -> None:
    version = disclosures.published()
    client.get(f"/disclosures/{version.id}/print")
    with counted_statements() as sent:
        client.get(f"/disclosures/{version.id}/print")
    assert sent.number <= 8


def test_downloads_are_linked_and_answer(client: FlaskClient) -> None:
    version = disclosures.published()
    page = client.get(f"/disclosures/{version.id}").text
    for name, kind in (
        ("xbrl", "application/xhtml+xml"), ("xbrl-package", "application/zip")
    ):  # fmt: skip
        address = f"/disclosures/{version.id}/{name}"
        assert address in page
        answer = client.get(address)
        assert answer.mimetype == kind
        assert "attachment" in answer.headers["Content-Disposition"]
        assert len(ixbrl_reader.facts(answer.data)) >= 25


def test_pdf_is_waited_for_then_downloaded(client: FlaskClient) -> None:
    version = disclosures.published()
    asked = client.post(f"/disclosures/{version.id}/reports", data={"language": "en"})
    address = asked.headers["Location"]
    assert 'hx-trigger="every 2s"' in client.get(address).text
    assert "Location" in client.get(f"{address}/file").headers
    verbs.made(address.rpartition("/")[2], b"%PDF-1.7 test", pages=3)
    db.session.commit()
    assert "hx-trigger" not in client.get(f"{address}/progress").text
    answer = client.get(f"{address}/file")
    assert answer.data == b"%PDF-1.7 test"
    assert "-en.pdf" in answer.headers["Content-Disposition"]


def test_machine_without_libraries_offers_the_print_view(client: FlaskClient) -> None:
    version = disclosures.published()
    address = client.post(f"/disclosures/{version.id}/reports").headers["Location"]
    verbs.failed(address.rpartition("/")[2], verbs.NO_LIBRARIES)
    db.session.commit()
    page = client.get(address).text
    assert f"/disclosures/{version.id}/print" in page
    assert "hx-trigger" not in page


def test_drafts_and_strange_ids_have_no_documents(client: FlaskClient) -> None:
    draft = disclosures.draft()
    for name in ("print", "xbrl", "xbrl-package"):
        assert client.get(f"/disclosures/{draft.id}/{name}").status_code == 404
    assert client.post(f"/disclosures/{draft.id}/reports").status_code == 404
    assert client.get("/reports/nothing").status_code == 404


def test_stacked_bars_are_as_tall_as_their_figures(app: object) -> None:
    drawn = report_charts.over_years(
        "t", [2024, 2025], {"a": [Decimal(60), Decimal(30)], "b": [None, Decimal(30)]},
        target={2025: Decimal(60), 2030: Decimal(20)},
    )  # fmt: skip
    heights = [bar.height for bar in drawn.bars]
    assert heights[0] == pytest.approx(2 * heights[2], abs=0.2)
    assert heights[1] == 0
    assert drawn.rows[-1] == ["2030", "–", "–", "20"]
    assert len(drawn.path.split()) == 2


def test_every_drawing_stays_inside_its_frame(app: object) -> None:
    drawn = report_charts.shares("t", {"a": Decimal(0), "b": Decimal(10**9)}, unit="MWh")
    assert all(bar.x >= 0 and bar.x + bar.width <= drawn.width for bar in drawn.bars)
    assert all(bar.y + bar.height <= drawn.height for bar in drawn.bars)
    assert re.fullmatch(r"[\d.,]+", drawn.rows[1][1])
