"""How a rule is declared and run: a generator of issues becomes findings with texts."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from disclosure.checks.finding import Context, Finding, Result, Severity
from disclosure.facts import Disclosure
from disclosure.texts import Bilingual, Text

_SHOWN_PLACES = Decimal("1e-12")


@dataclass(frozen=True)
class Issue:
    """Something a rule has to say: `key` picks the sentence `<code>.<key>`.

    `result` None means the usual one of the rule: fail for E, warn for W.
    """

    key: str
    datapoints: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    result: Result | None = None
    tolerance: str = ""


Body = Callable[[Disclosure, Context], Iterator[Issue]]


@dataclass(frozen=True)
class Rule:
    """One coded rule; `requirement` is what it asks and where that is from.

    A rule that raises no issue has passed.
    """

    code: str
    severity: Severity
    body: Body
    formula: str = ""
    tolerance: str = ""
    requirement: str = ""

    def __call__(self, disclosure: Disclosure, context: Context) -> tuple[Finding, ...]:
        """Run the rule and return at least one finding."""
        issues = tuple(self.body(disclosure, context)) or (Issue("pass", result=Result.PASS),)
        return tuple(self._finding(issue, disclosure) for issue in issues)

    def _finding(self, issue: Issue, disclosure: Disclosure) -> Finding:
        usual = Result.FAIL if self.severity is Severity.ERROR else Result.WARN
        names = tuple(_name(disclosure, each) for each in issue.datapoints)
        return Finding(
            code=self.code,
            result=issue.result or usual,
            severity=self.severity,
            datapoints=issue.datapoints,
            text=Text(f"{self.code}.{issue.key}", {"datapoints": names, **issue.values}),
            inputs=issue.inputs,
            formula=self.formula,
            tolerance=issue.tolerance or self.tolerance,
        )


def rule(
    code: str, severity: Severity, *, formula: str = "", tolerance: str = ""
) -> Callable[[Body], Rule]:
    """Declare a generator function as the rule of a code."""

    def declare(body: Body) -> Rule:
        return Rule(code, severity, body, formula, tolerance, requirement=body.__doc__ or "")

    return declare


def not_run(key: str = "not_run", *datapoints: str, **values: object) -> Issue:
    """Make the issue of a rule that lacks what it needs."""
    return Issue(key, datapoints, values, result=Result.NOT_RUN)


def passed(key: str = "pass", **inputs: str) -> Issue:
    """Make the issue of a rule that passed, with the inputs it compared."""
    return Issue(key, inputs=inputs, result=Result.PASS)


def plain(value: Decimal, unit: str = "") -> str:
    """Write a number for `inputs`: no exponent, at most 12 decimals, its unit behind."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -12:
        value = value.quantize(_SHOWN_PLACES).normalize()
    return f"{value:f} {unit}".strip()


def _name(disclosure: Disclosure, datapoint: str) -> Bilingual:
    asked = disclosure.catalogue[datapoint].question
    return Bilingual(f"{datapoint} {asked.zh}", f"{datapoint} {asked.en}")
