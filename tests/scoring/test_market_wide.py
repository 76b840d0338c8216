import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.artefact import seal
from scoring.criteria import FINANCE_CRITERIA
from scoring.eligibility import NumberCriterion, gap_of
from scoring.market_index import MarketIndex
from scoring.market_wide import top_products
from scoring.scorecard import scorecard_model
from scoring.tables import FusedTables, Head, PairTable
from tests.scoring.samples import (
    make_index,
    make_need,
    make_product,
    needs,
    products,
    random_products,
)


def interacting_model():
    """The scorecard with interactions of every mix of sides."""
    plain = scorecard_model()
    table = plain.finance.table
    rng = np.random.default_rng(0)
    mixes = [
        ("grade", "rate"), ("grade", "trend"), ("rate", "quota_left"), ("amount_fit", "rate"),
        ("amount_fit", "grade"), ("amount_fit", "size_fit"),
    ]  # fmt: skip
    pairs = []
    for names in mixes:
        first, second = sorted(table.names.index(name) for name in names)
        values = rng.normal(size=(table.n_codes[first], table.n_codes[second]))
        pairs.append(PairTable(first, second, values).rebased(table.reference))
    wants = Head(plain.finance.wants.base, plain.finance.wants.tables, tuple(pairs))
    finance = FusedTables(table, wants, plain.finance.accepts)
    return seal(finance, plain.technology, origin="interacting")


def assert_equals_one_by_one(index, count):
    wide = top_products(index, count)
    for place, need in enumerate(index.need_columns.facts):
        scored = index.score_products(need)
        best = scored.sorted_places(np.flatnonzero(scored.tier == 0))[:count]
        found = wide.places[place][wide.places[place] >= 0]
        assert found.tolist() == best.tolist()
        assert wide.scores[place][: len(best)].tolist() == scored.score[best].tolist()


@settings(max_examples=25, deadline=None)
@given(
    asked=st.lists(needs, min_size=1, max_size=6, unique_by=lambda n: n.id),
    offered=st.lists(products, min_size=1, max_size=8, unique_by=lambda p: p.id),
    count=st.integers(1, 10),
)
def test_wide_top_equals_one_by_one(asked, offered, count):
    assert_equals_one_by_one(make_index(products=offered, needs=asked), count)


@pytest.mark.parametrize("model", [scorecard_model(), interacting_model()], ids=lambda m: m.origin)
@pytest.mark.parametrize("count", [1, 50, 300])
def test_wide_top_of_many_listings_equals_one_by_one(model, count):
    asked = [make_need(id=f"n{n}", amount=n * 700_000 + make_need().amount) for n in range(12)]
    index = MarketIndex.build(model, products=random_products(1500), needs=asked)
    assert_equals_one_by_one(index, count)
    assert (top_products(index, count).places[:, 0] >= 0).all()


def test_equal_listings_come_in_the_order_of_their_ids():
    listings = [make_product(id=f"p{99 - n}") for n in range(40)]
    wide = top_products(make_index(products=listings, needs=[make_need()]), 5)
    assert wide.places.tolist() == [[0, 1, 2, 3, 4]]


def test_empty_market_has_no_top():
    assert top_products(make_index(needs=[make_need()]), 5).places.shape == (1, 0)


@settings(max_examples=60, deadline=None)
@given(need=needs, product=products)
def test_interval_that_meets_a_criterion_is_where_its_gap_is_none(need, product):
    for criterion in FINANCE_CRITERIA:
        if isinstance(criterion, NumberCriterion) and criterion.met:
            operands = [np.array([each]) for each in criterion.listing(product)]
            low, high = criterion.met(*operands)
            inside = low[0] <= criterion.need(need) <= high[0]
            assert inside == (gap_of(criterion, need, product) == 0)
