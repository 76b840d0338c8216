"""Valuations users expect: pure functions, each with its unit; indicative, never an offer.

Money is Decimal CNY where the formula is arithmetic and float where it needs exponentials. Rates
and shares are fractions (0.0345 is 3.45 %), quantities tCO2e, prices CNY per tonne, times years
unless a name says days or months.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import NormalDist
from typing import Any

from scoring.texts import Bilingual

_NORMAL = NormalDist()
_TRADING_DAYS = 250
_DAYS = 365
_BP = Decimal(10_000)
OFFSET_CAP = Decimal("0.05")
"""Share of a surrender that credits may replace in the national market."""
REDUCTION_BAND = (Decimal(20), Decimal(2000))
"""Tonnes a year per CNY million within which a claimed project reduction is plausible."""


@dataclass(frozen=True, slots=True)
class Pledge:
    """What a pledged quantity can carry, and the prices at which it is called or sold."""

    loan: Decimal
    call_price: Decimal
    liquidation_price: Decimal


def pledge(
    quantity: Decimal, price: Decimal, *, haircut: Decimal, call_ltv: Decimal, sale_ltv: Decimal
) -> Pledge:
    """Lendable amount (CNY) and the prices (CNY/t) of the margin call and the liquidation."""
    _positive(quantity=quantity, price=price, call_ltv=call_ltv, sale_ltv=sale_ltv)
    loan = quantity * price * (1 - haircut)
    return Pledge(loan, loan / (quantity * call_ltv), loan / (quantity * sale_ltv))


def loan_to_value(loan: Decimal, quantity: Decimal, price: Decimal) -> Decimal:
    """The share of today's value that is lent."""
    _positive(quantity=quantity, price=price)
    return loan / (quantity * price)


def tonnes_to_cure(
    loan: Decimal, quantity: Decimal, price: Decimal, *, target_ltv: Decimal
) -> Decimal:
    """Tonnes to add so that the loan is back at the target loan-to-value; 0 when it is."""
    _positive(price=price, target_ltv=target_ltv)
    return max(Decimal(0), (loan / target_ltv - quantity * price) / price)


def haircut(volatility: float, days: float, *, z: float = 2.326) -> float:
    """The haircut that covers a disposal of `days` trading days with the confidence of z."""
    _positive(volatility=volatility, days=days, z=z)
    return 1 - math.exp(-z * volatility * math.sqrt(days / _TRADING_DAYS))


def forward(spot: float, *, rate: float, years: float, convenience: float = 0.0) -> float:
    """The fair forward price; the convenience yield is the user's to state."""
    _positive(spot=spot)
    return spot * math.exp((rate - convenience) * years)


@dataclass(frozen=True, slots=True)
class OptionPrice:
    """Black-76 prices (CNY/t) and the call's first sensitivities."""

    call: float
    put: float
    delta: float
    vega: float


def black_76(
    future: float, strike: float, *, volatility: float, rate: float, years: float
) -> OptionPrice:
    """European option on a forward; indicative, for allowances are bounded by the penalty."""
    _positive(future=future, strike=strike, volatility=volatility, years=years)
    spread = volatility * math.sqrt(years)
    d1 = math.log(future / strike) / spread + spread / 2
    d2 = d1 - spread
    discount = math.exp(-rate * years)
    call = discount * (future * _NORMAL.cdf(d1) - strike * _NORMAL.cdf(d2))
    put = call - discount * (future - strike)
    vega = future * discount * _NORMAL.pdf(d1) * math.sqrt(years)
    return OptionPrice(call, put, discount * _NORMAL.cdf(d1), vega)


def repo_rate(sell_price: Decimal, buy_price: Decimal, days: int) -> Decimal:
    """The yearly rate a sale and buy-back amount to."""
    _positive(sell_price=sell_price, days=days)
    return (buy_price / sell_price - 1) * _DAYS / days


def swap_value(
    quantity: float, fixed: float, forwards: Sequence[tuple[float, float]], *, rate: float
) -> float:
    """Present value (CNY) of receiving the forwards, given as (price, years), against `fixed`."""
    return sum(quantity * (price - fixed) * math.exp(-rate * years) for price, years in forwards)


def borrowing_fee(quantity: Decimal, price: Decimal, *, fee: Decimal, days: int) -> Decimal:
    """The fee (CNY) of borrowing allowances for some days."""
    return quantity * price * fee * days / _DAYS


def borrowing_deposit(quantity: Decimal, price: Decimal, *, share: Decimal) -> Decimal:
    """The first deposit (CNY) of borrowing allowances."""
    return quantity * price * share


def credit_substitution(
    surrender: Decimal, allowance_price: Decimal, credit_price: Decimal
) -> tuple[Decimal, Decimal]:
    """Tonnes that credits may replace at most, and what that saves (CNY)."""
    tonnes = surrender * OFFSET_CAP
    return tonnes, tonnes * (allowance_price - credit_price)


def annuity(rate: Decimal, years: int) -> Decimal:
    """The present value of one a year, paid at the end of each year."""
    _positive(years=years)
    return Decimal(years) if rate == 0 else (1 - (1 + rate) ** -years) / rate


