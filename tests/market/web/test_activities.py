"""Pages of activity lines: added, refused at the field, uploaded, taken over, private."""

import csv
import io
from decimal import Decimal

import pytest

from market.extensions import db
from market.models import ActivityImport, ActivityLine, Disclosure
from market.work.imports import activity_uploads
from tests.factories import activities as made
from tests.factories import disclosures as drafts
from tests.factories import organisations
from tests.statements import counted_statements

YEAR = drafts.YEAR
TYPED = {"source": "electricity", "item": "electricity", "amount": "100", "unit": "MWh"}
NEW = f"/activities/{YEAR}/new"
LIST = f"/activities/{YEAR}"


def test_errors_for_nobody_are_told_in_words(client):
    assert client.get(f"{LIST}?after=%00").status_code == 400
    preview = client.get(f"{LIST}/preview", headers={"HX-Request": "true"})
    assert preview.status_code == 401


def test_line_is_added_and_shows_its_arithmetic(client_of):
    browser = client_of(organisations.enterprise())
    assert browser.post(NEW, data=TYPED).location == LIST
    page = browser.get(LIST).text
    assert "100 MWh (100000 kWh) × 0.5849 kgCO2/kWh" in page
    assert "58.49" in page
    assert "cn-grid-shanghai-2022" in page
    assert "公告2024年第33号" in page


@pytest.mark.parametrize("year", [2022, 2023])
def test_factor_of_another_purpose_is_refused_at_its_field(client_of, year):
    browser = client_of(organisations.enterprise())
    for wrong in ("cn-grid-shanghai-ets-2022", "cn-grid-china-footprint-2023"):
        answer = browser.post(f"/activities/{year}/new", data={**TYPED, "factor_id": wrong})
        assert answer.status_code == 422
        assert "cn-grid-shanghai-2022 (0.5849 kgCO2/kWh)" in answer.text
        assert f'value="{wrong}" selected' in answer.text
    assert db.session.query(ActivityLine).count() == 0


def test_named_example_through_the_pages(client, client_of):
    asked = "amount=100&unit=MWh&item=electricity&region=CN-SH"
    ets = client.get(f"/factors/calculator?{asked}&year=2022").text
    assert "42 tCO₂e" in ets
    assert "58.49 tCO₂e" in ets
    assert "62.05" not in ets
    assert "62.05 tCO₂e" in client.get(f"/factors/calculator?{asked}&year=2023").text
    browser = client_of(organisations.enterprise())
    browser.post("/activities/2022/new", data=TYPED)
    assert db.session.query(ActivityLine.grams).scalar() == 58_490_000


def test_wrong_entries_are_told_and_stay_typed(client_of):
    browser = client_of(organisations.enterprise())
    answer = browser.post(NEW, data={**TYPED, "amount": "-3", "unit": "parsec", "note": "示例记"})
    assert answer.status_code == 422
    assert 'value="-3"' in answer.text
    assert "示例记" in answer.text
    assert db.session.query(ActivityLine).count() == 0


def test_line_is_edited_and_removed_by_its_owner_only(client_of):
    member = organisations.enterprise()
    line_id = made.line(member).id
    stranger, browser = client_of(organisations.enterprise()), client_of(member)
    assert stranger.get(f"/activities/lines/{line_id}").status_code == 404
    assert stranger.post(f"/activities/lines/{line_id}/remove").status_code == 404
    assert 'value="100"' in browser.get(f"/activities/lines/{line_id}").text
    browser.post(f"/activities/lines/{line_id}", data={**TYPED, "amount": "50"})
    assert db.session.query(ActivityLine.grams).scalar() == 29_245_000
    browser.post(f"/activities/lines/{line_id}/remove")
    assert db.session.query(ActivityLine).count() == 0


def test_viewer_reads_and_finds_no_buttons(client_of):
    member = organisations.enterprise()
    made.line(member)
    viewer = client_of(organisations.colleague_of(member, "viewer"))
    page = viewer.get(LIST)
    assert "58.49" in page.text
    assert "/new" not in page.text
    assert viewer.post(NEW, data=TYPED).status_code == 403


def test_preview_tells_the_result_or_what_is_missing(client_of):
    browser = client_of(organisations.enterprise())
    path = f"/activities/{YEAR}/preview"
    found = browser.get(path, query_string=TYPED).text
    assert "58.49" in found
    assert "cn-grid-shanghai-2021" in found
    for more in ({"factor_id": "cn-diesel"}, {"unit": "x"}, {"amount": "x"}):
        assert "58.49" not in browser.get(path, query_string=TYPED | more).text
    assert browser.get(f"/activities/{YEAR}/preview").status_code == 200


def test_uploaded_file_is_followed_to_its_report(client_of):
    browser = client_of(organisations.enterprise())
    rows = "key,source,item,amount,unit\na,electricity,electricity,100,MWh\nb,heat,heat,x,GJ\n"
    data = {"file": (io.BytesIO(rows.encode()), "lines.csv")}
    told = browser.post(f"{LIST}/upload", data=data, content_type="multipart/form-data").location
    assert "hx-trigger" in browser.get(told).text
    activity_uploads.run_upload(db.session.query(ActivityImport.id).scalar())
    db.session.commit()
    page = browser.get(told).text
    assert "<code>amount</code>" in page
    assert "hx-trigger" not in page
    assert "lines.csv" in browser.get(LIST).text
    assert client_of(organisations.enterprise()).get(told).status_code == 404


