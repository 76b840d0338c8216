"""Whether everything that was begun is finished and everything required is there."""

from collections.abc import Iterator

from disclosure.answers import WITH_REASON, Answer
from disclosure.checks.finding import Context, Result, Severity
from disclosure.checks.rule import Issue, rule
from disclosure.datapoints import REQUIRED, Datapoint
from disclosure.facts import Disclosure


@rule("DQ-07", Severity.ERROR, formula="required ⊆ stated; missing ≠ 0 ≠ not applicable")
def completeness(disclosure: Disclosure, context: Context) -> Iterator[Issue]:
    """The required set is complete; "not applicable" and "confidential" carry a reason.

    The required set is that of grade 1. Figures collected by a third party are never complete:
    there the gaps are warnings.
    """
    result = Result.WARN if context.third_party else None
    for key, answer in disclosure.answers.items():
        datapoint = disclosure.catalogue[key]
        if not answer.complete_for(datapoint):
            yield _unfinished(datapoint, answer, result)
    for key in REQUIRED:
        required = disclosure.answer(key)
        if required is None or not required.stated:
            yield Issue("missing", (key,), result=result)
    for key in ("GEN-01", "GEN-02"):
        header = disclosure.answer(key)
        if header and not header.complete_for(disclosure.catalogue[key]):
            yield _unfinished(disclosure.catalogue[key], header, result)


def _unfinished(datapoint: Datapoint, answer: Answer, result: Result | None) -> Issue:
    if answer.state in WITH_REASON:
        return Issue("no_reason", (datapoint.id,), result=result)
    if datapoint.table and not answer.rows:
        return Issue("no_rows", (datapoint.id,), result=result)
    gaps = tuple(datapoint.column(part).label for part in answer.gaps_for(datapoint))
    return Issue("incomplete", (datapoint.id,), {"parts": gaps}, result=result)
