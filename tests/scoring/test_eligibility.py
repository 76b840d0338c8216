from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.columns import Columns
from scoring.eligibility import standing_of
from scoring.facts import Assurance, Collateral, DisclosureStanding, Purpose, SizeClass
from scoring.markets import FINANCE_MARKET, TECHNOLOGY_MARKET
from scoring.rows import Eligibility
from tests.scoring.samples import (
    make_need,
    make_product,
    make_scenario,
    make_technology,
    needs,
    products,
)


def judged(need, product):
    verdict = FINANCE_MARKET.judge(need, product)
    return verdict.eligibility, [text.code for text in verdict.missing]


@settings(max_examples=40, deadline=None)
@given(needs, st.lists(products, min_size=1, max_size=8, unique_by=lambda p: p.id))
def test_columns_of_products_judge_as_pairs_do(need, listings):
    columns = Columns.build(FINANCE_MARKET.listing_layout, listings)
    totals = FINANCE_MARKET.listing_gaps(need, columns)
    expected = [FINANCE_MARKET.judge(need, p).eligibility for p in columns.facts]
    assert [standing_of(total) for total in totals] == expected


@settings(max_examples=40, deadline=None)
@given(products, st.lists(needs, min_size=1, max_size=8, unique_by=lambda n: n.id))
def test_columns_of_needs_judge_as_pairs_do(product, asked):
    columns = Columns.build(FINANCE_MARKET.need_layout(lambda _: ()), asked)
    totals = FINANCE_MARKET.need_gaps(product, columns)
    expected = [FINANCE_MARKET.judge(n, product).eligibility for n in columns.facts]
    assert [standing_of(total) for total in totals] == expected


@settings(max_examples=40, deadline=None)
@given(needs, products)
def test_gap_free_pair_is_eligible_and_only_it(need, product):
    eligibility, missing = judged(need, product)
    assert (eligibility is Eligibility.ELIGIBLE) == (not missing)


def test_plain_pair_is_eligible():
    assert judged(make_need(), make_product()) == (Eligibility.ELIGIBLE, [])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"amount_max": Decimal(7_000_000)}, "need-amount"),
        ({"tenor_min": 26}, "need-tenor"),
        ({"grade_required": 4}, "need-grade"),
        ({"assurance_required": Assurance.LIMITED}, "need-assurance"),
        ({"max_age_months": 6}, "need-freshness"),
        ({"intensity_percentile_max": 0.5}, "need-intensity"),
        ({"suitability_required": True}, "need-suitability"),
        ({"collateral": frozenset({Collateral.GUARANTEE})}, "need-collateral"),
        ({"taxonomy": frozenset({"2025-1.1"})}, "need-taxonomy"),
    ],
)
def test_gap_that_can_be_closed_is_nearly(change, code):
    assert judged(make_need(), make_product(**change)) == (Eligibility.NEARLY, [code])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"amount_max": Decimal(6_000_000)}, "need-amount"),
        ({"tenor_min": 36}, "need-tenor"),
        ({"purposes": frozenset({Purpose.RISK_COVER})}, "need-purpose"),
        ({"sectors_include": frozenset({"I"})}, "need-sector"),
        ({"sectors_exclude": frozenset({"C39"})}, "need-sector"),
        ({"districts": frozenset({"320500"})}, "need-district"),
        ({"size_classes": frozenset({SizeClass.LARGE})}, "need-size"),
        ({"operating_years_min": 8.0}, "need-operating-years"),
        ({"collateral": frozenset({Collateral.CEA})}, "need-collateral"),
        ({"quota_left": 0.0}, "listing-quota"),
    ],
)
def test_gap_that_cannot_be_closed_is_no(change, code):
    assert judged(make_need(), make_product(**change)) == (Eligibility.NO, [code])


def test_three_gaps_that_can_be_closed_are_too_many():
    product = make_product(
        assurance_required=Assurance.LIMITED, max_age_months=6, suitability_required=True
    )
    eligibility, missing = judged(make_need(), product)
    assert eligibility is Eligibility.NO
    assert len(missing) == 3


def test_amount_on_the_border_is_inside():
    product = make_product(amount_max=Decimal(8_000_000))
    assert judged(make_need(), product)[0] is Eligibility.ELIGIBLE
    assert judged(make_need(amount=Decimal("8000000.01")), product)[0] is Eligibility.NEARLY


@pytest.mark.parametrize("amount", [Decimal("NaN"), Decimal("Infinity"), Decimal(-1)])
def test_amount_that_is_none_is_refused(amount):
    with pytest.raises(ValueError, match="amount must be an amount of CNY"):
        judged(make_need(amount=amount), make_product())


def test_unpublished_enterprise_is_told_what_to_publish():
    need = make_need(standing=DisclosureStanding())
    assert judged(need, make_product(grade_required=2)) == (Eligibility.NEARLY, ["need-grade"])
    assert judged(need, make_product(grade_required=3)) == (Eligibility.NO, ["need-grade"])


def test_immature_or_unfit_technology_is_no():
    judge = TECHNOLOGY_MARKET.judge
    assert judge(make_scenario(), make_technology()).eligibility is Eligibility.ELIGIBLE
    assert judge(make_scenario(), make_technology(trl=6)).eligibility is Eligibility.NO
    nearly = judge(make_scenario(), make_technology(capex=Decimal(2_100_000)))
    assert nearly.eligibility is Eligibility.NEARLY
