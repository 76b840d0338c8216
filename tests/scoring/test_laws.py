"""The laws of the ranking: no improvement lowers a score, and priority is bounded."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scoring.facts import Assurance, DisclosureStanding
from scoring.moves import CHANGES
from scoring.prior import PriorSettings, train_prior
from scoring.priority import PriorityRule, priority
from scoring.ranking import RankOptions, rank_products
from scoring.scorecard import scorecard_model
from tests.scoring.samples import make_index, make_need, make_product, needs, products, standings

MODELS = (scorecard_model(), train_prior(PriorSettings(rows=1500, max_iter=30)))
UP = ("points", "completeness", "trend", "target_ambition", "kpi_progress")
DOWN = ("age_months", "data_quality", "intensity_percentile")


def score(model, need, product):
    return model.finance.fused.log_odds(model.finance.table.codes(need, product))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.origin)
def test_no_table_falls_where_up_is_better(model):
    for market in (model.finance, model.technology):
        rising = [t for t, up in zip(market.fused.tables, market.table.monotone, strict=True) if up]
        assert min(np.diff(table).min() for table in rising) >= 0
        assert max(np.ptp(table) for table in rising) > 0


@settings(max_examples=60, deadline=None)
@given(need=needs, product=products, field=st.sampled_from(UP + DOWN), better=st.data())
def test_better_or_newly_given_figure_never_lowers_a_score(need, product, field, better):
    drawn = getattr(better.draw(standings), field)
    old = getattr(need.standing, field)
    assume(drawn is not None)
    if old is not None:
        drawn = max(old, drawn) if field in UP else min(old, drawn)
    improved = replace(need, standing=replace(need.standing, **{field: drawn}))
    for model in MODELS:
        assert score(model, improved, product) >= score(model, need, product)


@settings(max_examples=60, deadline=None)
@given(need=needs, product=products, grade=st.integers(0, 4), points=st.floats(0, 100))
def test_higher_grade_never_lowers_a_score(need, product, grade, points):
    assume(grade > need.standing.grade)
    standing = replace(need.standing, grade=grade, points=points)
    for model in MODELS:
        improved = replace(need, standing=standing)
        assert score(model, improved, product) >= score(model, need, product)


@settings(max_examples=40, deadline=None)
@given(need=needs, product=products, assurance=st.sampled_from(Assurance))
def test_more_assurance_never_lowers_a_score(need, product, assurance):
    assume(assurance >= need.standing.assurance)
    improved = replace(need, standing=replace(need.standing, assurance=assurance))
    for model in MODELS:
        assert score(model, improved, product) >= score(model, need, product)


@settings(max_examples=40, deadline=None)
@given(need=needs, product=products)
def test_no_move_lowers_a_score_or_the_priority(need, product):
    for change in CHANGES:
        moved = replace(need, standing=change.apply(need.standing))
        assert score(MODELS[0], moved, product) >= score(MODELS[0], need, product)
        assert priority(moved.standing).points >= priority(need.standing).points


@settings(max_examples=30, deadline=None)
@given(need=needs, listings=st.lists(products, min_size=1, max_size=5, unique_by=lambda p: p.id))
def test_every_move_is_what_ranking_again_says(need, listings):
    index = make_index(products=listings)
    options = RankOptions(top=None, everything=True, moved=99)
    for row in rank_products(index, need, options=options).items:
        for move in row.moves:
            change = next((c for c in CHANGES if c.do == move.do), None)
            if change is None:
                continue
            moved = replace(need, standing=change.apply(need.standing))
            again = rank_products(index, moved, options=options)
            after = next(each for each in again.items if each.id == row.id)
            assert (after.score, after.rank) == (move.score_after, move.rank_after)


@given(standing=standings)
def test_priority_is_bounded_and_inside_its_points(standing):
    given_ = priority(standing)
    assert 0 <= given_.points <= 100
    assert 0 <= given_.effect <= PriorityRule().cap
    assert given_.points == pytest.approx(sum(points for _, points in given_.parts))


@given(one=standings, other=standings, gap=st.floats(1.5, 10, exclude_min=True))
def test_priority_never_lifts_a_match_above_a_clearly_better_one(one, other, gap):
    assert gap + priority(one).effect > priority(other).effect


def test_rule_that_could_lift_a_clearly_worse_match_is_refused():
    with pytest.raises(ValueError, match="cap must not exceed delta"):
        PriorityRule(cap=2.0)


def test_priority_never_makes_the_ineligible_eligible():
    best = DisclosureStanding(grade=4, points=99, assurance=Assurance.REASONABLE, age_months=0)
    index = make_index(products=[make_product(quota_left=0.0)])
    assert rank_products(index, make_need(standing=best)).items == ()


def test_small_firm_on_the_short_route_is_full_at_grade_2():
    small = DisclosureStanding(grade=2, short_route=True, age_months=0)
    large = DisclosureStanding(grade=4, age_months=0)
    assert priority(small).parts[0] == priority(large).parts[0] == ("disclosure", 40.0)
    assert (priority(small).points, priority(small).tier) == (55.0, 2)


def test_tiers_follow_the_published_points():
    listed = [(4, 2, 0, 1), (2, 0, 0, 2), (1, 0, 30, 3)]
    for grade, assurance, age, tier in listed:
        standing = DisclosureStanding(grade=grade, assurance=Assurance(assurance), age_months=age)
        assert priority(standing).tier == tier
