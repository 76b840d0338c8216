import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.facts import Assurance, DisclosureStanding
from scoring.market_index import MarketIndex
from scoring.prior import PriorSettings, train_prior
from scoring.ranking import RankOptions, rank_needs, rank_products, rank_technologies
from scoring.rows import Eligibility
from scoring.scorecard import scorecard_model
from tests.scoring.samples import (
    make_index,
    make_need,
    make_product,
    make_scenario,
    make_technology,
    needs,
    products,
    random_products,
)

ALL = RankOptions(top=None, everything=True, moved=0)
lists_of_products = st.lists(products, min_size=1, max_size=8, unique_by=lambda p: p.id)
lists_of_needs = st.lists(needs, min_size=1, max_size=8, unique_by=lambda n: n.id)


@pytest.fixture(scope="module", params=["scorecard", "prior"])
def model(request):
    if request.param == "scorecard":
        return scorecard_model()
    return train_prior(PriorSettings(rows=1500, max_iter=30))


@settings(max_examples=25, deadline=None)
@given(need=needs, listings=lists_of_products)
def test_contributions_sum_to_the_score(model, need, listings):
    ranking = rank_products(MarketIndex.build(model, products=listings), need, options=ALL)
    for row in ranking.items:
        total = ranking.base + sum(line.points for line in row.contributions)
        assert total == row.score
        assert row.order == row.score + row.priority


@settings(max_examples=25, deadline=None)
@given(need=needs, listings=lists_of_products)
def test_index_scores_a_pair_as_its_codes_do(model, need, listings):
    scored = MarketIndex.build(model, products=listings).score_products(need)
    for place, product in enumerate(scored.columns.facts):
        codes = model.finance.table.codes(need, product)
        assert scored.pair_at(place) == (need, product)
        assert scored.score[place] == model.finance.fused.log_odds(codes)


@settings(max_examples=25, deadline=None)
@given(product=products, asked=lists_of_needs)
def test_both_directions_score_a_pair_alike(model, product, asked):
    index = MarketIndex.build(model, products=[product], needs=asked)
    from_product = index.score_needs(product)
    for place, need in enumerate(from_product.columns.facts):
        from_need = index.score_products(need)
        assert from_product.score[place] == from_need.score[0]
        assert from_product.tier[place] == from_need.tier[0]
        assert from_product.priority[place] == from_need.priority[0]


@settings(max_examples=30, deadline=None)
@given(count=st.integers(1, 60), top=st.integers(1, 60), steps=st.integers(1, 4))
def test_top_equals_brute_force_with_ties_by_id(count, top, steps):
    rng = np.random.default_rng(count * 100 + top)
    listings = [
        make_product(id=f"p{n:03d}", rate=float(rng.integers(0, steps)) + 2.6) for n in range(count)
    ]
    scored = make_index(products=listings).score_products(make_need())
    brute = sorted(
        range(count), key=lambda place: (scored.tier[place], -scored.order[place], place)
    )
    assert scored.first(top).tolist() == brute[:top]


def test_top_of_a_mixed_market_equals_brute_force():
    scored = make_index(products=random_products(600)).score_products(make_need())
    ranks = range(len(scored.columns))
    brute = sorted(ranks, key=lambda place: (scored.tier[place], -scored.order[place], place))
    assert scored.first(None, everything=True).tolist() == brute
    assert scored.first(500, everything=True).tolist() == brute[:500]
    assert {0, 1, 2} == set(scored.tier.tolist())


def test_eligible_come_before_nearly_before_no():
    listings = [
        make_product(id="a", assurance_required=Assurance.LIMITED, rate=1.0),
        make_product(id="b", rate=8.0),
        make_product(id="c", quota_left=0.0, rate=1.0),
    ]
    rows = rank_products(make_index(products=listings), make_need(), options=ALL).items
    assert [(row.id, row.rank) for row in rows] == [("b", 1), ("a", 2), ("c", None)]
    assert [row.eligibility for row in rows] == list(Eligibility)
    assert [len(row.missing) for row in rows] == [0, 1, 1]
    shown = rank_products(make_index(products=listings), make_need()).items
    assert [row.id for row in shown] == ["b", "a"]


