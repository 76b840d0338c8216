"""The market overview: what is counted, what stays hidden, empty, constant in statements."""

import json
import re
from decimal import Decimal
from html import unescape

import pytest

from market.domain.overview import overview
from scoring.products import KINDS
from tests.factories import needs, organisations, products, technologies
from tests.statements import counted_statements

ALL = list(KINDS)


def test_an_empty_market_says_so_without_charts(app, client):
    page = client.get("/market").text
    assert "empty-state" in page
    assert "data-figure" not in page


def test_only_live_listings_of_approved_institutions_count(app):
    products.live()
    products.draft()
    assert overview(ALL).products["green_loan"] == 1


def test_sums_appear_from_three_needs_on(app):
    firms = [organisations.enterprise() for _ in range(3)]
    for firm in firms[:2]:
        needs.posted(firm)
    assert overview(ALL).purposes[0].amount is None
    needs.posted(firms[2])
    seen = overview(ALL).purposes[0]
    assert (seen.needs, seen.amount) == (3, 3 * Decimal(needs.details()["amount"]))


@pytest.mark.parametrize(
    ("criteria", "electronics", "fashion"),
    [
        ({}, 1, 1),
        ({"sectors_include": ["C"]}, 1, 1),
        ({"sectors_include": ["C39"]}, 1, 0),
        ({"sectors_exclude": ["C39"]}, 0, 1),
    ],
)
def test_supply_follows_the_criteria_of_live_products(app, criteria, electronics, fashion):
    products.live(criteria=criteria)
    supply = overview(ALL).supply
    assert supply["electronics", "green_loan"] == electronics
    assert supply["fashion", "green_loan"] == fashion
    assert supply["electronics", "carbon_option"] == 0


def test_every_chart_has_a_table_and_a_readable_figure(app, client):
    products.live()
    needs.posted(organisations.enterprise())
    technologies.live(organisations.provider())
    page = client.get("/market").text
    figures = re.findall(r'data-figure="([^"]*)"', page)
    assert [len(json.loads(unescape(each))["data"]) for each in figures] == [1, 1, 1]
    assert page.count("<table") == len(figures)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_at_most_eight_statements(app, client, count):
    for _ in range(count):
        products.live()
        needs.posted(organisations.enterprise())
    with counted_statements() as statements:
        client.get("/market")
    assert statements.number <= 8