@pytest.mark.parametrize(
    ("name", "body"),
    [("a.xlsx", b"key\n"), ("a.csv", b"PK\x03\x04"), ("a.pdf", b"%PDF-"), ("", b"")],
)
def test_file_that_is_not_what_it_says_is_refused(client_of, name, body):
    browser = client_of(organisations.enterprise())
    data = {"file": (io.BytesIO(body), name)}
    answer = browser.post(f"{LIST}/upload", data=data, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert db.session.query(ActivityImport).count() == 0


def test_template_has_the_columns_of_the_file(client_of):
    answer = client_of(organisations.enterprise()).get(f"{LIST}/template")
    assert answer.text.lstrip("\ufeff").startswith("key,source,category,item")
    assert "attachment" in answer.headers["Content-Disposition"]


def test_figures_are_taken_over_as_ticked(client_of):
    member = organisations.enterprise()
    draft_id = drafts.draft(member, EMS_05=drafts.tonnes("61")).id
    made.line(member)
    browser = client_of(member)
    page = browser.get(f"{LIST}/take-over").text
    assert 'value="ENE-02" id="take-ENE-02" checked' in page
    assert 'value="EMS-05" id="take-EMS-05">' in page
    mark = page.split('name="mark" value="')[1].split('"')[0]
    browser.post(f"{LIST}/take-over", data={"mark": mark, "chosen": ["ENE-02"]})
    answers = db.session.get(Disclosure, draft_id).content["answers"]
    assert (set(answers), answers["EMS-05"]["parts"]["value"]["amount"]) == (
        {"EMS-05", "ENE-02"},
        "61",
    )
    stale = browser.post(f"{LIST}/take-over", data={"mark": mark, "chosen": ["EMS-05"]})
    assert stale.status_code == 409


def test_without_a_draft_there_is_nowhere_to_take_figures_over(client_of):
    member = organisations.enterprise()
    made.line(member)
    browser = client_of(member)
    assert browser.get(f"{LIST}/take-over").status_code == 404
    assert "take-over" not in browser.get(LIST).text


@pytest.mark.parametrize("path", ["/activities/1889", "/activities/2999/new"])
def test_impossible_year_is_not_there(client_of, path):
    assert client_of(organisations.enterprise()).get(path).status_code == 404


def test_lists_are_paged_with_a_constant_number_of_statements(client_of):
    member = organisations.enterprise()
    browser = client_of(member)
    counts = []
    for more in (1, 54):
        for number in range(more):
            made.line(member, label=f"示例电表{number}号", amount=Decimal(number + 1))
        db.session.commit()
        browser.get(LIST)
        with counted_statements() as sent:
            page = browser.get(LIST).text
        counts.append(sent.number)
    assert counts[0] == counts[1] <= 8
    after = page.split("after=")[1].split('"')[0]
    second = browser.get(f"{LIST}?after={after}").text
    assert page.count("示例电表") + second.count("示例电表") == 2 * 55


def test_source_filter_and_empty_state_lead_on(client_of):
    member = organisations.enterprise()
    browser = client_of(member)
    assert NEW in browser.get(LIST).text
    made.line(member, label="示例电")
    made.line(member, **made.GAS, label="示例气")
    page = browser.get(f"{LIST}?source=stationary").text
    assert "示例气" in page
    assert "示例电" not in page
    assert f'href="{LIST}"' in browser.get("/activities").text


def test_draft_page_links_to_the_lines(client_of):
    member = organisations.enterprise()
    draft = drafts.draft(member)
    page = client_of(member).get(f"/disclosures/drafts/{draft.id}/emissions").text
    assert f'href="{LIST}"' in page


@pytest.mark.parametrize(("lang", "pieces"), [("zh", "件"), ("en", "pieces")])
def test_units_are_written_as_people_write_them(client_of, lang, pieces):
    browser = client_of(organisations.enterprise())
    browser.set_cookie("lang", lang)
    page = browser.get(NEW).text
    assert f'<option value="1">{pieces}</option>' in page
    assert '<option value="m3">m³</option>' in page
    assert browser.post(NEW, data=TYPED | {"unit": "万kWh"}).location == LIST
    assert "584.9 tCO₂e" in browser.get(LIST).text


def test_the_lines_lead_back_to_the_draft(client_of):
    member = organisations.enterprise()
    browser = client_of(member)
    assert "/disclosures/drafts/" not in browser.get(LIST).text
    draft = drafts.draft(member)
    assert f'href="/disclosures/drafts/{draft.id}/short-route"' in browser.get(LIST).text


def test_lines_are_downloaded_as_values_never_as_formulas(client_of):
    member, other = organisations.enterprise(), organisations.enterprise()
    made.line(other, label="别家的行")
    line = made.line(member, label='=HYPERLINK("http://x")', note="@SUM(A1)")
    browser = client_of(member)
    assert f"{LIST}/lines.csv" in browser.get(LIST).text
    answer = browser.get(f"{LIST}/lines.csv")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row["key"] for row in rows] == [line.key]
    assert (rows[0]["label"], rows[0]["note"]) == ('\'=HYPERLINK("http://x")', "'@SUM(A1)")
    assert Decimal(rows[0]["amount"]) == Decimal(line.amount)
    assert (rows[0]["used_factor"], Decimal(rows[0]["tCO2e"]) > 0) == (line.factor_id, True)
    assert (
        len(
            list(csv.DictReader(io.StringIO(browser.get(f"{LIST}/lines.csv?source=fugitive").text)))
        )
        == 0
    )
