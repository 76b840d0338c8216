"""A product's carbon footprint: what was measured, per which unit, within which boundary.

Amounts are kgCO2e per declared unit (carbon contents kgC), exact decimals. Names and identities
follow the PACT v3 data model, which builds on ISO 14067 (GB/T 24067); what PACT does not carry
(both languages of a name, activity lines, the label) stands beside it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal, localcontext
from uuid import UUID

from stdnum import ean

from disclosure import units
from disclosure.factors import Factor, FactorError, FactorTable, Purpose, table
from disclosure.footprint_terms import BEYOND_GATE, PARTS, Boundary, Role, Stage, Unit
from disclosure.values import FactError, Quantity

LONGEST_VALIDITY = 3
"""Years a footprint and its label are valid at most."""
GWP = "AR6"
"""The warming potentials a factor of a single gas is turned into CO2e by."""
_KILOGRAMS = Decimal(1000)
_DIGITS = 90  # more than any sum of bounded amounts needs


@dataclass(frozen=True, slots=True)
class Company:
    """Whose footprint it is; `ids` are URNs."""

    name: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """What the footprint is of; `ids` and `classifications` are URNs."""

    name: str
    ids: tuple[str, ...]
    name_en: str = ""
    model: str = ""
    description: str = ""
    classifications: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Geography:
    """Where it holds; nothing stated means everywhere. At most one of the three (DQ-31)."""

    region: str = ""
    country: str = ""
    subdivision: str = ""

    @property
    def stated(self) -> tuple[str, ...]:
        """What is stated, coarsest first."""
        return tuple(each for each in (self.region, self.country, self.subdivision) if each)


@dataclass(frozen=True, slots=True)
class ProductRule:
    """Product category rules that were followed."""

    operator: str
    names: tuple[str, ...]
    other_operator: str = ""


@dataclass(frozen=True)
class Method:
    """By which rules it was calculated; `exempted` in percent, `sources` (name, version)."""

    standards: tuple[str, ...]
    gwp: tuple[str, ...] = ("AR6",)
    rules: tuple[ProductRule, ...] = ()
    exempted: Decimal = Decimal(0)
    exempted_note: str = ""
    allocation: str = ""
    sources: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DataQuality:
    """Share of primary data in percent; ratings of technology, geography, time: 1 best to 5."""

    primary_share: Decimal | None = None
    ratings: tuple[Decimal, Decimal, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """Who verified it, against what, and when."""

    provider: str = ""
    coverage: str = ""
    standard: str = ""
    completed_at: datetime | None = None
    comments: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A certificate under a labelling scheme."""

    certificate: str
    scheme: str
    issuer: str


@dataclass(frozen=True, slots=True)
class Line:
    """An input per declared unit with the footprint factor it is multiplied by."""

    stage: Stage
    name: str
    amount: Quantity
    factor: Factor

    @property
    def kilograms(self) -> Decimal:
        """Its emissions in kgCO2e, exact."""
        return self.factor.of(self.amount) * _KILOGRAMS


@dataclass(frozen=True, kw_only=True)
class Footprint:
    """One record; `parts` by the names of PARTS, `end` of the reference period is exclusive."""

    id: UUID
    created: datetime
    company: Company
    product: Product
    unit: Unit
    amount: Decimal
    mass: Decimal
    start: datetime
    end: datetime
    parts: Mapping[str, Decimal]
    excluding: Decimal
    including: Decimal
    method: Method
    boundary: Boundary = Boundary.GATE
    boundary_note: str = ""
    geography: Geography = field(default_factory=Geography)
    quality: DataQuality = field(default_factory=DataQuality)
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    deprecated: bool = False
    preceding: tuple[UUID, ...] = ()
    packaging_included: bool | None = None
    ccs_included: bool | None = None
    capture_origin: str = ""
    ccu_approach: str = ""
    ccu_certificate: str = ""
    verification: Verification | None = None
    comment: str = ""
    lines: tuple[Line, ...] = ()
    label: Label | None = None
    extensions: tuple[Mapping[str, object], ...] = ()

    @property
    def year(self) -> int:
        """The year its data is of: the middle of the reference period."""
        return (self.start + (self.end - self.start) / 2).year

    @property
    def ends(self) -> datetime:
        """When it stops being valid: as stated, else three years after the reference period."""
        return self.valid_until or years_after(self.end, LONGEST_VALIDITY)


def years_after(moment: datetime, years: int) -> datetime:
    """The same day some years later; 29 February becomes 1 March."""
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:
        return moment.replace(year=moment.year + years, day=28) + timedelta(days=1)


def totals(parts: Mapping[str, Decimal]) -> tuple[Decimal, Decimal]:
    """Add the parts up: the footprint excluding and including biogenic uptake."""
    with localcontext(prec=_DIGITS):
        sums = {role: Decimal(0) for role in Role}
        for name, value in parts.items():
            sums[PARTS[name].role] += value
        return sums[Role.COUNTED], sums[Role.COUNTED] + sums[Role.UPTAKE]


def contributions(lines: Iterable[Line]) -> dict[Stage, Decimal]:
    """Sum the lines by life-cycle stage, kgCO2e per declared unit; stages in order."""
    with localcontext(prec=_DIGITS):
        found: dict[Stage, Decimal] = {}
        for line in lines:
            found[line.stage] = found.get(line.stage, Decimal(0)) + line.kilograms
    return {stage: found[stage] for stage in Stage if stage in found}


def beyond(boundary: Boundary, lines: Iterable[Line]) -> tuple[Stage, ...]:
    """The stages among the lines that a boundary does not reach."""
    out = BEYOND_GATE if boundary is Boundary.GATE else frozenset()
    return tuple(stage for stage in Stage if stage in out and stage in {x.stage for x in lines})


def line(
    stage: Stage, name: str, amount: Quantity, factor: Factor | str, *, factors: FactorTable | None
) -> Line:
    """Make a line; a factor of another purpose is refused and one for footprints named."""
    known = table() if factors is None else factors
    found = known.by_id.get(factor) if isinstance(factor, str) else factor
    if found is None:
        raise FactError(name, "unknown_factor", factor=str(factor)[:60], table=known.version)
    if found.purpose is not Purpose.FOOTPRINT:
        raise FactError(
            name, "factor_purpose", factor=found.id, purpose=str(found.purpose),
            fitting=_fitting(known, found.item),
        )  # fmt: skip
    if found.gas:
        found = replace(found, value=found.in_co2e(GWP), gas="")
    try:
        found.of(amount)
    except (FactorError, units.UnitError):
        raise FactError(
            name, "factor_unit", factor=found.id, per=found.value.unit, unit=amount.unit
        ) from None
    return Line(stage, name, amount, found)


def footprint_factors(factors: FactorTable | None = None) -> tuple[Factor, ...]:
    """List the factors a footprint may use."""
    known = table() if factors is None else factors
    return tuple(each for each in known.by_id.values() if each.purpose is Purpose.FOOTPRINT)


def _fitting(known: FactorTable, item: str) -> tuple[str, ...]:
    return tuple(each.id for each in footprint_factors(known) if each.item == item) or ("-",)


def gtin_urn(number: str) -> str | None:
    """The URN of a GTIN of 8, 12, 13 or 14 digits; None when its check digit is wrong."""
    digits = "".join(number.split()).replace("-", "")
    return f"urn:gtin:{digits}" if ean.is_valid(digits) else None
