"""Whether a year follows from the years before."""

from collections.abc import Iterator
from decimal import Decimal

from disclosure.checks.figures import figure, location_total
from disclosure.checks.finding import Context, Result, Severity
from disclosure.checks.form import cells
from disclosure.checks.rule import Issue, not_run, plain, rule
from disclosure.checks.tolerance import allowance
from disclosure.datapoints import QUANTITIES
from disclosure.facts import Disclosure
from disclosure.values import Quantity

_JUMP = Decimal("0.25")
_WATCHED = (("EMS-01", "value"), ("EMS-05", "value"), ("ENE-01", "value"), ("EMS-11", "location"))
_FEW, _ROUND = 3, Decimal("0.8")
_FEWEST_NUMBERS = 8


@rule("DQ-21", Severity.WARNING, formula="|this year / last year - 1| <= 25 %, or a reason")
def sudden_change(disclosure: Disclosure, context: Context) -> Iterator[Issue]:
    """A change beyond 25 % in scopes 1 and 2, energy or intensity has a reason in EMS-13."""
    before = context.year_before(disclosure)
    if before is None:
        yield not_run()
        return
    explained = bool(disclosure.value("EMS-13", "reasons"))
    for key, part in () if explained else _WATCHED:
        now, then = figure(disclosure, key, part), figure(before, key, part)
        if not now or not then or then.amount <= 0 or now.canonical_unit != then.canonical_unit:
            continue
        change = now.canonical / then.canonical - 1
        if abs(change) > _JUMP:
            inputs = {"now": plain(now.amount, now.unit), "then": plain(then.amount, then.unit)}
            values = {"percent": Decimal(f"{change * 100:.1f}")}
            yield Issue("fail", (key,), values, inputs)


@rule(
    "DQ-22",
    Severity.ERROR,
    formula="BND-05 = published EMS-01 + EMS-05 of that year",
    tolerance="rounding of all figures (DQ-06)",
)
def comparatives(disclosure: Disclosure, context: Context) -> Iterator[Issue]:
    """Base-year emissions equal what was published for that year, or a note says why not.

    GHG Protocol, ch. 5 (recalculation); IFRS S1 §B50. A warning in figures collected by others.
    """
    stated, year = figure(disclosure, "BND-05", "emissions"), disclosure.value("BND-05", "year")
    before = context.of_year(year) if isinstance(year, int) else None
    published = location_total(before) if before else None
    if stated is None or before is None or published is None:
        yield not_run()
        return
    terms = [figure(before, key) for key in ("EMS-01", "EMS-05")]
    allowed = allowance((stated, *(each for each in terms if each is not None)))
    answer = disclosure.answer("BND-05")
    if abs(stated.canonical - published) > allowed and not (answer and answer.note.strip()):
        values = {"year": year, "stated": stated.canonical, "published": published}
        inputs = {
            "stated": plain(stated.amount, stated.unit),
            "published": plain(published, "tCO2e"),
        }
        result = Result.WARN if context.third_party else None
        yield Issue("fail", ("BND-05",), values, inputs, result)


@rule(
    "DQ-26", Severity.WARNING, formula="datapoints with identical figures < 3; round figures < 80 %"
)
def copied_or_rounded(disclosure: Disclosure, context: Context) -> Iterator[Issue]:
    """Figures are this year's own: fewer than three equal last year's, most are not round.

    Equal figures of one datapoint count once: they are often the same measurement.
    Round means one significant digit; judged from eight figures above 100 on.
    """
    mine, before = _measured(disclosure), context.year_before(disclosure)
    if before is not None:
        theirs = _measured(before)
        places = (place for place, value in mine.items() if theirs.get(place) == value)
        same = dict.fromkeys(key for key, _, _ in places)
        if len(same) >= _FEW:
            yield Issue("copied", tuple(same), {"count": len(same)})
    large = [each.amount for each in mine.values() if abs(each.amount) > 100]
    rounded = [each for each in large if len(each.normalize().as_tuple().digits) == 1]
    if len(large) >= _FEWEST_NUMBERS and len(rounded) >= _ROUND * len(large):
        yield Issue("rounded", (), {"count": len(rounded), "of": len(large)})
    if before is None and len(large) < _FEWEST_NUMBERS:
        yield not_run()


_Place = tuple[str, int, str]


def _measured(disclosure: Disclosure) -> dict[_Place, Quantity]:
    """Return the non-zero measured figures of emissions and energy by place."""
    return {
        (key, row, column.id): value
        for key, row, column, value in cells(disclosure)
        if key.startswith(("EMS", "ENE", "GEN-05", "GEN-06"))
        and column.input in QUANTITIES
        and column.family in ("ghg", "energy", "money", "activity")
        and isinstance(value, Quantity)
        and value.amount
    }
