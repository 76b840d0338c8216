"""Pages of needs: posting, slips, ranked products, opting out, invitations, consents."""

import pytest

from market.domain import invitations
from market.extensions import db
from market.models import Need
from tests.factories import needs, organisations, people, products
from tests.statements import counted_statements


@pytest.fixture
def market(app):
    """A bank's live product and an enterprise's open need that fit each other."""
    bank, firm = organisations.institution(), organisations.enterprise()
    return bank, firm, products.live(bank), needs.posted(firm)


def test_a_posted_need_shows_its_ranked_products(client_of):
    product = products.live()
    browser = client_of(organisations.enterprise())
    answer = browser.post("/needs/new", data=needs.typed())
    assert answer.status_code == 302
    page = browser.get(answer.location).text
    assert "示例绿色贷款" in page
    assert f"/products/{product.id}" in page


@pytest.mark.parametrize("text", ["NaN", "-500万", "500万亿", "1e9", "", "Infinity", "0x10"])
def test_a_slip_in_the_amount_is_refused_and_stays_typed(client_of, text):
    browser = client_of(organisations.enterprise())
    answer = browser.post("/needs/new", data=needs.typed(amount=text))
    assert answer.status_code == 422
    assert f'value="{text}"' in answer.text
    assert "示例锅炉改造" in answer.text
    assert db.session.query(Need).count() == 0


def test_a_foreign_need_is_not_found_on_any_page(client_of, market):
    bank, _firm, product, need = market
    for stranger in (bank, organisations.enterprise()):
        browser = client_of(stranger)
        assert browser.get(f"/needs/{need.id}").status_code == 404
        assert browser.get(f"/needs/{need.id}/products/{product.id}").status_code in {403, 404}
    assert client_of(organisations.enterprise()).post(f"/needs/{need.id}/close").status_code == 404


def test_the_reasons_page_adds_up_and_offers_moves(client_of, market):
    _bank, firm, product, need = market
    page = client_of(firm).get(f"/needs/{need.id}/products/{product.id}?").text
    assert "data-figure" in page
    assert "发布第一份碳信息披露" in page or "Publish" in page


def test_a_closed_need_is_ranked_no_more(client_of, market):
    bank, firm, product, need = market
    client_of(firm).post(f"/needs/{need.id}/close")
    assert need.id not in client_of(bank).get(f"/products/{product.id}/needs").text
    assert client_of(firm).post(f"/needs/{need.id}/close").status_code == 409


def test_a_need_left_out_is_listed_by_date_on_both_sides(client_of, market):
    bank, firm, product, need = market
    client_of(firm).post(f"/needs/{need.id}/unrank")
    own = client_of(firm).get(f"/needs/{need.id}").text
    assert "示例绿色贷款" in own
    assert "score-line" not in own
    listed = client_of(bank).get(f"/products/{product.id}/needs").text
    assert need.id in listed
    assert "score-line" not in listed


def test_the_name_shows_only_between_consent_and_revocation(client_of, market):
    bank, firm, product, need = market
    name = people.acting_for(firm).organisation_name_zh
    page, detail = f"/products/{product.id}/needs", f"/products/{product.id}/needs/{need.id}"
    hidden = (name, firm.organisation_id, need.title, "示例项目")

    def seen() -> bool:
        texts = [client_of(bank).get(each).text for each in (page, detail)]
        return any(word in text for word in hidden for text in texts)

    assert not seen()
    assert client_of(bank).post(detail, data={"message": "您好"}).status_code == 302
    assert not seen()
    browser = client_of(firm)
    received = browser.get("/needs/invitations").text
    assert "您好" in received
    invitation = received.split("/needs/invitations/")[1].split("/")[0]
    browser.post(f"/needs/invitations/{invitation}/accept")
    assert seen()
    consent = browser.get("/needs/consents").text.split("/needs/consents/")[1].split("/")[0]
    assert (
        client_of(organisations.enterprise()).post(f"/needs/consents/{consent}/revoke").status_code
        == 404
    )
    browser.post(f"/needs/consents/{consent}/revoke")
    assert not seen()


def test_another_institution_learns_nothing_from_a_consent(client_of, market):
    bank, firm, product, need = market
    sent = invitations.invite(product.id, need.id, "", by=people.acting_for(bank))
    invitations.accept(sent.id, by=people.acting_for(firm))
    other = organisations.institution()
    theirs = products.live(other)
    name = people.acting_for(firm).organisation_name_zh
    assert name not in client_of(other).get(f"/products/{theirs.id}/needs").text
    assert name in client_of(bank).get(f"/products/{product.id}/needs").text


def test_declining_keeps_the_name_hidden(client_of, market):
    bank, firm, product, need = market
    sent = invitations.invite(product.id, need.id, "", by=people.acting_for(bank))
    client_of(firm).post(f"/needs/invitations/{sent.id}/decline")
    name = people.acting_for(firm).organisation_name_zh
    assert name not in client_of(bank).get(f"/products/{product.id}/needs").text
    assert client_of(firm).post(f"/needs/invitations/{sent.id}/accept").status_code == 409


def test_inviting_twice_is_refused(client_of, market):
    bank, _firm, product, need = market
    detail = f"/products/{product.id}/needs/{need.id}"
    browser = client_of(bank)
    assert browser.post(detail, data={}).status_code == 302
    assert browser.post(detail, data={}).status_code == 409


def test_ineligible_needs_are_neither_shown_nor_invited(client_of, market):
    bank, _firm, _product, need = market
    narrow = products.live(bank, criteria={"purposes": ["risk_cover"]})
    browser = client_of(bank)
    assert need.id not in browser.get(f"/products/{narrow.id}/needs").text
    assert browser.post(f"/products/{narrow.id}/needs/{need.id}", data={}).status_code in {404, 422}


def test_ineligible_products_are_shown_with_why_on_request(client_of, market):
    bank, firm, _product, need = market
    narrow = products.live(bank, name_zh="仅限保险", criteria={"purposes": ["risk_cover"]})
    browser = client_of(firm)
    assert narrow.id not in browser.get(f"/needs/{need.id}").text
    assert narrow.id in browser.get(f"/needs/{need.id}?all=1").text


@pytest.mark.parametrize("count", [1, 3])
def test_pages_stay_within_eight_statements(client_of, market, count):
    bank, firm, product, need = market
    for _ in range(count):
        products.live(bank)
        needs.posted()
    pages = {
        firm: (f"/needs/{need.id}", "/needs/mine", "/products", "/needs/invitations"),
        bank: (f"/products/{product.id}/needs", "/products/mine", f"/products/{product.id}"),
    }
    for member, addresses in pages.items():
        browser = client_of(member)
        for address in addresses:
            browser.get(address)  # the first request brings the index up to date
            with counted_statements() as counted:
                assert browser.get(address).status_code == 200
            assert counted.number <= 8, counted.texts
