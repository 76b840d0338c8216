"""What a product footprint must satisfy beyond its shape: DQ-30, DQ-31 and its data quality.

Each rule is a generator of issues like those of a disclosure; `check_footprint` runs them all.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, localcontext

from stdnum import ean

from disclosure.checks.finding import Finding, Severity
from disclosure.checks.footprint_rule import KG, ONE_PERCENT, compared, rule
from disclosure.checks.rule import Issue, not_run, plain
from disclosure.footprint import (
    LONGEST_VALIDITY,
    Footprint,
    beyond,
    contributions,
    totals,
    years_after,
)
from disclosure.footprint_terms import (
    PARTS,
    REGIONS,
    STAGE_NAMES,
    WITHOUT_MASS,
    Boundary,
    Role,
    Unit,
)

_DIGITS = 90  # more than any sum or product of bounded amounts needs
_HUNDRED = Decimal(100)
_KNOWN_GWP = frozenset({"AR5", "AR6"})
_COMPLETE = Decimal(5)  # percent that may stay uncounted without a word


@rule(
    "DQ-30", Severity.ERROR, tolerance="1 % + rounding",
    formula="excluding = fossil + land use change + land management + removals + CCS"
    " + biogenic non-CO2",
)  # fmt: skip
def excluding(footprint: Footprint, _today: date | None) -> Iterator[Issue]:
    """The total excluding biogenic uptake is the sum of its parts (PACT v3)."""
    recomputed, _ = totals(footprint.parts)
    counted = _roles(footprint, Role.COUNTED)
    inputs = {name: plain(value, KG) for name, value in counted.items()}
    yield from compared(footprint.excluding, recomputed, inputs, counted.values())


@rule("DQ-30", Severity.ERROR, tolerance="1 % + rounding", formula="including = excluding + uptake")
def including(footprint: Footprint, _today: date | None) -> Iterator[Issue]:
    """The total including biogenic uptake is the other one plus the uptake (PACT v3)."""
    uptake = footprint.parts.get("biogenic_uptake", Decimal(0))
    inputs = {"excluding": plain(footprint.excluding, KG), "uptake": plain(uptake, KG)}
    recomputed = footprint.excluding + uptake
    yield from compared(footprint.including, recomputed, inputs, (footprint.excluding, uptake))


@rule("DQ-30", Severity.ERROR, tolerance="1 % + rounding", formula="Σ amount × factor = excluding")
def stages(footprint: Footprint, _today: date | None) -> Iterator[Issue]:
    """The life-cycle stages add up to the total (ISO 14067, 6.3)."""
    if not footprint.lines:
        yield not_run("not_run")
        return
    found = contributions(footprint.lines)
    inputs = {str(stage): plain(value, KG) for stage, value in found.items()}
    yield from compared(footprint.excluding, sum(found.values(), Decimal(0)), inputs)


@rule("DQ-31", Severity.ERROR, formula="count(region, country, subdivision) <= 1")
def geography(footprint: Footprint, _today: date | None) -> Iterator[Issue]:
    """At most one geography, in its code; none means the whole world (PACT v3)."""
    where = footprint.geography
    if len(where.stated) > 1:
        yield Issue("several", values={"given": where.stated}, inputs=_listed(where.stated))
    if where.region and where.region not in REGIONS:
        yield Issue("code", values={"given": where.region})
    if where.country and not _is_code(where.country):
        yield Issue("code", values={"given": where.country})
    country, _, part = where.subdivision.partition("-")
    if where.subdivision and not (_is_code(country) and 1 <= len(part) <= 3 and _is_plain(part)):
        yield Issue("code", values={"given": where.subdivision})


@rule("DQ-31", Severity.ERROR, formula="start < end <= start + 3 years")
def validity(footprint: Footprint, _today: date | None) -> Iterator[Issue]:
    """A footprint is valid for at most three years (PACT v3; usual for GB/T 24067)."""
    start, end = footprint.valid_from or footprint.end, footprint.ends
    inputs = {"start": start.date().isoformat(), "end": end.date().isoformat()}
    if end <= start:
        values = {"start": start.date(), "end": end.date()}
        yield Issue("reversed", values=values, inputs=inputs)
    elif end > years_after(start, LONGEST_VALIDITY):
        yield Issue("long", values={"years": LONGEST_VALIDITY, "end": end.date()}, inputs=inputs)


@rule("DQ-31", Severity.ERROR, formula="start < end <= today")
def reference_period(footprint: Footprint, today: date | None) -> Iterator[Issue]:
    """The data is of a period that is over."""
    start, end = footprint.start.date(), footprint.end.date()
    inputs = {"start": start.isoformat(), "end": end.isoformat()}
    if footprint.end <= footprint.start:
        yield Issue("reversed", values={"start": start, "end": end}, inputs=inputs)
    elif today is None:
        yield not_run("no_today")
    elif end > today:
        yield Issue("future", values={"end": end}, inputs=inputs)


@rule("DQ-31", Severity.ERROR, formula="unit kilogram: mass = amount; energy, services: mass = 0")
def declared_unit(footprint: Footprint, _today: date | None) -> Iterator[Issue]:
    """Amount and mass of the declared unit fit together (PACT v3)."""
    unit, amount, mass = footprint.unit, footprint.amount, footprint.mass
    inputs = {"unit": str(unit), "amount": plain(amount), "mass": plain(mass, "kg")}
    if amount <= 0:
        yield Issue("amount", values={"amount": amount}, inputs=inputs)
    elif mass < 0:
        yield Issue("mass", values={"mass": mass}, inputs=inputs)
    elif unit is Unit.KILOGRAM and mass != amount:
        yield Issue("kilogram", values={"amount": amount, "mass": mass}, inputs=inputs)
    elif unit in WITHOUT_MASS and mass != 0:
        yield Issue("massless", values={"unit": str(unit), "mass": mass}, inputs=inputs)


@rule("DQ-31", Severity.ERROR, formula="emissions, contents >= 0; removals, uptake <= 0")
def signs(footprint: Footprint, _today: date | None) -> Iterator[Issue]:
    """Emissions are never negative, removals never positive (PACT v3)."""
    for name, value in footprint.parts.items():
        part = PARTS[name]
        if value * part.sign < 0:
            key = "negative" if part.sign > 0 else "positive"
            yield Issue(key, values={"part": part.label, "value": value})
    share = footprint.method.exempted
    if not 0 <= share <= _HUNDRED:
        yield Issue("exempted", values={"value": share})


@rule("DQ-31", Severity.ERROR, formula="of-which parts <= Σ emissions; included = no: none stated")
def parts(footprint: Footprint, _today: date | None) -> Iterator[Issue]:
    """What is shown apart is part of the whole, and stated only where it is included (PACT v3)."""
    gross = sum((max(value, Decimal(0)) for value in _roles(footprint, Role.COUNTED).values()),
                Decimal(0))  # fmt: skip
    for name, value in _roles(footprint, Role.MEMO).items():
        if value > gross * (1 + ONE_PERCENT):
            values = {"part": PARTS[name].label, "value": value, "whole": gross}
            yield Issue("more_than_whole", values=values)
    if footprint.packaging_included is False and "packaging" in footprint.parts:
        yield Issue("not_included", values={"part": PARTS["packaging"].label})
    for name in ("ccs", "technological_removals"):
        if footprint.ccs_included is False and footprint.parts.get(name):
            yield Issue("not_included", values={"part": PARTS[name].label})


@rule("DQ-31", Severity.ERROR, formula="cradle to gate: materials, production, distribution only")
def boundary(footprint: Footprint, _today: date | None) -> Iterator[Issue]:
    """Lines stay within the boundary (ISO 14067, 6.3.4)."""
    if out := beyond(footprint.boundary, footprint.lines):
        yield Issue("beyond", values={"stages": tuple(STAGE_NAMES[each] for each in out)})
    if footprint.boundary is Boundary.GRAVE and not footprint.lines and not footprint.boundary_note:
        yield Issue("unsaid")


@rule("DQ-31", Severity.ERROR, formula="GTIN: weighted sum mod 10 = 0; URN per RFC 8141")
def identifiers(footprint: Footprint, _today: date | None) -> Iterator[Issue]:
    """Identifiers are URNs, and the check digit of a GTIN is right (GS1)."""
    for urn in footprint.product.ids:
        if urn.lower().startswith("urn:gtin:") and not ean.is_valid(urn[9:]):
            yield Issue("gtin", values={"given": urn[9:]}, inputs={"id": urn})


@rule("DQ-31", Severity.WARNING, formula="AR5 or AR6; ISO 14067 or another known standard")
def method(footprint: Footprint, _today: date | None) -> Iterator[Issue]:
    """Warming potentials are those of AR6, or AR5 with a reason (PACT v3)."""
    if unusual := tuple(each for each in footprint.method.gwp if each not in _KNOWN_GWP):
        yield Issue("gwp", values={"given": unusual})


@rule("DQ-32", Severity.ERROR, formula="0 <= primary data <= 100 %; 1 <= rating <= 5")
def data_quality(footprint: Footprint, _today: date | None) -> Iterator[Issue]:
    """The primary data share is stated, shares and ratings lie within their scales (PACT v3)."""
    quality = footprint.quality
    share = quality.primary_share
    if share is None:
        yield Issue("no_share")
    elif not 0 <= share <= _HUNDRED:
        yield Issue("share", values={"value": share})
    if any(not 1 <= each <= 5 for each in quality.ratings or ()):
        yield Issue("rating", values={"given": tuple(quality.ratings or ())})


@rule("DQ-32", Severity.WARNING, formula="exempted <= 5 %; ratings stated; primary data > 0")
def completeness(footprint: Footprint, _today: date | None) -> Iterator[Issue]:
    """At most 5 % are left out, ratings are stated, some data is one's own (ISO 14067; PACT)."""
    if footprint.method.exempted > _COMPLETE:
        yield Issue("exempted", values={"value": footprint.method.exempted})
    if footprint.quality.ratings is None:
        yield Issue("no_ratings")
    if footprint.quality.primary_share == 0:
        yield Issue("no_primary")


FOOTPRINT_RULES = (
    excluding, including, stages, geography, validity, reference_period, declared_unit, signs,
    parts, boundary, identifiers, method, data_quality, completeness,
)  # fmt: skip


def check_footprint(footprint: Footprint, *, today: date | None = None) -> tuple[Finding, ...]:
    """Run every rule; at least one finding a rule, in order."""
    with localcontext(prec=_DIGITS):
        return tuple(each for rule in FOOTPRINT_RULES for each in rule(footprint, today))


def _roles(footprint: Footprint, role: Role) -> dict[str, Decimal]:
    return {name: value for name, value in footprint.parts.items() if PARTS[name].role is role}


def _listed(given: tuple[str, ...]) -> dict[str, str]:
    return {f"given {number}": each for number, each in enumerate(given, 1)}


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isalnum() and text == text.upper()


def _is_code(text: str) -> bool:
    return len(text) == 2 and text.isascii() and text.isalpha() and text.isupper()
