"""Products, needs and their matches in the API."""

import pytest

from market.domain import api_tokens, invitations
from market.extensions import db
from tests.factories import needs, organisations, people, products


def bearer(member):
    """The headers of a member's token."""
    _row, secret = api_tokens.create("test", by=people.acting_for(member))
    db.session.commit()
    return {"Authorization": f"Bearer {secret}"}


def body(kind="green_loan", **given):
    """A listing as JSON."""
    made = products.details(kind, **given)
    plain = {k: v if isinstance(v, dict | int | str) else str(v) for k, v in made.items()}
    numbers = {k: str(v) for k, v in made["terms"].items()}
    return {**plain, "kind": kind, "terms": numbers}


@pytest.fixture
def pair(app):
    """A bank's live product and an enterprise's open need that fit each other."""
    bank, firm = organisations.institution(), organisations.enterprise()
    return bank, firm, products.live(bank), needs.posted(firm)


@pytest.mark.parametrize("kind", ["green_loan", "carbon_option", "carbon_insurance"])
def test_a_listing_is_made_changed_and_put_live(client, kind):
    headers = bearer(organisations.institution())
    made = client.post("/api/v1/products", json=body(kind), headers=headers)
    assert made.status_code == 201, made.text
    address = f"/api/v1/products/{made.json['id']}"
    changed = client.put(address, json=body(kind, response_hours=12), headers=headers).json
    assert changed["response_hours"] == 12
    assert client.post(f"{address}/publish", headers=headers).json["status"] == "live"
    assert client.get(address).json["terms"] == changed["terms"]


def test_terms_of_another_kind_are_refused_with_their_names(client):
    headers = bearer(organisations.institution())
    wrong = {**body("carbon_pledge"), "kind": "green_loan"}
    answer = client.post("/api/v1/products", json=wrong, headers=headers)
    assert answer.status_code == 422
    assert "ltv_max" in answer.text


def test_the_kind_of_a_listing_stays(client):
    owner = organisations.institution()
    made, headers = products.draft(owner), bearer(owner)
    answer = client.put(
        f"/api/v1/products/{made.id}", json=body("carbon_insurance"), headers=headers
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("amount", ["NaN", "-1", "1e99", 5, None, "500万亿"])
def test_a_wrong_amount_is_refused_at_its_field(client, amount):
    headers = bearer(organisations.enterprise())
    given = {"title": "示例", "tenor_months": 12, "purpose": "transition", "amount": amount}
    answer = client.post("/api/v1/needs", json=given, headers=headers)
    assert answer.status_code == 422
    assert "amount" in answer.text


def test_matches_of_a_need_add_up(client, pair):
    _bank, firm, product, need = pair
    answer = client.get(f"/api/v1/needs/{need.id}/matches", headers=bearer(firm)).json
    row = answer["items"][0]
    assert (answer["direction"], row["id"], row["rank"]) == ("products", product.id, 1)
    total = answer["base"] + sum(part["points"] for part in row["contributions"])
    assert abs(total - row["score"]) < 1e-9
    assert row["order"] == row["score"] + row["priority"]
    assert all(move["do"]["zh"] for move in row["moves"])


def test_a_foreign_need_and_product_have_no_matches(client, pair):
    bank, firm, product, need = pair
    assert client.get(f"/api/v1/needs/{need.id}/matches", headers=bearer(bank)).status_code == 404
    assert client.get(f"/api/v1/needs/{need.id}", headers=bearer(bank)).status_code == 404
    address = f"/api/v1/products/{product.id}/matches"
    assert client.get(address, headers=bearer(firm)).status_code == 404
    assert client.get(address).status_code == 401


def test_the_teaser_names_nobody_before_consent(client, pair):
    bank, firm, product, need = pair
    headers, who = bearer(bank), people.acting_for(firm)
    address = f"/api/v1/products/{product.id}/matches"
    text = client.get(address, headers=headers).text
    assert firm.organisation_id not in text
    assert who.organisation_name_zh not in text
    sent = invitations.invite(product.id, need.id, "", by=people.acting_for(bank))
    invitations.accept(sent.id, by=who)
    shown = client.get(address, headers=headers).json["items"][0]["enterprise"]
    assert shown["name_zh"] == who.organisation_name_zh
