import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import valuation as v

D = Decimal


def test_pledge_carries_what_the_formula_says():
    pledge = v.pledge(D(100_000), D(70), haircut=D("0.3"), call_ltv=D("0.8"), sale_ltv=D("0.9"))
    assert (pledge.loan, pledge.call_price) == (D(4_900_000), D("61.25"))
    assert round(pledge.liquidation_price, 2) == D("54.44")


def test_shortfall_is_cured_by_tonnes_or_not_at_all():
    tonnes = v.tonnes_to_cure(D(4_900_000), D(100_000), D(60), target_ltv=D("0.7"))
    after = v.loan_to_value(D(4_900_000), D(100_000) + tonnes, D(60))
    assert round(after, 10) == D("0.7")
    assert v.tonnes_to_cure(D(4_900_000), D(100_000), D(90), target_ltv=D("0.7")) == 0


@pytest.mark.parametrize(("days", "share"), [(20, 0.206), (60, 0.329), (50, 0.305)])
def test_haircut_grows_with_the_days_of_disposal(days, share):
    assert v.haircut(0.35, days) == pytest.approx(share, abs=0.0006)


def test_forward_carries_the_rate_and_gives_up_the_yield():
    assert v.forward(70, rate=0.02, years=0.5) == pytest.approx(70.7035, abs=5e-5)
    assert v.forward(70, rate=0.02, years=0.5, convenience=0.02) == 70


def test_black_76_gives_the_known_prices_and_parity():
    price = v.black_76(75, 80, volatility=0.35, rate=0.02, years=0.5)
    assert price.call == pytest.approx(5.335344, abs=5e-7)
    assert price.put == pytest.approx(10.285593, abs=5e-7)
    assert price.call - price.put == pytest.approx(-4.950249, abs=5e-7)


@given(st.floats(20, 200), st.floats(20, 200), st.floats(0.05, 1), st.floats(0.05, 3))
def test_sensitivities_are_the_slopes_of_the_price(future, strike, volatility, years):
    def call(f, s):
        return v.black_76(f, strike, volatility=s, rate=0.02, years=years).call

    price = v.black_76(future, strike, volatility=volatility, rate=0.02, years=years)
    step = 1e-4
    delta = (call(future + step, volatility) - call(future - step, volatility)) / (2 * step)
    vega = (call(future, volatility + step) - call(future, volatility - step)) / (2 * step)
    assert price.delta == pytest.approx(delta, abs=1e-4)
    assert price.vega == pytest.approx(vega, abs=1e-2)


def test_repo_swap_and_borrowing_give_the_known_figures():
    assert v.repo_rate(D(70), D("71.2"), 180) == pytest.approx(D("0.03476"), abs=D("5e-6"))
    assert v.swap_value(100_000, 70, [(72, 0.5)], rate=0.02) == pytest.approx(198_010, abs=0.5)
    assert round(v.borrowing_fee(D(50_000), D(70), fee=D("0.05"), days=180)) == 86_301
    assert v.borrowing_deposit(D(50_000), D(70), share=D("0.3")) == 1_050_000


def test_credits_replace_a_twentieth_of_a_surrender():
    assert v.credit_substitution(D(200_000), D(80), D(70)) == (10_000, 100_000)


def test_step_down_can_cost_more_than_it_saves():
    terms = {"rate": D("0.0335"), "years": 3}
    free = v.step_value(D(50_000_000), D(10), yearly_cost=D(0), **terms)
    proven = v.step_value(D(50_000_000), D(10), yearly_cost=D(60_000), **terms)
    assert (round(free), round(proven)) == (140_484, -28_097)
    assert v.break_even_principal(D(60_000), D(10)) == 60_000_000


def test_expected_interest_weighs_the_steps():
    steps = [(D(-10), D("0.6")), (D(0), D("0.3")), (D(5), D("0.1"))]
    assert v.expected_interest_change(D(50_000_000), steps) == -27_500
    with pytest.raises(ValueError, match="sum to 1"):
        v.expected_interest_change(D(1), steps[:2])


def test_all_in_rate_counts_the_fees():
    principal = D(10_000_000)
    payments = v.interest_only_payments(principal, D("0.0345"), 12)
    nominal, effective = v.all_in_rate(principal - D(50_000) - D(20_000), payments)
    assert nominal == pytest.approx(0.04166, abs=5e-6)
    assert effective == pytest.approx(0.04246, abs=5e-6)
    assert v.all_in_rate(principal, payments)[0] == pytest.approx(0.0345, abs=1e-9)


def test_loan_claims_its_share_of_the_reduction():
    assert v.loan_reduction(D(20_000), D(60), D(100)) == 12_000
    assert v.reduction_is_plausible(D(20_000), D(100_000_000))
    assert not v.reduction_is_plausible(D(20_000), D(1_000_000))
    assert not v.reduction_is_plausible(D(100), D(100_000_000))


def test_financed_emissions_follow_pcaf():
    assert v.financed_emissions(D(50), D(400), D(80_000)) == 10_000
    assert v.weighted_data_quality([(D(50), 2), (D(30), 4)]) == D("2.75")


def test_abatement_and_debt_service_are_plain_ratios():
    cost = v.abatement_cost(
        D(1_000_000), rate=D(0), years=10, opex=D(20_000), saving=D(70_000), tonnes=D(500)
    )
    assert cost == 100
    assert v.debt_service_cover(D(300), D(100), D(50)) == 2


def test_value_that_cannot_be_is_named():
    with pytest.raises(ValueError, match="volatility must be a positive number"):
        v.black_76(75, 80, volatility=0, rate=0.02, years=0.5)
    with pytest.raises(ValueError, match="price must be a positive number"):
        v.loan_to_value(D(1), D(1), D("NaN"))
    with pytest.raises(ValueError, match="must be positive"):
        v.all_in_rate(D(0), [D(1)])


def test_every_unit_is_named_in_both_languages():
    assert all(unit.zh and unit.en for unit in v.UNITS.values())
    assert math.isclose(v.annuity(D("0.0335"), 3), 2.80968, rel_tol=1e-5)
