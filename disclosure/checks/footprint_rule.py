"""How a rule over a footprint is declared and run, and the comparison several of them share."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from disclosure.checks.finding import Finding, Result, Severity
from disclosure.checks.rule import Issue, plain
from disclosure.checks.tolerance import allowance
from disclosure.footprint import Footprint
from disclosure.texts import Text
from disclosure.values import Quantity

KG = "kgCO2e"
ONE_PERCENT = Decimal("0.01")

Body = Callable[[Footprint, date | None], Iterator[Issue]]


@dataclass(frozen=True)
class FootprintRule:
    """One coded rule over a footprint and the day of checking; no issue means it passed."""

    code: str
    severity: Severity
    body: Body
    formula: str
    tolerance: str = ""

    def __call__(self, footprint: Footprint, today: date | None) -> tuple[Finding, ...]:
        """Run the rule and return at least one finding."""
        passed = Issue("pass", result=Result.PASS, inputs={"value": plain(footprint.excluding)})
        usual = Result.FAIL if self.severity is Severity.ERROR else Result.WARN
        name = self.body.__name__
        return tuple(
            Finding(
                code=self.code,
                result=issue.result or usual,
                severity=self.severity,
                datapoints=(name,),
                text=Text(f"{self.code}.{name}.{issue.key}", issue.values),
                inputs=issue.inputs,
                formula=self.formula,
                tolerance=issue.tolerance or self.tolerance,
            )
            for issue in tuple(self.body(footprint, today)) or (passed,)
        )


def rule(
    code: str, severity: Severity, *, formula: str, tolerance: str = ""
) -> Callable[[Body], FootprintRule]:
    """Declare a generator of issues as the rule of a code."""
    return lambda body: FootprintRule(code, severity, body, formula, tolerance)


def compared(
    stated: Decimal,
    recomputed: Decimal,
    inputs: Mapping[str, str],
    figures: Iterable[Decimal] = (),
) -> Iterator[Issue]:
    """Issue when two figures are further apart than 1 % of the larger one and the rounding."""
    rounding = allowance(Quantity(each, "1") for each in (stated, *figures))
    allowed = max(abs(stated), abs(recomputed)) * ONE_PERCENT + rounding
    shown = {**inputs, "stated": plain(stated, KG), "recomputed": plain(recomputed, KG)}
    if abs(stated - recomputed) > allowed:
        yield Issue("fail", values={"stated": stated, "recomputed": recomputed}, inputs=shown)
    else:
        yield Issue("pass", inputs=shown, result=Result.PASS)