def test_enterprise_appears_once_with_its_best_need():
    asked = [
        make_need(id="n1"),
        make_need(id="n2", taxonomy=frozenset({"2025-1.1"})),
        make_need(id="n3", enterprise_id="e2", standing=DisclosureStanding()),
    ]
    ranking = rank_needs(make_index(needs=asked), make_product())
    assert [(row.id, row.enterprise) for row in ranking.items] == [("n2", "e1"), ("n3", "e2")]


def test_enterprise_left_out_is_listed_by_date_and_takes_no_rank():
    asked = [
        make_need(id="n1", left_out_of_ranking=True, posted_on=date(2026, 1, 1)),
        make_need(id="n2", enterprise_id="e2"),
        make_need(
            id="n3", enterprise_id="e3", left_out_of_ranking=True, posted_on=date(2026, 2, 1)
        ),
    ]
    ranking = rank_needs(make_index(needs=asked), make_product())
    assert [row.id for row in ranking.items] == ["n2"]
    assert ranking.by_date == ("n3", "n1")
    listings = [make_product(id="a"), make_product(id="b", listed_on=date(2026, 1, 1))]
    own = rank_products(make_index(products=listings), asked[0])
    assert own.items == ()
    assert own.by_date == ("b", "a")


def test_technologies_are_ranked_for_a_scenario():
    offered = [
        make_technology(id="a", payback=8),
        make_technology(id="b"),
        make_technology(id="c", trl=5),
    ]
    ranking = rank_technologies(make_index(technologies=offered), make_scenario())
    assert [row.id for row in ranking.items] == ["b", "a"]
    assert ranking.direction == "technologies"


def test_answer_is_plain_json_in_both_languages():
    index = make_index(products=random_products(30), needs=[make_need()])
    answer = rank_products(index, make_need()).to_json(as_of="2026-01-01T00:00:00Z")
    assert json.loads(json.dumps(answer)) == answer
    first = answer["items"][0]
    assert first.keys() == {
        "id", "rank", "eligibility", "missing", "score", "priority", "order", "mutual",
        "contributions", "moves",
    }  # fmt: skip
    assert all(line["zh"] and line["en"] for line in first["contributions"])
    needs_answer = rank_needs(index, make_product()).to_json(as_of="2026-01-01T00:00:00Z")
    assert needs_answer["items"][0]["enterprise"] == "e1"


def test_empty_market_answers_with_no_rows():
    index = make_index()
    assert rank_products(index, make_need()).items == ()
    assert rank_needs(index, make_product()).items == ()
    assert rank_technologies(index, make_scenario()).items == ()


def test_mutual_chance_is_the_product_of_both_sides():
    index = make_index(products=[make_product()])
    row = rank_products(index, make_need()).items[0]
    finance = index.model.finance
    codes = finance.table.codes(make_need(), make_product())
    wants, accepts = finance.wants.log_odds(codes), finance.accepts.log_odds(codes)
    assert row.score == pytest.approx(finance.w * wants + (1 - finance.w) * accepts, abs=1e-12)
    assert row.mutual == pytest.approx(1 / (1 + np.exp(-wants)) / (1 + np.exp(-accepts)))


def test_amount_of_a_need_moves_with_its_money():
    index = make_index(products=[make_product(amount_max=Decimal(7_500_000))])
    row = rank_products(index, make_need()).items[0]
    assert row.eligibility is Eligibility.NEARLY
    assert row.moves[0].do.code == "move-amount"
    fitted = replace(make_need(), amount=Decimal(7_500_000))
    after = rank_products(index, fitted).items[0]
    assert (row.moves[0].score_after, row.moves[0].unlocks) == (after.score, 1)
