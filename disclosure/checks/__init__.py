"""The coded rules: each function is one rule, its docstring states requirement and source.

`RULES` reads as the list of contents. DQ-06 is no rule of its own but the tolerance the others use
(`checks/tolerance.py`). A rule that lacks what it needs says `not_run` and why.
"""

from decimal import localcontext

from disclosure.checks.activity import (
    factor_purpose,
    factor_year,
    lines_multiply_out,
    scopes_recomputed,
)
from disclosure.checks.claims import (
    efficiency_rating,
    exclusions,
    footprint_quality,
    neutrality_claims,
    offsets_apart,
    verification_shown,
)
from disclosure.checks.comparison import said_elsewhere, sector_outlier
from disclosure.checks.completeness import completeness
from disclosure.checks.emissions import scope_1_adds_up, scope_3_adds_up, totals_add_up
from disclosure.checks.energy import emissions_fit_energy, energy_adds_up, energy_has_emissions
from disclosure.checks.finding import Context, Finding, Outside, Peers, Result, Severity
from disclosure.checks.form import said_once, unit_family, value_range
from disclosure.checks.history import comparatives, copied_or_rounded, sudden_change
from disclosure.checks.identity import identifier, is_valid_number, period
from disclosure.checks.instruments import (
    certificate_key,
    certificates,
    certificates_of,
    market_based,
)
from disclosure.checks.intensity import intensities
from disclosure.checks.plausibility import unit_slip
from disclosure.checks.targets import targets
from disclosure.checks.xbrl import received_filing
from disclosure.facts import Disclosure

__all__ = [
    "RULES", "VERSION", "Context", "Finding", "Outside", "Peers", "Result", "Severity",
    "certificate_key", "certificates_of", "check", "is_valid_number",
]  # fmt: skip

VERSION = "dq-3"
RULES = (
    identifier,            # DQ-01 the identifier's check characters
    period,                # DQ-02 the reporting period
    unit_family,           # DQ-03 units of the right family
    value_range,           # DQ-04 no negative emissions, shares within 0-100 %
    unit_slip,             # DQ-05 a power of ten away
    completeness,          # DQ-07 required set, reasons
    said_once,             # DQ-08 no figure twice
    scope_1_adds_up,       # DQ-09 scope 1 by source and gas
    totals_add_up,         # DQ-10 scopes 1 and 2
    scope_3_adds_up,       # DQ-11 scope 3 by category
    intensities,           # DQ-12 ratios
    energy_adds_up,        # DQ-13 energy and its parts
    lines_multiply_out,    # DQ-14 amount times factor
    scopes_recomputed,     # DQ-15 scopes 1 and 2 from energy
    factor_purpose,        # DQ-16 factors of the right purpose
    factor_year,           # DQ-17 factors of the right year
    certificates,          # DQ-18 green certificates used once
    market_based,          # DQ-19 market-based scope 2
    targets,               # DQ-20 targets
    sudden_change,         # DQ-21 changes beyond 25 %
    comparatives,          # DQ-22 the base year as published
    sector_outlier,        # DQ-23 outliers of the sector
    emissions_fit_energy,  # DQ-24 emissions per tce
    energy_has_emissions,  # DQ-25 no energy without emissions
    copied_or_rounded,     # DQ-26 copied or rounded figures
    said_elsewhere,        # DQ-27 figures published elsewhere
    verification_shown,    # DQ-28 what "verified" needs
    exclusions,            # DQ-29 exclusions above 5 %
    footprint_quality,     # DQ-32 quality of product footprints
    efficiency_rating,     # DQ-33 the carbon-efficiency grade
    offsets_apart,         # DQ-34 credits kept apart
    neutrality_claims,     # DQ-35 claims of neutrality
    received_filing,       # DQ-36 filings received as inline XBRL
)  # fmt: skip
_NOTHING_KNOWN = Context()
_DIGITS = 90  # more than any sum or product of bounded amounts needs, so nothing is rounded


def check(disclosure: Disclosure, *, context: Context = _NOTHING_KNOWN) -> tuple[Finding, ...]:
    """Run every rule; at least one finding per rule, in the order of the codes."""
    with localcontext(prec=_DIGITS):
        return tuple(finding for rule in RULES for finding in rule(disclosure, context))
