from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.ranking import RankOptions, rank_needs, rank_products
from tests.scoring.samples import (
    make_index,
    make_need,
    make_product,
    needs,
    products,
    random_products,
)

ALL = RankOptions(top=None, everything=True, moved=0)


@settings(max_examples=30, deadline=None)
@given(
    before=st.lists(products, max_size=6, unique_by=lambda p: p.id),
    added=st.lists(products, max_size=3, unique_by=lambda p: p.id),
    dropped=st.integers(0, 3),
    need=needs,
)
def test_updated_index_equals_one_built_anew(before, added, dropped, need):
    removed = [product.id for product in before[:dropped]]
    changed = [replace(product, rate=9.5) for product in before[dropped : dropped + 1]] + added
    index = make_index(products=before).updated(products=changed, removed=removed)
    final = {p.id: p for p in before if p.id not in removed} | {p.id: p for p in changed}
    anew = make_index(products=final.values())
    assert rank_products(index, need, options=ALL) == rank_products(anew, need, options=ALL)


@settings(max_examples=20, deadline=None)
@given(
    before=st.lists(needs, max_size=6, unique_by=lambda n: n.id),
    added=st.lists(needs, max_size=3, unique_by=lambda n: n.id),
    product=products,
)
def test_updated_needs_equal_those_built_anew(before, added, product):
    index = make_index(needs=before).updated(needs=added)
    anew = make_index(needs=before + added)
    assert rank_needs(index, product, options=ALL) == rank_needs(anew, product, options=ALL)


def test_reader_of_an_old_snapshot_is_not_disturbed():
    index = make_index(products=random_products(50))
    before = rank_products(index, make_need(), options=ALL)
    index.updated(products=[make_product(id="p00000", rate=0.1)], removed=["p00001"])
    assert rank_products(index, make_need(), options=ALL) == before


def test_one_changed_listing_changes_one_column_only():
    index = make_index(products=random_products(50))
    changed = index.updated(products=[make_product(id="p00007", rate=0.1)])
    old, new = index.product_columns, changed.product_columns
    differing = np.flatnonzero((old.codes != new.codes).any(axis=0))
    assert differing.tolist() == [7]
    assert [a is b for a, b in zip(old.facts, new.facts, strict=True)].count(False) == 1


def test_repeated_id_is_refused():
    with pytest.raises(ValueError, match="share one id"):
        make_index(products=[make_product(), make_product()])
