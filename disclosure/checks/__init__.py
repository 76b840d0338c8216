"""The coded rules: each function is one rule, its docstring states requirement and source.

`RULES` reads as the list of contents. DQ-06 is no rule of its own but the tolerance the others use
(`checks/tolerance.py`). A rule that lacks what it needs says `not_run` and why.
"""

from decimal import localcontext

from disclosure.checks.completeness import completeness
from disclosure.checks.emissions import scope_1_adds_up, scope_3_adds_up, totals_add_up
from disclosure.checks.finding import Context, Finding, Result, Severity
from disclosure.checks.form import said_once, unit_family, value_range
from disclosure.checks.identity import identifier, is_valid_number, period
from disclosure.checks.intensity import intensities
from disclosure.checks.plausibility import unit_slip
from disclosure.checks.targets import targets
from disclosure.facts import Disclosure

__all__ = ["RULES", "VERSION", "Context", "Finding", "Result", "Severity", "check",
           "is_valid_number"]  # fmt: skip

VERSION = "dq-1"
RULES = (
    identifier,       # DQ-01 the identifier's check characters
    period,           # DQ-02 the reporting period
    unit_family,      # DQ-03 units of the right family
    value_range,      # DQ-04 no negative emissions, shares within 0-100 %
    unit_slip,        # DQ-05 a power of ten away
    completeness,     # DQ-07 required set, reasons
    said_once,        # DQ-08 no figure twice
    scope_1_adds_up,  # DQ-09 scope 1 by source and gas
    totals_add_up,    # DQ-10 scopes 1 and 2
    scope_3_adds_up,  # DQ-11 scope 3 by category
    intensities,      # DQ-12 ratios
    targets,          # DQ-20 targets
)  # fmt: skip
_NOTHING_KNOWN = Context()
_DIGITS = 90  # more than any sum or product of bounded amounts needs, so nothing is rounded


def check(disclosure: Disclosure, *, context: Context = _NOTHING_KNOWN) -> tuple[Finding, ...]:
    """Run every rule; at least one finding per rule, in the order of the codes."""
    with localcontext(prec=_DIGITS):
        return tuple(finding for rule in RULES for finding in rule(disclosure, context))
