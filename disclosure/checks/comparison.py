"""Whether figures agree with what others and other reports say."""

from collections.abc import Iterator
from decimal import Decimal

from disclosure import units
from disclosure.checks.figures import figure, location_total
from disclosure.checks.finding import Context, Severity
from disclosure.checks.rule import Issue, not_run, plain, rule
from disclosure.facts import Disclosure

_FEWEST_PEERS = 8
_FAR = Decimal("3.5")
_NORMAL = Decimal("0.6745")  # a normal distribution's median absolute deviation in sigmas
_AGREES = Decimal("0.05")


@rule(
    "DQ-23",
    Severity.WARNING,
    formula="|0.6745 · (ln x - median ln) / MAD| <= 3.5, per revenue and per employee",
)
def sector_outlier(disclosure: Disclosure, context: Context) -> Iterator[Issue]:
    """An intensity is not an outlier of its sector on the log scale (Iglewicz and Hoaglin 1993)."""
    emissions, ran = location_total(disclosure), False
    people = disclosure.value("GEN-08", "count")
    for kind, key, base, peers in (
        ("revenue", "GEN-05", disclosure.amount("GEN-05"), _of(context, "per_revenue")),
        ("employee", "GEN-08", _decimal(people), _of(context, "per_employee")),
    ):
        positive = [each for each in peers if each > 0]
        if not emissions or emissions <= 0 or not base or base <= 0:
            continue
        if len(positive) < _FEWEST_PEERS:
            continue
        ran = True
        distance = _distance(emissions / base, positive)
        if abs(distance) > _FAR:
            values = {"distance": Decimal(f"{distance:.1f}"), "firms": len(positive)}
            inputs = {
                "emissions": plain(emissions, "tCO2e"),
                "per": plain(base, _unit_of(disclosure, key)),
                "sector_median": plain(Decimal(f"{_median(positive):.6g}"), "tCO2e each"),
            }
            yield Issue(kind, ("EMS-01", "EMS-05", key), values, inputs)
    if not ran:
        yield not_run()


@rule("DQ-27", Severity.WARNING, formula="|here / elsewhere - 1| <= 5 %")
def said_elsewhere(disclosure: Disclosure, context: Context) -> Iterator[Issue]:
    """A figure agrees with the same one in the trading report, annual report or another answer."""
    ran = False
    for other in context.outside:
        here = figure(disclosure, other.datapoint, other.part)
        if here is None or here.canonical_unit != units.unit(other.value.unit).canonical:
            continue
        ran = True
        if abs(here.canonical - other.value.canonical) > _AGREES * abs(other.value.canonical):
            values = {
                "source": other.source,
                "here": f"{here.amount} {here.unit}",
                "there": f"{other.value.amount} {other.value.unit}",
            }
            inputs = {"here": plain(here.canonical, here.canonical_unit)}
            inputs["there"] = plain(other.value.canonical, here.canonical_unit)
            yield Issue("fail", (other.datapoint,), values, inputs)
    if not ran:
        yield not_run()


def _unit_of(disclosure: Disclosure, key: str) -> str:
    found = figure(disclosure, key) if key == "GEN-05" else None
    return found.canonical_unit if found else ""


def _of(context: Context, name: str) -> tuple[Decimal, ...]:
    return getattr(context.peers, name) if context.peers else ()


def _distance(mine: Decimal, peers: list[Decimal]) -> Decimal:
    """Return the robust z-score of the logarithm; 0 when the peers do not differ."""
    logs = [each.ln() for each in peers]
    middle = _median(logs)
    spread = _median([abs(each - middle) for each in logs])
    return _NORMAL * (mine.ln() - middle) / spread if spread else Decimal(0)


def _median(values: list[Decimal]) -> Decimal:
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _decimal(value: object) -> Decimal | None:
    return Decimal(value) if isinstance(value, int) else None
