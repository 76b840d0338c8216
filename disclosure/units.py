"""Units of the catalogue: families, exact conversion, and the one rounding policy.

Every factor is an exact fraction, so a conversion is exact wherever the result has a finite
decimal form; only then-endless results (GJ to MWh: 1/3.6) are rounded, half to even, to 28 digits.
Canonical units are chosen so that every unit of a family converts into them exactly:
energy GJ, greenhouse gases tCO2e, money whole units of its own currency, mass t, volume m3,
gas volume Nm3, area m2, hours h, cases per 200,000 hours worked, shares %. Sources: GB/T 2589-2020
(1 tce = 29.3076 GJ), SI brochure.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import lru_cache

CURRENCIES = ("CNY", "USD", "EUR", "HKD", "TWD", "JPY", "GBP", "SGD")
_ENDLESS = Context(prec=28, rounding=ROUND_HALF_EVEN)
_SCALES = {"": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "亿": 10**8}
_TABLE: dict[str, dict[str, str]] = {
    "energy": {
        "MWh": "3.6", "kWh": "0.0036", "万kWh": "36", "GWh": "3600", "GJ": "1", "MJ": "0.001",
        "TJ": "1000", "tce": "29.3076", "kgce": "0.0293076", "万tce": "293076",
    },
    "ghg": {
        "tCO2e": "1", "kgCO2e": "0.001", "gCO2e": "0.000001", "ktCO2e": "1000",
        "万tCO2e": "10000", "MtCO2e": "1000000", "tCO2": "1", "kgCO2": "0.001",
    },
    "mass": {"t": "1", "kg": "0.001", "g": "0.000001", "万t": "10000"},
    "volume": {"m3": "1", "L": "0.001", "万m3": "10000"},
    "gas_volume": {"Nm3": "1", "万Nm3": "10000"},
    "area": {"m2": "1", "ha": "10000", "万m2": "10000", "km2": "1000000"},
    "time": {"h": "1", "万h": "10000"},
    "frequency": {"1/200000h": "1", "1/1000000h": "0.2"},
    "share": {"%": "1", "‰": "0.1"},
    "freight": {"t·km": "1", "万t·km": "10000"},
    "distance": {"km": "1"},
    "pure": {"1": "1"},
}  # fmt: skip
_CANONICAL = {
    "energy": "GJ", "ghg": "tCO2e", "mass": "t", "volume": "m3", "gas_volume": "Nm3",
    "freight": "t·km", "distance": "km", "share": "%", "pure": "1", "area": "m2", "time": "h",
    "frequency": "1/200000h",
}  # fmt: skip
_CHOICES = {
    "money": ("万元", "元", "亿元", *(f"{scale}{code}" for code in CURRENCIES[1:]
                                 for scale in ("", "万", "百万"))),
    "ghg/money": ("tCO2e/万元", "kgCO2e/元", "tCO2e/亿元", "tCO2e/百万USD", "tCO2e/百万TWD"),
    "energy/money": ("tce/万元", "MWh/万元", "GJ/万元"),
    "money/ghg": ("元/tCO2e", "USD/tCO2e", "EUR/tCO2e"),
    "activity": ("MWh", "kWh", "万kWh", "GJ", "tce", "t", "kg", "万t", "L", "m3", "Nm3", "万Nm3",
                 "t·km", "km", "万元", "1"),
    "factor": ("tCO2e/MWh", "kgCO2/kWh", "tCO2/万kWh", "tCO2/GJ", "tCO2/t", "kgCO2e/kg",
               "kgCO2e/L", "tCO2/万Nm3", "kgCO2e/m3", "kgCO2e/t·km", "kgCO2e/km", "tCO2e/万元"),
}  # fmt: skip
_ACTIVITY = frozenset(
    {"energy", "mass", "volume", "gas_volume", "freight", "distance", "money", "pure"}
)


class UnitError(ValueError):
    """A unit is unknown, or two units measure different things."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: `amount * factor` is the amount in the canonical unit."""

    code: str
    family: str
    canonical: str
    factor: Fraction


def _simple_units() -> dict[str, Unit]:
    units = {
        code: Unit(code, family, _CANONICAL[family], Fraction(factor))
        for family, table in _TABLE.items()
        for code, factor in table.items()
    }
    for currency in CURRENCIES:
        for scale, factor in _SCALES.items():
            code = scale + currency
            units[code] = Unit(code, "money", currency, Fraction(factor))
            if currency == "CNY":
                units[scale + "元"] = Unit(scale + "元", "money", "CNY", Fraction(factor))
    return units


_UNITS = _simple_units()


@lru_cache(maxsize=1024)
def unit(code: str) -> Unit:
    """Return the unit of this code, plain (`MWh`) or a quotient (`tCO2e/万元`)."""
    if code in _UNITS:
        return _UNITS[code]
    above, slash, below = code.partition("/")
    if not slash or above not in _UNITS or below not in _UNITS:
        raise UnitError(f"unknown unit {code!r}")
    over, under = _UNITS[above], _UNITS[below]
    return Unit(
        code,
        f"{over.family}/{under.family}",
        f"{over.canonical}/{under.canonical}",
        over.factor / under.factor,
    )


def choices(family: str) -> tuple[str, ...]:
    """List the unit codes a form offers for a family, the usual one first."""
    return _CHOICES.get(family) or tuple(_TABLE.get(family, ()))


def fits(code: str, family: str) -> bool:
    """Tell whether a unit may be used where a family is asked.

    `activity` takes what activity data is measured in, `factor` emissions per such a unit.
    """
    given = unit(code).family
    if family == "activity":
        return given in _ACTIVITY
    if family == "factor":
        return given.removeprefix("ghg/") in _ACTIVITY and given.startswith("ghg/")
    return given == family


def finite(value: Fraction) -> Decimal:
    """Turn a fraction into a Decimal: exact when it ends, else 28 digits, half to even."""
    below, twos, fives = value.denominator, 0, 0
    while below % 2 == 0:
        below, twos = below // 2, twos + 1
    while below % 5 == 0:
        below, fives = below // 5, fives + 1
    if below != 1:
        return _ENDLESS.divide(Decimal(value.numerator), Decimal(value.denominator))
    places = max(twos, fives)
    whole = abs(value.numerator) * 10**places // value.denominator
    digits = tuple(int(digit) for digit in str(whole))
    return Decimal((int(value < 0), digits, -places))


def convert(amount: Decimal, source: str, target: str) -> Decimal:
    """Convert an amount between two units of one family (for money: of one currency)."""
    one, other = unit(source), unit(target)
    if one.canonical != other.canonical:
        raise UnitError(f"{source} cannot be converted into {target}")
    if source == target:
        return amount
    return finite(Fraction(amount) * one.factor / other.factor)
