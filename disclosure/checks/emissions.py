"""Whether the emission figures add up."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from disclosure.answers import State
from disclosure.checks.figures import column_of, figure
from disclosure.checks.finding import Context, Severity
from disclosure.checks.rule import Issue, not_run, passed, plain, rule
from disclosure.checks.tolerance import allowance
from disclosure.facts import Disclosure
from disclosure.values import Quantity

_HALF_ULP = "n · ½ unit of the last decimal (DQ-06)"


def compare_sum(
    total: Quantity, terms: Iterable[Quantity], *, datapoints: tuple[str, ...]
) -> Issue:
    """Compare a stated total with the sum of its terms within the DQ-06 allowance."""
    terms = tuple(terms)
    recomputed = sum((term.canonical for term in terms), Decimal(0))
    allowed = allowance((total, *terms))
    inputs = {
        "stated": plain(total.amount, total.unit),
        "recomputed": plain(recomputed, total.canonical_unit),
        "terms": " + ".join(plain(term.amount, term.unit) for term in terms[:20]),
        "allowed": plain(allowed, total.canonical_unit),
    }
    if abs(total.canonical - recomputed) <= allowed:
        return passed(**inputs)
    values = {
        "stated": total.canonical, "recomputed": recomputed, "unit": total.canonical_unit,
        "difference": total.canonical - recomputed,
    }  # fmt: skip
    return Issue("sum", datapoints, values, inputs)


@rule("DQ-09", Severity.ERROR, formula="EMS-01 = Σ EMS-03 = Σ EMS-02", tolerance=_HALF_ULP)
def scope_1_adds_up(disclosure: Disclosure, _context: Context) -> Iterator[Issue]:
    """Scope 1 equals the sum of its sources and of its gases (GHG Protocol, ch. 9).

    Gases are stated in CO2 equivalent of the set named in BND-03.
    """
    total = figure(disclosure, "EMS-01")
    tables = {key: column_of(disclosure, key, "emissions") for key in ("EMS-03", "EMS-02")}
    given = {key: terms for key, terms in tables.items() if terms is not None}
    if total is None or not given:
        yield not_run()
        return
    for key, terms in given.items():
        yield compare_sum(total, terms, datapoints=("EMS-01", key))


@rule("DQ-10", Severity.ERROR, formula="EMS-07 = EMS-01 + EMS-05 | EMS-06", tolerance=_HALF_ULP)
def totals_add_up(disclosure: Disclosure, _context: Context) -> Iterator[Issue]:
    """The totals of scopes 1 and 2 are the sums, location and market apart (ESRS E1-6 §52)."""
    scope_1, compared = figure(disclosure, "EMS-01"), False
    for part, key, scope_2_part in (
        ("location", "EMS-05", "value"),
        ("market", "EMS-06", "emissions"),
    ):
        total = figure(disclosure, "EMS-07", part)
        scope_2 = figure(disclosure, key, scope_2_part)
        if total and scope_1 and scope_2:
            compared = True
            yield compare_sum(total, (scope_1, scope_2), datapoints=("EMS-07", "EMS-01", key))
    if not compared:
        yield not_run()


@rule("DQ-11", Severity.ERROR, formula="EMS-08 = Σ EMS-09", tolerance=_HALF_ULP)
def scope_3_adds_up(disclosure: Disclosure, _context: Context) -> Iterator[Issue]:
    """Scope 3 equals the sum of its categories; one not relevant is empty and explained.

    GHG Protocol Scope 3 Standard, ch. 11.
    """
    rows, terms = disclosure.rows("EMS-09"), column_of(disclosure, "EMS-09", "emissions")
    if not rows or terms is None:
        yield not_run()
        return
    for number, row in enumerate(rows, 1):
        stated, relevance = "emissions" in row, row.get("relevance")
        if relevance == "calculated" and not stated:
            yield Issue("no_figure", ("EMS-09",), {"row": number})
        if relevance in ("not_relevant", "not_yet") and stated:
            yield Issue("figure", ("EMS-09",), {"row": number})
        if relevance == "not_relevant" and "explanation" not in row:
            yield Issue("unexplained", ("EMS-09",), {"row": number})
    total, answer = figure(disclosure, "EMS-08"), disclosure.answer("EMS-08")
    if total is not None:
        yield compare_sum(total, terms, datapoints=("EMS-08", "EMS-09"))
    elif terms and (answer is None or answer.state is not State.CONFIDENTIAL):
        yield Issue("no_total", ("EMS-08", "EMS-09"))
