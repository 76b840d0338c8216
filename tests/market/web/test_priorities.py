"""The operator's look at another priority rule."""

from collections.abc import Callable

import pytest

from market.domain import ranking
from market.domain.queries import priority_changes
from scoring.priority import DEFAULT_RULE, PriorityRule
from tests.clients import Browser
from tests.factories import needs, organisations, people, products

Clients = Callable[..., Browser]
RULE = {
    "disclosure": "40", "verification": "20", "freshness": "15", "pilot": "15",
    "kpi_progress": "10", "beta": "1.0", "cap": "1.0",
}  # fmt: skip


@pytest.fixture
def operator(client_of: Clients) -> Browser:
    return client_of(people.operator())


def test_the_page_opens_with_the_rule_in_force(operator: Browser) -> None:
    page = operator.get("/operation/priority")
    assert page.status_code == 200
    assert 'value="40"' in page.text
    assert "data-figure" not in page.text


def test_a_rule_in_force_moves_nobody(operator: Browser) -> None:
    products.live()
    needs.posted(organisations.enterprise())
    page = operator.get("/operation/priority", query_string=RULE)
    assert "没有企业的名次会变化" in page.text


def test_looking_at_a_rule_changes_nothing(operator: Browser) -> None:
    products.live()
    needs.posted(organisations.enterprise())
    before = ranking.served()
    assert operator.get("/operation/priority", query_string=RULE | {"cap": "0"}).status_code == 200
    after = ranking.served()
    assert (after.version, after.index.rule) == (before.version, DEFAULT_RULE)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"cap": "1.6"}, "1.5"),
        ({"beta": "nan"}, "f-beta-error"),
        ({"pilot": "16"}, "101"),
        ({"freshness": ""}, "f-freshness-error"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_at_its_field(
    operator: Browser, changed: dict[str, str], told: str
) -> None:
    page = operator.get("/operation/priority", query_string=RULE | changed)
    assert page.status_code == 422
    assert told in page.text
    assert "data-figure" not in page.text


def test_a_large_market_is_judged_on_a_sample(
    operator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        products.live()
    needs.posted(organisations.enterprise())
    monkeypatch.setattr(priority_changes, "MOST_PRODUCTS", 2)
    found = priority_changes.simulated(PriorityRule(beta=0.0))
    assert (found.products, found.of_products) == (2, 3)
    assert "随机抽取 2 个" in operator.get("/operation/priority", query_string=RULE).text
