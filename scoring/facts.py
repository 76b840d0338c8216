"""What the ranking is told: needs, products, scenarios and technologies as frozen facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum


class SizeClass(StrEnum):
    """Size of an enterprise by the national classes."""

    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"
    MICRO = "micro"


class Assurance(IntEnum):
    """Assurance of scopes 1 and 2 by an independent verifier."""

    NONE = 0
    LIMITED = 1
    REASONABLE = 2


class Purpose(StrEnum):
    """What the money or the cover is for."""

    ENERGY_SAVING = "energy_saving"
    CLEAN_ENERGY = "clean_energy"
    CARBON_TECHNOLOGY = "carbon_technology"
    GREEN_BUILDING = "green_building"
    TRANSITION = "transition"
    SUPPLY_CHAIN = "supply_chain"
    WORKING_CAPITAL = "working_capital"
    ALLOWANCE_GAP = "allowance_gap"
    ALLOWANCE_SURPLUS = "allowance_surplus"
    PRICE_HEDGING = "price_hedging"
    RISK_COVER = "risk_cover"


class Collateral(StrEnum):
    """What secures a financing; the first four are carbon assets."""

    CEA = "cea"
    SHEA = "shea"
    CCER = "ccer"
    SHCER = "shcer"
    RECEIVABLE = "receivable"
    INCOME_RIGHT = "income_right"
    EQUIPMENT = "equipment"
    REAL_ESTATE = "real_estate"
    GUARANTEE = "guarantee"
    CREDIT = "credit"


class Process(StrEnum):
    """The process of a site a technology works on."""

    STEAM = "steam"
    PROCESS_HEAT = "process_heat"
    FURNACE = "furnace"
    DRYING = "drying"
    WASTE_HEAT = "waste_heat"
    COMPRESSED_AIR = "compressed_air"
    COOLING = "cooling"
    MOTORS = "motors"
    LIGHTING = "lighting"
    BUILDING_CLIMATE = "building_climate"
    POWER_SUPPLY = "power_supply"
    STORAGE = "storage"
    TRANSPORT = "transport"
    MATERIALS = "materials"
    WASTEWATER = "wastewater"
    CAPTURE = "capture"
    DIGITAL = "digital"


CARBON_COLLATERAL = frozenset({Collateral.CEA, Collateral.SHEA, Collateral.CCER, Collateral.SHCER})


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureStanding:
    """Where an enterprise stands by its published disclosures, on one date.

    Shares and percentiles run 0-1; `intensity_percentile` is the share of sector peers that
    emit less per unit of revenue (0 is best); `trend` and `target_ambition` are reductions in
    percent a year (more is better); None always means "not available".
    """

    grade: int = 0
    points: float | None = None
    assurance: Assurance = Assurance.NONE
    age_months: int | None = None
    completeness: float | None = None
    data_quality: int | None = None
    intensity_percentile: float | None = None
    trend: float | None = None
    target_ambition: float | None = None
    kpi_progress: float | None = None
    pilot: float = 0.0
    short_route: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One financing need of one enterprise; `amount` is CNY, converted as posted."""

    id: str
    enterprise_id: str
    amount: Decimal
    tenor_months: int
    purpose: Purpose
    sector: str
    """GB/T 4754 code with its letter, as C3911."""
    district: str
    """Six-digit division code, as 310115."""
    size_class: SizeClass
    operating_years: float | None = None
    collateral: frozenset[Collateral] = frozenset()
    taxonomy: frozenset[str] = frozenset()
    project_reduction_t: Decimal | None = None
    project_investment: Decimal | None = None
    suitability_confirmed: bool = False
    standing: DisclosureStanding = field(default_factory=DisclosureStanding)
    posted_on: date | None = None
    left_out_of_ranking: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One live listing of an institution with its criteria; an empty set admits everybody.

    Sector and district entries are prefixes ("C" admits every C code, "31" all of Shanghai);
    `rate` is the all-in annual cost in percent, `quota_left` a share 0-1.
    """

    id: str
    institution_id: str
    kind: str
    amount_min: Decimal
    amount_max: Decimal
    tenor_min: int
    tenor_max: int
    sectors_include: frozenset[str] = frozenset()
    sectors_exclude: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()
    size_classes: frozenset[SizeClass] = frozenset()
    purposes: frozenset[Purpose] = frozenset()
    collateral: frozenset[Collateral] = frozenset()
    taxonomy: frozenset[str] = frozenset()
    grade_required: int = 0
    assurance_required: Assurance = Assurance.NONE
    max_age_months: int | None = None
    operating_years_min: float | None = None
    intensity_percentile_max: float | None = None
    suitability_required: bool = False
    rate: float | None = None
    step_down_bp: int | None = None
    response_hours: int | None = None
    quota_left: float | None = None
    attested_age_months: int | None = None
    small_bank: bool = False
    listed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One site that wants a low-carbon technology; money in CNY, payback in years."""

    id: str
    enterprise_id: str
    process: Process
    sector: str
    district: str
    baseline_t: Decimal | None = None
    capex_cap: Decimal | None = None
    reduction_wanted: float | None = None
    payback_max: float | None = None
    trl_min: int = 7
    posted_on: date | None = None
    left_out_of_ranking: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Technology:
    """One low-carbon technology on offer; `reduction` is percent of the baseline emissions."""

    id: str
    provider_id: str
    trl: int
    processes: frozenset[Process] = frozenset()
    sectors: frozenset[str] = frozenset()
    reduction: float | None = None
    payback: float | None = None
    references: int = 0
    capex: Decimal | None = None
    delivery_months: int | None = None
    pilot: bool = False
    listed_on: date | None = None
