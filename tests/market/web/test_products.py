"""Pages of products: listing by kind, going live, the catalogue, errors at their fields."""

import pytest

from market.domain.queries import products as queries
from market.extensions import db
from market.models import Product
from scoring.products import KINDS
from tests.factories import organisations, products


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_listed_through_its_form(client_of, kind):
    browser = client_of(organisations.institution())
    answer = browser.post(f"/products/new/{kind}", data=products.typed(kind))
    assert answer.status_code == 302
    page = browser.get(answer.location).text
    assert "示例绿色贷款" in page
    assert all(term.zh in page for term in KINDS[kind].terms if term.required)


@pytest.mark.parametrize("kind", KINDS)
def test_the_edit_form_shows_what_was_saved_and_saves_it_again(client_of, kind):
    browser = client_of(organisations.institution())
    address = browser.post(f"/products/new/{kind}", data=products.typed(kind)).location
    before = db.session.get_one(Product, address.rsplit("/", 1)[1]).terms
    assert "示例绿色贷款" in browser.get(f"{address}/edit").text
    browser.post(f"{address}/edit", data=products.typed(kind, response_hours=24))
    db.session.expire_all()
    again = db.session.get_one(Product, address.rsplit("/", 1)[1])
    assert (again.terms, again.response_hours) == (before, 24)


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("amount_max", "NaN", "500万"),
        ("amount_max", "2000万亿", "500万"),
        ("amount_min", "-5", "Between"),
        ("terms.ltv_max", "170", "Between"),
        ("terms.ltv_max", "60万", "4.35"),
        ("terms.liquidation_ltv", "70", "liquidation line"),
        ("amount_min", "9000万", "exchange the two"),
    ],
)
def test_a_wrong_entry_is_told_at_its_field_and_stays_typed(client_of, field, text, told):
    browser = client_of(organisations.institution())
    browser.set_cookie("lang", "en")
    typed = {**products.typed("carbon_pledge"), field: text}
    answer = browser.post("/products/new/carbon_pledge", data=typed)
    assert answer.status_code == 422
    assert f'value="{text}"' in answer.text
    assert "示例绿色贷款" in answer.text
    assert answer.text.count('class="invalid-note"') == 1


def test_draft_is_seen_by_its_institution_only(client, client_of):
    owner = organisations.institution()
    made = products.draft(owner)
    assert client_of(owner).get(f"/products/{made.id}").status_code == 200
    assert client.get(f"/products/{made.id}").status_code == 404
    stranger = client_of(organisations.institution())
    assert stranger.get(f"/products/{made.id}/edit").status_code == 404
    assert stranger.post(f"/products/{made.id}/publish").status_code == 404


def test_catalogue_finds_traditional_characters_and_filters(client):
    owner = organisations.institution()
    products.live(owner, name_zh="碳配额质押贷", kind="carbon_pledge")
    products.live(owner, name_zh="绿色厂房贷", amount_max="3000000")
    assert "碳配额质押贷" in client.get("/products?q=碳配額質押貸").text
    assert "绿色厂房贷" not in client.get("/products?q=碳配額").text
    assert "绿色厂房贷" not in client.get("/products?amount=1000万").text
    assert "绿色厂房贷" not in client.get("/products?product_class=financing").text
    assert "绿色厂房贷" in client.get("/products?product_class=green_credit&tenor=12").text


def test_a_wrong_filter_is_named_and_left_out(client):
    products.live()
    page = client.get("/products?amount=NaN&tenor=12").text
    assert "invalid-note" in page
    assert "示例绿色贷款" in page


def test_catalogue_pages_by_key_without_repeating(client):
    owner = organisations.institution()
    made = {products.live(owner).id for _ in range(26)}
    first = queries.catalogue({})
    second = queries.catalogue({"after": first.next_key})
    assert {row.id for row in first.rows} | {row.id for row in second.rows} == made
    assert len(first.rows) == 24


def test_derivatives_carry_the_information_banner(client):
    option = products.live(kind="carbon_option")
    loan = products.live()
    assert 'role="note"' in client.get(f"/products/{option.id}").text
    assert 'role="note"' not in client.get(f"/products/{loan.id}").text


def test_enterprise_may_not_list_products(client_of):
    browser = client_of(organisations.enterprise())
    assert browser.get("/products/new/green_loan").status_code == 403


def test_unknown_kind_is_not_found(client_of):
    assert client_of(organisations.institution()).get("/products/new/loan").status_code == 404
