"""Filings received as inline XBRL."""

from collections.abc import Iterator, Mapping

from disclosure.checks.finding import Context, Severity
from disclosure.checks.rule import Issue, not_run, passed, rule
from disclosure.exchange.ixbrl_names import SCHEMA, SCHEMES
from disclosure.exchange.xbrl_received import Received
from disclosure.exchange.xbrl_rules import problems
from disclosure.facts import Disclosure

_KNOWN_SCHEMAS = frozenset({SCHEMA})
_SCOPES = "vsme:ReportingScopesAxis"
_SHOWN = 20


@rule(
    "DQ-36", Severity.ERROR,
    formula="processor: 0 errors; one entity, the own; known schemaRef; units in UTR;"
    " members of their axis; totals = parts; period of the filing = reporting period",
    tolerance="half a unit of the last decimal of each part",
)  # fmt: skip
def received_filing(disclosure: Disclosure, context: Context) -> Iterator[Issue]:
    """An imported filing is valid inline XBRL of this period and entity (VSME, Inline XBRL 1.1)."""
    filing = context.filing
    if filing is None:
        yield not_run()
        return
    issues = [*_of_processor(filing), *_of_frame(filing), *_of_entity(disclosure, filing)]
    issues += _of_period(disclosure, filing)
    found = list(problems(filing.reading.facts))
    issues += [Issue(each.code, values=each.values, inputs=_inputs(each.values))
               for each in found[:_SHOWN]]  # fmt: skip
    yield from issues
    if not filing.processed.ran:
        yield not_run(f"processor_{filing.processed.why}")
    elif not issues:
        yield passed(facts=str(len(filing.reading.facts)), errors="0")


def _of_processor(filing: Received) -> Iterator[Issue]:
    for code, text in filing.processed.errors[:_SHOWN]:
        yield Issue("processor", values={"code": code, "text": text}, inputs={"error": code})
    for concept, text, form in filing.reading.unread[:_SHOWN]:
        yield Issue("unread", values={"concept": concept, "text": text, "format": form})


def _of_frame(filing: Received) -> Iterator[Issue]:
    reading = filing.reading
    if len(reading.entities) != 1:
        yield Issue("entities", values={"count": len(reading.entities)})
    for schema in reading.schemas or ("–",):
        if schema not in _KNOWN_SCHEMAS:
            yield Issue("schema", values={"schema": schema[:200], "expected": SCHEMA})


def _of_entity(disclosure: Disclosure, filing: Received) -> Iterator[Issue]:
    """An identifier of the same scheme must be the enterprise's own."""
    who = disclosure.organisation
    own = SCHEMES.get(who.scheme, "")
    for scheme, number in filing.reading.entities:
        if who.number and scheme == own and number.upper() != who.number.upper():
            values = {"number": number[:60], "own": who.number}
            yield Issue("other_entity", ("GEN-01",), values, values)


def _of_period(disclosure: Disclosure, filing: Received) -> Iterator[Issue]:
    """Facts of other scopes (base and target year) lie in their own years."""
    start, end = disclosure.period.start.isoformat(), disclosure.period.end.isoformat()
    present = (each.period for each in filing.reading.facts if _SCOPES not in each.dimensions)
    for period in sorted(set(present) - {f"{start}/{end}", end}):
        yield Issue("period", ("GEN-02",), {"period": period, "start": start, "end": end})


def _inputs(values: Mapping[str, object]) -> dict[str, str]:
    return {key: str(value) for key, value in values.items() if isinstance(value, str)}
