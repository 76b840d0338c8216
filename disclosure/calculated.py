"""The datapoints that follow from others, so that nobody types them.

Rounding policy: sums are exact; quotients are rounded, half to even, to six decimals.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from disclosure.answers import Answer
from disclosure.facts import Disclosure, Target
from disclosure.values import Quantity

_PLACES = Decimal("0.000001")
_LARGEST = Decimal(10) ** 18
_CURRENT = {
    "scope_1": ("EMS-01", "value"),
    "scope_2_location": ("EMS-05", "value"),
    "scope_2_market": ("EMS-06", "emissions"),
    "scope_3": ("EMS-08", "value"),
}


def with_calculated(disclosure: Disclosure) -> Disclosure:
    """Add every calculated datapoint that can be derived and is not stated already."""
    missing = {
        key: answer
        for key, answer in calculated(disclosure).items()
        if key not in disclosure.answers
    }
    return replace(disclosure, answers={**disclosure.answers, **missing})


def calculated(disclosure: Disclosure) -> dict[str, Answer]:
    """Derive EMS-07, EMS-11, ENE-06, ENE-07 and TGT-05 as far as their inputs are stated."""
    with localcontext(prec=60):
        parts = {
            "EMS-07": dict(_totals(disclosure)),
            "EMS-11": dict(_per_revenue(disclosure)),
            "ENE-06": dict(_energy_per_revenue(disclosure)),
            "ENE-07": dict(_renewable_share(disclosure)),
            "TGT-05": dict(_progress(disclosure)),
        }
    catalogue = disclosure.catalogue
    return {
        key: answer
        for key, given in parts.items()
        if given and (answer := Answer.of(catalogue[key], given)).complete_for(catalogue[key])
    }


_Found = Iterator[tuple[str, Quantity]]


def _totals(disclosure: Disclosure) -> _Found:
    scope_1 = disclosure.amount("EMS-01", unit="tCO2e")
    for part, key, name in (("location", "EMS-05", "value"), ("market", "EMS-06", "emissions")):
        scope_2 = disclosure.amount(key, name, unit="tCO2e")
        if scope_1 is not None and scope_2 is not None:
            yield from _fitting(part, scope_1 + scope_2, "tCO2e")


def _per_revenue(disclosure: Disclosure) -> _Found:
    if (base := _revenue(disclosure)) is None:
        return
    revenue, unit = base
    for part, total in _totals(disclosure):
        yield from _fitting(part, _rounded(total.amount / revenue), f"tCO2e/{unit}")


def _energy_per_revenue(disclosure: Disclosure) -> _Found:
    energy, base = disclosure.amount("ENE-01", unit="tce"), _revenue(disclosure)
    if energy is not None and base is not None:
        yield from _fitting("value", _rounded(energy / base[0]), f"tce/{base[1]}")


def _renewable_share(disclosure: Disclosure) -> _Found:
    renewable = disclosure.amount("ENE-02", "renewable")
    rest = disclosure.amount("ENE-02", "non_renewable")
    own = disclosure.amount("ENE-03") or Decimal(0)
    if renewable is not None and rest is not None and renewable + rest + own > 0:
        share = (renewable + own) / (renewable + rest + own) * 100
        yield from _fitting("value", _rounded(share), "%")


def _progress(disclosure: Disclosure) -> _Found:
    targets = [each for each in disclosure.targets() if each.datapoint == "TGT-01"]
    if targets and (share := target_progress(targets[0], disclosure)) is not None:
        yield from _fitting("value", _rounded(share), "%")


def target_progress(target: Target, disclosure: Disclosure) -> Decimal | None:
    """Return the achieved share of an absolute target's reduction in percent; may be negative."""
    base = target.base_value
    now = [disclosure.amount(*_CURRENT[scope], unit="tCO2e") for scope in target.scopes]
    stated = [each for each in now if each is not None]
    if base is None or base.canonical_unit != "tCO2e" or len(stated) < len(now):
        return None
    promised = base.canonical * target.reduction / 100
    if promised <= 0:
        return None
    return (base.canonical - sum(stated, Decimal(0))) / promised * 100


def _revenue(disclosure: Disclosure) -> tuple[Decimal, str] | None:
    """Return the revenue and the unit an intensity is stated per: 万元, or 百万 of a currency."""
    found = disclosure.value("GEN-05")
    if not isinstance(found, Quantity) or found.amount <= 0 or "/" in found.canonical_unit:
        return None
    unit = "万元" if found.canonical_unit == "CNY" else f"百万{found.canonical_unit}"
    amount = disclosure.amount("GEN-05", unit=unit)
    return None if amount is None else (amount, unit)


def _fitting(part: str, amount: Decimal, unit: str) -> _Found:
    """Yield the part unless the amount is beyond what an answer may hold."""
    if abs(amount) < _LARGEST:
        yield part, Quantity(_without_sign_of_zero(amount), unit)


def _without_sign_of_zero(amount: Decimal) -> Decimal:
    return abs(amount) if amount.is_zero() else amount


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(_PLACES, rounding=ROUND_HALF_EVEN)
