"""Pages of factors: public tables with source and licence, own ones private."""

import csv
import io

from market.extensions import db
from market.models import OwnFactor
from tests.factories import activities as made
from tests.factories import organisations

TYPED = {
    "code": "steel-a", "name": "示例钢材", "item": "steel", "purpose": "disclosure", "value": "2.1",
    "unit": "tCO2e/t", "region": "CN", "source": "示例供应商函",
}  # fmt: skip


def test_every_table_is_shown_with_source_and_licence(client):
    page = client.get("/factors").text
    for expected in ("cn-2026.2", "cn-2026.1", "gwp-2026.1", "CC0-1.0", "cn-grid-china-2023"):
        assert expected in page


def test_filters_narrow_and_a_wrong_one_is_named(client):
    page = client.get("/factors?q=上海&purpose=ets").text
    assert "cn-grid-shanghai-ets-2022" in page
    assert "cn-grid-jiangsu-2022" not in page
    wrong = client.get("/factors?purpose=magic")
    assert wrong.status_code == 200
    assert "invalid-note" in wrong.text
    assert "cn-grid-jiangsu-2022" not in client.get("/factors?version=cn-2026.1&region=CN-BJ").text


def test_pages_hold_every_factor_once(client):
    first = client.get("/factors").text
    after = first.split("after=")[1].split('"')[0]
    second = client.get(f"/factors?after={after}").text
    third = client.get(f"/factors?after={second.split('after=')[1].split(chr(34))[0]}").text
    ids = [page.count('class="whole" id="') for page in (first, second, third)]
    assert ids == [50, 50, 1]


def test_table_downloads_without_formulas(client):
    answer = client.get("/factors/tables/cn-2026.2")
    rows = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert rows[0][0] == "id"
    assert not [c for row in rows for c in row if c.startswith(("=", "@", "+", "-"))]
    assert client.get("/factors/tables/nothing").status_code == 404


def test_own_factor_is_added_versioned_and_retired(client_of):
    browser = client_of(organisations.enterprise())
    assert browser.post("/factors/mine/new", data=TYPED).status_code == 302
    factor_id = db.session.query(OwnFactor.id).scalar()
    browser.post(f"/factors/mine/{factor_id}", data={**TYPED, "value": "1.9"})
    assert db.session.query(OwnFactor.version, OwnFactor.value).all() == [(1, "2.1"), (2, "1.9")]
    assert "1.9" in browser.get("/factors/mine").text
    newest = db.session.query(OwnFactor.id).filter_by(version=2).scalar()
    browser.post(f"/factors/mine/{newest}/retire")
    assert "示例钢材" not in browser.get("/factors/mine").text


def test_same_code_and_wrong_unit_are_told_at_their_fields(client_of):
    browser = client_of(organisations.enterprise())
    browser.post("/factors/mine/new", data=TYPED)
    twice = browser.post("/factors/mine/new", data=TYPED)
    assert twice.status_code == 409
    assert 'id="f-code-error"' in twice.text
    wrong = browser.post("/factors/mine/new", data={**TYPED, "code": "b", "unit": "t"})
    assert wrong.status_code == 422
    assert 'id="f-unit-error"' in wrong.text


def test_own_factors_of_others_are_invisible(client, client_of):
    factor = made.own_factor(organisations.enterprise())
    db.session.commit()
    stranger = client_of(organisations.enterprise())
    assert stranger.get(f"/factors/mine/{factor.id}").status_code == 404
    assert "示例钢材" not in stranger.get("/factors/mine").text + client.get("/factors").text


def test_calculator_says_where_a_purpose_has_no_factor(client):
    page = client.get("/factors/calculator?item=diesel&amount=2&unit=t").text
    assert "6.1918" in page
    assert page.count('<article class="card">') == 3
    assert client.get("/factors/calculator?amount=NaN&unit=parsec&year=x").status_code == 200