def step_value(
    principal: Decimal, step_bp: Decimal, *, rate: Decimal, years: int, yearly_cost: Decimal
) -> Decimal:
    """Present value (CNY) of a step-down met every year, less the yearly cost of proving it."""
    return (principal * step_bp / _BP - yearly_cost) * annuity(rate, years)


def expected_interest_change(
    principal: Decimal, steps: Sequence[tuple[Decimal, Decimal]]
) -> Decimal:
    """The expected yearly change of interest (CNY) over (basis points, probability)."""
    if sum(probability for _, probability in steps) != 1:
        raise ValueError("the probabilities of the steps must sum to 1")
    return principal * sum((bp * chance for bp, chance in steps), Decimal(0)) / _BP


def break_even_principal(yearly_cost: Decimal, step_bp: Decimal) -> Decimal:
    """The principal (CNY) at which a step-down just pays for its proof."""
    _positive(step_bp=step_bp)
    return yearly_cost / (step_bp / _BP)


def all_in_rate(received: Decimal, payments: Sequence[Decimal]) -> tuple[float, float]:
    """All-in yearly cost of a loan from its monthly payments: nominal (x 12) and effective.

    `received` is what the borrower gets after fees; ValueError when nothing is repaid.
    """
    flows = [float(payment) for payment in payments]
    start = float(received)
    if start <= 0 or sum(flows) <= 0:
        raise ValueError("received and the payments must be positive")
    low, high = -0.99, 10.0
    for _ in range(200):
        middle = (low + high) / 2
        value = sum(flow / (1 + middle) ** month for month, flow in enumerate(flows, start=1))
        low, high = (middle, high) if value > start else (low, middle)
    return 12 * low, (1 + low) ** 12 - 1


def interest_only_payments(principal: Decimal, rate: Decimal, months: int) -> list[Decimal]:
    """Monthly interest, and the principal with the last."""
    _positive(months=months)
    interest = principal * rate / 12
    return [interest] * (months - 1) + [interest + principal]


def abatement_cost(
    capex: Decimal, *, rate: Decimal, years: int, opex: Decimal, saving: Decimal, tonnes: Decimal
) -> Decimal:
    """CNY per tonne abated: yearly capital and running cost less the energy saved."""
    _positive(tonnes=tonnes)
    return (capex / annuity(rate, years) + opex - saving) / tonnes


def debt_service_cover(ebitda: Decimal, principal: Decimal, interest: Decimal) -> Decimal:
    """How many times earnings cover the year's debt service."""
    _positive(debt_service=principal + interest)
    return ebitda / (principal + interest)


def loan_reduction(project_t: Decimal, loan: Decimal, investment: Decimal) -> Decimal:
    """The share of a project's yearly reduction (t) that a loan may claim."""
    _positive(investment=investment)
    return project_t * loan / investment


def reduction_is_plausible(project_t: Decimal, investment: Decimal) -> bool:
    """Whether a claimed reduction lies within the usual band per CNY million."""
    _positive(investment=investment)
    low, high = REDUCTION_BAND
    return low <= project_t / investment * 1_000_000 <= high


def financed_emissions(outstanding: Decimal, equity_and_debt: Decimal, tonnes: Decimal) -> Decimal:
    """The emissions (t) attributed to an outstanding amount (PCAF)."""
    _positive(equity_and_debt=equity_and_debt)
    return outstanding / equity_and_debt * tonnes


def weighted_data_quality(loans: Sequence[tuple[Decimal, int]]) -> Decimal:
    """The exposure-weighted data-quality score of (outstanding, score) loans (PCAF)."""
    total = sum((outstanding for outstanding, _ in loans), Decimal(0))
    _positive(outstanding=total)
    return sum((outstanding * score for outstanding, score in loans), Decimal(0)) / total


def _positive(**values: Decimal | float) -> None:
    for name, value in values.items():
        if not math.isfinite(value) or value <= 0:
            raise ValueError(f"{name} must be a positive number")


_YUAN = Bilingual("元", "CNY")
_YUAN_A_TONNE = Bilingual("元/吨", "CNY/t")
_SHARE = Bilingual("比例", "share")
_YEARLY = Bilingual("年化比例", "share a year")
_TONNES = Bilingual("吨", "t")

UNITS: Mapping[Callable[..., Any], Bilingual] = {
    pledge: _YUAN,
    loan_to_value: _SHARE,
    tonnes_to_cure: _TONNES,
    haircut: _SHARE,
    forward: _YUAN_A_TONNE,
    black_76: _YUAN_A_TONNE,
    repo_rate: _YEARLY,
    swap_value: _YUAN,
    borrowing_fee: _YUAN,
    borrowing_deposit: _YUAN,
    credit_substitution: _TONNES,
    step_value: _YUAN,
    expected_interest_change: Bilingual("元/年", "CNY a year"),
    break_even_principal: _YUAN,
    all_in_rate: _YEARLY,
    abatement_cost: _YUAN_A_TONNE,
    debt_service_cover: Bilingual("倍", "times"),
    loan_reduction: Bilingual("吨/年", "t a year"),
    financed_emissions: _TONNES,
    weighted_data_quality: Bilingual("分（1 最好）", "score (1 is best)"),
}
"""The unit label of each valuation."""
