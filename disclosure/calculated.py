"""The datapoints that follow from others, so that nobody types them.

The rates of the ESG questionnaire fall back on the rate stated beside their inputs: a firm (or a
workbook) may know the rate alone.

Rounding policy: sums are exact; quotients are rounded, half to even, to six decimals.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from disclosure.answers import Answer
from disclosure.facts import Disclosure, Target
from disclosure.values import MAX_PLACES, Quantity, Value

_PLACES = Decimal("0.000001")
_LARGEST = Decimal(10) ** 18
_HOURS, _PER_HOURS = 200_000, "1/200000h"
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
    """Derive every calculated datapoint whose inputs are stated."""
    with localcontext(prec=60):
        parts = {
            "EMS-07": dict(_totals(disclosure)),
            "EMS-11": dict(_per_revenue(disclosure)),
            "ENE-06": dict(_energy_per_revenue(disclosure)),
            "ENE-07": dict(_renewable_share(disclosure)),
            "TGT-05": dict(_progress(disclosure)),
            "WST-03": dict(_diverted_share(disclosure)),
            "WRK-06": dict(_turnover_rate(disclosure)),
            "SAF-02": dict(_accident_rate(disclosure)),
            "PAY-03": dict(_pay_gap(disclosure)),
            "DIV-02": dict(_governance_ratio(disclosure)),
        }
    catalogue = disclosure.catalogue
    return {
        key: answer
        for key, given in parts.items()
        if given
        and key in catalogue.datapoints
        and (answer := Answer.of(catalogue[key], given)).complete_for(catalogue[key])
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


def _diverted_share(disclosure: Disclosure) -> _Found:
    rows = disclosure.rows("WST-02")
    diverted, disposed = (
        sum((_mass(row.get(part)) for row in rows), Decimal(0)) for part in ("diverted", "disposed")
    )
    if diverted >= 0 and disposed >= 0 and diverted + disposed > 0:
        yield from _fitting("value", _rounded(diverted / (diverted + disposed) * 100), "%")


def _mass(value: Value | None) -> Decimal:
    known = isinstance(value, Quantity) and value.canonical_unit == "t"
    return value.canonical if known and isinstance(value, Quantity) else Decimal(0)


def _turnover_rate(disclosure: Disclosure) -> _Found:
    left = disclosure.amount("WRK-05", "left")
    average = disclosure.amount("WRK-05", "average")
    if left is not None and average:
        yield from _fitting("value", _rounded(left / average * 100), "%")
    else:
        yield from _as_stated(disclosure, "WRK-05", "rate", "%")


def _accident_rate(disclosure: Disclosure) -> _Found:
    accidents = disclosure.value("SAF-01", "accidents")
    hours = disclosure.amount("SAF-01", "hours", unit="h")
    if isinstance(accidents, int) and hours:
        yield from _fitting("value", _rounded(accidents / hours * _HOURS), _PER_HOURS)
    else:
        yield from _as_stated(disclosure, "SAF-01", "rate", _PER_HOURS)


def _pay_gap(disclosure: Disclosure) -> _Found:
    men, women = (disclosure.value("PAY-02", part) for part in ("men", "women"))
    comparable = (
        isinstance(men, Quantity)
        and isinstance(women, Quantity)
        and men.canonical_unit == women.canonical_unit
        and men.amount > 0
    )
    if comparable and isinstance(men, Quantity) and isinstance(women, Quantity):
        gap = (men.canonical - women.canonical) / men.canonical * 100
        yield from _fitting("value", _rounded(gap), "%")
    else:
        yield from _as_stated(disclosure, "PAY-02", "gap", "%")


def _governance_ratio(disclosure: Disclosure) -> _Found:
    women, men = (disclosure.value("DIV-01", part) for part in ("women", "men"))
    if isinstance(women, int) and isinstance(men, int) and men > 0:
        yield from _fitting("value", _rounded(Decimal(women) / men), "1")
    else:
        yield from _as_stated(disclosure, "DIV-01", "ratio", "1")


def _as_stated(disclosure: Disclosure, datapoint: str, part: str, unit: str) -> _Found:
    """Yield the rate stated beside missing inputs, in the unit of the calculated datapoint."""
    if (rate := disclosure.amount(datapoint, part, unit=unit)) is not None:
        exponent = rate.as_tuple().exponent
        endless = isinstance(exponent, int) and exponent < -MAX_PLACES
        yield from _fitting("value", _rounded(rate) if endless else rate, unit)


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
