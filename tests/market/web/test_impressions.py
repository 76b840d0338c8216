"""What was shown and opened is logged once, by whom it was shown to, with the codes of each row."""

import html
import json
import re
from collections.abc import Callable
from datetime import timedelta

import numpy as np
import pytest
import time_machine
from flask import Flask

from market import moments
from market.domain import impressions
from market.domain.queries import rankings
from market.extensions import db
from market.models import Impression, Membership, Need, Opening, Product
from scoring.features import FINANCE
from tests.clients import Browser
from tests.factories import needs, organisations, people, products

Clients = Callable[..., Browser]
Market = tuple[Membership, Membership, list[Product], Need]


@pytest.fixture
def market(app: Flask) -> Market:
    """A bank with three products an enterprise's need fits."""
    bank, firm = organisations.institution(), organisations.enterprise()
    listed = [products.live(bank, name_zh=f"示例贷款{number}") for number in range(3)]
    return bank, firm, listed, needs.posted(firm)


def sent(page: str, address: str) -> dict[str, str]:
    """What the browser hands back to an address once the page is there."""
    found = re.search(f'hx-post="{address}"[^>]*hx-vals="([^"]*)"', page)
    assert found, f"nothing is sent to {address}"
    values: dict[str, str] = json.loads(html.unescape(found[1]))
    return values


def test_a_shown_list_is_logged_with_model_order_and_codes(
    client_of: Clients, market: Market
) -> None:
    _bank, firm, listed, need = market
    browser = client_of(firm)
    note = sent(browser.get(f"/needs/{need.id}").text, "/impressions/shown")
    assert browser.post("/impressions/shown", data=note).status_code == 204
    logged = db.session.query(Impression).one()
    assert set(logged.listed) == {each.id for each in listed}
    assert (logged.direction, logged.asker_id, logged.page) == ("products", need.id, 1)
    assert logged.organisation_id == firm.organisation_id
    assert len(logged.model) == 64
    rows = np.frombuffer(logged.codes, dtype=np.uint8).reshape(len(listed), -1)
    assert rows.shape[1] == len(FINANCE.names)
    assert (rows < np.array(FINANCE.n_codes)).all()


def test_reading_a_list_alone_logs_nothing(client_of: Clients, market: Market) -> None:
    client_of(market[1]).get(f"/needs/{market[3].id}")
    assert db.session.query(Impression).count() == 0


def test_a_list_told_twice_is_logged_once(client_of: Clients, market: Market) -> None:
    browser = client_of(market[1])
    note = sent(browser.get(f"/needs/{market[3].id}").text, "/impressions/shown")
    assert [browser.post("/impressions/shown", data=note).status_code for _ in "12"] == [204, 204]
    assert db.session.query(Impression).count() == 1


def test_an_opened_row_is_logged_once_and_only_from_ones_own_list(
    client_of: Clients, market: Market
) -> None:
    bank, firm, _listed, need = market
    browser = client_of(firm)
    page = browser.get(f"/needs/{need.id}").text
    browser.post("/impressions/shown", data=sent(page, "/impressions/shown"))
    link = html.unescape(re.search(r'href="(/needs/[^"]*shown=[^"]*)"', page)[1])  # type: ignore[index]  # a failing page fails here
    opened = sent(browser.get(link).text, "/impressions/opened")
    assert [browser.post("/impressions/opened", data=opened).status_code for _ in "12"] == [204] * 2
    assert db.session.query(Opening).one().listed_id == opened["listed"]
    assert client_of(bank).post("/impressions/opened", data=opened).status_code == 404
    assert browser.post("/impressions/opened", data=opened | {"listed": "x"}).status_code == 404


def test_a_bank_opens_a_need_from_its_list(client_of: Clients, market: Market) -> None:
    bank, _firm, listed, need = market
    browser = client_of(bank)
    page = browser.get(f"/products/{listed[0].id}/needs").text
    browser.post("/impressions/shown", data=sent(page, "/impressions/shown"))
    logged = db.session.query(Impression).one()
    assert (logged.direction, logged.asker_id, logged.listed) == ("needs", listed[0].id, [need.id])
    detail = browser.get(f"/products/{listed[0].id}/needs/{need.id}?shown={logged.id}").text
    assert sent(detail, "/impressions/opened") == {"impression": logged.id, "listed": need.id}


@pytest.mark.parametrize("note", ["", "x", "eyJhIjoxfQ.aaaa.bbbb", "注" * 20])
def test_a_forged_note_is_refused(client_of: Clients, market: Market, note: str) -> None:
    answer = client_of(market[1]).post("/impressions/shown", data={"note": note})
    assert answer.status_code in {400, 422}
    assert db.session.query(Impression).count() == 0


def test_a_note_of_somebody_else_or_of_hours_ago_is_refused(
    client_of: Clients, market: Market
) -> None:
    bank, firm, _listed, need = market
    browser = client_of(firm)
    note = sent(browser.get(f"/needs/{need.id}").text, "/impressions/shown")
    assert client_of(bank).post("/impressions/shown", data=note).status_code == 422
    with time_machine.travel(moments.now() + timedelta(hours=2)):
        assert browser.post("/impressions/shown", data=note).status_code == 422
    assert db.session.query(Impression).count() == 0


def test_about_one_list_in_ten_is_drawn_by_lot_and_stays_so_all_week(market: Market) -> None:
    _bank, firm, _listed, need = market
    found = rankings.products_of(need.id, options=rankings.PAGE)
    acting = people.acting_for(firm)
    drawn = [impressions.shown(found.ranking, f"asker{number}", by=acting) for number in range(400)]
    share = sum(each.by_lot for each in drawn) / len(drawn)
    assert 0.05 < share < 0.16
    again = [impressions.shown(found.ranking, f"asker{number}", by=acting) for number in range(400)]
    assert [each.order for each in again] == [each.order for each in drawn]
    own = tuple(row.id for row in found.ranking.items)
    assert all(each.order == own for each in drawn if not each.by_lot)
    assert {each.order for each in drawn if each.by_lot} != {own}


def test_a_list_drawn_by_lot_says_so_and_logs_the_chance_of_its_order(
    client_of: Clients, market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(impressions, "SHARE_BY_LOT", 1.0)
    _bank, firm, _listed, need = market
    browser = client_of(firm)
    page = browser.get(f"/needs/{need.id}").text
    browser.post("/impressions/shown", data=sent(page, "/impressions/shown"))
    logged = db.session.query(Impression).one()
    assert logged.randomised
    assert logged.propensity == pytest.approx(1 / 6)
    assert "drawn by lot" in page or "抽签" in page


def test_what_was_shown_long_ago_is_forgotten(client_of: Clients, market: Market) -> None:
    _bank, firm, _listed, need = market
    browser = client_of(firm)
    page = browser.get(f"/needs/{need.id}").text
    browser.post("/impressions/shown", data=sent(page, "/impressions/shown"))
    assert impressions.forget_old() == 0
    with moments.at(moments.now() + impressions.KEPT + timedelta(days=1)):
        assert impressions.forget_old() == 1
